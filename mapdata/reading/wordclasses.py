"""Classes of words of one meaning, as data: rules/classes.<language>.yaml.

A file maps each class to its words, one word an entry. A word is matched whole and folded; a trailing * lets
any letters follow. The trained decision sees the classes of a word beside the word itself, so that what it
learns of one word holds for all that mean the same, in every language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from mapdata.reading.folding import fold

# Words remembered per language: more than an article's vocabulary, less than a corpus's.
_REMEMBERED = 1 << 15


# Arabic writes the article and small particles onto the word.
_ARABIC_PREFIXES = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "وب", "ول", "فب")
_ARABIC_FIRST = frozenset("وفبلكا")


class WordClasses:
    """Looks up the classes of a word. names: the classes, in the order of their file.

    A whole word goes before a stem, and a long stem before a short one: the words that a stem would wrongly
    take in are kept out of it by standing in a class of their own.
    """

    def __init__(self, entries: Mapping[str, Sequence[str]]) -> None:
        self.names = tuple(entries)
        self._whole: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        for name, words in entries.items():
            for word in words:
                table = self._stems if word.endswith("*") else self._whole
                form = fold(word.removesuffix("*"))
                known = table.get(form, ())
                if name not in known:
                    table[form] = (*known, name)
        lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self._lengths = tuple(lengths)
        # Kept by the instance, not by the class: it goes when the instance goes.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._find)

    def of(self, word: str) -> tuple[str, ...]:
        """The classes of one word, folded or folded in place; () for a word of none.

        At most two, unless an apostrophe parts the word.
        """
        return self._remembered(word)

    def _find(self, word: str) -> tuple[str, ...]:
        # What was folded in place can still hold signs without width.
        word = fold(word)
        found = self._match(word)
        if found or "'" not in word:
            return found
        # An apostrophe parts an article, a negation or an ending from its word: n'est, base's, üssü'nde.
        parts = [name for part in word.split("'") if part for name in self._match(part)]
        return tuple(dict.fromkeys(parts))

    def _match(self, word: str) -> tuple[str, ...]:
        if found := self._whole.get(word):
            return found
        for length in self._lengths:
            if length <= len(word) and (found := self._stems.get(word[:length])):
                return found
        if word and word[0] in _ARABIC_FIRST:
            for prefix in _ARABIC_PREFIXES:
                if (
                    word.startswith(prefix)
                    and len(word) - len(prefix) > 1
                    and (found := self._match_bare(word[len(prefix) :]))
                ):
                    return found
        return ()

    def _match_bare(self, word: str) -> tuple[str, ...]:
        if found := self._whole.get(word):
            return found
        return next(
            (self._stems[word[:n]] for n in self._lengths if word[:n] in self._stems and n <= len(word)), ()
        )


@cache
def classes(lang: str) -> WordClasses:
    """The word classes of a language (ISO 639-1); a language without a file has none."""
    file = files("mapdata.reading").joinpath(f"rules/classes.{lang}.yaml")
    if not file.is_file():
        return WordClasses({})
    # BaseLoader: every entry is a word, also no, off and true.
    return WordClasses(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
