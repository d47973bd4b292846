"""A sentence as the rules see it: its words, the cues in it, and the sites and actors that it mentions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import attrgetter

from mapdata.reading.sentences import Sentence

_start = attrgetter("start")
WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(slots=True)
class CueHit:
    """A cue word: its category, its place in the text."""

    start: int
    end: int
    category: str


@dataclass(slots=True)
class SiteMention:
    """keys: the sites that it can be, one after resolution. noun: place of the word for a base that belongs
    to it ("the air base near Latakia"), if any. blocked: why it is no place of a presence ("near",
    "dateline", "name"), else "". group: mentions of one list share a number."""

    start: int
    end: int
    keys: tuple[str, ...]
    noun: tuple[int, int] | None = None
    described: bool = False
    blocked: str = ""
    group: int = -1
    anaphor: str = ""


@dataclass(slots=True)
class ActorMention:
    """role: owner (of a base or a force that is named), force, state, government, speaker, backer, striker.
    noun: place of the word for what it owns ("Turkish *troops*"), category of it in `noun_category`."""

    start: int
    end: int
    key: str
    role: str
    metonym: bool = False
    noun: tuple[int, int] | None = None
    noun_category: str = ""
    group: int = -1
    pronoun: bool = False
    coalition: bool = False


@dataclass(slots=True)
class View:
    """One sentence. `words` holds the starts of its words, so that distances count words. text, folded: the
    article's, the latter folded in place. folds_evenly: whether the words begin at the same places in both."""

    sentence: Sentence
    text: str
    folded: str
    cues: list[CueHit]
    sites: list[SiteMention]
    actors: list[ActorMention]
    folds_evenly: bool = False
    words: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)
    # What reading.tokens makes of the words and cues, kept since an article's are asked for twice.
    tokens: tuple[list[int], list[int], list[tuple[int, int, int, int]]] | None = None
    _by_category: dict[str, list[CueHit]] = field(default_factory=dict)
    _kept: dict[tuple[str, ...], list[CueHit]] = field(default_factory=dict)

    def of(self, *categories: str) -> list[CueHit]:
        """The cues of these categories, in the order of their places; not to be changed, since it is kept."""
        known = self._kept.get(categories)
        if known is None:
            known = self._kept[categories] = self._gathered(categories)
        return known

    def _gathered(self, categories: tuple[str, ...]) -> list[CueHit]:
        if not self._by_category:
            for cue in self.cues:
                self._by_category.setdefault(cue.category, []).append(cue)
        found = [cue for category in categories for cue in self._by_category.get(category, ())]
        if len(categories) > 1 and len(found) > 1:
            found.sort(key=_start)
        return found

    def distance(self, a: int, b: int) -> int:
        """Words that begin between two places."""
        if a > b:
            a, b = b, a
        return bisect_left(self.words, b) - bisect_left(self.words, a)

    def breaks_between(self, a: int, b: int) -> int:
        """Ends of clauses between two places."""
        if not self.breaks:
            return 0
        if a > b:
            a, b = b, a
        return bisect_right(self.breaks, b) - bisect_right(self.breaks, a)

    def commas_between(self, a: int, b: int) -> int:
        if not self.commas:
            return 0
        if a > b:
            a, b = b, a
        return bisect_left(self.commas, b) - bisect_left(self.commas, a)

    def between(self, a: int, b: int) -> str:
        """The text between two places."""
        return self.text[min(a, b) : max(a, b)]
