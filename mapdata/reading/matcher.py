"""One automaton for all names and cue words of a language: finds them in a folded text in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from mapdata.reading.folding import Folded
from mapdata.reading.inflection import left_boundary, placed, right_boundary, takes_endings

# Kinds of patterns that name a place, or what stands for one.
PLACE_KINDS = frozenset({"site", "weak", "near"})
_LAST_WORD = re.compile(r"[\s'’]")
_PART_OF_NAME = re.compile(
    r"(?:[-‑]\w+|\b(?!(?:An?|The|All|Other|Some|No|For|In|At|And|But|When|As|If)\b)[A-Z]\w*|"
    r"\b(?:ruling|governing|opposition|government|grand|rival|political|electoral|new))\s$"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A folded form to look for.

    kind: "site", "weak", "actor", "short", "metonym", "near", "outlet" or "cue". key: the id behind it (for a
    cue its category). lang: the language whose endings it takes. caps: only where the text has it in capitals
    (US, not us). title: not where its last word begins with a small letter. apart: not after a word that makes it
    part of another name (Saudi-led coalition, Border Guards). placed: only where it begins with a capital and
    stands as a place does (at Highfield). open_end: any letters may follow. bending: takes the endings of its
    language. exact: the form as the text must have it, accents and all, where folding would make it another
    word (là, la); lower case.
    """

    form: str
    kind: str
    key: str
    lang: str
    caps: bool = False
    title: bool = False
    apart: bool = False
    placed: bool = False
    open_end: bool = False
    bending: bool = False
    exact: str = ""


class Hit(NamedTuple):
    """A pattern found: start and end in the stored text, f_start and f_end in the folded one."""

    start: int
    end: int
    f_start: int
    f_end: int
    kind: str
    key: str
    lang: str


class Matcher:
    """Built once for a gazetteer and a language; safe to share between threads."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        by_form: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            if pattern.form and pattern not in by_form.setdefault(pattern.form, []):
                by_form[pattern.form].append(pattern)
        # For each form whether letters may follow it at all, and its patterns.
        self._targets = [
            (any(_runs_on(pattern) for pattern in same), [(pattern, _strict(pattern)) for pattern in same])
            for same in by_form.values()
        ]
        self._places = {
            number
            for number, same in enumerate(by_form.values())
            if any(pattern.kind in PLACE_KINDS for pattern in same)
        }
        self._automaton = AhoCorasick(list(by_form), matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def find(self, folded: Folded, original: str, placed_only: bool = False) -> list[Hit]:
        """All hits with sound boundaries, overlapping ones included, by place, longest first.

        placed_only: none at all where nothing can be the name of a place.
        """
        text = folded.text
        size, even = len(text), folded.positions is None
        hits: list[Hit] = []
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if placed_only and not any(
            index in self._places and (not start or text[start] >= "\u0600" or not text[start - 1].isalnum())
            for index, start, _ in matches
        ):
            return []
        for index, start, end in matches:
            # The quick look first: most matches of short forms begin inside a word.
            inside = start > 0 and text[start - 1].isalnum()
            if inside and text[start] < "\u0600":
                continue
            runs_on, patterns = self._targets[index]
            goes_on = end < size and text[end].isalnum()
            if goes_on and not runs_on:
                continue
            for pattern, strict in patterns:
                if inside and not left_boundary(text, start, pattern.lang):
                    continue
                stop: int | None = end
                if goes_on:
                    if pattern.open_end:
                        stop = end
                        while stop < size and text[stop].isalnum():
                            stop += 1
                    else:
                        stop = right_boundary(text, end, pattern.lang, pattern.bending)
                        if stop is None:
                            continue
                begin, finish = (start, stop) if even else folded.span(start, stop)
                if strict and not _allowed(pattern, (text, start, stop), original, begin, finish):
                    continue
                hits.append(Hit(begin, finish, start, stop, pattern.kind, pattern.key, pattern.lang))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits


def _runs_on(pattern: Pattern) -> bool:
    """Whether letters of the same word may follow a pattern."""
    return pattern.open_end or takes_endings(pattern.lang, pattern.bending)


def _strict(pattern: Pattern) -> bool:
    """Whether a pattern asks more of a text than its form."""
    return pattern.caps or pattern.title or pattern.apart or pattern.placed or bool(pattern.exact)


def _allowed(pattern: Pattern, found: tuple[str, int, int], original: str, begin: int, finish: int) -> bool:
    """Whether the text has what the pattern asks for beside its form.

    found: the folded text and the place in it; begin and finish: the place in the stored text.
    """
    written = original[begin:finish]
    if pattern.caps and not written.replace("'s", "").isupper():
        return False
    if pattern.title and _LAST_WORD.split(written)[-1][:1].islower():
        return False
    if pattern.apart and _PART_OF_NAME.search(original, max(0, begin - 30), begin):
        return False
    if pattern.placed and (original[begin].islower() or not placed(*found, lang=pattern.lang)):
        return False
    return not pattern.exact or written.lower().replace("’", "'") == pattern.exact
