"""From columns back to records, for the few that somebody reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from mapdata.columns.frame import Columns
from mapdata.columns.standings import STATES, Standings
from mapdata.model import Claim, Evidence, Source, StandingState, Status
from mapdata.store import Store

Key = tuple[str, str, Status]


@dataclass(frozen=True, slots=True)
class Newest:
    """A standing, and the claim and the article that were published last of it. claim, source: None where the
    database has changed in the meantime."""

    state: StandingState
    first: date
    newest: date
    claim: Claim | None
    source: Source | None


def of_site(columns: Columns, store: Store, site: str) -> tuple[Evidence, ...]:
    """The evidence of a site, in the order of the store."""
    actors = {str(actor) for actor in columns.actors}
    claims = [claim for claim in store.claims(sites=[site]) if claim.actor in actors]
    sources = store.sources({claim.article for claim in claims})
    place = np.flatnonzero(columns.sites == site)
    if not len(place) or not claims:
        return ()
    here = np.flatnonzero(columns.split()[0] == place[0])
    row_at, ends = columns.row_at, np.append(columns.row_at, len(columns))
    origins: dict[tuple[str, int], int] = {}
    for group in here.tolist():
        rows = slice(int(row_at[group]), int(ends[group + 1]))
        articles = columns.articles[columns.article[rows]].tolist()
        number = int(columns.group[group])
        origins.update(zip(((article, number) for article in articles), columns.origin[rows].tolist(), strict=True))
    found = []
    for claim in claims:
        origin = origins.get((claim.article, columns.number_of(claim.site, claim.actor, claim.status)))
        # What was written since the columns were made comes with the next click.
        if origin is not None and claim.article in sources:
            found.append(Evidence(claim, sources[claim.article], columns.origin_of(origin)))
    return tuple(found)


def newest(columns: Columns, store: Store, weighed: Standings, keys: Sequence[Key]) -> dict[Key, Newest]:
    """For each of these groups, all of which have a standing, what was published last in the window."""
    numbers = {int(number): place for place, number in enumerate(columns.group)}
    ends = np.append(columns.row_at, len(columns))
    articles: dict[Key, str] = {}
    for key in keys:
        group = numbers[columns.number_of(*key)]
        rows = np.arange(ends[group], ends[group + 1])
        rows = rows[weighed.window[rows] & (columns.day[rows] > 0)]
        days = columns.day[rows]
        # Of one day, the first in the order of the store.
        last = rows[days == days.max()]
        articles[key] = str(columns.articles[columns.article[last[np.argmin(columns.order[last])]]])
    wanted = set(articles.values())
    claims = {(claim.article, claim.site, claim.actor, claim.status): claim for claim in store.claims_of(wanted)}
    sources = store.sources(wanted)
    found = {}
    for key in keys:
        group = numbers[columns.number_of(*key)]
        found[key] = Newest(
            state=STATES[int(weighed.state[group])],
            first=date.fromordinal(int(weighed.first[group])),
            newest=date.fromordinal(int(weighed.newest[group])),
            claim=claims.get((articles[key], *key)),
            source=sources.get(articles[key]),
        )
    return found
