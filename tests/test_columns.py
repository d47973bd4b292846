"""The columns give the answers that the records give: on made-up evidence of every kind, under every filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import dashboard_made
import pytest
from evidence_made import GAZETTEER, evidence
from hypothesis import given, settings
from hypothesis import strategies as st

from mapdata import gazetteer as gazetteers
from mapdata.assessment import assess
from mapdata.columns import build, choose, keeping, records
from mapdata.columns.frame import read, save
from mapdata.columns.standings import STATES, standings
from mapdata.dashboard.history import months
from mapdata.filters import NO_COUNTRY
from mapdata.layers import country_wide_symbols
from mapdata.model import Evidence, Filters, Status, VerdictKind
from mapdata.outlets import load_outlets
from mapdata.selection import evidence_of, select
from mapdata.store import Store

TODAY = date(2025, 3, 1)
SITES, ACTORS = ("t4", "hmeimim", "badiya", "syria"), ("TR", "RU", "SDF")

days = st.none() | st.integers(-3, 800).map(lambda back: TODAY - timedelta(days=back))


@st.composite
def told(draw) -> tuple:
    # Few sites, voices and days, so that they meet; days around a year apart, where the rule turns.
    published = draw(days | st.sampled_from([0, 364, 365, 366, 367]).map(lambda n: TODAY - timedelta(days=n)))
    origin = draw(st.integers(0, 9))
    return (
        draw(st.sampled_from(SITES)),
        draw(st.sampled_from(ACTORS)),
        draw(st.sampled_from(tuple(Status))),
        published,
        f"a{draw(st.integers(0, 25))}",
        origin,
    )


def made(rows: list[tuple], origin_days: list[date | None], illustrative: set[str]) -> list[Evidence]:
    """An origin has one day and one voice, an article one day, and says a thing once: as the store has it."""
    found, published_of = {}, {}
    for site, actor, status, published, article, origin in rows:
        published = published_of.setdefault(article, published)
        item = evidence(
            site,
            actor,
            status,
            published,
            article=article,
            origin=f"o{origin}",
            origin_outlet=f"outlet {origin}" if origin % 3 else None,
            origin_day=origin_days[origin],
            voice=f"voice {origin // 2}",
        )
        source = replace(item.source, illustrative=article in illustrative)
        # Every other article has been judged.
        judged = VerdictKind.ACCEPTED if int(article[1:]) % 2 else None
        claim = replace(item.claim, review=judged)
        found[article, site, actor, status] = replace(item, source=source, claim=claim)
    return list(found.values())


items = st.builds(
    made,
    st.lists(told(), max_size=60),
    st.lists(days, min_size=10, max_size=10),
    st.sets(st.sampled_from([f"a{n}" for n in range(5)])),
)
some_filters = st.builds(
    Filters,
    from_day=days,
    to_day=days,
    as_of=days,
    actors=st.sets(st.sampled_from([*ACTORS, "US"]), max_size=2).map(frozenset),
    countries=st.sets(st.sampled_from(["TR", "RU", NO_COUNTRY]), max_size=2).map(frozenset),
    statuses=st.sets(st.sampled_from(tuple(Status)), max_size=2).map(frozenset),
    sites=st.sets(st.sampled_from([*SITES, "tartus"]), max_size=2).map(frozenset),
    min_origins=st.integers(1, 3),
    reviewed=st.sampled_from([False, False, False, True]),
    recent=st.none() | st.sampled_from([0, 30, 365, 400]),
)


@given(items, some_filters)
@settings(max_examples=400, deadline=None)
def test_filters_leave_of_the_columns_what_they_leave_of_the_records(found: list[Evidence], filters: Filters) -> None:
    expected = select(found, filters, GAZETTEER, TODAY)
    chosen = choose(build(found), filters, GAZETTEER, TODAY)
    assert chosen.symbols == expected.symbols
    assert chosen.whole == country_wide_symbols(expected.assessments, GAZETTEER, filters)
    assert chosen.facets == expected.facets
    assert (chosen.claims, chosen.total, chosen.origins, chosen.undated) == (
        expected.claims,
        expected.total,
        expected.origins,
        expected.undated,
    )
    assert chosen.illustrative == sum(item.source.illustrative for item in expected.evidence)
    bars = {bar.month: bar.counts for bar in months(expected.evidence, None, chosen.as_of)}
    assert {month: counts for month, counts in bars.items() if any(counts)} == dict(chosen.months)


@given(items, days.filter(bool))
@settings(max_examples=300, deadline=None)
def test_the_standings_of_the_columns_are_those_of_the_rule(found: list[Evidence], as_of: date) -> None:
    columns = build(found)
    expected = {
        (standing.site, standing.actor, standing.status): standing
        for assessment in assess(found, as_of, GAZETTEER)
        for standing in assessment.standings
    }
    # The rule leaves later evidence aside; so do the columns.
    weighed = standings(columns, Filters(), as_of)
    got = {}
    for place, number in enumerate(columns.group.tolist()):
        if weighed.state[place] >= 0:
            got[number] = (
                STATES[weighed.state[place]],
                date.fromordinal(int(weighed.newest[place])),
                date.fromordinal(int(weighed.first[place])),
                int(weighed.voices[place]),
                int(weighed.articles[place]),
            )
    assert got == {
        columns.number_of(*key): (one.state, one.newest, one.first, len(one.origins), one.articles)
        for key, one in expected.items()
    }


@given(items)
@settings(max_examples=30, deadline=None)
def test_columns_are_written_and_read_back(tmp_path_factory, found: list[Evidence]) -> None:
    path = Path(tmp_path_factory.mktemp("columns")) / "made.npz"
    columns = build(found)
    save(columns, path)
    again = read(path)
    assert choose(again, Filters(), GAZETTEER, TODAY) == choose(columns, Filters(), GAZETTEER, TODAY)
    by_order = {int(order): row for row, order in enumerate(again.order)}
    for place, item in enumerate(found):
        row = by_order[place]
        assert again.origin_of(int(again.origin[row])) == item.origin
        assert again.articles[again.article[row]] == item.claim.article


def test_columns_of_a_large_store_are_made_once_and_kept(tmp_path: Path, monkeypatch, capfd) -> None:
    gazetteer = gazetteers.load()
    db, cache = dashboard_made.fill(tmp_path / "made.sqlite3", gazetteer), tmp_path / "cache"
    monkeypatch.setenv("MAPDATA_CACHE", str(cache))
    with Store.open(db, readonly=True) as store:
        small = keeping.load(store, db, gazetteer)
        assert not cache.exists()
        monkeypatch.setattr(keeping, "LARGE", 1)
        made = keeping.load(store, db, gazetteer)
        (kept,) = cache.iterdir()
        monkeypatch.setattr(keeping, "made", lambda *_: pytest.fail("made anew"))
        again = keeping.load(store, db, gazetteer)
        older = store.mark()
    for found in (made, again):
        assert choose(found, Filters(), gazetteer, TODAY) == choose(small, Filters(), gazetteer, TODAY)
    with Store.open(db) as store:
        store.put(*dashboard_made.articles()[0], gazetteer, program="another")
        assert store.mark() != older
        keeping.load(store, db, gazetteer)
    (newer,) = cache.iterdir()
    assert newer.name != kept.name
    assert capfd.readouterr().err == ""


def test_columns_are_made_all_the_same_where_nothing_can_be_kept(tmp_path: Path, monkeypatch) -> None:
    gazetteer = gazetteers.load()
    db = dashboard_made.fill(tmp_path / "made.sqlite3", gazetteer)
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("MAPDATA_CACHE", str(tmp_path / "file"))
    monkeypatch.setattr(keeping, "LARGE", 1)
    with Store.open(db, readonly=True) as store:
        assert len(keeping.load(store, db, gazetteer)) == len(store.claims())


def test_a_damaged_file_is_made_anew(tmp_path: Path, monkeypatch) -> None:
    gazetteer = gazetteers.load()
    db = dashboard_made.fill(tmp_path / "made.sqlite3", gazetteer)
    monkeypatch.setenv("MAPDATA_CACHE", str(tmp_path))
    with Store.open(db, readonly=True) as store:
        path = keeping.path_of(store, gazetteer, tmp_path)
        keeping.write(store, gazetteer, path)
        whole = path.read_bytes()
        for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[:-40]):
            path.write_bytes(damaged)
            assert len(keeping.load(store, db, gazetteer)) == len(store.claims())


def test_the_evidence_of_a_site_and_its_newest_quotes_are_those_of_the_records(tmp_path: Path) -> None:
    gazetteer = gazetteers.load()
    db = dashboard_made.fill(tmp_path / "made.sqlite3", gazetteer)
    with Store.open(db, readonly=True) as store:
        loaded = store.load()
        every = evidence_of(loaded.claims, loaded.sources, load_outlets())
        columns = build(every)
        for site in {item.claim.site for item in every}:
            assert records.of_site(columns, store, site) == tuple(i for i in every if i.claim.site == site)
        assert records.of_site(columns, store, "no-such-site") == ()
        as_of = date(2025, 2, 9)
        weighed = standings(columns, Filters(), as_of)
        keys = [
            (one.site, one.actor, standing.status)
            for one in assess(every, as_of, gazetteer)
            for standing in one.standings
        ]
        found = records.newest(columns, store, weighed, keys)
    for key in keys:
        here = [i for i in every if (i.claim.site, i.claim.actor, i.claim.status) == key]
        dated = [i for i in here if i.claim.published and i.claim.published <= as_of]
        last = max(i.claim.published for i in dated)
        expected = next(i for i in dated if i.claim.published == last)
        assert (found[key].claim, found[key].source) == (expected.claim, expected.source)
