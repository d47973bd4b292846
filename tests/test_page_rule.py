"""The offline page's rule and sentence (drawing/offline/) say what the program's own say, in a real Chromium."""

import json
import random
from datetime import date, timedelta
from importlib.resources import files

import pytest
from evidence_made import GAZETTEER, evidence
from playwright.sync_api import Browser

from mapdata.assessment import YEAR_DAYS, assess
from mapdata.assessment.sentence import MONTH_DAYS, RECENT_DAYS
from mapdata.drawing.page_data import day_number, phrases
from mapdata.model import SpeakerKind, StandingState, Status

pytestmark = pytest.mark.browser

CASES, TWINS = 1500, ("elements.js", "rule.js", "sentence.js")
STATUSES, SPEAKERS, STATES = list(Status), list(SpeakerKind), list(StandingState)

ASK = """cases => {
  const data = %s, statuses = %s, writer = mapdataOffline.writer(data, statuses);
  return cases.map(({items, asOf, name}) => {
    const known = mapdataOffline.assess(items, asOf, data.rule.year);
    return known && {...known, sentence: writer.sentence(name, known)};
  });
}"""


def history(chance: random.Random) -> list:
    """Evidence on one site and actor: few voices and days that lie close to the edges of the rule."""
    middle = date(2024, 3, 1)
    made = []
    for number in range(chance.randint(1, 9)):
        days = chance.choice([0, 0, 1, 2, 30, 89, 90, 364, 365, 366, 367, 700, 729, 730, 731, 1500, 3000])
        day = middle - timedelta(days=days + chance.choice([0, 0, 1, -1]))
        published = None if chance.random() < 0.1 else day
        origin_day = day - timedelta(days=chance.choice([0, 0, 3, 400])) if chance.random() < 0.5 else published
        made.append(
            evidence(
                "t4",
                "TR",
                chance.choice(STATUSES),
                published,
                article=f"a{chance.randint(0, 6)}",
                origin=f"o{number}",
                origin_day=None if chance.random() < 0.05 else origin_day,
                voice=f"v{chance.randint(0, 5)}",
                speaker=chance.choice(SPEAKERS),
            )
        )
    return made


def as_item(one) -> dict:
    return {
        "status": STATUSES.index(one.claim.status),
        "published": day_number(one.source.published),
        "origin": day_number(one.origin.day),
        "voice": one.origin.voice,
        "article": one.claim.article,
        "start": one.claim.start,
        "speaker": SPEAKERS.index(one.claim.attribution.kind),
    }


def as_known(assessment) -> dict:
    return {
        "standings": [
            {
                "status": STATUSES.index(one.status),
                "state": STATES.index(one.state),
                "origins": len(one.origins),
                "first": day_number(one.first),
                "newest": day_number(one.newest),
                "age": one.age_days,
                "articles": one.articles,
                "speakers": [[SPEAKERS.index(kind), count] for kind, count in one.speakers],
                "live": one.state in (StandingState.CURRENT, StandingState.CONTESTED),
            }
            for one in assessment.standings
        ],
        "headline": None if assessment.headline is None else STATUSES.index(assessment.headline),
        "undated": assessment.undated,
        "sentence": assessment.sentence,
    }


def test_the_page_weighs_and_says_what_the_program_does(chromium: Browser) -> None:
    chance, cases, expected = random.Random(20250209), [], []
    for _ in range(CASES):
        made = history(chance)
        as_of = date(2024, 3, 1) + timedelta(days=chance.choice([-400, -1, 0, 1, 300, 365, 366, 900]))
        cases.append({"items": [as_item(one) for one in made], "asOf": day_number(as_of), "name": "Türkiye"})
        known = assess(made, as_of, GAZETTEER)
        expected.append(as_known(known[0]) if known else None)
    data = {
        "phrases": phrases(),
        "rule": {"year": YEAR_DAYS, "recent": RECENT_DAYS, "month": MONTH_DAYS},
        "speakers": SPEAKERS,
        "states": STATES,
    }
    page = chromium.new_page()
    for name in TWINS:
        page.add_script_tag(content=(files("mapdata.drawing") / "offline" / name).read_text("utf-8"))
    answers = page.evaluate(ASK % (json.dumps(data), json.dumps(STATUSES)), cases)
    page.close()
    for case, answer, right in zip(cases, answers, expected, strict=True):
        assert answer == right, case
    # The cases reach all that the rule can say, so that agreement means something.
    states = {(one["status"], one["state"]) for right in expected if right for one in right["standings"]}
    assert len(states) >= 11 and None in expected
