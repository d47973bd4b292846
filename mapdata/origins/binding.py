"""Which tellings are one report: copies, relays of an article that is here, relays of one that is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mapdata.model import Source
from mapdata.origins.days import exact, interval
from mapdata.origins.tellings import OutletKeys, Pair, Telling

# A relay can be dated a day or two before what it relays: time zones, and articles that carry the day of
# their last change.
EARLIER = timedelta(days=2)
# From one relay to the next, and from the first to the last.
STEP = timedelta(days=10)
SPAN = timedelta(days=21)
# Two relays that each name the day of the report may differ by so much.
SLIP = timedelta(days=1)


def root_of(telling: Telling) -> Telling:
    while telling.parent is not None:
        telling = telling.parent
    return telling


def bind(one: Telling, other: Telling) -> None:
    """One group from the groups of two tellings; the earlier root stays the root."""
    one, other = sorted((root_of(one), root_of(other)), key=lambda telling: telling.order)
    if one is not other:
        other.parent = one


def bind_copies(tellings: Sequence[Telling], groups: Mapping[str, str]) -> None:
    first: dict[str, Telling] = {}
    for telling in tellings:
        if telling.own and telling.article in groups:
            bind(first.setdefault(groups[telling.article], telling), telling)


def bind_relays(tellings: Sequence[Telling], sources: Mapping[str, Source], book: OutletKeys) -> None:
    told_by: dict[tuple[str, Pair], list[Telling]] = defaultdict(list)
    for telling in tellings:
        home = book.home(sources[telling.article])
        if home is not None:
            for pair in telling.keys:
                told_by[home, pair].append(telling)
    alone: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        if telling.own or telling.outlet is None:
            continue
        same = {other.order: other for pair in telling.keys for other in told_by[telling.outlet, pair]}
        report = _report(telling, [same[order] for order in sorted(same)])
        if report is None:
            alone[telling.outlet].append(telling)
        else:
            telling.bound = True
            bind(telling, report)
    for relays in alone.values():
        _bind_each_other(relays)


def _report(telling: Telling, of_outlet: list[Telling]) -> Telling | None:
    """The article of the credited outlet that a relay goes back to (rule 1), among what the outlet told."""
    told = [other for other in of_outlet if other.article != telling.article and telling.shares(other.keys)]
    days = _days(telling)
    near = [other for other in told if other.published and days and days[0] <= other.published <= days[1]]
    if near:
        given = exact(telling.credited_on) or telling.published
        return min(
            near,
            key=lambda other: (
                -telling.shares(other.keys),
                abs(other.published - given) if given and other.published else timedelta.max,
                other.order,
            ),
        )
    # Where a day is missing on either side, only a report that cannot be mistaken.
    unsure = [other for other in told if days is None or other.published is None]
    if len({other.article for other in unsure}) != 1:
        return None
    return min(unsure, key=lambda other: (-telling.shares(other.keys), other.order))


def _days(telling: Telling) -> tuple[date, date] | None:
    """First and last day on which the report that is relayed can have been published."""
    if named := interval(telling.credited_on):
        slip = SLIP if (telling.credited_on or "")[-1].isdigit() else STEP
        return named[0] - slip, named[1] + slip
    if telling.published:
        return telling.published - SPAN, telling.published + EARLIER
    return None


@dataclass(eq=False, slots=True)
class _Relays:
    """Tellings that credit one outlet with one report, which itself is not among the articles."""

    founder: Telling
    first: date
    last: date
    keys: dict[Pair, set[str]] = field(default_factory=dict)
    named: set[date] = field(default_factory=set)

    def takes(self, telling: Telling, day: date) -> bool:
        if day - self.last > STEP or day - self.first > SPAN or not telling.shares(self.keys):
            return False
        return not telling.credited_on or all(abs(day - other) <= SLIP for other in self.named)

    def add(self, telling: Telling, day: date) -> None:
        bind(self.founder, telling)
        self.last = day
        for pair, statuses in telling.keys.items():
            self.keys[pair] = self.keys.get(pair, set()) | statuses
        if telling.credited_on:
            self.named.add(day)


def _bind_each_other(relays: list[Telling]) -> None:
    """Rule 2, for the relays of one outlet in the order of their days."""
    made: list[_Relays] = []
    for telling in relays:
        if (day := telling.day) is None:
            continue
        takers = [group for group in reversed(made) if group.takes(telling, day)]
        if takers:
            best = max(takers, key=lambda group: (telling.shares(group.keys), group.last))
        else:
            best = _Relays(telling, day, day)
            made.append(best)
        best.add(telling, day)

    loose: list[Telling] = []
    for telling in relays:
        if telling.day is not None:
            continue
        days = _days(telling)
        takers = [
            group
            for group in made
            if telling.shares(group.keys) and (days is None or days[0] <= group.first <= days[1])
        ]
        if len(takers) == 1:
            bind(takers[0].founder, telling)
            continue
        for other in loose:
            if other.credited_on == telling.credited_on and telling.shares(other.keys):
                bind(other, telling)  # and with each further one, or the order of the articles would decide
        loose.append(telling)
