"""Which claims to look at first: those that reading was unsure of, that others contradict, that are new. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mapdata.model import Assessment, Evidence, StandingState, Status

UNSURE_BELOW = 0.7
"""A score below it is a reason to look."""

NEW_DAYS = 30
"""A claim published so many days before the as-of day is new."""

Key = tuple[str, str, Status]
_ORDER = tuple(Status)


class Order(StrEnum):
    """doubt: the least sure first. new: the newest first."""

    DOUBT = "doubt"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Item:
    """A claim that nobody has judged, why to look at it, and how much that weighs (0 and up)."""

    evidence: Evidence
    reasons: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that say the same: one site, actor and status. One verdict may do for all of them."""

    site: str
    actor: str
    status: Status
    items: tuple[Item, ...]

    @property
    def weight(self) -> float:
        return max(item.weight for item in self.items)


def queue(
    evidence: Sequence[Evidence],
    assessments: Iterable[Assessment],
    as_of: date,
    order: Order = Order.DOUBT,
) -> tuple[Group, ...]:
    """The claims that nobody has judged, in groups that agree, in this order. Within a group the same order holds.

    evidence: what is looked through, judged claims included. assessments: of the same day.
    """
    contested = {
        (standing.site, standing.actor, standing.status)
        for one in assessments
        for standing in one.standings
        if standing.state is StandingState.CONTESTED
    }
    statuses: dict[tuple[str, str, str], set[Status]] = {}
    for item in evidence:
        claim = item.claim
        statuses.setdefault((claim.article, claim.site, claim.actor), set()).add(claim.status)
    by_key: dict[Key, list[Item]] = {}
    for item in evidence:
        if item.claim.review is None:
            key = (item.claim.site, item.claim.actor, item.claim.status)
            by_key.setdefault(key, []).append(_item(item, contested, statuses, as_of))

    def place(item: Item) -> tuple[float, int, str]:
        day = item.evidence.source.published
        newness = -day.toordinal() if day else 0
        first = (-item.weight, newness) if order is Order.DOUBT else (newness, -item.weight)
        return (*first, item.evidence.claim.article)

    groups = [Group(*key, tuple(sorted(items, key=place))) for key, items in by_key.items()]
    return tuple(
        sorted(groups, key=lambda group: (*place(group.items[0]), group.site, group.actor, _ORDER.index(group.status)))
    )


def _item(
    evidence: Evidence,
    contested: set[Key],
    statuses: Mapping[tuple[str, str, str], set[Status]],
    as_of: date,
) -> Item:
    claim, day = evidence.claim, evidence.source.published
    reasons, weight = [], 1.0 - claim.score
    if claim.score < UNSURE_BELOW:
        reasons.append(f"the reading is unsure ({claim.score:.0%})")
    others = statuses[claim.article, claim.site, claim.actor] - {claim.status}
    if others:
        said = " and ".join(status.value for status in Status if status in others)
        reasons.append(f"the same article also says {said}")
        weight += 0.4
    if (claim.site, claim.actor, claim.status) in contested:
        reasons.append("other origins say otherwise")
        weight += 0.3
    if day is None:
        reasons.append("no day is known")
        weight += 0.1
    elif 0 <= (as_of - day).days <= NEW_DAYS:
        reasons.append("new")
        weight += 0.2
    return Item(evidence, tuple(reasons), round(weight, 4))
