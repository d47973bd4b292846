"""Outlets that a sentence credits with a report and that no list has: found by the words around their names.

The words are data (rules/credits.yaml). The code knows the kinds of rule: a word for an outlet beside a name,
a name that ends like an outlet's, a name right before a verb of reporting or right after one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from mapdata.reading.spotting import Spots, Spotter

Place = tuple[int, int, str]  # start, end, name

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽА-ЯЁ"
_WORD = rf"[{_CAPITAL}][\w&’'-]*"
_NAME = rf"{_WORD}(?:\s(?:(?:and|of|the|al|et|du|de|des)\s)?{_WORD}){{0,3}}"
_QUOTED = r"[«“\"„][^»”\"“\n]{2,40}[»”\"“]"
# Names in capitals (AFP), with or without the article.
_CODE = (
    r"[A-Z]{2,5}(?=['’]|[,.;:)]|\s(?:on|in|late|last|this|that|which|who|and|by|from|citing|quoting|earlier|"
    r"et|le|qui|auprès)\b|\s*$)"
)
_ARTICLE = r"(?:the\s|The\s|l['’]|L['’]|le\s|la\s)?"
_DATELINE = re.compile(rf"^[^\n(]{{2,60}}\(({_WORD}(?:\s{_WORD}){{0,2}})\)\s*[-–—]", re.MULTILINE)
# An adjective without an article beside a word for an outlet tells where it comes from.
_ARABIC_QUALITY = re.compile(r"(?!ال)[\u0621-\u064a]{2,}ية")
_ARABIC_WORD = r"[\u0621-\u064a]+"


@dataclass(frozen=True, slots=True)
class _Rules:
    """patterns: each with the kind of word without which it matches nowhere. spotter: finds these."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    spotter: Spotter
    stops: frozenset[str]
    some: frozenset[str]
    never: frozenset[str]
    source: re.Pattern[str]


def _either(words: list[str], capitals: bool = False) -> str:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
    return f"(?:{listed})" if capitals else f"(?i:{listed})"


@cache
def _rules(lang: str) -> _Rules:
    data = yaml.safe_load(files("mapdata.reading").joinpath("rules/credits.yaml").read_text(encoding="utf-8"))
    own = data.get(lang, data["en"])
    medium, endings = _either(own["medium"]), _either(own["endings"], capitals=True)
    reports, credits = _either(own["reports"]), _either(own["credits"])
    ended = rf"(?:{_WORD}\s(?:(?:and|of|the)\s)?){{1,3}}{endings}"
    patterns = []
    if lang == "ar":
        kinds = ["medium"]
        patterns.append(rf"(?<![\u0621-\u064a])[لبوف]?{medium}\s(?P<name>{_ARABIC_WORD}(?:\s{_ARABIC_WORD}){{0,2}})")
    else:
        kinds = ["medium", "medium", "credits", "reports", "endings"]
        patterns += [
            rf"\b{medium}\s(?P<name>{_QUOTED}|{_NAME})",
            rf"(?<!\w)(?P<name>{_QUOTED}|{_NAME})\s{medium}\b",
            rf"\b{credits}\s{_ARTICLE}(?P<name>{ended}|{_QUOTED}|{_CODE})",
            rf"(?<!\w){_ARTICLE}(?P<name>{ended}|{_QUOTED}|{_NAME})(?:['’]\w{{1,4}})?,?\s(?:\w+ly\s|also\s|first\s)?{reports}\b",
            rf"(?<!\w)(?P<name>{ended})(?:['’]\w{{1,4}})?\s",
        ]
        if own.get("credits_any"):
            kinds.append("credits_any")
            patterns.append(rf"\b{_either(own['credits_any'])}\s{_ARTICLE}(?P<name>{_NAME})")
    return _Rules(
        tuple((kind, re.compile(pattern)) for kind, pattern in zip(kinds, patterns, strict=True)),
        Spotter({kind: own.get(kind, []) for kind in dict.fromkeys(kinds)}),
        frozenset(own.get("stops", [])),
        frozenset(own.get("some", [])),
        frozenset(own.get("never", [])),
        re.compile(rf"^\W{{0,3}}{_either(own['source'])}\s?:\s?(?P<name>{_NAME}|{_ARABIC_WORD})\W*$", re.MULTILINE),
    )


def spots(folded: str, lang: str) -> Spots:
    """Where an article, folded in place, has words of crediting: what `credited_in` asks for."""
    return _rules(lang).spotter.find(folded)


def credited_in(
    text: str, start: int, end: int, lang: str, taken: Sequence[tuple[int, int]], near: Spots
) -> list[Place]:
    """Names of outlets in text[start:end] that the words around them show to be some.

    taken: spans that are something else (a listed outlet, an actor); a name that lies in one, or is covered by
    several, is none. near: the article's `spots`. In the order of their places, longest first where they overlap.
    """
    known = _rules(lang)
    found: dict[int, Place] = {}
    # The last kind, a name that ends like an outlet's wherever it stands, is for what the others leave.
    for kind, pattern in known.patterns:
        if not near.any(kind, start, end):
            continue
        for match in pattern.finditer(text, start, end):
            begin, stop = match.span("name")
            name = _cut(match["name"], known.stops)
            stop = begin + len(name)
            if len(name) < 2 or _is_no_outlet(text, begin, name, known):
                continue
            if any(s < stop and begin < e for s, e, _ in found.values()):
                continue
            if any(s <= begin and stop <= e for s, e in taken):
                continue
            found[begin] = (begin, stop, name.strip('«»“”"„ '))
    return sorted(place for place in found.values() if place[2])


def _is_no_outlet(text: str, begin: int, name: str, known: _Rules) -> bool:
    """ "A Greek newspaper", "bir Moskova gazetesi", "صحيفة يونانية": some outlet, and not one of that name."""
    if name[0] in "«“\"„":
        return False
    words = name.split()
    if all(word.lower() in known.never for word in words):
        return True
    before = text[max(0, begin - 12) : begin].split()
    if begin > 0 and before and before[-1].lower().strip("(\"'“«") in known.some and text[begin - 1].isspace():
        return True
    if words[0].lower() in known.some:
        return True
    return bool(_ARABIC_QUALITY.fullmatch(words[0]))


def _cut(name: str, stops: frozenset[str]) -> str:
    name = name.rstrip(".,'’- ")
    if not stops:
        return name
    words = name.split(" ")
    for at, word in enumerate(words):
        if word in stops:
            words = words[:at]
            break
    return " ".join(words)


def dateline(text: str) -> Place | None:
    """The agency of "CITY, Feb 4 (AGENCY) -" in the first lines of a text."""
    match = _DATELINE.search(text, 0, min(len(text), 500))
    return (match.start(1), match.end(1), match.group(1)) if match else None


def closing_source(text: str, lang: str) -> Place | None:
    """The outlet of a line "Source: X" at the end of a text."""
    begin = max(0, len(text) - 200)
    match = _rules(lang).source.search(text, begin)
    return (*match.span("name"), match["name"]) if match else None
