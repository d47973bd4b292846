"""Two pictures of time, as numbers for the templates: the strip of one site, the claims of all months.

Pure. Shares are percentages of the width, 0 to 100.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mapdata.model import Evidence, Status

_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Row:
    """One (actor, status) of a site. left, width: from the first to the newest report; ticks: an origin
    each. held: left and width of the time that sentences give, None where they give none."""

    actor: str
    status: Status
    left: float
    width: float
    ticks: tuple[float, ...]
    held: tuple[float, float] | None
    said: str


@dataclass(frozen=True, slots=True)
class Strip:
    first: date
    last: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: how many claims of each status, in the order of Status."""

    month: date
    counts: tuple[int, ...]


def strip(evidence: Iterable[Evidence], as_of: date) -> Strip | None:
    """The reports on one site by actor and status, from the first day that is known of to `as_of`."""
    by_row: dict[tuple[str, Status], list[Evidence]] = {}
    for item in evidence:
        if item.claim.published and item.claim.published <= as_of:
            by_row.setdefault((item.claim.actor, item.claim.status), []).append(item)
    if not by_row:
        return None
    spans = {key: _held(items, as_of) for key, items in by_row.items()}
    days = [item.claim.published for items in by_row.values() for item in items if item.claim.published]
    first = min([*days, *(span[0] for span in spans.values() if span)])
    whole = max((as_of - first).days, 1)

    def share(day: date) -> float:
        return round(100 * min(max((day - first).days / whole, 0), 1), 2)

    rows = []
    for (actor, status), items in by_row.items():
        known = sorted(item.claim.published for item in items if item.claim.published)
        firsts: dict[str, date] = {}
        for item in items:
            if item.claim.published:
                origin = item.origin.id
                firsts[origin] = min(item.claim.published, firsts.get(origin, date.max))
        span = spans[actor, status]
        held = (share(span[0]), round(share(span[1]) - share(span[0]), 2)) if span else None
        rows.append(
            Row(
                actor=actor,
                status=status,
                left=share(known[0]),
                width=round(share(known[-1]) - share(known[0]), 2),
                ticks=tuple(sorted(share(day) for day in firsts.values())),
                held=held,
                said=f"{len(firsts)} dated",
            )
        )
    order = list(Status)
    newest = {actor: max(r.left + r.width for r in rows if r.actor == actor) for actor in {r.actor for r in rows}}
    rows.sort(key=lambda row: (-newest[row.actor], row.actor, order.index(row.status)))
    return Strip(first, as_of, tuple(rows))


def _held(items: Sequence[Evidence], as_of: date) -> tuple[date, date] | None:
    begins = [day for item in items if (day := _first_day(item.claim.held_from))]
    ends = [day for item in items if (day := _first_day(item.claim.held_to))]
    if not begins and not ends:
        return None
    begin = min(begins) if begins else min(ends)
    known = [item.claim.published for item in items if item.claim.published]
    end = max(ends) if ends else max(known)
    begin, end = min(begin, as_of), min(max(begin, end), as_of)
    return begin, end


def _first_day(edtf: str | None) -> date | None:
    """The first day that an EDTF string can mean; the string itself stands in the evidence."""
    found = _EDTF.match(edtf or "")
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def months(evidence: Iterable[Evidence], since: date | None, until: date) -> tuple[Bar, ...]:
    """Claims by month of publication, empty months included, from the month of `since` to that of `until`.

    since: the first day of all that there is, so that the bars keep their places whatever is filtered.
    """
    counted: dict[date, Counter[Status]] = {}
    for item in evidence:
        if item.claim.published and item.claim.published <= until:
            counted.setdefault(item.claim.published.replace(day=1), Counter())[item.claim.status] += 1
    return bars({month: tuple(counts[status] for status in Status) for month, counts in counted.items()}, since, until)


def bars(counted: Mapping[date, tuple[int, ...]], since: date | None, until: date) -> tuple[Bar, ...]:
    """The same from claims that are counted by month and status."""
    if not counted:
        return ()
    found, month = [], min([*counted, *([since.replace(day=1)] if since else [])])
    last = max(until.replace(day=1), month)
    while month <= last:
        found.append(Bar(month, counted.get(month, (0,) * len(Status))))
        month = following(month)
    return tuple(found)


def following(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
