"""Every scenario of tests/scenarios/assessment.yaml, written by somebody who had not seen the function."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from evidence_made import GAZETTEER, evidence

from mapdata.assessment import assess
from mapdata.model import Evidence, SpeakerKind, Status

SCENARIOS = yaml.safe_load((Path(__file__).parent / "scenarios/assessment.yaml").read_text(encoding="utf-8"))
BY_NAME = {scenario["name"]: scenario for scenario in SCENARIOS}


def evidence_of(scenario: dict) -> list[Evidence]:
    days: dict[str, list[date]] = {}
    for entry in scenario["evidence"]:
        days.setdefault(entry["origin"], []).extend([entry["published"]] if entry["published"] else [])
    return [
        evidence(
            entry["site"],
            entry["actor"],
            Status(entry["status"]),
            entry["published"],
            article=entry["article"],
            outlet=entry["outlet"],
            origin=entry["origin"],
            origin_outlet=entry["origin_outlet"],
            origin_day=min(days[entry["origin"]], default=None),
            voice=entry["voice"],
            speaker=SpeakerKind(entry["speaker"]),
        )
        for entry in scenario["evidence"]
    ]


def assessed(scenario: dict):
    return assess(evidence_of(scenario), scenario["as_of"], GAZETTEER)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["name"].replace(" ", "-"))
def test_scenario(scenario: dict) -> None:
    expected = sorted(scenario["expect"], key=lambda one: (one["site"], one["actor"]))
    got = assessed(scenario)
    assert [(one.site, one.actor) for one in got] == [(one["site"], one["actor"]) for one in expected]
    for one, want in zip(got, expected, strict=True):
        assert (one.headline, one.contested, one.undated) == (
            want["headline"],
            want["contested"],
            want["undated"],
        )
        standings = {
            standing.status.value: {
                "state": standing.state.value,
                "origins": len(standing.origins),
                "age_days": standing.age_days,
            }
            for standing in one.standings
        }
        assert standings == want["standings"]
        said = one.sentence.lower()
        assert [words for words in want["sentence_has"] if words.lower() not in said] == [], one.sentence
        assert [words for words in want["sentence_lacks"] if words.lower() in said] == [], one.sentence


@pytest.mark.parametrize(
    "scenario", [one for one in SCENARIOS if "same_standings_as" in one], ids=lambda one: one["name"]
)
def test_scenario_with_the_standings_of_another(scenario: dict) -> None:
    def but_for_articles(one: dict) -> list:
        return [
            replace(result, standings=tuple(replace(standing, articles=0) for standing in result.standings))
            for result in assessed(one)
        ]

    assert but_for_articles(scenario) == but_for_articles(BY_NAME[scenario["same_standings_as"]])


def test_there_are_the_twenty_that_were_asked_for() -> None:
    assert len(BY_NAME) == len(SCENARIOS) >= 20
