"""The words and cues of an article's sentences as arrays, names masked: what the features are made from.

Nothing here knows a name: a site is the sign S and an actor the sign A, so that nothing learns who is usually
where. Words are kept as numbers of their first letters, the same in every process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np

from mapdata.reading.folding import fold_in_place
from mapdata.reading.lexicon import CATEGORIES
from mapdata.reading.view import WORD, View
from mapdata.reading.wordclasses import WordClasses, classes

# Words are told apart by so many first letters: endings carry less than the stem.
_STEM = 6
# Words remembered per language.
_REMEMBERED = 1 << 16
SITE, ACTOR = 1, 2
CUE = {category: number for number, category in enumerate(CATEGORIES, 1)}
# Signs of classes begin above those of names; the classes of all languages have the same names.
FIRST_CLASS = 8


@cache
def class_numbers() -> dict[str, int]:
    """A number for each word class, by its name: the same in all languages."""
    names = sorted({name for lang in ("en", "ar", "tr", "ru", "fr") for name in classes(lang).names})
    return {name: number for number, name in enumerate(names, FIRST_CLASS)}


class WordSigns:
    """For a word its number and the signs of its classes, remembered. Built once for a language."""

    def __init__(self, known: WordClasses) -> None:
        self._known = known
        self._numbers = class_numbers()
        self._found: dict[str, tuple[int, int, int]] = {}

    def of(self, word: str) -> tuple[int, int, int]:
        """(number of the word, its first class, its second), 0 for no class."""
        found = self._found.get(word)
        if found is None:
            signs = [self._numbers[name] for name in self._known.of(word)[:2]]
            stem = "#" if word[0].isdigit() else word[:_STEM]
            first = signs[0] if signs else 0
            found = crc32(stem.encode()), first, signs[1] if len(signs) > 1 else 0
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[word] = found
        return found


@cache
def word_signs(lang: str) -> WordSigns:
    return WordSigns(classes(lang))


_SITE_WORD, _ACTOR_WORD = crc32(b"<site>"), crc32(b"<actor>")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of several sentences, one after the other, and the cues in them.

    Arrays over the words: place (in the text), word (its number), first and second (signs of its classes; SITE
    or ACTOR for a name), clause (how many ends of clauses stand before it in its sentence). begin: for each
    sentence where its words begin in these arrays, and one more at the end. Arrays over the cues likewise:
    cue_start, cue_end, cue (number of the category), phrase (number of its words), opens and closes (the
    clauses that it begins and ends in), cue_begin.
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
    sign = word_signs(lang).of
    place: list[int] = []
    word: list[int] = []
    first: list[int] = []
    second: list[int] = []
    begin = [0]
    cues: list[tuple[int, int, int, int]] = []
    cue_begin = [0]
    breaks: list[np.ndarray] = []
    for view in views:
        start = view.sentence.start
        folded = fold_in_place(view.text[start : view.sentence.end])
        hidden = [(m.start, m.end, SITE, _SITE_WORD) for m in view.sites if not m.anaphor]
        hidden += [(a.start, a.end, ACTOR, _ACTOR_WORD) for a in view.actors if not a.pronoun]
        hidden.sort()
        hidden.append((1 << 60, 1 << 60, 0, 0))
        names = iter(hidden)
        low, high, mark, name = next(names)
        written = -1
        for match in WORD.finditer(folded):
            at = start + match.start()
            while high <= at:
                low, high, mark, name = next(names)
            if low <= at:
                if written < low:
                    written = low
                    place.append(low)
                    word.append(name)
                    first.append(mark)
                    second.append(0)
                continue
            number, one, two = sign(match.group())
            place.append(at)
            word.append(number)
            first.append(one)
            second.append(two)
        begin.append(len(place))
        for cue in view.cues:
            phrase = crc32(folded[cue.start - start : cue.end - start].encode())
            cues.append((cue.start, cue.end, CUE[cue.category], phrase))
        cue_begin.append(len(cues))
        breaks.append(np.array(view.breaks, dtype=np.int64))
    places = np.array(place, dtype=np.int64)
    table = np.array(cues, dtype=np.int64).reshape(-1, 4)
    clause = np.zeros(len(places), dtype=np.int64)
    opens = np.zeros(len(table), dtype=np.int64)
    closes = np.zeros(len(table), dtype=np.int64)
    for i, ends in enumerate(breaks):
        if len(ends):
            a, b = begin[i], begin[i + 1]
            clause[a:b] = np.searchsorted(ends, places[a:b], side="right")
            a, b = cue_begin[i], cue_begin[i + 1]
            opens[a:b] = np.searchsorted(ends, table[a:b, 0], side="right")
            closes[a:b] = np.searchsorted(ends, table[a:b, 1], side="right")
    return Tokens(
        places,
        np.array(word, dtype=np.int64),
        np.array(first, dtype=np.int64),
        np.array(second, dtype=np.int64),
        clause,
        np.array(begin, dtype=np.int64),
        table[:, 0],
        table[:, 1],
        table[:, 2],
        table[:, 3],
        opens,
        closes,
        np.array(cue_begin, dtype=np.int64),
    )
