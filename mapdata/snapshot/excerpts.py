"""Quotes as they go into a file: a text without full stops is one sentence, and no snapshot holds an article."""

from __future__ import annotations

from dataclasses import replace

from mapdata.model import Evidence
from mapdata.selection import Selection

LONGEST = 1000
"""Code points of a quote; of a longer one the part around its deciding words goes in."""

_BEFORE = LONGEST // 3  # of them, before the first deciding word


def excerpted(selection: Selection) -> Selection:
    """The same selection with every long quote cut to a part of it, which is verbatim and says where it stands."""
    if all(len(item.claim.quote) <= LONGEST for item in selection.evidence):
        return selection
    return replace(
        selection,
        evidence=tuple(map(excerpt, selection.evidence)),
        country_wide=tuple(map(excerpt, selection.country_wide)),
    )


def excerpt(item: Evidence) -> Evidence:
    """The evidence with a quote of at most LONGEST code points, cut at spaces where there are some."""
    claim = item.claim
    if len(claim.quote) <= LONGEST:
        return item
    decisive = min((cue.start - claim.start for cue in claim.cues), default=0)
    first = max(0, min(decisive - _BEFORE, len(claim.quote) - LONGEST))
    last = first + LONGEST
    if first and (space := claim.quote.find(" ", first, decisive)) >= 0:
        first = space + 1
    if last < len(claim.quote) and (space := claim.quote.rfind(" ", decisive, last)) > first:
        last = space
    start, end = claim.start + first, claim.start + last
    cues = tuple(cue for cue in claim.cues if start <= cue.start and cue.end <= end)
    return replace(item, claim=replace(claim, quote=claim.quote[first:last], start=start, end=end, cues=cues))
