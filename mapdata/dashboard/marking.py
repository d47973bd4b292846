"""A text with the claims that are found in it, as pieces for a template. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from mapdata.dashboard.wording import right_to_left
from mapdata.model import Claim

_WHOLE = 30_000  # code points of a text that is shown whole
_AROUND = 600  # of a longer text, what stands on each side of a claim


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the text. claims: the numbers of those whose quote it is in, from 1. ends: of those, the ones whose
    quote ends with it. cue: among the words that decided a status."""

    text: str
    claims: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    cue: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    marks: tuple[Mark, ...]
    rtl: bool


def paragraphs(text: str, claims: Sequence[Claim]) -> tuple[Paragraph, ...]:
    """The text in paragraphs, the quotes of the claims marked with their places among `claims`, from 1.

    Of a long text only what stands around claims is shown; "…" stands for the rest.
    """
    shown = [(0, len(text))] if len(text) <= _WHOLE else _around(text, claims)
    made: list[Paragraph] = []
    for start, end in shown:
        if start > 0:
            made.append(Paragraph((Mark("…"),), rtl=False))
        at = start
        for line in text[start:end].split("\n"):
            if line.strip():
                made.append(Paragraph(_marks(text, at, at + len(line), claims), right_to_left(line)))
            at += len(line) + 1
    if shown and shown[-1][1] < len(text):
        made.append(Paragraph((Mark("…"),), rtl=False))
    return tuple(made)


def _around(text: str, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    if not claims:
        return [(0, _WHOLE)]
    spans: list[tuple[int, int]] = []
    for claim in sorted(claims, key=lambda claim: claim.start):
        start, end = max(0, claim.start - _AROUND), min(len(text), claim.end + _AROUND)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _marks(text: str, start: int, end: int, claims: Sequence[Claim]) -> tuple[Mark, ...]:
    within = [(n, claim) for n, claim in enumerate(claims, 1) if claim.start < end and claim.end > start]
    edges = {start, end}
    for _, claim in within:
        spans = [(claim.start, claim.end), *((cue.start, cue.end) for cue in claim.cues)]
        edges |= {edge for span in spans for edge in span if start < edge < end}
    marks = []
    for a, b in itertools.pairwise(sorted(edges)):
        mine = [(n, claim) for n, claim in within if claim.start <= a and b <= claim.end]
        marks.append(
            Mark(
                text=text[a:b],
                claims=tuple(n for n, _ in mine),
                ends=tuple(n for n, claim in mine if claim.end == b),
                cue=any(cue.start <= a and b <= cue.end for _, claim in mine for cue in claim.cues),
            )
        )
    return tuple(marks)
