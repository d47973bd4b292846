"""What people say of claims: kept with who, when and why, and holding whatever reads the article next."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from evidence_made import GAZETTEER
from sqlalchemy import text
from store_made import ACTOR, NEWER, OTHER_ACTOR, OTHER_SITE, SITE, article, claim

from mapdata.errors import StoreError
from mapdata.model import Cue, NoticeKind, Status, VerdictKind
from mapdata.store import Judgement, Outcome, Reviews, Store

WHEN = datetime(2025, 2, 9, 12, 0, tzinfo=UTC)
SIGNED = {"who": "Ada", "why": "read it", "at": WHEN}
ADDRESS = "https://news.example/1"
STORED = Path(__file__).parent / "stored" / "schema-1.sql"


@pytest.fixture
def store(store_address):
    with Store.open(store_address) as opened:
        yield opened


def keys(store: Store) -> set[tuple[str, str, str, str | None]]:
    return {(c.site, c.actor, c.status.value, c.review and c.review.value) for c in store.claims()}


def judge(store: Store, kind: VerdictKind, of, before=None, after=None, **signed) -> int:
    signed = {**SIGNED, **signed}
    return Reviews(store).judge([Judgement(kind, of.id, before, after)], GAZETTEER, **signed)[0]


def test_each_verdict_keeps_who_when_why_and_what_it_replaced(store):
    one = article()
    read = claim(one, cue="at the base")
    store.put(one, [read], GAZETTEER)
    before = store.revision()
    first = judge(store, VerdictKind.ACCEPTED, one, read)
    assert store.revision() > before
    [standing] = store.claims()
    assert standing == replace(read, review=VerdictKind.ACCEPTED)
    other = replace(read, site=OTHER_SITE)
    second = judge(store, VerdictKind.CORRECTED, one, standing, other, who=" Bo ", why="the other base")
    third = judge(store, VerdictKind.REJECTED, one, store.claims()[0])
    assert store.claims() == []
    history = Reviews(store).verdicts([one.id])
    assert [(v.id, v.kind, v.who, v.why, v.replaces, v.live) for v in history] == [
        (first, VerdictKind.ACCEPTED, "Ada", "read it", None, False),
        (second, VerdictKind.CORRECTED, "Bo", "the other base", first, False),
        (third, VerdictKind.REJECTED, "Ada", "read it", second, True),
    ]
    assert {v.at for v in history} == {WHEN}
    assert history[0].before == read
    assert history[1].before == replace(read, review=VerdictKind.ACCEPTED)
    assert history[1].after == replace(other, review=VerdictKind.CORRECTED)
    assert history[2].after is None
    taken_back = Reviews(store).withdraw(third, **SIGNED)
    assert store.claims() == [read], "it stands again as it was read"
    assert Reviews(store).verdicts()[-1].id == taken_back
    with pytest.raises(StoreError, match="rules over nothing"):
        Reviews(store).withdraw(third, **SIGNED)


def test_verdicts_hold_when_the_article_is_read_again(store):
    one = article("Troops are at the base. They will leave it in May. Others came to the base.")
    here, leaving = claim(one, "Troops are at the base"), claim(one, "will leave it", status=Status.FORMER)
    wrong = claim(one, "They will leave", actor=OTHER_ACTOR)
    store.put(one, [here, leaving, wrong], GAZETTEER)
    judge(store, VerdictKind.ACCEPTED, one, here)
    judge(store, VerdictKind.REJECTED, one, wrong)
    judge(store, VerdictKind.CORRECTED, one, leaving, replace(leaving, status=Status.PROPOSED))
    judge(store, VerdictKind.ADDED, one, None, claim(one, "Others came to the base", site=OTHER_SITE))
    expected = {
        (SITE, ACTOR, "existing", "accepted"),
        (SITE, ACTOR, "proposed", "corrected"),
        (OTHER_SITE, ACTOR, "existing", "added"),
    }
    assert keys(store) == expected
    # The next reading misses one, finds the wrong one again with other edges, and finds what was added.
    again = [
        claim(one, "Troops are at the base. They will leave it in May", actor=OTHER_ACTOR),
        claim(one, "They will leave it in May", status=Status.FORMER),
        claim(one, "Others came", site=OTHER_SITE),
    ]
    assert store.put(one, again, NEWER, program="9") is Outcome.REREAD
    assert keys(store) == expected
    assert store.put(one, again, NEWER, program="9") is Outcome.UNCHANGED
    # The same kind of claim on another sentence is a new one, which nobody has judged.
    elsewhere = claim(one, "Others came to the base", actor=OTHER_ACTOR)
    store.put(one, [elsewhere], NEWER, program="10")
    assert keys(store) == expected | {(SITE, OTHER_ACTOR, "existing", None)}
    assert [c.start for c in store.claims()] == sorted(c.start for c in store.claims())


def test_an_accepted_claim_has_what_the_newest_reading_knows_of_it(store):
    one = article()
    store.put(one, [claim(one)], GAZETTEER)
    judge(store, VerdictKind.ACCEPTED, one, claim(one))
    newer = claim(one, cue="at the base", held_from="2015")
    store.put(one, [newer], GAZETTEER, program="2")
    assert store.claims() == [replace(newer, review=VerdictKind.ACCEPTED)]


def test_filters_go_by_what_stands(store):
    one = article()
    store.put(one, [claim(one)], GAZETTEER)
    judge(store, VerdictKind.CORRECTED, one, claim(one), claim(one, site=OTHER_SITE))
    assert store.claims(sites=[SITE]) == []
    assert [c.site for c in store.claims(sites=[OTHER_SITE], actors=[ACTOR])] == [OTHER_SITE]
    assert store.claims(sites=[OTHER_SITE], statuses=[Status.DENIED]) == []
    assert store.claims(to_day=one.published.replace(day=1)) == []
    assert len(store.claims(from_day=one.published)) == 1
    assert store.load().claims == store.claims()


def test_what_cannot_stand_is_refused_and_nothing_is_written(store):
    one = article()
    read, other = claim(one), claim(one, "no plan to leave", status=Status.DENIED)
    store.put(one, [read, other], GAZETTEER)
    before = store.revision()
    for wrong, said in (
        (replace(read, quote="Nobody is there"), "is not what the text has"),
        (replace(read, site="atlantis"), "'atlantis' is not in gazetteer"),
        (replace(read, status=Status.DENIED), "already: accept or correct that one"),
    ):
        with pytest.raises(StoreError, match=said):
            judge(store, VerdictKind.CORRECTED, one, read, wrong)
    with pytest.raises(StoreError, match="is not what it was"):
        judge(store, VerdictKind.ACCEPTED, one, replace(read, end=read.end - 1))
    with pytest.raises(StoreError, match="needs the name"):
        judge(store, VerdictKind.ACCEPTED, one, read, who=" ")
    with pytest.raises(StoreError, match="no article 'x'"):
        judge(store, VerdictKind.ACCEPTED, replace(one, id="x"), read)
    with pytest.raises(StoreError, match="is not what it was"):
        Reviews(store).judge(
            [
                Judgement(VerdictKind.ACCEPTED, one.id, read),
                Judgement(VerdictKind.REJECTED, one.id, replace(read, site="x")),
            ],
            GAZETTEER,
            **SIGNED,
        )
    assert store.revision() == before
    assert Reviews(store).verdicts() == []


def test_a_correction_by_the_outlet_takes_verdicts_along_where_their_words_still_stand(store):
    one = article("Troops are at the base. They will leave it in May.", url=ADDRESS)
    here, leaving = (
        claim(one, "Troops are at the base", cue="at the base"),
        claim(one, "leave it in May", status=Status.FORMER),
    )
    store.put(one, [here, leaving], GAZETTEER)
    judge(store, VerdictKind.ACCEPTED, one, here)
    judge(store, VerdictKind.ACCEPTED, one, leaving)
    two = article("Corrected on Friday. Troops are at the base. They will stay.", url=ADDRESS)
    assert store.put(two, [], GAZETTEER) is Outcome.NEW_VERSION
    [standing] = store.claims()
    assert (standing.article, standing.review) == (two.id, VerdictKind.ACCEPTED)
    assert two.text[standing.start : standing.end] == standing.quote
    assert standing.cues == (Cue(two.text.index("at the base"), two.text.index("at the base") + 11, "at the base"),)
    [carried] = Reviews(store).verdicts([two.id])
    assert (carried.who, carried.at, carried.why) == ("Ada", WHEN, "read it")
    assert carried.carried in {v.id for v in Reviews(store).verdicts([one.id])}
    [versions] = Reviews(store).versions()
    assert [(v.article, v.number, v.current) for v in versions] == [(one.id, 1, False), (two.id, 2, True)]
    assert Reviews(store).versions(two.id) == [versions]
    with pytest.raises(StoreError, match="has a newer version"):
        judge(store, VerdictKind.REJECTED, one, here)


def test_a_retraction_takes_claims_off_the_map_and_stays_in_the_history(store):
    one, other = article(url=ADDRESS), article("Troops are at the base.")
    store.put_many([(one, [claim(one)]), (other, [claim(other)])], GAZETTEER)
    judge(store, VerdictKind.ACCEPTED, one, claim(one))
    reviews = Reviews(store)
    reviews.retract(one.id, who="Ada", why="the outlet took it back", at=WHEN)
    assert {c.article for c in store.claims()} == {other.id} == set(store.sources())
    assert reviews.retracted() == {one.id}
    assert store.article(one.id).text == one.text
    store.put(one, [claim(one)], NEWER, program="2")
    assert {c.article for c in store.claims()} == {other.id}, "reading it again does not bring it back"
    with pytest.raises(StoreError, match="already retracted"):
        reviews.retract(one.id, **SIGNED)
    reviews.retract(one.id, undo=True, **SIGNED)
    assert {c.article for c in store.claims()} == {one.id, other.id}
    assert [(n.kind, n.article, n.why) for n in reviews.notices()] == [
        (NoticeKind.RETRACTED, one.id, "the outlet took it back"),
        (NoticeKind.REINSTATED, one.id, "read it"),
    ]


SECRET = "Unmistakable words that somebody wants removed"


def stored_bytes(address: str) -> bytes:
    """All that an SQLite database has on the disk."""
    path = Path(address)
    return b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))


def test_an_erased_text_is_gone_with_its_quotes_and_a_dated_note_stays(store, store_address):
    one = article(f"{SECRET}. Troops are at the base.", url=ADDRESS, title=SECRET)
    two = article(f"{SECRET}. Troops are at the base now.", url=ADDRESS)
    other = article("Troops are at the base.", outlet="Sada")
    padding = [article(f"Troops are at the base, for the {n}th time. " + "x" * 3000, outlet=f"o{n}") for n in range(40)]
    store.put_many([(one, [claim(one, SECRET)]), (other, [claim(other)])], GAZETTEER)
    store.put_many([(more, [claim(more)]) for more in padding], GAZETTEER)
    store.put(two, [claim(two, SECRET)], GAZETTEER)
    judge(store, VerdictKind.CORRECTED, two, claim(two, SECRET), claim(two, "Troops are at the base"))
    store.put(two, [claim(two)], NEWER, program="2")
    note = Reviews(store).erase(two.id, who="Ada", why="demand of 3 February", at=WHEN)
    assert (note.kind, note.at, note.outlet) == (NoticeKind.ERASED, WHEN, "Orontes Wire")
    assert (note.versions, note.claims, note.verdicts) == (2, 2, 1)
    if "://" not in store_address:
        assert SECRET.encode() not in stored_bytes(store_address)
        assert b"for the 7th time" in stored_bytes(store_address), "the rest is there"
    for gone in (one, two):
        with pytest.raises(StoreError, match="no article"):
            store.article(gone.id)
    assert one.id not in str(store.load())
    assert Reviews(store).verdicts() == []
    # The same article, or its address with another text, is not taken again.
    new = article(f"{SECRET}, once more.", url=ADDRESS)
    assert store.put_many([(two, []), (new, []), (other, [claim(other)])], GAZETTEER) == [
        "erased",
        "erased",
        "unchanged",
    ]
    assert Reviews(store).erased([two, new, other]) == {two.id, new.id}
    assert store.unread([two, new], GAZETTEER, program="9") == set()


def test_erasing_says_when_another_program_still_reads(tmp_path):
    path = tmp_path / "a.sqlite3"
    one = article(SECRET)
    with Store.open(path) as store:
        store.put(one, [], GAZETTEER)
        with contextlib.closing(sqlite3.connect(path)) as reader:
            reader.execute("PRAGMA busy_timeout=0")
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM articles").fetchone()
            with pytest.raises(StoreError, match="its log still has it"):
                Reviews(store).erase(one.id, **SIGNED)
        assert store.articles_count() == 0
        assert Reviews(store).erase(one.id, **SIGNED).versions == 1, "the same again clears the file"
        assert SECRET.encode() not in stored_bytes(str(path))
        assert len(Reviews(store).notices()) == 1


def test_a_stored_file_of_the_first_layout_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.executescript(STORED.read_text("utf-8"))
        before = old.execute("SELECT article, site, actor, status, quote FROM claims ORDER BY 1, 2, 4").fetchall()
    with pytest.raises(StoreError, match=r"older schema \(1\)"):
        Store.open(path, readonly=True)
    with Store.open(path) as store:
        current = [c for c in before if c[0] == "28722b7bedc5c282dead"]
        assert [(c.article, c.site, c.actor, c.status, c.quote) for c in store.claims()] == sorted(
            current, key=lambda c: c[3]
        )
        assert store.articles_count() == 2
        [one] = [c for c in store.claims() if c.status == Status.EXISTING]
        judge(store, VerdictKind.ACCEPTED, store.article(one.article), one)
        assert ("existing", "accepted") in {key[2:] for key in keys(store)}
        with store._engine.begin() as connection:
            assert connection.scalar(text("SELECT count(*) FROM claims")) == len(before)
            assert connection.scalar(text("SELECT schema_version FROM meta")) == 2
    assert Store.open(path, readonly=True).claims()
