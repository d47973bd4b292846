"""What the store promises, for SQLite and for a real PostgreSQL."""

from dataclasses import replace
from datetime import date

import pytest
from evidence_made import GAZETTEER
from store_made import ACTOR, DAY, NEWER, OTHER_ACTOR, OTHER_SITE, SITE, article, claim

from mapdata.errors import StoreError
from mapdata.model import Attribution, Cue, Source, SpeakerKind, Status
from mapdata.origins import signature
from mapdata.store import Outcome, Store


@pytest.fixture
def store(store_address):
    with Store.open(store_address) as opened:
        yield opened


def test_what_is_put_comes_back_as_it_was(store):
    text = "«На базе T4» 𝒳 стоят войска; " + " ".join(f"слово{i}" for i in range(40))
    full = article(
        text, url="https://example.org/1", title="Title", published_from="metadata", lang="ru",
        path="a/b.md", illustrative=True,
    )  # fmt: skip
    said = Attribution("an official", SpeakerKind.UNNAMED_OFFICIAL, "Orontes Wire", "2025-01~")
    first = claim(
        full, "𝒳 стоят войска", cue="стоят", said=said, held_from="2015", held_to="2025-01-02",
        construction="subject", score=1 / 3,
    )  # fmt: skip
    second = claim(full, "T4", site=OTHER_SITE, actor=OTHER_ACTOR, status=Status.DENIED)
    assert store.put(full, [first, second], GAZETTEER) is Outcome.NEW
    assert store.article(full.id) == full
    assert store.claims() == [second, first], "by their place in the text"
    source = Source(
        full.id, "Title", "Orontes Wire", DAY, "https://example.org/1", "ru", signature(text), True
    )
    assert store.sources() == {full.id: source}
    assert source.signature
    assert list(store.articles()) == [full]


def test_the_same_article_twice_changes_nothing(store):
    one = article()
    assert store.revision() == 0
    store.put(one, [claim(one)], GAZETTEER)
    assert store.revision() == 1
    assert store.put(replace(one, path="elsewhere.md"), [claim(one)], GAZETTEER) is Outcome.UNCHANGED
    assert store.put_many([(one, [claim(one)])] * 2, GAZETTEER) == [Outcome.UNCHANGED] * 2
    assert store.revision() == 1
    assert store.articles_count() == 1
    assert store.article(one.id) == one


def test_a_new_text_under_an_address_is_the_newest_version_and_alone_counts(store):
    old = article("Troops are at the base, it says.", url="https://example.org/1")
    new = article("Troops are at the base no more, it says.", url="https://example.org/1")
    store.put(old, [claim(old)], GAZETTEER)
    assert store.put(new, [claim(new, status=Status.FORMER)], GAZETTEER) is Outcome.NEW_VERSION
    assert [(found.article, found.status) for found in store.claims()] == [(new.id, Status.FORMER)]
    assert list(store.sources()) == [new.id]
    assert store.article(old.id) == old, "the older one stays stored"
    assert (store.counts().articles, store.counts().older_versions) == (1, 1)
    # Both files may lie in one folder that is read again and again.
    before = store.revision()
    assert store.put(old, [claim(old)], GAZETTEER) is Outcome.UNCHANGED
    assert store.revision() == before
    assert list(store.sources()) == [new.id]


def test_without_an_address_and_under_another_outlet_a_text_is_another_article(store):
    texts = [
        article("Troops are at the base."),
        article("Troops are at the base, still."),
        article("Troops are at the base.", outlet="Other", url="https://example.org/1"),
        article("Troops are at the base!", outlet=None, url="https://example.org/1"),
    ]
    assert store.put_many([(one, [claim(one)]) for one in texts], GAZETTEER) == [Outcome.NEW] * 4
    assert store.articles_count() == 4


def test_corrected_metadata_replace_the_old_and_the_claims_have_the_new_day(store):
    one = article(title="Ttile", path="a.md")
    store.put(one, [claim(one)], GAZETTEER)
    right = replace(one, title="Title", published=date(2025, 3, 1), lang="en", published_from="metadata")
    assert store.put(right, [claim(right)], GAZETTEER) is Outcome.CORRECTED
    assert store.article(one.id) == right
    assert store.claims()[0].published == date(2025, 3, 1)
    assert store.sources()[one.id].published == date(2025, 3, 1)
    assert store.revision() == 2


