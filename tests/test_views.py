"""What the views Add, Review, Silence and Changes are made of, without a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from evidence_made import GAZETTEER, evidence
from store_made import article, claim
from streamlit.testing.v1 import AppTest

from mapdata.articles import Limits
from mapdata.assessment import assess
from mapdata.changes import ChangeKind, Stand, changes
from mapdata.dashboard import marking, pager, server
from mapdata.dashboard.silences import language
from mapdata.errors import ReadonlyError
from mapdata.gazetteer import load
from mapdata.model import Cue, Filters, Status, Verdict, VerdictKind
from mapdata.outlets import load_outlets
from mapdata.reading import Reader
from mapdata.review import intake
from mapdata.review.chains import chains
from mapdata.review.intake import Dropped, Fetched, Most, Pasted
from mapdata.silence import coverage, silent
from mapdata.store import Store

E, P, D, F = Status.EXISTING, Status.PROPOSED, Status.DENIED, Status.FORMER
TODAY = date(2025, 2, 9)


# --- marks --------------------------------------------------------------------------------------------------


def test_a_text_is_cut_where_quotes_and_cues_begin_and_end():
    one = article("Troops are at the base.\n\nقوات في القاعدة. More of it.")
    first = claim(one, "Troops are at the base.", cue="are at")
    second = claim(one, "at the base.\n\nقوات في القاعدة", status=F)
    made = marking.paragraphs(one.text, [first, second])
    assert "".join(mark.text for mark in made[0].marks) == "Troops are at the base."
    assert "".join(mark.text for mark in made[1].marks) == "قوات في القاعدة. More of it."
    assert [(mark.text, mark.claims, mark.ends, mark.cue) for mark in made[0].marks] == [
        ("Troops ", (1,), (), False),
        ("are ", (1,), (), True),
        ("at", (1, 2), (), True),
        (" the base.", (1, 2), (1,), False),
    ]
    first_mark = made[1].marks[0]
    assert (first_mark.text, first_mark.claims, first_mark.ends) == ("قوات في القاعدة", (2,), (2,))
    assert [paragraph.rtl for paragraph in made] == [False, True]


def test_of_a_long_text_only_what_stands_around_claims_is_shown():
    one = article("x" * 20_000 + "\nTroops are at the base.\n" + "y" * 20_000)
    made = marking.paragraphs(one.text, [claim(one)])
    texts = ["".join(mark.text for mark in paragraph.marks) for paragraph in made]
    assert texts[0] == texts[-1] == "…"
    assert "Troops are at the base." in texts
    assert sum(map(len, texts)) < 2000
    assert len(marking.paragraphs(one.text, [])[0].marks[0].text) == 20_000


# --- what is handed over --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load(), load_outlets())


def test_a_name_leads_nowhere_and_what_cannot_be_read_is_told(reader, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    told = []
    found = list(
        intake.drafts(
            [
                Dropped(f"../../{tmp_path}/secret.txt", b"Russian troops remain at the Hmeimim air base."),
                Dropped("no.exe", b"x"),
                Dropped("empty.txt", b""),
                Pasted("---\noutlet: Sada\npublished: 2025-02-04\n---\nNothing of a base."),
                Pasted(" "),
                Fetched("file:///etc/passwd"),
                Fetched("/etc/passwd"),
                Fetched("http://127.0.0.1:1/"),
            ],
            reader,
            refused=lambda fault: told.append(str(fault)),
            limits=Limits(seconds=2),
            today=TODAY,
        )
    )
    assert [(draft.article.path, draft.article.text[:7]) for draft in found] == [
        ("secret.txt", "Russian"),
        (None, "Nothing"),
    ]
    assert [(c.site, c.actor) for c in found[0].read] == [("hmeimim", "RU")]
    assert (found[1].article.outlet, found[1].article.published) == ("Sada", date(2025, 2, 4))
    assert [line.split(":")[0] for line in told] == ["no.exe", "empty.txt", "text", "file", "/etc/passwd", "http"]
    assert "address of this machine" in told[-1]


def test_reading_ends_where_it_is_stopped_or_is_too_much(reader):
    rows = b"\n".join(b'{"text": "Row %d of many."}' % number for number in range(30))
    told = []
    many = [Dropped("many.jsonl", rows)]
    found = list(intake.drafts(many, reader, refused=told.append, most=Most(articles=7), today=TODAY))
    assert len(found) == 7
    assert "`mapdata ingest` takes any number" in str(told[0])
    found = []
    for draft in intake.drafts(many, reader, refused=told.append, stopped=lambda: len(found) == 3, today=TODAY):
        found.append(draft)
    assert len(found) == 3


def test_the_switch_refuses_to_read_what_is_handed_over(reader, monkeypatch):
    monkeypatch.setenv("MAPDATA_READONLY", "1")
    with pytest.raises(ReadonlyError):
        next(intake.drafts([Pasted("Text.")], reader, refused=print))


# --- histories ------------------------------------------------------------------------------------------------


def test_verdicts_stand_in_the_history_of_their_claim():
    one = claim(article())
    at = datetime(2025, 2, 9, tzinfo=UTC)

    def verdict(id: int, hour: int, **more) -> Verdict:
        return Verdict(id, "a", VerdictKind.ACCEPTED, one, one, "Ada", "", at.replace(hour=hour), **more)

    made = chains([verdict(4, 4, replaces=1), verdict(1, 1), verdict(2, 9), verdict(5, 1, carried=4)])
    assert [[entry.id for entry in chain.verdicts] for chain in made] == [[2], [1, 4, 5]]
    withdrawn = replace(verdict(6, 5), kind=VerdictKind.WITHDRAWN, after=None, before=None, replaces=1)
    assert chains([verdict(1, 1), withdrawn])[0].claim == one


def test_a_page_of_a_list_that_became_shorter(monkeypatch):
    state = {"page": 3}
    monkeypatch.setattr(pager.st, "session_state", state)
    monkeypatch.setattr(pager.st, "number_input", lambda *_, key, max_value, **__: min(state[key], max_value))
    assert pager.page(range(25), 10, "page") == range(20, 25)
    assert pager.page(range(11), 10, "page") == range(10, 11)
    assert pager.page(range(3), 10, "page") == range(3)
    assert pager.page((), 10, "page") == ()


# --- silence ----------------------------------------------------------------------------------------------------


EVIDENCE = (
    evidence("t4", "TR", P, date(2024, 12, 1), article="a"),
    evidence("t4", "TR", D, date(2025, 2, 5), article="b", voice="V"),
    evidence("hmeimim", "RU", E, date(2023, 2, 10), article="c"),
    evidence("hmeimim", "RU", E, date(2025, 3, 1), article="later"),
    evidence("tartus", "RU", E, None, article="d"),
)


def test_places_without_a_recent_report_the_longest_silent_first():
    found = silent(EVIDENCE, assess(EVIDENCE, TODAY, GAZETTEER), GAZETTEER, TODAY, 180)
    assert [(one.site, one.age_days, one.said) for one in found] == [
        ("hmeimim", 730, (("RU", (E,)),)),
        ("tartus", None, ()),
        ("badiya", None, ()),
    ]
    # The country as a whole is no place; a shorter time takes in more.
    assert [one.site for one in silent(EVIDENCE, (), GAZETTEER, TODAY, 4)][:2] == ["hmeimim", "t4"]


def test_articles_by_outlet_language_and_month():
    rows = [
        (date(2025, 2, 1), "Sada", "ar", 3),
        (date(2025, 1, 31), "Sada", "ar", 1),
        (date(2024, 11, 30), "Post", "en", 9),
        (None, "Post", None, 2),
        (date(2025, 2, 10), "Post", "en", 50),
    ]
    found = coverage(rows, TODAY, months=3)
    assert found.months == (date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1))
    assert [(line.name, line.counts, line.total) for line in found.outlets] == [
        ("Post", (0, 0, 0), 11),
        ("Sada", (0, 1, 3), 4),
    ]
    assert [line.name for line in found.languages] == ["en", "ar", None]
    assert (found.total, found.older, found.undated) == (15, 9, 2)
    assert [language(code) for code in ("ar", "pt-BR", None, "zz", "not a language")] == [
        "Arabic", "Portuguese (Brazil)", "unknown language", "zz", "not a language",
    ]  # fmt: skip


# --- changes ----------------------------------------------------------------------------------------------------


ALL = Filters()


def kinds(first: date, last: date, filters: Filters = ALL, items=EVIDENCE):
    found = changes(items, filters, GAZETTEER, first, last)
    return {(one.site, one.actor): (one.kind, one.before.statuses, one.after.statuses) for one in found}


def test_what_changed_between_two_days():
    assert kinds(date(2025, 2, 1), TODAY) == {("t4", "TR"): (ChangeKind.CHANGED, (P,), (P, D))}
    assert kinds(date(2024, 11, 1), date(2024, 12, 5)) == {("t4", "TR"): (ChangeKind.FIRST, (), (P,))}
    assert kinds(TODAY, TODAY) == {}
    # A plan that nobody speaks of any more has lapsed; that is no report, and comes last.
    later = changes(EVIDENCE, Filters(), GAZETTEER, TODAY, date(2026, 6, 1))
    assert [(one.site, one.kind, len(one.evidence)) for one in later] == [("t4", ChangeKind.LAPSED, 0)]
    assert later[0].day is None
    assert kinds(date(2026, 6, 1), TODAY) == kinds(TODAY, date(2026, 6, 1)), "the days may come in any order"


def test_contested_settled_and_reported_again():
    base = evidence("hmeimim", "RU", E, date(2025, 1, 1), article="a", voice="A")
    former = evidence("hmeimim", "RU", F, date(2025, 2, 1), article="b", voice="B")
    found = changes((base, former), Filters(), GAZETTEER, date(2025, 1, 15), TODAY)
    assert [one.before for one in found] == [Stand((E,), False)]
    plan = evidence("t4", "TR", P, date(2020, 1, 1), article="c", voice="A")
    again = evidence("t4", "TR", P, date(2025, 2, 1), article="d", voice="B")
    assert kinds(date(2025, 1, 1), TODAY, items=(plan, again)) == {("t4", "TR"): (ChangeKind.RETURNED, (), (P,))}


def test_filters_choose_and_a_status_does_not_hide_what_stood_before():
    days = date(2025, 2, 1), TODAY
    assert kinds(*days, Filters(actors=frozenset({"RU"}))) == {}
    only_denied = Filters(statuses=frozenset({D}), min_origins=5, as_of=date(2020, 1, 1))
    assert kinds(*days, only_denied) == kinds(*days)
    assert kinds(*days, Filters(reviewed=True)) == {}
    judged = tuple(
        replace(item, claim=replace(item.claim, review=VerdictKind.ACCEPTED)) if item.claim.article == "b" else item
        for item in EVIDENCE
    )
    assert kinds(*days, Filters(reviewed=True), judged) == {("t4", "TR"): (ChangeKind.FIRST, (), (D,))}


# --- the page without a database ----------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["add", "review", "silence", "changes"])
def test_each_view_says_what_to_do_where_there_is_no_database_or_nothing_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    empty = tmp_path / "empty.sqlite3"
    Store.open(empty).close()
    monkeypatch.setenv("MAPDATA_READONLY", "0")
    monkeypatch.delenv("MAPDATA_GAZETTEER", raising=False)
    for db in (tmp_path / "none.sqlite3", empty):
        monkeypatch.setenv("MAPDATA_DB", str(db))
        page = AppTest.from_file(str(server.SCRIPT), default_timeout=90)
        page.query_params["view"] = view
        page.run()
        assert not page.exception
        said = "\n".join(element.body for element in page.get("html"))
        assert {
            "add": "Add articles",
            "review": "There is nothing to review yet" if "none" in db.name else "Nobody has to look at anything",
            "silence": "Nothing reported is not nobody there",
            "changes": "Nothing is said otherwise",
        }[view] in said
    assert not (tmp_path / "none.sqlite3").exists()


def test_cues_are_marked_only_within_claims():
    one = article("Troops are at the base.")
    stray = replace(claim(one, "Troops"), cues=(Cue(11, 17, "at the"),))
    assert [mark.cue for mark in marking.paragraphs(one.text, [stray])[0].marks] == [False, False, False, False]
