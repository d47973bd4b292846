"""An actor is found by the kind of body that it is where no other can be meant."""

import re

import pytest

from mapdata.model import Actor, ActorKind
from mapdata.reading import bodies
from mapdata.reading.folding import fold, fold_text
from mapdata.reading.matcher import Matcher, Pattern
from mapdata.reading.mentions import settle


def actor(key: str, *names: str, lang: str = "en", kind: ActorKind = ActorKind.ARMED_GROUP) -> Actor:
    return Actor(key, names[0], kind, None, key[:5], {lang: names})


def named(text: str, *actors: Actor) -> list[tuple[str, str]]:
    full = [
        Pattern(fold(name), "actor", one.id, lang)
        for one in actors
        for lang, names in one.names.items()
        for name in names
    ]
    hits = Matcher([*full, *bodies.patterns(actors)]).find(fold_text(text), text)
    names, _ = settle(hits)
    return [(hit.key, text[start:end]) for start, end, same in names for hit in same]


@pytest.mark.parametrize("body", bodies.load(), ids=lambda body: f"{body.lang}-{body.body}")
def test_the_examples_of_the_rules(body: bodies.Body) -> None:
    name, marked = body.example
    said = re.search("«(.+)»", marked)
    assert said
    # The article names the actor first: most short forms need it.
    text = f"{name}. {marked.replace('«', '').replace('»', '')}"
    assert named(text, actor("X", name, lang=body.lang))[-1] == ("X", said[1])


FRONT, PACT = actor("FRONT", "Saltwater Front"), actor("PACT", "Halyard Pact")
ONE = actor("ONE", "US-led coalition", "Operation Reed", kind=ActorKind.COALITION)
TWO = actor("TWO", "Arab coalition", kind=ActorKind.COALITION)


def test_a_body_that_is_telling_needs_no_full_name_where_it_is_the_only_one() -> None:
    assert named("The coalition left the base.", ONE, FRONT) == [("ONE", "The coalition")]


def test_a_common_word_needs_the_full_name_before_it_and_a_capital() -> None:
    text = "The Front is said to be in Ulse."
    assert named(text, FRONT, PACT) == []
    assert named(f"The Saltwater Front met. {text}", FRONT, PACT)[-1] == ("FRONT", "The Front")
    assert len(named("The Saltwater Front met. The front moved.", FRONT)) == 1


def test_of_several_such_bodies_the_one_named_last_is_meant() -> None:
    assert named("The coalition left.", ONE, TWO) == []
    assert named("The Arab coalition met. The coalition left.", ONE, TWO)[-1] == ("TWO", "The coalition")
    text = "The Arab coalition met; Operation Reed ended. The coalition left."
    assert named(text, ONE, TWO)[-1] == ("ONE", "The coalition")


def test_a_body_of_a_longer_name_is_not_the_short_one() -> None:
    assert named("A Saudi-led coalition left.", ONE) == []
    assert named("The ruling coalition voted.", ONE) == []
    assert named("Border Guards met.", actor("RG", "Red Guards")) == []
    assert named("The US-led coalition left.", ONE) == [("ONE", "US-led coalition")]


def test_a_state_is_not_meant_by_a_body_of_its_own_alone() -> None:
    state = actor("AR", "Arland", "Arland Guards", kind=ActorKind.STATE)
    assert named("The Guards keep the fort.", state) == []
