"""Tellings that credit nobody and yet are of one report: the same claims, days, sources and figures.

No single sign suffices: an official statement is told by many on one day, and two correspondents find the
same thing. A telling that names an outlet of its own as the one that was told, or a statement of somebody
who has a name or an office, is never joined by likeness.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from mapdata.origins.binding import bind, root_of
from mapdata.origins.descriptions import sources_alike
from mapdata.origins.tellings import Pair, Telling

# A retelling comes so many days after another one, or as many before it.
WINDOW = timedelta(days=8)
# From the first of a report to the last that is joined by likeness.
SPAN = timedelta(days=14)
# The points from which two are of one report: see `likeness`.
LEAST = 2.0
# Small figures are shared by chance.
_TELLING = 10
# An undated one has its day as a sign less.
LEAST_UNDATED = 2.5
# A telling is compared with so many neighbours in time on either side, for each pair that it claims.
_NEIGHBOURS = 12


def likeness(one: Telling, other: Telling) -> float:
    """How much speaks for one report, in points: the claims shared (up to 4), sources described alike (up to 3)
    or unlike (-2), figures shared (up to 2) or unlike (-1), the same day or the next (0.5)."""
    points = min(one.shares(other.keys), 4.0)
    if not points:
        return 0.0
    mine, its = one.said.sources, other.said.sources
    if mine and its:
        alike = sources_alike(mine, its)
        points += min(alike, 3.0)
        if alike < 0.6 and min(len(mine), len(its)) > 1:
            points -= 2
    shared = one.said.numbers & other.said.numbers
    if shared:
        points += min(sum(1.0 if number >= _TELLING else 0.4 for number in shared), 2.0)
    elif len(one.said.numbers) > 1 and len(other.said.numbers) > 1:
        points -= 1
    if one.day and other.day and abs(one.day - other.day) <= timedelta(days=1):
        points += 0.5
    return points


def bind_alike(tellings: Sequence[Telling]) -> None:
    """Binds the tellings that credit nobody to those that they resemble most. `tellings` in their order."""
    edges: list[tuple[float, int, int]] = []
    place = {id(telling): at for at, telling in enumerate(tellings)}
    by_pair: dict[Pair, list[Telling]] = defaultdict(list)
    undated: dict[Pair, list[Telling]] = defaultdict(list)
    for telling in tellings:
        for pair in telling.keys:
            (by_pair if telling.day else undated)[pair].append(telling)
    days = {pair: [telling.day for telling in found] for pair, found in by_pair.items()}
    for at, telling in enumerate(tellings):
        if not telling.joins:
            continue
        near: dict[int, Telling] = {}
        for pair in telling.keys:
            for other in _near(telling, by_pair.get(pair, []), days.get(pair, []), undated.get(pair, [])):
                near[place[id(other)]] = other
        for other_at, other in near.items():
            if other.article == telling.article or (other.joins and other_at < at) or other.statement:
                continue
            points = likeness(telling, other)
            if points >= (LEAST if telling.day and other.day else LEAST_UNDATED):
                edges.append((-points, at, other_at))
    anchors, spans = _groups(tellings)
    for _, at, other_at in sorted(edges):
        one, other = root_of(tellings[at]), root_of(tellings[other_at])
        if one is other or (anchors[one] and anchors[other]):
            continue
        known = sorted({*spans[one], *spans[other]})
        if known and known[-1] - known[0] > SPAN and tellings[at].day and tellings[other_at].day:
            continue
        bind(one, other)
        root, gone = (one, other) if root_of(other) is one else (other, one)
        anchors[root] = anchors[root] or anchors[gone]
        spans[root] = [known[0], known[-1]] if known else []


def _near(telling: Telling, dated: list[Telling], days: list, undated: list[Telling]) -> list[Telling]:
    if telling.day is None:
        return [*dated[: 2 * _NEIGHBOURS], *undated[: 2 * _NEIGHBOURS]]
    low, high = bisect_left(days, telling.day - WINDOW), bisect_right(days, telling.day + WINDOW)
    here = bisect_left(days, telling.day)
    return [
        *dated[max(low, here - _NEIGHBOURS) : min(high, here + 2 * _NEIGHBOURS)],
        *undated[: 2 * _NEIGHBOURS],
    ]


def _groups(tellings: Sequence[Telling]) -> tuple[dict[Telling, bool], dict[Telling, list]]:
    """Of each root: whether its report is somebody's already, and the first and last day of its tellings."""
    anchors: dict[Telling, bool] = {}
    spans: dict[Telling, list] = {}
    for telling in tellings:
        root = root_of(telling)
        anchors[root] = anchors.get(root, False) or not telling.joins
        if telling.day:
            first, last = spans.get(root) or [telling.day, telling.day]
            spans[root] = [min(first, telling.day), max(last, telling.day)]
        else:
            spans.setdefault(root, [])
    return anchors, spans
