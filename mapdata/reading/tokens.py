"""The words and cues of an article's sentences as arrays, names masked: what the features are made from.

Nothing here knows a name: a site is the sign S and an actor the sign A, so that nothing learns who is usually
where. Words are kept as numbers of their first letters, the same in every process.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np

from mapdata.reading.lexicon import CATEGORIES
from mapdata.reading.view import WORD, View
from mapdata.reading.wordclasses import WordClasses, classes

# Words are told apart by so many first letters: endings carry less than the stem.
_STEM = 6
# Words remembered per language.
_REMEMBERED = 1 << 16
SITE, ACTOR = 1, 2
CUE = {category: number for number, category in enumerate(CATEGORIES, 1)}
# Cues whose words, and whose order around a pair, tell its status; the others only count by place.
TELLING = frozenset([
    "exist", "host", "fate", "plan", "build", "built", "deny", "neg", "no_comment", "former", "withdraw", "partial",
    "strike", "visit", "support", "oppose", "stays",
])  # fmt: skip
# Signs of classes begin above those of names; the classes of all languages have the same names.
FIRST_CLASS = 8
# Where the classes of a word are packed beside its number.
_FIRST, _SECOND = 32, 48


@cache
def class_numbers() -> dict[str, int]:
    """A number for each word class, by its name: the same in all languages."""
    names = sorted({name for lang in ("en", "ar", "tr", "ru", "fr") for name in classes(lang).names})
    return {name: number for number, name in enumerate(names, FIRST_CLASS)}


class WordSigns(dict[str, int]):
    """For a word its number and the signs of its classes, remembered. Built once for a language.

    They are packed into one integer, so that a whole article's are one array: the number of the word, its first
    class above bit 32, its second above bit 48, 0 for no class.
    """

    def __init__(self, known: WordClasses) -> None:
        super().__init__()
        self._known = known
        self._numbers = class_numbers()

    def __missing__(self, word: str) -> int:
        signs = [self._numbers[name] for name in self._known.of(word)[:2]]
        stem = "#" if word[0].isdigit() else word[:_STEM]
        first = signs[0] if signs else 0
        second = signs[1] if len(signs) > 1 else 0
        found = crc32(stem.encode()) | first << _FIRST | second << _SECOND
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found
        return found


@cache
def word_signs(lang: str) -> WordSigns:
    return WordSigns(classes(lang))


_SITE_WORD = crc32(b"<site>") | SITE << _FIRST
_ACTOR_WORD = crc32(b"<actor>") | ACTOR << _FIRST


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of several sentences, one after the other, and the cues in them.

    Arrays over the words: place (in the text), word (its number), first and second (signs of its classes; SITE
    or ACTOR for a name), clause (how many ends of clauses stand before it in its sentence). begin: for each
    sentence where its words begin in these arrays, and one more at the end. Arrays over the cues likewise:
    cue_start, cue_end, cue (number of the category), phrase (number of its words, where they can tell a status),
    opens and closes (the clauses that it begins and ends in), cue_begin.
    """

    place: np.ndarray
    word: np.ndarray
    first: np.ndarray
    second: np.ndarray
    clause: np.ndarray
    begin: np.ndarray
    cue_start: np.ndarray
    cue_end: np.ndarray
    cue: np.ndarray
    phrase: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    cue_begin: np.ndarray


def tokens(views: Sequence[View], lang: str) -> Tokens:
    """The tokens of sentences of one text, in their order."""
    signs = word_signs(lang)
    place: list[int] = []
    packed: list[int] = []
    begin = [0]
    cues: list[tuple[int, int, int, int]] = []
    cue_begin = [0]
    breaks: list[int] = []
    break_begin = [0]
    for view in views:
        if view.tokens is None:
            view.tokens = (*_words(view, signs), _cues(view))
        places_here, packed_here, cues_here = view.tokens
        place += places_here
        packed += packed_here
        cues += cues_here
        begin.append(len(place))
        cue_begin.append(len(cues))
        breaks += view.breaks
        break_begin.append(len(breaks))
    places = np.array(place, dtype=np.int64)
    signed = np.array(packed, dtype=np.int64)
    table = np.array(cues, dtype=np.int64).reshape(-1, 4).T
    parts, part_begin = np.array(breaks, dtype=np.int64), np.array(break_begin, dtype=np.int64)
    words_begin, cues_begin = np.array(begin, dtype=np.int64), np.array(cue_begin, dtype=np.int64)
    cue_owner = np.arange(len(views)).repeat(cues_begin[1:] - cues_begin[:-1])
    return Tokens(
        places,
        signed & 0xFFFFFFFF,
        signed >> _FIRST & 0xFFFF,
        signed >> _SECOND,
        _clauses(parts, part_begin, np.arange(len(views)).repeat(words_begin[1:] - words_begin[:-1]), places),
        words_begin,
        table[0],
        table[1],
        table[2],
        table[3],
        _clauses(parts, part_begin, cue_owner, table[0]),
        _clauses(parts, part_begin, cue_owner, table[1]),
        cues_begin,
    )


def _cues(view: View) -> list[tuple[int, int, int, int]]:
    """(start, end, number of the category, number of the words) of a sentence's cues."""
    folded, stop = view.folded, view.sentence.end
    return [
        (
            cue.start,
            cue.end,
            CUE[cue.category],
            crc32(folded[cue.start : min(cue.end, stop)].encode()) if cue.category in TELLING else 0,
        )
        for cue in view.cues
    ]


def _words(view: View, signs: WordSigns) -> tuple[list[int], list[int]]:
    """(places, packed signs) of a sentence's words: all words of a name are one."""
    place: list[int] = []
    packed: list[int] = []
    start, stop = view.sentence.start, view.sentence.end
    begins = view.words if view.folds_evenly else [match.start() for match in WORD.finditer(view.folded, start, stop)]
    numbers = [signs[word] for word in WORD.findall(view.folded, start, stop)]
    hidden = [(m.start, m.end, _SITE_WORD) for m in view.sites if not m.anaphor]
    hidden += [(a.start, a.end, _ACTOR_WORD) for a in view.actors if not a.pronoun]
    hidden.sort()
    at, written = 0, -1
    for low, high, name in hidden:
        first, last = max(at, bisect_left(begins, low)), bisect_left(begins, high)
        if first >= last:
            continue
        place += begins[at:first]
        packed += numbers[at:first]
        if written < low:
            written = low
            place.append(low)
            packed.append(name)
        at = last
    place += begins[at:]
    packed += numbers[at:]
    return place, packed


def _clauses(breaks: np.ndarray, begin: np.ndarray, owner: np.ndarray, place: np.ndarray) -> np.ndarray:
    """How many breaks of its own sentence (owner) stand at or before each place. begin: where the breaks of each
    sentence begin."""
    if not len(breaks):
        return np.zeros(len(place), dtype=np.int64)
    before = begin[owner]
    found = breaks.searchsorted(place, side="right") - before
    return np.minimum(np.maximum(found, 0), begin[owner + 1] - before)
