"""The history of each claim that somebody judged: its verdicts one after the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mapdata.model import Claim, Verdict


@dataclass(frozen=True, slots=True)
class Chain:
    """verdicts: the oldest first; each but the first replaced the one before it. A verdict that was taken over from an
    older version of the article goes on from there."""

    verdicts: tuple[Verdict, ...]

    @property
    def last(self) -> Verdict:
        return self.verdicts[-1]

    @property
    def claim(self) -> Claim:
        """What it is about: the claim that stands, or the last that did."""
        for verdict in reversed(self.verdicts):
            if claim := verdict.after or verdict.before:
                return claim
        raise ValueError("a verdict is about a claim")


def chains(verdicts: Iterable[Verdict]) -> tuple[Chain, ...]:
    """All verdicts as histories, the one that was judged last first."""
    found: dict[int, list[Verdict]] = {}
    head: dict[int, int] = {}
    for verdict in sorted(verdicts, key=lambda verdict: verdict.id):
        before = verdict.replaces if verdict.replaces is not None else verdict.carried
        first = head.get(before, verdict.id) if before is not None else verdict.id
        head[verdict.id] = first
        found.setdefault(first, []).append(verdict)
    made = [Chain(tuple(one)) for one in found.values()]
    return tuple(sorted(made, key=lambda chain: (chain.last.at, chain.last.id), reverse=True))
