"""One spelling of a text for matching, without losing the place of a single sign.

Folding is length-preserving wherever it can be: one code point becomes one, so that a position in the folded
text is a position in the stored one. Signs that have no length of their own in matching (Arabic vowel marks
and tatweel, combining accents, soft hyphens, zero-width and directional marks) are dropped, and only then an
index map is made.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

# Signs without width: Arabic marks, tatweel, combining accents, soft hyphen, zero-width and bidi controls.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)

_APOSTROPHES = "\u2018\u2019\u201b\u02bb\u02bc\u02be\u02bf\u0060\u00b4\u2032\uff07"
# The hyphens that bind a name together; the dashes that part a sentence (– and —) stay what they are.
_HYPHENS = "\u2010\u2011-\u00a0\u202f\u2009\t"
_SPECIAL = {
    "ı": "i", "İ": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "s", "æ": "a", "œ": "o",
    "ё": "е", "ѓ": "г", "й": "й", "ї": "ї",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي",
}  # fmt: skip


class _Table(dict):
    """str.translate table that works out a sign when it first meets it, and remembers it."""

    def __missing__(self, code: int) -> int:
        sign = chr(code)
        if sign in _SPECIAL:
            folded = _SPECIAL[sign]
        elif sign in _APOSTROPHES:
            folded = "'"
        elif sign in _HYPHENS:
            folded = " "
        elif "٠" <= sign <= "٩" or "۰" <= sign <= "۹":
            folded = str(unicodedata.digit(sign))
        else:
            lowered = sign.lower()
            if len(lowered) != 1:
                lowered = lowered[0]
            decomposed = unicodedata.normalize("NFD", lowered)
            # Only Latin and Greek lose their accents: й and ї are letters of their own, not и and і with marks.
            folded = decomposed[0] if decomposed[0] < "\u0400" else lowered
            folded = _SPECIAL.get(folded, folded)
        self[code] = ord(folded)
        return self[code]


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """`text`: the folded text. `positions`: for each of its signs the place in the stored text, or None
    where both have the same length and every place is its own."""

    text: str
    positions: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the stored text of a place in the folded one."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end - 1] + 1 if end > start else self.positions[start]

    def find(self, position: int) -> int:
        """The place in the folded text of a place in the stored one."""
        if self.positions is None:
            return position
        return bisect_left(self.positions, position)


def fold_text(text: str) -> Folded:
    """Fold an article's text, keeping the way back to every place in it."""
    if _DROPPED.search(text) is None:
        return Folded(text.translate(_TABLE), None)
    positions: list[int] = []
    kept: list[str] = []
    last = 0
    for match in _DROPPED.finditer(text):
        kept.append(text[last : match.start()])
        positions.extend(range(last, match.start()))
        last = match.end()
    kept.append(text[last:])
    positions.extend(range(last, len(text)))
    return Folded("".join(kept).translate(_TABLE), positions)


def fold(text: str) -> str:
    """Fold a name or a cue: the form that patterns are kept in. White space becomes one blank."""
    return " ".join(_DROPPED.sub("", text).translate(_TABLE).split())


def fold_in_place(text: str) -> str:
    """Folded text in which every place is that of the text: signs without width stay where they are."""
    return text.translate(_TABLE)


# Apostrophes that are none of a word's before folding (see view.WORD), and after it are.
_UNEVEN = re.compile(f"[{_APOSTROPHES.replace(chr(0x2019), '')}]")


def has_dropped(text: str) -> bool:
    """Whether a text has signs without width, which stay in it where it is folded in place."""
    return _DROPPED.search(text) is not None


def folds_evenly(text: str) -> bool:
    """Whether a text has the same words, at the same places, as it has folded in place."""
    return _UNEVEN.search(text) is None
