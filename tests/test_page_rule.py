"""The offline page's rule and sentence (drawing/offline/) say what the program's own say, in a real Chromium."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from bulk import DAY, bulk
from evidence_made import GAZETTEER, evidence
from playwright.sync_api import Browser

from mapdata import snapshot
from mapdata.assessment import YEAR_DAYS, assess
from mapdata.assessment.sentence import MONTH_DAYS, RECENT_DAYS
from mapdata.drawing.page_data import day_number, phrases
from mapdata.model import Filters, SpeakerKind, StandingState, Status
from mapdata.selection import select

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


CHOOSE = """async views => {
  const data = await mapdataOffline.unpacked("data");
  for (const table of ["articles", "origins", "claims", "beside"]) data[table] = mapdataOffline.rows(data[table]);
  const chooser = mapdataOffline.chooser(data);
  const set = (list) => list && new Set(list);
  return views.map((view) => {
    const sets = {status: set(view.status), country: set(view.country), actor: set(view.actor)};
    const found = chooser.select({...view, ...sets});
    const symbols = found.symbols.filter((one) => data.places[one.place][3] >= 0).map((one) => [
      data.places[one.place][0], data.theatre.actors[one.actor][0], one.status,
      data.states[one.state] === "contested", one.origins, one.articles, one.age]);
    const facets = Object.fromEntries(found.facets.country);
    return [symbols.sort(), found.claims, found.origins, found.undated, facets];
  });
}"""


@pytest.mark.parametrize(
    "own",
    [
        Filters(),
        Filters(statuses=frozenset([Status.PROPOSED, Status.DENIED])),
        Filters(from_day=date(2018, 1, 1), min_origins=2, countries=frozenset(["TR", "RU", "none"])),
    ],
    ids=["all", "status", "days"],
)
def test_the_page_chooses_what_the_program_does(chromium: Browser, tmp_path: Path, own: Filters) -> None:
    """A file of some filters, narrowed in the page, shows what the program selects for both together."""
    gazetteer, made = bulk(1500)
    file = snapshot.write(select(made, own, gazetteer, DAY), gazetteer, tmp_path / "map.html")
    chance, views, expected = random.Random(3), [], []
    actors, countries = list(gazetteer.actors), sorted(own.countries or {"TR", "RU", "US", "IR", "none"})
    for _ in range(40):
        as_of = DAY - timedelta(days=chance.choice([0, 0, 30, 400, 1500, 3000]))
        first = chance.choice([None, date(2018, 6, 1), date(2021, 1, 1)])
        last = chance.choice([None, None, date(2022, 1, 1)])
        statuses = chance.choice([None, sorted(own.statuses) or [Status.EXISTING], [Status.DENIED]])
        some = chance.choice([None, None, chance.sample(actors, 5)])
        layers = chance.choice([None, chance.sample(countries, 2)])
        views.append(
            {
                "asOf": day_number(as_of),
                "from": day_number(first),
                "to": day_number(last),
                "status": None if statuses is None else [STATUSES.index(one) for one in statuses],
                "actor": None if some is None else [actors.index(one) for one in some],
                "country": layers,
            }
        )
        both = replace(
            own,
            as_of=as_of,
            from_day=max(filter(None, (first, own.from_day)), default=None),
            to_day=last,
            statuses=own.statuses if statuses is None else frozenset(statuses),
            actors=frozenset(some or ()),
            countries=own.countries if layers is None else frozenset(layers),
        )
        expected.append(chosen(made, both, own, gazetteer))
    page = chromium.new_page()
    page.goto(file.as_uri())
    answers = page.evaluate(CHOOSE, views)
    page.close()
    for view, answer, (symbols, counts, facets) in zip(views, answers, expected, strict=True):
        assert answer[0] == symbols, view
        if not own.countries:
            assert answer[4] == facets, view
        if counts is not None:
            assert answer[1:4] == counts, view
    assert any(symbols for symbols, *_ in expected)


def chosen(made, both: Filters, own: Filters, gazetteer):
    """Symbols as the page lists them; claims, origins and undated, unless what is firm differs from day to day;
    how many symbols each country has."""
    found = select(made, both, gazetteer, DAY)
    symbols = [
        [s.site, s.actor, STATUSES.index(s.status), s.contested, s.origins, s.articles, s.age_days]
        for s in found.symbols
    ]
    # As JavaScript sorts lists: by their texts.
    symbols.sort(key=lambda row: ",".join(str(one).lower() if isinstance(one, bool) else str(one) for one in row))
    counts = None if own.min_origins > 1 else [found.claims, found.origins, found.undated]
    return symbols, counts, {country: count for country, count in found.facets.countries.items() if count}
