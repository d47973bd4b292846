"""Where the clauses of a sentence part: what a cue can reach, and what it cannot."""

from __future__ import annotations

import re

from mapdata.reading.view import CueHit

# Signs that end a clause for good; a comma only does so together with a word that opens another one.
_HARD = re.compile(r"[;؛—–:-]")
_WORD_SIGN = re.compile(r"\w")
_COMMA = re.compile(r"[,،]")


def commas(text: str, start: int, end: int) -> list[int]:
    """Places of the commas, the thousands' comma of a number left out."""
    return [
        m.start()
        for m in _COMMA.finditer(text, start, end)
        if not (m.start() > 0 and text[m.start() - 1].isdigit() and text[m.end() : m.end() + 1].isdigit())
    ]


def _hard(text: str, start: int, end: int) -> set[int]:
    """Places of the signs that end a clause: a semicolon, a long dash, a dash between blanks (then the place of the
    first blank), a colon between a word and a blank."""
    places: set[int] = set()
    last = start
    for match in _HARD.finditer(text, start, end):
        at = match.start()
        sign = text[at]
        blank_after = at + 1 < end and text[at + 1].isspace()
        if sign == ":":
            if blank_after and at > 0 and _WORD_SIGN.match(text, at - 1):
                places.add(at)
                last = at + 2
        elif sign in ";؛":
            places.add(at)
            last = at + 1
        elif blank_after and at > last and text[at - 1].isspace():
            places.add(at - 1)
            last = at + 2
        elif sign == "—":
            places.add(at)
            last = at + 1
    return places


def breaks(text: str, start: int, end: int, cues: list[CueHit], comma_places: list[int]) -> list[int]:
    """Places at which a new clause begins, in order.

    A clause begins at a semicolon or dash, at a word of contrast (but, while), and after a comma at a verb of
    speech or a relative (", adding that", ", which").
    """
    places = _hard(text, start, end)
    comma_set = set(comma_places)
    for cue in cues:
        if cue.category == "contrast" and cue.start > start:
            places.add(cue.start)
        elif cue.category in {"speech", "which"}:
            before = cue.start - 1
            while before > start and text[before] == " ":
                before -= 1
            if before in comma_set:
                places.add(before)
    return sorted(places)
