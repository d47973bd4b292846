"""Finds names beside words for a base that neither the gazetteer nor the list of outlets has.

The words are data (words.yaml). A name is one to three words that begin with a capital, or, in Arabic, one or two
words after a word for a base. What is found is a suggestion: a person decides what goes into a gazetteer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from mapdata.articles.language import language_of
from mapdata.folding import fold
from mapdata.model import Article, Gazetteer, SiteKind
from mapdata.outlets import Outlets
from mapdata.reading.folding import fold_text
from mapdata.reading.matcher import Matcher
from mapdata.reading.names import gazetteer_patterns, outlet_patterns
from mapdata.reading.sentences import split

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽА-ЯЁ"
_WORD = rf"[{_CAPITAL}][\w’'-]*"
_NAME = rf"(?P<name>{_WORD}(?:[ -](?:(?:al|el|de|du|of|la)[ -])?{_WORD}){{0,2}})"
_ARABIC_NAME = r"(?P<name>(?:ال)?[\u0621-\u064a]{3,}(?:\s(?:ال)[\u0621-\u064a]{3,})?)"
# Of one name so many sentences are kept, each from another article while there are some.
_MOST_SEEN = 5
# Hits of the gazetteer that say whose a base is, and are no part of its name.
_WHOSE = frozenset({"actor", "metonym"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence that names it, verbatim, with the article's id and its path as the user gave it."""

    article: str
    path: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """name: the spelling that stands most often. kind: what the words beside it call it, most often. articles: how
    many name it. seen: up to five of the sentences."""

    name: str
    kind: SiteKind
    articles: int
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    patterns: tuple[tuple[SiteKind, re.Pattern[str]], ...]
    never: frozenset[str]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"[ -]") for word in sorted(words, key=len, reverse=True))


@cache
def _words(lang: str) -> _Words:
    data = yaml.safe_load(files("mapdata.discovery").joinpath("words.yaml").read_text(encoding="utf-8"))
    own = data.get(lang, data["en"])
    name = _ARABIC_NAME if lang == "ar" else _NAME
    joins = f"(?:(?i:{_either(own['joins'])})\\s?)?" if own["joins"] else ""
    patterns = []
    for kind, listed in own["before"].items():
        # A word that ends in an apostrophe stands right before the name.
        pattern = rf"(?<!\w)[وبلف]?(?i:{_either(listed)})(?:\s|(?<=['’])){joins}[«“\"]?{name}"
        patterns.append((SiteKind(kind), re.compile(pattern)))
    for kind, listed in own["after"].items():
        patterns.append((SiteKind(kind), re.compile(rf"(?<!\w){name}(?:['’]s)?[»”\"]?\s(?i:{_either(listed)})(?!\w)")))
    return _Words(tuple(patterns), frozenset(own["never"]))


def discover(articles: Iterable[Article], gazetteer: Gazetteer, outlets: Outlets) -> list[Discovered]:
    """Names that look like bases, are in no gazetteer, and are no outlet's; those of most articles first.

    Reads each article once and keeps sentences alone, so that any number of articles can be looked through.
    """
    matcher = Matcher([*gazetteer_patterns(gazetteer), *outlet_patterns(outlets)])
    spellings: dict[str, Counter[str]] = {}
    kinds: dict[str, Counter[SiteKind]] = {}
    named_in: dict[str, set[str]] = {}
    seen: dict[str, list[Seen]] = {}
    for article in articles:
        for name, kind, sentence in _named(article, matcher):
            key = fold(name)
            spellings.setdefault(key, Counter())[name] += 1
            kinds.setdefault(key, Counter())[kind] += 1
            mine = seen.setdefault(key, [])
            new = article.id not in named_in.setdefault(key, set())
            named_in[key].add(article.id)
            if len(mine) < _MOST_SEEN and (new or not mine):
                mine.append(Seen(article.id, article.path, sentence))
    found = [
        Discovered(
            name=max(sorted(spellings[key]), key=lambda name: spellings[key][name]),
            kind=max(sorted(kinds[key]), key=lambda kind: kinds[key][kind]),
            articles=len(named_in[key]),
            seen=tuple(seen[key]),
        )
        for key in spellings
    ]
    return sorted(found, key=lambda one: (-one.articles, fold(one.name)))


def _named(article: Article, matcher: Matcher) -> Iterator[tuple[str, SiteKind, str]]:
    lang = article.lang or language_of(article.text) or "en"
    known = _words(lang)
    hits = matcher.find(fold_text(article.text), article.text)
    taken = [(hit.start, hit.end) for hit in hits if hit.kind not in _WHOSE]
    whose = [(hit.start, hit.end) for hit in hits if hit.kind in _WHOSE]
    for sentence in split(article.text):
        text = " ".join(article.text[sentence.start : sentence.end].split())
        found: list[tuple[int, int]] = []
        for kind, pattern in known.patterns:
            for match in pattern.finditer(article.text, sentence.start, sentence.end):
                begin, end = _without(article.text, *match.span("name"), known.never, whose)
                if begin >= end or any(begin < e and s < end for s, e in (*taken, *found)):
                    continue
                found.append((begin, end))
                yield article.text[begin:end], kind, text


def _without(
    text: str, begin: int, end: int, never: frozenset[str], whose: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The name without the words around it that are none: "The Highfield", "Russian Highfield"."""

    def is_none(word: tuple[int, int]) -> bool:
        return text[slice(*word)].lower().strip("'’-") in never or any(s < word[1] and word[0] < e for s, e in whose)

    words = [(begin + match.start(), begin + match.end()) for match in re.finditer(r"[^\s]+", text[begin:end])]
    while words and is_none(words[0]):
        words.pop(0)
    while words and is_none(words[-1]):
        words.pop()
    return (words[0][0], words[-1][1]) if words else (begin, begin)
