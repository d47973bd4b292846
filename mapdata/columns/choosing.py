"""What filters leave of the columns: symbols, counts, facets, months. As `selection.select`, without the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from mapdata.columns.frame import STATUSES, Columns, Numbers
from mapdata.columns.standings import NONE, STATES, Standings, standings
from mapdata.layers import NO_FILTERS, country_of, is_country_wide, is_drawn
from mapdata.model import Filters, Gazetteer, StandingState, Status, Symbol
from mapdata.selection import Facets

_LIVE = (StandingState.CURRENT, StandingState.CONTESTED)


@dataclass(frozen=True, slots=True)
class Choice:
    """What given filters leave; the fields are those of `selection.Selection` where they have its names.

    whole: symbols of countries as a whole. illustrative: how many of the claims are. months: claims by (first day of
    month) and status, in the order of Status.
    """

    filters: Filters
    as_of: date
    symbols: tuple[Symbol, ...]
    whole: tuple[Symbol, ...]
    facets: Facets
    claims: int
    total: int
    origins: int
    undated: int
    illustrative: int
    months: Mapping[date, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Groups:
    """Of each group: places of site, actor and status, and the layer's country."""

    site: Numbers
    actor: Numbers
    status: Numbers
    country: Numbers


def choose(
    columns: Columns, filters: Filters, gazetteer: Gazetteer, today: date, weighed: Standings | None = None
) -> Choice:
    """What the filters leave as of their day, or of `today` where they name none.

    weighed: `standings` of the same days, where they are known already.
    """
    as_of = filters.as_of or today
    known = weighed or standings(columns, filters, as_of)
    site, actor, status = columns.split()
    countries = np.array([country_of(str(one), gazetteer) for one in columns.actors] or [""])
    groups = _Groups(site, actor, status, countries[actor])
    live = np.isin(known.state, [STATES.index(state) for state in _LIVE])
    firm = (known.state != NONE) & (known.voices >= filters.min_origins)
    if filters.recent is not None:
        firm &= as_of.toordinal() - known.newest <= filters.recent
    hits = _hits(columns, groups, filters)
    chosen = np.logical_and.reduce(hits)
    if filters.min_origins > 1 or filters.recent is not None:
        chosen = chosen & firm
    shown = np.flatnonzero(chosen & live & firm)
    drawn = {place for place, id in enumerate(columns.sites) if is_drawn(gazetteer.sites.get(str(id)))}
    whole = {place for place, id in enumerate(columns.sites) if is_country_wide(str(id), gazetteer)}
    rows = np.repeat(chosen, np.diff(np.append(columns.row_at, len(columns)))) & known.window
    seen = np.zeros(len(columns.origin_ids), bool)
    seen[columns.origin[rows]] = True
    return Choice(
        filters=filters,
        as_of=as_of,
        symbols=_symbols(columns, groups, known, shown, drawn, gazetteer),
        whole=_symbols(columns, groups, known, shown, whole, gazetteer),
        facets=_facets(columns, groups, known, hits, live & firm),
        claims=int(known.claims[chosen].sum()),
        total=len(columns),
        origins=int(seen.sum()),
        undated=int(known.undated[chosen].sum()),
        illustrative=int(known.illustrative[chosen].sum()),
        months=_months(columns, rows),
    )


def days_of(filters: Filters) -> Filters:
    """The filters that decide what is known, without those that choose among it."""
    return replace(
        NO_FILTERS,
        from_day=filters.from_day,
        to_day=filters.to_day,
        as_of=filters.as_of,
        reviewed=filters.reviewed,
    )


def _hits(columns: Columns, groups: _Groups, filters: Filters) -> list[Numbers]:
    """By filter, in the order of Facets: which groups it lets through."""

    def among(names: Numbers, wanted: frozenset[str], places: Numbers) -> Numbers:
        if not wanted:
            return np.ones(len(places), bool)
        return np.isin(names, list(wanted))[places]

    return [
        among(np.array([status.value for status in STATUSES]), frozenset(map(str, filters.statuses)), groups.status),
        np.isin(groups.country, list(filters.countries)) if filters.countries else np.ones(len(groups.site), bool),
        among(columns.actors, filters.actors, groups.actor),
        among(columns.sites, filters.sites, groups.site),
    ]


