"""Which claims stand once people have judged them. Pure: no SQL is run here.

A verdict rules over what was read at its anchors: a claim of the same site, actor and status whose quote overlaps
the one that the person saw. So it holds when another program or gazetteer reads the article again; a claim of the
same kind that rests on another sentence is a new one, which nobody has judged.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from mapdata.model import Claim, Status, VerdictKind

Key = tuple[str, str, Status]
Anchor = tuple[str, str, str, int, int]
"""site, actor, status, start, end."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict that nothing has replaced. id: of the verdict."""

    id: int
    article: str
    kind: VerdictKind
    anchors: tuple[Anchor, ...]
    after: Claim | None


def key(claim: Claim) -> Key:
    return claim.site, claim.actor, claim.status


def anchor(claim: Claim) -> Anchor:
    return claim.site, claim.actor, claim.status.value, claim.start, claim.end


def overlay(
    read: list[Claim], rulings: Iterable[Ruling], wanted: Callable[[Claim], bool] = lambda claim: True
) -> list[Claim]:
    """The claims that stand, in the order of the store.

    read: claims as they were read, in that order. wanted: which claims of verdicts come along, where `read` is only
    what some filter left.
    """
    by_article: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        by_article.setdefault(ruling.article, []).append(ruling)
    if not by_article:
        return read
    found, as_read = [], {}
    for claim in read:
        ruled = by_article.get(claim.article)
        if ruled is None:
            found.append(claim)
            continue
        if not any(_rules(ruling, claim) for ruling in ruled):
            found.append(claim)
        as_read[claim.article, key(claim)] = claim
    for ruling in (one for ruled in by_article.values() for one in ruled):
        after = ruling.after
        if after is None or not wanted(after):
            continue
        now = as_read.get((after.article, key(after)))
        if ruling.kind is VerdictKind.ACCEPTED and now and (now.start, now.end) == (after.start, after.end):
            # The same words: what else a newer reading knows of them counts.
            after = now
        insort(found, replace(after, review=ruling.kind), key=_order)
    return found


def among(
    sites: Collection[str],
    actors: Collection[str],
    statuses: Collection[Status],
    from_day: date | None,
    to_day: date | None,
    undated: bool,
) -> Callable[[Claim], bool]:
    """Whether a claim is among those that `Store.claims` is asked for."""

    def wanted(claim: Claim) -> bool:
        day = claim.published
        if day is None:
            in_days = undated
        else:
            in_days = (from_day is None or from_day <= day) and (to_day is None or day <= to_day)
        return (
            in_days
            and (not sites or claim.site in sites)
            and (not actors or claim.actor in actors)
            and (not statuses or claim.status in statuses)
        )

    return wanted


def _rules(ruling: Ruling, claim: Claim) -> bool:
    # An article has one claim of a kind: the one that a person has put there.
    if ruling.after is not None and key(ruling.after) == key(claim):
        return True
    return any(
        (site, actor, status) == (claim.site, claim.actor, claim.status.value)
        and start < claim.end
        and claim.start < end
        for site, actor, status, start, end in ruling.anchors
    )


def _order(claim: Claim) -> tuple[bool, date, str, int, int, str, str, str]:
    day = claim.published
    return (
        day is None,
        day or date.min,
        claim.article,
        claim.start,
        claim.end,
        claim.site,
        claim.actor,
        claim.status.value,
    )


def carried(ruling: Ruling, old: str, new: str, article: str) -> Ruling | None:
    """The ruling on a newer version of its article; None where the words that it rests on are not there.

    old, new: the texts of the versions. article: the id of the newer one. Words count as the same where they stand
    in the new text once.
    """
    after = _moved(ruling.after, old, new, article) if ruling.after else None
    if ruling.after is not None and after is None:
        return None
    anchors = []
    for site, actor, status, start, end in ruling.anchors:
        shift = _shift(start, end, old, new)
        if shift is not None:
            anchors.append((site, actor, status, start + shift, end + shift))
    if after is None and not anchors:
        return None
    return replace(ruling, article=article, anchors=tuple(anchors), after=after)


def _moved(claim: Claim, old: str, new: str, article: str) -> Claim | None:
    shift = _shift(claim.start, claim.end, old, new)
    if shift is None:
        return None
    cues = [replace(cue, start=cue.start + shift, end=cue.end + shift) for cue in claim.cues]
    kept = tuple(cue for cue in cues if new[cue.start : cue.end] == cue.text and cue.start >= 0)
    return replace(claim, article=article, start=claim.start + shift, end=claim.end + shift, cues=kept)


def _shift(start: int, end: int, old: str, new: str) -> int | None:
    words = old[start:end]
    place = new.find(words)
    if not words or place < 0 or new.find(words, place + 1) >= 0:
        return None
    return place - start
