"""Reviewing without a screen: queue, ids, drafts, labelled examples, versions, and the switch that refuses it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from evidence_made import GAZETTEER, evidence
from hypothesis import given
from hypothesis import strategies as some
from store_made import ACTOR, OTHER_SITE, SITE, article, claim

from mapdata import configuration
from mapdata.assessment import assess
from mapdata.errors import ConfigurationError, InputRefused, MapdataError, ReadonlyError, ReviewError, StoreError
from mapdata.evaluation.gold import as_article, faults, load_gold
from mapdata.evaluation.scores import score
from mapdata.model import Status, VerdictKind
from mapdata.review import desk, drafts
from mapdata.review.claims import claim_id, corrected, made, named, span_of
from mapdata.review.drafts import Draft
from mapdata.review.export import as_yaml, examples
from mapdata.review.queue import Order, queue
from mapdata.review.versions import Change, compare, shortened
from mapdata.store import Judgement, Outcome, Reviews, Store

WHEN = datetime(2025, 2, 9, 12, 0, tzinfo=UTC)
SIGNED = {"who": "Ada", "why": "", "at": WHEN}
P, D, E = Status.PROPOSED, Status.DENIED, Status.EXISTING
TODAY = date(2025, 2, 9)


# --- the queue --------------------------------------------------------------------------------------------


def scored(item, score: float, **more):
    return replace(item, claim=replace(item.claim, score=score, **more))


EVIDENCE = (
    scored(evidence("t4", "TR", P, date(2025, 2, 4), article="a", voice="A"), 0.9),
    scored(evidence("t4", "TR", P, date(2024, 6, 1), article="b", voice="B"), 0.4),
    scored(evidence("t4", "TR", D, date(2025, 2, 4), article="a", voice="A"), 0.9),
    scored(evidence("hmeimim", "RU", E, date(2023, 1, 1), article="c", voice="C"), 0.95),
    scored(evidence("tartus", "RU", E, date(2025, 2, 8), article="d"), 0.1, review=VerdictKind.ACCEPTED),
    scored(evidence("tartus", "US", E, None, article="e"), 0.8),
)


def test_the_queue_has_what_nobody_judged_with_the_reasons_to_look_at_it():
    groups = queue(EVIDENCE, assess(EVIDENCE, TODAY, GAZETTEER), TODAY)
    assert [(group.site, group.actor, group.status.value) for group in groups] == [
        ("t4", "TR", "proposed"),
        ("t4", "TR", "denied"),
        ("tartus", "US", "existing"),
        ("hmeimim", "RU", "existing"),
    ]
    assert [(item.evidence.claim.article, item.reasons) for item in groups[0].items] == [
        ("a", ("the same article also says denied", "other origins say otherwise", "new")),
        ("b", ("the reading is unsure (40%)", "other origins say otherwise")),
    ]
    assert groups[2].items[0].reasons == ("no day is known",)
    assert groups[3].items[0].reasons == ()
    newest = queue(EVIDENCE, assess(EVIDENCE, TODAY, GAZETTEER), TODAY, Order.NEW)
    assert [group.site for group in newest] == ["t4", "t4", "hmeimim", "tartus"]


# --- names and quotes ---------------------------------------------------------------------------------------


def test_an_id_stays_whatever_the_span_and_its_beginning_is_enough():
    one = article()
    first, second = claim(one), claim(one, site=OTHER_SITE)
    assert claim_id(first) == claim_id(replace(first, start=3, end=9, quote="ops ar", score=0.2))
    assert named([first, second], [claim_id(second)[:6], claim_id(first), claim_id(second)]) == [second, first]
    for wrong, said in (("zzzzzz", "is no claim's id"), (claim_id(first)[:2], "is no claim's id"), ("", "no claim's")):
        with pytest.raises(ReviewError, match=said):
            named([first, second], [wrong])


def test_a_quote_is_found_as_it_is_written_or_with_other_white_space():
    text = "Troops are at\nthe base. قوات في القاعدة. Troops are there."
    assert span_of(text, " Troops are at\nthe base. ") == (0, 23)
    assert span_of(text, "Troops are at the base") == (0, 22)
    start, end = span_of(text, "قوات في القاعدة")
    assert text[start:end] == "قوات في القاعدة"
    for wrong, said in (("Troops are", "2 times"), ("(troops", "does not have"), (" ", "is empty")):
        with pytest.raises(ReviewError, match=said):
            span_of(text, wrong)


def test_a_correction_keeps_what_is_not_said_otherwise():
    one = article()
    read = claim(one, "Troops are at the base", cue="at the base")
    other = corrected(read, one.text, status=Status.FORMER, span=(0, 10))
    assert (other.site, other.actor, other.status, other.quote) == (SITE, ACTOR, Status.FORMER, one.text[:10])
    assert (other.cues, other.construction, other.score) == ((), "review", 1.0)
    assert corrected(read, one.text, site=OTHER_SITE).cues == read.cues


# --- drafts -------------------------------------------------------------------------------------------------


def draft() -> Draft:
    one = article("Troops are at the base. They will leave it. Others came to the base.")
    read = (claim(one, "Troops are at"), claim(one, "will leave it", status=Status.FORMER))
    return Draft(one, read)


def test_a_draft_becomes_an_article_with_verdicts(tmp_path):
    db = tmp_path / "a.sqlite3"
    one = draft()
    one = drafts.say(one, 0, VerdictKind.ACCEPTED)
    one = drafts.say(one, 1, VerdictKind.CORRECTED, replace(one.read[1], status=P))
    one = drafts.add(one, made(one.article, OTHER_SITE, ACTOR, E, span_of(one.article.text, "Others came")))
    assert [(n, c.status.value, c.review) for n, c in one.standing()] == [
        (0, "existing", VerdictKind.ACCEPTED),
        (1, "proposed", VerdictKind.CORRECTED),
        (None, "existing", VerdictKind.ADDED),
    ]
    one = drafts.described(one, title="T", outlet="Sada", published=date(2025, 1, 2), url=None, lang="en")
    assert (one.article.published_from, {c.article for _, c in one.standing()}) == ("metadata", {one.article.id})
    [(_, outcome)] = desk.keep(db, [one], GAZETTEER, **SIGNED)
    assert outcome is Outcome.NEW
    with Store.open(db) as store:
        assert {(c.site, c.status.value, c.review.value) for c in store.claims()} == {
            (SITE, "existing", "accepted"),
            (SITE, "proposed", "corrected"),
            (OTHER_SITE, "existing", "added"),
        }
        assert {c.published for c in store.claims()} == {date(2025, 1, 2)}
        before = store.revision()
    [(_, outcome)] = desk.keep(db, [one], GAZETTEER, **SIGNED)
    with Store.open(db) as store:
        assert (outcome, store.revision(), len(Reviews(store).verdicts())) == (Outcome.UNCHANGED, before, 3)


def test_a_verdict_on_a_draft_can_be_taken_back():
    one = drafts.say(draft(), 0, VerdictKind.REJECTED)
    assert [n for n, _ in one.standing()] == [1]
    assert drafts.say(one, 0, None) == draft()
    missed = made(one.article, OTHER_SITE, ACTOR, E, (0, 6))
    added = drafts.add(one, missed)
    assert drafts.drop(added, added.missed[0]) == one


def test_what_cannot_be_kept_is_refused(tmp_path):
    db = tmp_path / "a.sqlite3"
    with pytest.raises(InputRefused, match="NUL"):
        desk.keep(db, [Draft(article("a\0b"), ())], GAZETTEER, **SIGNED)
    with pytest.raises(ReviewError, match="say who you are"):
        desk.keep(db, [drafts.say(draft(), 0, VerdictKind.ACCEPTED)], GAZETTEER, who=" ", why="", at=WHEN)
    desk.keep(db, [draft()], GAZETTEER, who="", why="", at=WHEN)
    desk.erase(db, draft().article.id, **SIGNED)
    with pytest.raises(StoreError, match="was erased on demand"):
        desk.keep(db, [draft()], GAZETTEER, **SIGNED)


# --- the switch ---------------------------------------------------------------------------------------------


def writes(db) -> dict[str, object]:
    one = draft()
    return {
        "keep": lambda: desk.keep(db, [one], GAZETTEER, **SIGNED),
        "judge": lambda: desk.judge(
            db, [Judgement(VerdictKind.ACCEPTED, one.article.id, one.read[0])], GAZETTEER, **SIGNED
        ),
        "withdraw": lambda: desk.withdraw(db, 1, **SIGNED),
        "retract": lambda: desk.retract(db, one.article.id, **SIGNED),
        "erase": lambda: desk.erase(db, one.article.id, **SIGNED),
    }


@pytest.mark.parametrize("name", writes(""))
def test_one_switch_refuses_each_function_that_writes(tmp_path, monkeypatch, name):
    db, file = tmp_path / "a.sqlite3", tmp_path / "mapdata.toml"
    desk.keep(db, [draft()], GAZETTEER, **SIGNED)
    before = db.read_bytes()
    file.write_text("[mapdata]\nreadonly = true\n")
    monkeypatch.setenv("MAPDATA_CONFIG", str(file))
    with pytest.raises(ReadonlyError, match="only shows"):
        writes(db)[name]()
    assert db.read_bytes() == before
    monkeypatch.setenv("MAPDATA_READONLY", "0")
    try:
        writes(db)[name]()
    except ReadonlyError:
        raise
    except MapdataError as fault:
        assert name == "withdraw", fault


def test_where_the_switch_stands_and_what_is_wrong_with_it(tmp_path, monkeypatch):
    file = tmp_path / "mapdata.toml"
    monkeypatch.delenv("MAPDATA_READONLY", raising=False)
    monkeypatch.delenv("MAPDATA_CONFIG", raising=False)
    monkeypatch.setattr("platformdirs.user_config_path", lambda name, appauthor: tmp_path)
    assert configuration.readonly() is False
    for text, said in (
        ("[mapdata]\nreadonly = true", True),
        ("[mapdata]\nreadonly = false", False),
        ("", False),
        ("readonly = true", "'readonly' is no setting"),
        ("[mapdata]\nread_only = true", "'read_only' is no setting"),
        ("[mapdata]\nreadonly = 1", "write true or false"),
        ("mapdata = 1", "'mapdata' is no setting"),
        ("[mapdata", "cannot be read as TOML"),
    ):
        file.write_text(text)
        if isinstance(said, bool):
            assert configuration.readonly() is said
            continue
        # A switch that nobody can read refuses; it is not taken for open.
        with pytest.raises(ConfigurationError, match=said):
            configuration.check_writable()
    monkeypatch.setenv("MAPDATA_READONLY", "maybe")
    with pytest.raises(ConfigurationError, match="neither 1 nor 0"):
        configuration.readonly()
    monkeypatch.delenv("MAPDATA_READONLY")
    monkeypatch.setenv("MAPDATA_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(ConfigurationError, match="no such file"):
        configuration.readonly()


# --- labelled examples ----------------------------------------------------------------------------------------


def test_verdicts_become_examples_that_evaluate_reads(tmp_path):
    db, file = tmp_path / "a.sqlite3", tmp_path / "reviewed.yaml"
    one = drafts.say(draft(), 0, VerdictKind.REJECTED)
    one = drafts.add(
        one, made(one.article, OTHER_SITE, ACTOR, E, span_of(one.article.text, "Others came"), said_by="a man")
    )
    unseen = article("Nobody looked at this.", outlet="Other")
    desk.keep(db, [one, Draft(unseen, ())], GAZETTEER, **SIGNED)
    with Store.open(db) as store:
        claims = {one.article.id: store.claims()}
        file.write_text(as_yaml(examples(store.articles(), claims, Reviews(store).verdicts())), encoding="utf-8")
    [gold] = load_gold(file)
    back = as_article(gold, tmp_path)
    assert (back.id, back.text, back.published) == (one.article.id, one.article.text, one.article.published)
    assert faults(gold, back, GAZETTEER) == []
    assert [(c.site, c.status, c.quote, c.known and c.known.by) for c in gold.claims] == [
        (OTHER_SITE, E, "Others came", "a man")
    ]
    assert [(c.site, c.status) for c in gold.optional] == [(SITE, Status.FORMER)]
    assert gold.note == "2 claims judged by Ada, the last on 2025-02-09"
    # A reader that still finds what was rejected has one too many, and what nobody judged is not counted.
    result = score(gold, one.read, GAZETTEER)
    assert (result.claims.right, result.claims.surplus, result.claims.missed) == (0, 1, 1)


@given(some.text(alphabet=some.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: "\r" not in text))
def test_a_text_comes_back_to_the_sign(text):
    import yaml

    assert yaml.safe_load(as_yaml([{"id": "a", "text": text}])) == [{"id": "a", "text": text}]


# --- versions -------------------------------------------------------------------------------------------------


def test_what_an_outlet_changed_between_two_versions():
    old, new = (
        "Two hundred troops are at the base.\nMore will come.",
        "Two dozen troops are at the base.\nMore will come.",
    )
    pieces = compare(old, new)
    assert [(p.text, p.change) for p in pieces] == [
        ("Two ", Change.SAME),
        ("hundred", Change.GONE),
        ("dozen", Change.NEW),
        (" troops are at the base.\nMore will come.", Change.SAME),
    ]
    short = shortened(pieces, around=10)
    assert short[-1].text == " troops ar …"
    assert compare("", "x") == compare("", "x")
    long = "word " * 6000
    assert [p.change for p in compare(long + "\nend", long + "\nthe end")] == [Change.SAME, Change.GONE, Change.NEW]


@given(some.text(), some.text())
def test_both_texts_are_in_the_comparison(old, new):
    pieces = compare(old, new)
    assert "".join(p.text for p in pieces if p.change is not Change.NEW) == old
    assert "".join(p.text for p in pieces if p.change is not Change.GONE) == new
