"""When two answers about a claim are the same: who says it, when it held, which words show it. Pure."""

from __future__ import annotations

import re
from collections import Counter

from mapdata.folding import fold
from mapdata.model import Attribution
from mapdata.origins.days import interval

# Half the words in common: "a Syrian official" and "the Syrian official, a former pilot" are one speaker.
ALIKE = 0.5
# Words that say nothing of who it is, folded.
_SMALL_BY_LANGUAGE = (
    "the a an of to in on at and for by with from who his her its their as is was",
    "le la les l un une des du de d et a au aux en",
    "ve bir ile da ki bu",
    "и в во на с со из к от по о об у",
    "و في من على الى عن ل ب",
)
_SMALL = frozenset(word for words in _SMALL_BY_LANGUAGE for word in words.split())
_CLITIC = re.compile(r"^(?:[وفبلك]?ال|لل)(?=\w{3})")


def words_of(text: str) -> list[str]:
    """The words for a speaker that tell who it is, folded, without articles; all of them if there are no others."""
    found = [_CLITIC.sub("", word) for word in fold(text).split()]
    return [word for word in found if word not in _SMALL] or found


def overlap(one: str, other: str) -> float:
    """How much two wordings of a speaker have in common, 0 to 1: twice the common words by all words."""
    mine, its = Counter(words_of(one)), Counter(words_of(other))
    both = sum(mine.values()) + sum(its.values())
    return 2 * sum((mine & its).values()) / both if both else 0.0


def same_speaker(wanted: str | None, read: Attribution, outlet: str | None) -> bool:
    """Whether the annotator (`wanted`, None for the article's own outlet) and the reader have the same speaker.

    An outlet's name that the reader adds ("an official, to Reuters") does not part them.
    """
    own = outlet or ""
    if wanted is None and read.text is None:
        return True
    first, second = wanted or own, read.text or own
    if overlap(first, second) >= ALIKE:
        return True
    if read.text is None or not read.credited:
        return False
    bare = read.text.removesuffix(f", to {read.credited}").removesuffix(f" ({read.credited})")
    return overlap(first, bare) >= ALIKE


def same_time(one: str, other: str) -> bool:
    """Whether two EDTF dates are the same span of days; "about" and "perhaps" (~ ?) do not part them."""
    days = interval(one)
    return days == interval(other) if days is not None else one == other


def same_quote(one: str, other: str) -> bool:
    """Whether two quotes of a text show the same sentences, as near as it matters: the shorter one has at least
    half of its words, in their order and in one run, in the longer one."""
    mine, its = sorted((one.split(), other.split()), key=len)
    run = max(1, (len(mine) + 1) // 2)
    runs = {tuple(its[at : at + run]) for at in range(len(its) - run + 1)}
    return any(tuple(mine[at : at + run]) in runs for at in range(len(mine) - run + 1))
