"""What changed between two days: pairs of site and actor that were said otherwise on the later one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mapdata.model import Assessment, Evidence, Filters, Gazetteer, StandingState, Status
from mapdata.selection import select


class ChangeKind(StrEnum):
    """lapsed: nothing was said, and a plan or denial grew too old to stand; no report is not an event."""

    FIRST = "first reported"
    CHANGED = "status changed"
    RETURNED = "reported again"
    CONTESTED = "now contested"
    SETTLED = "no longer contested"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Stand:
    """What stood of a pair on a day: the statuses that are current or contested, and whether any is contested."""

    statuses: tuple[Status, ...]
    contested: bool


@dataclass(frozen=True, slots=True)
class Change:
    """before, after: what stood at the end of the two days. sentence: the assessment of the later one. evidence: what
    was published in between, newest first; empty where something lapsed."""

    site: str
    actor: str
    kind: ChangeKind
    before: Stand
    after: Stand
    sentence: str
    evidence: tuple[Evidence, ...]

    @property
    def day(self) -> date | None:
        """The day of the newest report that came in between."""
        return self.evidence[0].source.published if self.evidence else None


def changes(
    evidence: Sequence[Evidence], filters: Filters, gazetteer: Gazetteer, first: date, last: date
) -> tuple[Change, ...]:
    """The pairs of which something else stood on `last` than on `first`: the newest reported first, lapsed ones last.

    Of the filters `site`, `actor`, `country` and `reviewed` choose; the others say how a map is drawn, and what
    changed does not depend on it.
    """
    chosen = Filters(sites=filters.sites, actors=filters.actors, countries=filters.countries, reviewed=filters.reviewed)
    first, last = min(first, last), max(first, last)
    was = _by_pair(select(evidence, replace(chosen, as_of=first), gazetteer, first).assessments)
    later = select(evidence, replace(chosen, as_of=last), gazetteer, last)
    between: dict[tuple[str, str], list[Evidence]] = {}
    for item in later.evidence:
        day = item.source.published
        if day is not None and first < day <= last:
            between.setdefault((item.claim.site, item.claim.actor), []).append(item)
    found = []
    for one in later.assessments:
        pair = one.site, one.actor
        before, after = _stand(was.get(pair)), _stand(one)
        kind = _kind(pair in was and bool(was[pair].standings), before, after)
        if kind is not None:
            reports = sorted(between.get(pair, ()), key=_newest_first)
            found.append(Change(*pair, kind, before, after, one.sentence, tuple(reports)))
    return tuple(sorted(found, key=lambda one: (-(one.day.toordinal() if one.day else 0), one.site, one.actor)))


def _by_pair(assessments: Iterable[Assessment]) -> dict[tuple[str, str], Assessment]:
    return {(one.site, one.actor): one for one in assessments}


def _stand(one: Assessment | None) -> Stand:
    live = (StandingState.CURRENT, StandingState.CONTESTED)
    standings = [standing for standing in one.standings if standing.state in live] if one else []
    statuses = {standing.status for standing in standings}
    return Stand(
        tuple(status for status in Status if status in statuses),
        any(standing.state is StandingState.CONTESTED for standing in standings),
    )


def _kind(known: bool, before: Stand, after: Stand) -> ChangeKind | None:
    if before == after:
        return None
    if not after.statuses:
        return ChangeKind.LAPSED
    if not before.statuses:
        return ChangeKind.RETURNED if known else ChangeKind.FIRST
    if before.statuses != after.statuses:
        return ChangeKind.CHANGED
    return ChangeKind.CONTESTED if after.contested else ChangeKind.SETTLED


def _newest_first(item: Evidence) -> tuple[int, str, int]:
    day = item.source.published
    return -(day.toordinal() if day else 0), item.claim.article, item.claim.start
