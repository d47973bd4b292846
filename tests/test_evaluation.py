"""How well the reader reads: what counts as right, and the command that says so."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from store_made import ACTOR, OTHER_ACTOR, OTHER_SITE, SITE, article, claim

from mapdata.cli import main
from mapdata.evaluation.details import same_quote, same_speaker, same_time
from mapdata.evaluation.gold import GoldArticle
from mapdata.evaluation.scores import score, total
from mapdata.gazetteer import load
from mapdata.model import Attribution, SpeakerKind, Status

GAZETTEER = load()
TEXT = "Troops are at the base. They will stay, an official said. Nothing else is known of it."


def gold(*claims: list, **more) -> GoldArticle:
    return GoldArticle.model_validate({"id": "one", "text": TEXT, "claims": list(claims), **more})


def read(site=SITE, actor=ACTOR, status=Status.EXISTING, **more):
    return claim(article(TEXT, published=date(2025, 3, 1)), site=site, actor=actor, status=status, **more)


def by(text, kind=SpeakerKind.UNNAMED_OFFICIAL, credited=None):
    return Attribution(text, kind, credited)


def test_a_claim_a_pair_and_a_status_are_counted_apart() -> None:
    result = score(
        gold([SITE, ACTOR, "existing"], [OTHER_SITE, ACTOR, "proposed"]),
        [read(), read(OTHER_SITE, status=Status.DENIED), read(OTHER_SITE, OTHER_ACTOR)],
        GAZETTEER,
    )
    assert (result.claims.right, result.claims.surplus, result.claims.missed) == (1, 2, 1)
    assert (result.pairs.right, result.pairs.surplus, result.pairs.missed) == (2, 1, 0)
    assert (result.all.status.right, result.all.status.asked) == (1, 2)
    assert result.of(Status.PROPOSED).claims.missed == 1
    assert result.of(Status.PROPOSED).pairs.right == 1
    assert result.of(Status.DENIED).claims.surplus == 1


def test_the_measures_of_the_statuses_add_up_to_all() -> None:
    results = [
        score(gold([SITE, ACTOR, "existing"], [OTHER_SITE, ACTOR, "former"]), [read()], GAZETTEER),
        score(gold([SITE, ACTOR, "denied"]), [read(status=Status.DENIED), read()], GAZETTEER),
    ]
    whole = total(results)
    for field in ("right", "surplus", "missed"):
        assert getattr(whole.claims, field) == sum(getattr(m.claims, field) for m in whole.by_status.values())


def test_who_says_it_is_asked_only_where_the_annotator_says_so() -> None:
    known = {"by": "the same official", "kind": "unnamed_official"}
    named = gold([SITE, ACTOR, "existing", None, known])
    right = score(named, [read(said=by("the official"))], GAZETTEER)
    assert (right.all.speaker.value, right.all.kind.value, right.differs) == (1.0, 1.0, [])
    wrong = score(named, [read(said=by("a clerk", SpeakerKind.HOST))], GAZETTEER)
    assert (wrong.all.speaker.value, wrong.all.kind.value) == (0.0, 0.0)
    assert [(one.what, one.wanted) for one in wrong.differs] == [
        ("speaker", "the same official"),
        ("kind", "unnamed_official"),
    ]
    dated = gold([SITE, ACTOR, "existing", None, {"held_from": "2015"}])
    assert score(dated, [read()], GAZETTEER).all.speaker.value is None
    assert score(gold([SITE, ACTOR, "existing"]), [read()], GAZETTEER).all.kind.value is None


@pytest.mark.parametrize(
    ("wanted", "text", "credited", "same"),
    [
        ("a Syrian official", "the Syrian official", None, True),
        ("a Syrian official", "a Turkish minister", None, False),
        ("two people with knowledge of it", "two people with knowledge of it, to Orontes Wire", "Orontes Wire", True),
        ("مسؤول سوري", "المسؤول السوري", None, True),
        (None, None, None, True),
        (None, "a clerk", None, False),
        ("a clerk", None, None, False),
        ("Levant Courier", None, None, True),
    ],
)
def test_the_same_speaker(wanted, text, credited, same) -> None:
    assert same_speaker(wanted, by(text, credited=credited), "Levant Courier") is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2015", "2015~", True),
        ("2015", "2015-01", False),
        ("2025-02", "2025-02?", True),
        ("197X", "197X~", True),
        ("197X", "1970", False),
        ("2025-02-04", "2025-02-05", False),
    ],
)
def test_the_same_time_is_the_same_span_of_days(one, other, same) -> None:
    assert same_time(one, other) is same


def test_dates_are_right_surplus_or_missed() -> None:
    answer = gold([SITE, ACTOR, "existing", None, {"held_from": "2015", "held_to": "2020"}])
    dates = score(answer, [read(held_from="2015~")], GAZETTEER).all.dates
    assert (dates.right, dates.surplus, dates.missed) == (1, 0, 1)
    dates = score(answer, [read(held_from="2016", held_to="2020")], GAZETTEER).all.dates
    assert (dates.right, dates.surplus, dates.missed) == (1, 1, 1)


def test_quotes_are_the_same_where_half_of_the_shorter_one_is_in_the_longer() -> None:
    assert same_quote("Troops are at the base.", TEXT)
    assert not same_quote("Nothing else is known.", "Troops are at the base.")


GOLD = """
- id: talks
  lang: en
  published: 2025-02-04
  outlet: Levant Courier
  origin: one
  text: |
    Russian jets fly from Hmeimim, a Syrian officer said.
  claims:
    - [hmeimim, RU, existing, "Russian jets fly from Hmeimim, a Syrian officer said.", {by: a Syrian officer}]
