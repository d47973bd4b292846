"""What the reader abstained on: pairs that it proposed and was not sure enough of to claim."""

from __future__ import annotations

from dataclasses import dataclass

from mapdata.model import Attribution

# Below this a pair is as good as not claimed; asking about it would find more mistakes than claims.
LOW = 0.15


@dataclass(frozen=True, slots=True)
class Unsure:
    """A pair in one sentence. start, end: the sentence in the article's text, with the earlier one that it
    refers back to, if any. chance: how likely the pair is claimed there, 0 to 1. attribution: whom the
    article makes responsible for the sentence."""

    site: str
    actor: str
    start: int
    end: int
    chance: float
    attribution: Attribution
