"""Where nothing is reported, and where the reports come from: so that silence is not read as absence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mapdata.layers import is_drawn
from mapdata.model import Assessment, Evidence, Gazetteer, StandingState, Status

LONG_DAYS = 180
"""So many days without a report make a site silent, where nobody says otherwise."""

_LIVE = frozenset({StandingState.CURRENT, StandingState.CONTESTED})

Row = tuple[date | None, str | None, str | None, int]
"""Day of publication, outlet, language, how many articles."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A site without recent evidence.

    newest: the day of its newest evidence, age_days from then to the as-of day; both None for a site of which nothing
    dated is known. origins: how many there ever were. said: actors with the statuses that still stand.
    """

    site: str
    newest: date | None
    age_days: int | None
    origins: int
    said: tuple[tuple[str, tuple[Status, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What one outlet or language gives: articles by month, in the order of the months, and in all."""

    name: str | None
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles by month of publication, by outlet and by language, the most first. older, undated: articles that no
    month of these has."""

    months: tuple[date, ...]
    outlets: tuple[Line, ...]
    languages: tuple[Line, ...]
    total: int
    older: int
    undated: int


def silent(
    evidence: Iterable[Evidence],
    assessments: Iterable[Assessment],
    gazetteer: Gazetteer,
    as_of: date,
    days: int = LONG_DAYS,
) -> tuple[Silent, ...]:
    """The sites of the gazetteer whose newest evidence is at least so many days old, or that have none; the longest
    silent first, those without any evidence last. assessments: of the same evidence and day."""
    newest: dict[str, date] = {}
    origins: dict[str, set[str]] = {}
    for item in evidence:
        day = item.source.published
        origins.setdefault(item.claim.site, set()).add(item.origin.id)
        if day is not None and day <= as_of:
            newest[item.claim.site] = max(day, newest.get(item.claim.site, day))
    said: dict[str, list[tuple[str, tuple[Status, ...]]]] = {}
    for one in assessments:
        statuses = tuple(standing.status for standing in one.standings if standing.state in _LIVE)
        if statuses:
            said.setdefault(one.site, []).append((one.actor, statuses))
    found = []
    for id, site in gazetteer.sites.items():
        if not is_drawn(site):
            continue
        day = newest.get(id)
        age = (as_of - day).days if day else None
        if age is None or age >= days:
            found.append(Silent(id, day, age, len(origins.get(id, ())), tuple(said.get(id, ()))))
    return tuple(
        sorted(found, key=lambda one: (one.age_days is None, -(one.age_days or 0), gazetteer.sites[one.site].name))
    )


def coverage(rows: Sequence[Row], as_of: date, months: int = 24) -> Coverage:
    """Which outlets and languages the articles come from, in the months up to that of `as_of`.

    Articles from after that day are left out, as they are everywhere.
    """
    first = as_of.year * 12 + as_of.month - months
    shown = tuple(date((first + n) // 12, (first + n) % 12 + 1, 1) for n in range(months))
    places = {month: place for place, month in enumerate(shown)}
    outlets: dict[str | None, Counter[int]] = {}
    languages: dict[str | None, Counter[int]] = {}
    total = older = undated = 0
    for day, outlet, lang, count in rows:
        if day is not None and day > as_of:
            continue
        total += count
        place = places.get(day.replace(day=1), -1) if day else -2
        older += count if place == -1 else 0
        undated += count if place == -2 else 0
        outlets.setdefault(outlet, Counter())[place] += count
        languages.setdefault(lang, Counter())[place] += count
    return Coverage(shown, _lines(outlets, months), _lines(languages, months), total, older, undated)


def _lines(found: dict[str | None, Counter[int]], months: int) -> tuple[Line, ...]:
    lines = [
        Line(name, tuple(counts[place] for place in range(months)), counts.total()) for name, counts in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.total, line.name is None, line.name or "")))