- id: page
  origin: two
  path: page.html
  claims:
    - [t4, TR, former]
"""
PAGE = "<html><head><title>Camp</title></head><body><article><p>{}</p></article></body></html>"


def written(folder: Path) -> Path:
    (folder / "gold.yaml").write_text(GOLD, encoding="utf-8")
    (folder / "page.html").write_text(
        PAGE.format("Turkey's soldiers withdrew from T4 in May, a spokesman told reporters. " * 3), encoding="utf-8"
    )
    return folder / "gold.yaml"


def evaluated(*arguments: object):
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def test_a_curators_own_articles_are_measured_in_whatever_format_they_are(tmp_path: Path) -> None:
    done = evaluated(written(tmp_path), "--format", "json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["articles"] == 2
    assert found["all"]["claims"]["right"] + found["all"]["claims"]["missed"] == 2
    assert found["all"]["speaker"] == {"share": 1.0, "right": 1, "asked": 1}
    assert found["origins"]["all"]["surplus"] == 0
    assert set(found["status"]) >= {"existing", "former"}


def test_the_table_names_every_miss_with_its_text(tmp_path: Path) -> None:
    text = GOLD.replace("[hmeimim, RU, existing,", "[hmeimim, RU, denied,")
    written(tmp_path).write_text(text, encoding="utf-8")
    done = evaluated(tmp_path)
    assert "missed   hmeimim · RU · denied" in done.stdout
    assert "surplus  hmeimim · RU · existing" in done.stdout
    assert done.stdout.count("Russian jets fly from Hmeimim, a Syrian officer said.") == 2
    assert "Russian jets" not in evaluated(tmp_path, "--quiet").stdout


def test_several_files_a_broken_one_among_them(tmp_path: Path) -> None:
    good = written(tmp_path)
    (tmp_path / "broken.yaml").write_text("- id: [", encoding="utf-8")
    (tmp_path / "unknown.yaml").write_text(GOLD.replace("hmeimim, RU", "atlantis, RU"), encoding="utf-8")
    done = evaluated(good, tmp_path / "broken.yaml", tmp_path / "unknown.yaml", "--quiet")
    assert done.exit_code == 1
    assert "broken.yaml" in done.stderr
    assert "site 'atlantis' is not in the gazetteer" in done.stderr
    assert "articles: 4" in done.stdout


def test_a_gazetteer_beside_the_answers_is_the_one_to_read_with(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    (tmp_path / "gazetteer.yaml").write_text(
        (root / "gazetteer.yaml").read_text(encoding="utf-8").replace("  hmeimim:\n", "  the-base:\n", 1),
        encoding="utf-8",
    )
    written(tmp_path)
    done = evaluated(tmp_path)
    assert "site 'hmeimim' is not in the gazetteer" in done.stderr
    assert "hmeimim" not in evaluated(tmp_path, "--gazetteer", root / "gazetteer.yaml").stderr
