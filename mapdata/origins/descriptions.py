"""What a claim says of its sources and of the figures, in terms that compare across languages.

Two retellings of one report share hardly a phrase, but they keep who was asked ("two officers and a
councillor") and how many there are ("some 300"). The words are data (data/source_words.yaml).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from mapdata.folding import fold

_YEARS = range(1900, 2100)
# People without a number or a kind that tell little.
_COMMON = frozenset({"source", "official", "officer"})
# Beginnings of Arabic words: "and", "with", "for", "the".
_PREFIX = re.compile(r"^(?:[وفبلك]?ال|لل|[وفبل](?=\w{4}))")


# A kind or a number belongs to the people so many words away.
_NEAR = 3
# A text is described by so many of its figures and sources, the first ones.
_MOST = 40


class Source(NamedTuple):
    """People asked, as a text describes them: who ("officer"), of which kinds, how many (0 where it does not say)."""

    who: str
    kinds: frozenset[str]
    number: int


@dataclass(frozen=True, slots=True)
class Description:
    """sources: the people that a text describes with a kind or a number, and others. numbers: figures from 2 on,
    no years. itself: the outlet speaks of itself ("told this newspaper")."""

    sources: frozenset[Source] = frozenset()
    numbers: frozenset[int] = frozenset()
    itself: bool = False

    def __or__(self, other: Description) -> Description:
        if not other.sources and not other.numbers and not other.itself:
            return self
        return Description(self.sources | other.sources, self.numbers | other.numbers, self.itself or other.itself)


@dataclass(frozen=True, slots=True)
class _Words:
    stems: dict[str, tuple[tuple[str, str, str], ...]]  # by the first two letters: (stem, group, name)
    numbers: dict[str, int]
    itself: re.Pattern[str]


@cache
def _words() -> _Words:
    data = yaml.safe_load(files("mapdata").joinpath("data/source_words.yaml").read_text(encoding="utf-8"))
    stems: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for group in ("people", "kinds"):
        for name, spellings in data[group].items():
            for spelling in spellings:
                stem = fold(spelling)
                stems[stem[:2]].append((stem, group, name))
    itself = "|".join(re.escape(fold(words)) for words in data["self"])
    return _Words(
        {first: tuple(sorted(found, key=lambda stem: -len(stem[0]))) for first, found in stems.items()},
        {fold(word): number for number, spellings in data["numbers"].items() for word in spellings},
        re.compile(rf"(?<!\w)(?:{itself})(?!\w)"),
    )


@lru_cache(maxsize=50_000)
def describe(text: str) -> Description:
    """What a text says of sources and figures."""
    known = _words()
    folded = fold(text)
    tokens = folded.split()
    people: list[tuple[int, str, int]] = []
    kinds: list[tuple[int, str]] = []
    counts: list[tuple[int, int]] = []
    for at, word in enumerate(tokens):
        number = known.numbers.get(f"{tokens[at - 1]} {word}" if at else "") or known.numbers.get(word)
        if number or (word.isdecimal() and len(word) < 8):
            counts.append((at, number or int(word)))
            continue
        for spelling in (word, _PREFIX.sub("", word, count=1)) if word[0] > "\u0600" else (word,):
            stem = next((s for s in known.stems.get(spelling[:2], ()) if spelling.startswith(s[0])), None)
            if stem and stem[1] == "people":
                # The Arabic dual: "two officers" in a word.
                people.append((at, stem[2], 2 if spelling[len(stem[0]) :] in ("ان", "ين", "تان", "تين") else 0))
            elif stem:
                kinds.append((at, stem[2]))
            if stem:
                break
    sources = []
    for place, (at, who, dual) in enumerate(people):
        low = max(at - _NEAR, people[place - 1][0] + 1 if place else 0)
        high = min(at + _NEAR, people[place + 1][0] - 1 if place + 1 < len(people) else len(tokens))
        mine = frozenset(kind for here, kind in kinds if low <= here <= high)
        number = next((count for here, count in counts if low <= here < at and count < 20), dual)
        sources.append(Source(who, mine, number))
    figures = [count for _, count in counts if count > 1 and count not in _YEARS]
    return Description(frozenset(sources[:_MOST]), frozenset(figures[:_MOST]), known.itself.search(folded) is not None)


def pack(description: Description) -> bytes:
    """A description as bytes, to be kept beside a text's signature; b"" for one that says nothing."""
    sources = sorted(" ".join((one.who, str(one.number), *sorted(one.kinds))) for one in description.sources)
    numbers = " ".join(str(number) for number in sorted(description.numbers))
    parts = (",".join(sources), numbers, "self" if description.itself else "")
    return ";".join(parts).encode("utf-8") if any(parts) else b""


@lru_cache(maxsize=100_000)
def unpack(packed: bytes) -> Description:
    """The description that `pack` made bytes of; an empty one for anything else."""
    parts = packed.decode("utf-8", errors="replace").split(";")
    if len(parts) != 3:
        return Description()
    sources = []
    for words in filter(None, parts[0].split(",")):
        who, number, *kinds = words.split(" ")
        sources.append(Source(who, frozenset(kinds), int(number)))
    numbers = frozenset(int(number) for number in parts[1].split())
    return Description(frozenset(sources), numbers, bool(parts[2]))


def sources_alike(one: frozenset[Source], other: frozenset[Source]) -> float:
    """How many sources two texts describe alike: 1 for each of the same kind or number, less where they say less.

    Each source counts once; 0 where two numbers of the same people differ.
    """
    if len(other) < len(one):
        one, other = other, one
    left = sorted(other, key=_rank)
    total = 0.0
    for mine in sorted(one, key=_rank):
        best = max(((_alike(mine, its), -at) for at, its in enumerate(left)), default=(0.0, 0))
        if best[0] > 0:
            total += best[0]
            del left[-best[1]]
    return total


def _rank(source: Source) -> tuple[int, str, int, list[str]]:
    return -len(source.kinds) - bool(source.number), source.who, source.number, sorted(source.kinds)


def _alike(one: Source, other: Source) -> float:
    if one.who != other.who or (one.number and other.number and one.number != other.number):
        return 0.0
    same = len(one.kinds & other.kinds) + bool(one.number and other.number)
    if one.kinds and other.kinds and not one.kinds & other.kinds:
        return 0.3 if same else 0.0
    # "A source" is every second source; "an engineer" is not.
    bare = 0.2 if one.who in _COMMON else 0.7
    return (0.8 if one.who in _COMMON else 1.0) + 0.2 * (same > 1) if same else bare
