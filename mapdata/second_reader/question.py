"""What is asked: passages of an article and the pairs that they may speak of, as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mapdata.model import Article, Gazetteer, Status
from mapdata.reading.sentences import Sentence, split
from mapdata.reading.unsure import Unsure

# A request has so many pairs and signs of passages at most: small models with short memories can serve.
_PAIRS = 12
_SIGNS = 6_000
# A sentence longer than this is no sentence but a page without full stops, and is not sent.
LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair and its passage. start, end: the passage in the article's text: the pair's sentence with the one
    before it."""

    unsure: Unsure
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """One request: `text` is the user's message, a JSON document."""

    asked: tuple[Asked, ...]
    text: str


@cache
def prompt() -> str:
    """The task, the same for every article; no word of an article is in it."""
    return files("mapdata.second_reader").joinpath("prompt.txt").read_text(encoding="utf-8")


@cache
def schema() -> dict[str, Any]:
    """The shape of an answer, in the part of JSON schema that servers agree on."""
    words = ("site", "actor", "status", "quote")
    one: dict[str, Any] = {word: {"type": "string"} for word in words}
    one["status"]["enum"] = [status.value for status in Status]
    claim = {"type": "object", "properties": one, "required": [*words], "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": claim}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def questions(article: Article, pairs: Iterable[Unsure], gazetteer: Gazetteer) -> list[Question]:
    """The requests that ask for these pairs of an article; none for sentences that are too long to send."""
    sentences = split(article.text)
    asked = [
        Asked(pair, _before(sentences, pair), pair.end) for pair in pairs if pair.end - pair.start <= LONGEST
    ]
    return [Question(tuple(group), _text(article, group, gazetteer)) for group in _groups(asked)]


def _before(sentences: list[Sentence], pair: Unsure) -> int:
    """Where the passage begins: one sentence before the pair's, where that is not too long."""
    earlier = [sentence for sentence in sentences if sentence.end <= pair.start]
    if earlier and pair.end - earlier[-1].start <= LONGEST:
        return earlier[-1].start
    return pair.start


def _groups(asked: list[Asked]) -> Iterator[list[Asked]]:
    group: list[Asked] = []
    places: set[tuple[int, int]] = set()
    for one in asked:
        wider = {*places, (one.start, one.end)}
        if group and (len(group) == _PAIRS or sum(end - start for start, end in wider) > _SIGNS):
            yield group
            group, wider = [], {(one.start, one.end)}
        group.append(one)
        places = wider
    if group:
        yield group


def _text(article: Article, group: list[Asked], gazetteer: Gazetteer) -> str:
    places = list(dict.fromkeys((one.start, one.end) for one in group))
    document = {
        "passages": [
            {"number": number, "text": article.text[start:end]}
            for number, (start, end) in enumerate(places, start=1)
        ],
        "pairs": [
            {
                "site": one.unsure.site,
                "site_name": gazetteer.sites[one.unsure.site].name,
                "actor": one.unsure.actor,
                "actor_name": gazetteer.actors[one.unsure.actor].name,
                "passage": places.index((one.start, one.end)) + 1,
            }
            for one in group
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
