"""Where the words of a rule stand in an article at all, so that its pattern is only tried on sentences with one.

One pass over the folded article finds the words of all kinds. It says where a pattern can match, never that it does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick, Implementation

from mapdata.reading.folding import fold_in_place, has_dropped


class Spots:
    """For each kind the ends of its words in one article, in order."""

    def __init__(self, ends: Mapping[str, list[int]] | None) -> None:
        """ends: None where nobody can say."""
        self._ends = ends

    def any(self, kind: str, start: int, end: int) -> bool:
        """Whether a word of the kind ends in text[start:end]."""
        if self._ends is None:
            return True
        ends = self._ends[kind]
        at = bisect_left(ends, start + 1)
        return at < len(ends) and ends[at] <= end


class Spotter:
    """Built once from the words of each kind; safe to share between threads."""

    def __init__(self, kinds: Mapping[str, Iterable[str]]) -> None:
        forms: dict[str, list[str]] = {}
        for kind, words in kinds.items():
            for form in dict.fromkeys(map(fold_in_place, words)):
                forms.setdefault(form, []).append(kind)
        self._kinds = tuple(kinds)
        self._of = list(forms.values())
        self._automaton = AhoCorasick(list(forms), implementation=Implementation.DFA) if forms else None

    def find(self, folded: str) -> Spots:
        """folded: an article's text folded in place. Signs without width can part a word; with them all is open."""
        if has_dropped(folded):
            return Spots(None)
        ends: dict[str, list[int]] = {kind: [] for kind in self._kinds}
        if self._automaton is not None:
            # Matches come in the order of their ends.
            for index, _, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
                for kind in self._of[index]:
                    ends[kind].append(end)
        return Spots(ends)

    def kinds(self, folded: str) -> set[str]:
        """The kinds of which a text, folded in place, has a word."""
        if self._automaton is None:
            return set()
        if has_dropped(folded):
            return set(self._kinds)
        matches = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        return {kind for index, _, _ in matches for kind in self._of[index]}
