"""What an outlet changed between two versions of an article. Pure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\s]+")
_LONGEST = 5_000  # words of a text that are compared one by one; longer texts are compared by lines


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    change: Change


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as one: what is the same, what has gone, and what is new, in the order of reading."""
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(was), len(now)) > _LONGEST:
        was, now = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(now[c:d]), Change.SAME))
            continue
        if a < b:
            pieces.append(Piece("".join(was[a:b]), Change.GONE))
        if c < d:
            pieces.append(Piece("".join(now[c:d]), Change.NEW))
    return tuple(pieces)


def shortened(pieces: tuple[Piece, ...], around: int = 120) -> tuple[Piece, ...]:
    """The pieces with no more of what is the same than so many signs on each side of a change."""
    made = []
    for number, piece in enumerate(pieces):
        text = piece.text
        first, last = number == 0, number == len(pieces) - 1
        if piece.change is Change.SAME and len(text) > (around if first or last else 2 * around):
            head = "" if first else text[:around] + " "
            tail = "" if last else " " + text[-around:]
            text = f"{head}…{tail}"
        made.append(Piece(text, piece.change))
    return tuple(made)
