"""Who says it and since when: every example that stands beside the words of a language is true."""

import re
from datetime import date
from importlib.resources import files

import pytest
import yaml

from mapdata.gazetteer import load
from mapdata.model import Article, SpeakerKind, Status
from mapdata.outlets import load_outlets
from mapdata.reading import Reader
from mapdata.reading.countries import names_country
from mapdata.reading.folding import fold_in_place, fold_text, folds_evenly
from mapdata.reading.mentions import settle
from mapdata.reading.sentences import split
from mapdata.reading.speakers import speakers
from mapdata.reading.when import held, times

READER = Reader(load(), load_outlets())
DAY = date(2025, 3, 10)


def rules(name: str) -> dict:
    return yaml.safe_load(files("mapdata.reading").joinpath(f"rules/{name}.yaml").read_text(encoding="utf-8"))


def said(text: str, lang: str) -> list[str]:
    names, cues = settle(READER._matcher(lang).find(fold_text(text), text))
    parts = (text, fold_in_place(text), folds_evenly(text))
    view = READER._view(parts, next(iter(split(text))), names, cues)
    return [text[one.start : one.end] for one in speakers(view, lang)]


@pytest.mark.parametrize(
    ("lang", "example"), [(lang, say) for lang, own in rules("speakers").items() for say in own["examples"]]
)
def test_each_example_names_its_speaker(lang: str, example: str) -> None:
    wanted = re.search(r"«(\S[^»]*\S)»", example)
    assert wanted
    assert said(example[: wanted.start()] + wanted[1] + example[wanted.end() :], lang) == [wanted[1]]


def test_who_hears_is_no_speaker() -> None:
    assert said("The crews have been told that they will stay.", "en") == []


def test_a_relative_clause_belongs_to_its_speaker() -> None:
    assert said("Two smugglers who use the road confirmed that the strip is open.", "en") == ["Two smugglers"]


@pytest.mark.parametrize(
    ("lang", "example"),
    [(lang, one) for lang, own in rules("times").items() for one in own["examples"]],
    ids=lambda one: one if isinstance(one, str) else one["say"],
)
def test_each_example_gives_its_dates(lang: str, example: dict) -> None:
    status = Status.FORMER if "to" in example else Status.EXISTING
    found = held(times(example["say"], 0, len(example["say"]), lang, DAY), status, False)
    assert [one and one.rstrip("~") for one in found] == [example.get("from"), example.get("to")]


def test_a_plan_is_held_at_no_time() -> None:
    found = times("They may come back in 2027.", 0, 27, "en", DAY)
    assert held(found, Status.PROPOSED, True) == (None, None)


def test_the_term_of_a_lease_is_no_time_that_it_has_lasted() -> None:
    say = "They hold the port under a lease for 49 years."
    assert held(times(say, 0, len(say), "en", DAY), Status.EXISTING, False) == (None, None)


def test_without_a_day_of_publication_a_bare_month_is_no_date() -> None:
    say = "The last post closed in January."
    assert held(times(say, 0, len(say), "en", None), Status.FORMER, False) == (None, None)


def claims(text: str, **more):
    return READER.read(Article(id="one", text=text, lang="en", published=DAY, **more))


def test_a_quoted_sentence_is_of_the_one_who_spoke_before() -> None:
    text = (
        'A Turkish general denied the report. "We have no soldiers at the T4 air base. '
        'There are no Turkish troops at Shayrat air base," he said.'
    )
    assert {one.attribution.text for one in claims(text)} <= {"A Turkish general"}


def test_what_an_institute_writes_is_an_analysts() -> None:
    found = claims("Russian jets fly from Hmeimim air base.", outlet="Ashlar Institute")
    assert [(one.attribution.text, one.attribution.kind) for one in found] == [(None, SpeakerKind.ANALYST)]


def test_an_unnamed_official_stays_unnamed_whatever_ministry_it_is_of() -> None:
    (found,) = claims("Russian jets fly from Hmeimim air base, a source in the Defence Ministry said.")
    assert found.attribution.kind is SpeakerKind.UNNAMED_OFFICIAL


@pytest.mark.parametrize(
    ("text", "country", "lang", "named"),
    [
        ("two Mozambican officials", "MZ", "en", True),
        ("the Bulgarian defence minister", "BG", "en", True),
        ("the Nigerian army", "BG", "en", False),
        ("сирийский чиновник", "SY", "ru", True),
        ("anybody", None, "en", False),
    ],
)
def test_the_country_of_a_speaker(text: str, country: str | None, lang: str, named: bool) -> None:
    assert names_country(text, country, lang) is named
