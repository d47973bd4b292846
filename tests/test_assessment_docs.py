"""The worked cases of docs/assessment.md, so that the page cannot say what the function does not do."""

from datetime import date

import pytest
from evidence_made import GAZETTEER, evidence

from mapdata.assessment import assess
from mapdata.model import Status

DAY = date(2025, 2, 9)
E, P, D, F = Status.EXISTING, Status.PROPOSED, Status.DENIED, Status.FORMER


def report(voice: str, status: Status, day: date, told: int = 1):
    return [
        evidence(
            "t4", "TR", status, day, article=f"{voice}{status}{day}{n}", origin=f"{voice}{day}", voice=voice
        )
        for n in range(told)
    ]


JANUARY = [
    *report("A", E, date(2025, 1, 10)),
    *report("B", E, date(2025, 1, 11)),
    *report("C", E, date(2025, 1, 12)),
]
LEFT = [*report("A", F, date(2025, 2, 1)), *report("D", F, date(2025, 2, 1))]
PLAN = [*report("A", P, date(2025, 2, 4)), *report("B", P, date(2025, 2, 5))]

CASES = [
    (report("A", P, date(2025, 2, 4), told=6), {"proposed": "current"}, "proposed"),
    (report("A", P, date(2025, 2, 4), told=2), {"proposed": "current"}, "proposed"),
    (PLAN + report("C", D, date(2025, 2, 6)), {"proposed": "contested", "denied": "contested"}, "proposed"),
    (PLAN + report("C", D, date(2023, 12, 6)), {"proposed": "current", "denied": "lapsed"}, "proposed"),
    (report("A", P, date(2023, 5, 1)), {"proposed": "lapsed"}, "proposed"),
    (
        report("A", P, date(2023, 5, 1)) + report("B", E, date(2024, 5, 1)),
        {"existing": "current", "proposed": "superseded"},
        "existing",
    ),
    (
        report("A", E, date(2024, 5, 1)) + report("B", P, date(2025, 2, 7)),
        {"existing": "current", "proposed": "current"},
        "existing",
    ),
    (JANUARY + LEFT, {"existing": "contested", "former": "contested"}, "existing"),
    (
        JANUARY + LEFT + report("E", F, date(2025, 2, 3)),
        {"existing": "superseded", "former": "current"},
        "former",
    ),
    (
        report("A", F, date(2019, 5, 1)) + report("B", E, date(2024, 5, 1)),
        {"existing": "current", "former": "superseded"},
        "existing",
    ),
    (
        report("A", E, date(2025, 1, 1)) + report("B", F, date(2025, 1, 1)),
        {"existing": "contested", "former": "contested"},
        "existing",
    ),
    (report("A", E, date(2018, 1, 15)), {"existing": "current"}, "existing"),
    (
        report("A", E, date(2018, 1, 15)) + report("B", D, date(2025, 1, 15)),
        {"existing": "contested", "denied": "contested"},
        "existing",
    ),
    (
        report("A", F, date(2024, 5, 1)) + report("B", D, date(2025, 1, 15)),
        {"denied": "current", "former": "current"},
        "former",
    ),
    (report("A", E, None), {}, None),
]


@pytest.mark.parametrize(("items", "states", "headline"), CASES)
def test_worked_case(items, states, headline) -> None:
    (one,) = assess(items, DAY, GAZETTEER)
    assert {standing.status.value: standing.state.value for standing in one.standings} == states
    assert one.headline == headline


def test_the_old_presence_says_so() -> None:
    (one,) = assess(CASES[11][0], DAY, GAZETTEER)
    assert one.sentence.endswith("Newest evidence 7 years old: no recent report.")
