"""A status for a candidate pair, as rules or weights give it."""

from __future__ import annotations

from dataclasses import dataclass

from mapdata.model import Status
from mapdata.reading.view import CueHit


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status for a candidate, the cues that decided it where rules did, and how sure that is (0 to 1)."""

    status: Status
    cues: tuple[CueHit, ...]
    score: float