def test_a_missing_day_takes_one_away_only_where_the_same_file_says_so(store):
    one = article(path="a.md", published_from="metadata")
    store.put(one, [claim(one)], GAZETTEER)
    copy = replace(one, published=None, published_from=None, path="copy.txt")
    assert store.put(copy, [claim(copy)], GAZETTEER) is Outcome.UNCHANGED
    assert store.article(one.id) == one
    undated = replace(one, published=None, published_from=None)
    assert store.put(undated, [claim(undated)], GAZETTEER) is Outcome.CORRECTED
    assert store.article(one.id) == undated


def test_rereading_with_another_gazetteer_replaces_claims_and_loses_no_article(store):
    one, two = article("Troops are at the base."), article("Troops are at the base, again.")
    store.put_many([(one, [claim(one)]), (two, [claim(two)])], GAZETTEER)
    assert store.put(one, [claim(one, site=OTHER_SITE)], NEWER) is Outcome.REREAD
    assert store.put(two, [], NEWER) is Outcome.REREAD
    assert [(found.article, found.site) for found in store.claims()] == [(one.id, OTHER_SITE)]
    assert store.articles_count() == 2
    assert store.counts().gazetteers == (("fedcba987654", "Syria", 2),)
    # The same claims, read with another gazetteer, are another reading.
    assert store.put(two, [], GAZETTEER) is Outcome.REREAD


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"start": 1}, "is not what the text has at 1:22"),
        ({"end": 21}, "is not what the text has"),
        ({"quote": "Troops are at the Base"}, "is not what the text has"),
        ({"start": 0, "end": 900}, "has the span 0:900 in a text of 66"),
        ({"start": -66, "end": -44}, "has the span -66:-44"),
        ({"site": "atlantis"}, "site 'atlantis' is not in gazetteer"),
        ({"actor": "XX"}, "actor 'XX' is not in gazetteer"),
        ({"cues": (Cue(0, 6, "troops"),)}, "cue 'troops' is not what the text has at 0:6"),
        ({"article": "0" * 20}, "it belongs to article 000"),
        ({"score": 1.5}, "score 1.5"),
    ],
)
def test_a_claim_that_its_text_or_gazetteer_does_not_bear_out_is_refused(tmp_path, wrong, says):
    with Store.open(tmp_path / "a.sqlite3") as store:
        good, bad = (
            article(),
            article("Troops are at the base, an official said; more is not known to us."),
        )
        reading = [(good, [claim(good)]), (bad, [replace(claim(bad), **wrong)])]
        with pytest.raises(StoreError, match=says) as caught:
            store.put_many(reading, GAZETTEER)
        assert "\n" not in str(caught.value)
        assert bad.id in str(caught.value)
        assert (store.articles_count(), store.revision()) == (0, 0), "all of the batch or nothing"


def test_one_claim_for_each_site_actor_and_status(store):
    one = article()
    with pytest.raises(StoreError, match="this is the second"):
        store.put(one, [claim(one), claim(one, "no plan")], GAZETTEER)
    store.put(one, [claim(one), claim(one, status=Status.DENIED)], GAZETTEER)
    assert len(store.claims()) == 2


@pytest.mark.parametrize("text", ["Troops\0 are here", "Troops \ud800 are here"])
def test_a_text_that_no_database_takes_is_refused_in_one_line(store, text):
    bad = replace(article(), text=text)
    with pytest.raises(StoreError, match=bad.id):
        store.put(bad, [], GAZETTEER)
    assert store.articles_count() == 0


def test_a_batch_that_breaks_half_way_leaves_nothing(store):
    one = article()
    store.put(one, [], GAZETTEER)
    two = article("Another text.")
    with pytest.raises(StoreError, match="with another text"):
        store.put_many([(two, []), (replace(one, text="Not the text of that id"), [])], GAZETTEER)
    assert list(store.sources()) == [one.id]
    assert store.revision() == 1