def _symbols(
    columns: Columns, groups: _Groups, known: Standings, shown: Numbers, sites: set[int], gazetteer: Gazetteer
) -> tuple[Symbol, ...]:
    contested, as_of = STATES.index(StandingState.CONTESTED), known.as_of.toordinal()
    names, actors = columns.sites.tolist(), columns.actors.tolist()
    found = zip(
        groups.site[shown].tolist(),
        groups.actor[shown].tolist(),
        groups.status[shown].tolist(),
        known.state[shown].tolist(),
        known.voices[shown].tolist(),
        known.articles[shown].tolist(),
        (as_of - known.newest[shown]).tolist(),
        strict=True,
    )
    layer = {id: actor.country for id, actor in gazetteer.actors.items()}
    return tuple(
        Symbol(
            site=names[site],
            actor=actors[actor],
            status=STATUSES[status],
            country=layer.get(actors[actor]),
            contested=state == contested,
            origins=origins,
            articles=articles,
            age_days=age,
        )
        for site, actor, status, state, origins, articles, age in found
        if site in sites
    )


def _facets(columns: Columns, groups: _Groups, known: Standings, hits: list[Numbers], firm: Numbers) -> Facets:
    """See Facets. A value counts what its own filter alone leaves out, and what none does."""
    misses = np.sum([~hit for hit in hits], axis=0)
    # Evidence that counts from a day which is still to come makes no assessment.
    there = (known.articles > 0) | (known.undated > 0)

    def counted(places: Numbers, names: list[str], hit: Numbers) -> dict[str, int]:
        counts = np.bincount(places[firm & (misses - ~hit == 0)], minlength=len(names))
        present = np.bincount(places[there], minlength=len(names)) > 0
        return {name: int(counts[i]) for i, name in enumerate(names) if present[i]}

    codes, country = np.unique(groups.country, return_inverse=True)
    by_status = counted(groups.status, [status.value for status in STATUSES], hits[0])
    return Facets(
        statuses={status: by_status.get(status.value, 0) for status in Status},
        countries=counted(country, codes.tolist(), hits[1]),
        actors=counted(groups.actor, columns.actors.tolist(), hits[2]),
        sites=counted(groups.site, columns.sites.tolist(), hits[3]),
    )


def months_of(columns: Columns) -> dict[date, tuple[int, ...]]:
    """All dated claims by month and status, whatever the filters."""
    return _months(columns, np.ones(len(columns), bool))


def claims_by_actor(columns: Columns) -> dict[str, int]:
    """How many claims there are of each actor, whatever the filters."""
    sizes = np.diff(np.append(columns.row_at, len(columns)))
    counts = np.bincount(columns.split()[1], weights=sizes, minlength=len(columns.actors))
    return {str(actor): int(count) for actor, count in zip(columns.actors, counts, strict=True)}


def _months(columns: Columns, rows: Numbers) -> dict[date, tuple[int, ...]]:
    """The dated rows by month and status."""
    if not rows.any():
        return {}
    per_group = np.diff(np.append(columns.row_at, len(columns)))
    status = np.repeat((columns.group % len(STATUSES)).astype(np.int32), per_group)
    dated = rows & (columns.day > 0)
    if not dated.any():
        return {}
    first = int(columns.day[dated].min())
    month_of_day, starts = _calendar(first, int(columns.day[dated].max()))
    codes = month_of_day[columns.day[dated] - first] * len(STATUSES) + status[dated]
    counts = np.bincount(codes, minlength=len(starts) * len(STATUSES)).reshape(len(starts), len(STATUSES))
    return {start: tuple(line) for start, line in zip(starts, counts.tolist(), strict=True) if any(line)}


def _calendar(first: int, last: int) -> tuple[Numbers, list[date]]:
    """For each day from the first to the last ordinal the place of its month, and the first days of the months."""
    begin = np.datetime64(date.fromordinal(first))
    months = (begin + np.arange(last - first + 1)).astype("datetime64[M]").astype(np.int32)
    month = months - months[0]
    starts = (np.arange(months[0], months[-1] + 1)).astype("datetime64[M]").astype("datetime64[D]").tolist()
    return month, starts