def test_filters_of_claims(store):
    days = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), None]
    made = [article(f"Troops are at the base, {day}.", published=day) for day in days]
    kinds = [(SITE, ACTOR, "existing"), (SITE, OTHER_ACTOR, "denied"), (OTHER_SITE, ACTOR, "denied")]
    kinds.append((OTHER_SITE, OTHER_ACTOR, "proposed"))
    for one, (site, actor, status) in zip(made, kinds, strict=True):
        store.put(one, [claim(one, site=site, actor=actor, status=Status(status))], GAZETTEER)

    def numbers(**filters):
        ids = [one.id for one in made]
        return [ids.index(found.article) for found in store.claims(**filters)]

    assert numbers() == [0, 1, 2, 3]
    assert numbers(sites={SITE}) == [0, 1]
    assert numbers(actors=[OTHER_ACTOR]) == [1, 3]
    assert numbers(statuses={Status.DENIED, Status.PROPOSED}) == [1, 2, 3]
    assert numbers(sites={SITE}, statuses={Status.DENIED}) == [1]
    assert numbers(from_day=days[1], to_day=days[1]) == [1, 3], "undated claims are listed"
    assert numbers(from_day=days[1], undated=False) == [1, 2]
    assert numbers(to_day=days[1], undated=False) == [0, 1]
    assert numbers(undated=False) == [0, 1, 2]
    assert numbers(sites={"nowhere"}) == []


def test_counts_and_load(store):
    one, two = article(illustrative=True), article("Troops are at the base.", published=None)
    store.put(one, [claim(one), claim(one, status=Status.PROPOSED)], GAZETTEER)
    store.put(two, [claim(two)], GAZETTEER)
    counts = store.counts()
    assert (counts.articles, counts.undated, counts.illustrative, counts.claims) == (2, 1, 1, 3)
    assert dict(counts.statuses) == {"existing": 2, "proposed": 1, "denied": 0, "former": 0}
    loaded = store.load()
    assert (loaded.revision, loaded.sources, loaded.claims) == (2, store.sources(), store.claims())


def test_some_articles_claims_and_sources_are_read_alone(store):
    told = [article(f"Troops are at the base, report {number} says.") for number in range(3)]
    store.put_many([(one, [claim(one)]) for one in told], GAZETTEER)
    wanted = {told[0].id, told[2].id}
    assert sorted(one.article for one in store.claims_of(wanted)) == sorted(wanted)
    assert store.sources(wanted).keys() == wanted
    assert store.sources(wanted).items() <= store.sources().items()
    assert store.claims_of([]) == [] and store.sources([]) == {}


def test_the_mark_changes_with_what_is_stored_and_with_nothing_else(store):
    empty = store.mark()
    one = article()
    store.put(one, [claim(one)], GAZETTEER)
    full = store.mark()
    assert full != empty
    store.put(one, [claim(one)], GAZETTEER)
    assert store.mark() == full
    store.put(replace(one, title="Corrected"), [claim(one)], GAZETTEER)
    assert store.mark() != full


def test_unread_names_what_putting_might_change(store):
    one, two = article(path="a.md"), article("Another text.")
    store.put(one, [claim(one)], GAZETTEER, program="1")
    unread = store.unread
    assert unread([one, two], GAZETTEER, program="1") == {two.id}
    assert unread([one], NEWER, program="1") == unread([one], GAZETTEER, program="2") == {one.id}
    assert unread([replace(one, title="New")], GAZETTEER, program="1") == {one.id}
    assert unread([replace(one, path="b.md", published=None)], GAZETTEER, program="1") == set()
    assert unread([], GAZETTEER, program="1") == set()


def test_an_article_that_is_not_there_is_named(store):
    with pytest.raises(StoreError, match="no article 'abc' in"):
        store.article("abc")


def test_a_reader_sees_what_was_committed_and_writes_nothing(store, store_address):
    with Store.open(store_address, readonly=True) as reader:
        assert (reader.revision(), reader.sources()) == (0, {})
        one = article()
        store.put(one, [claim(one)], GAZETTEER)
        assert (reader.revision(), list(reader.sources())) == (1, [one.id])
        with pytest.raises(StoreError):
            reader.put(article("Another text."), [], GAZETTEER)
