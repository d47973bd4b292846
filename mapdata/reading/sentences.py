"""Where paragraphs and sentences begin and end, in English, Arabic, Turkish, Russian and French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 1500
"""Signs of one sentence; the longest of the labelled articles has some 350."""

# A full stop after these ends no sentence, unless a paragraph ends there.
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "adm",
        "brig",
        "st",
        "sr",
        "jr",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "gov",
        "sen",
        "rep",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "approx",
        "fig",
        "al",
        "e.g",
        "i.e",
        "u.s",
        "u.k",
        "u.n",
        "p.m",
        "a.m",
        "d.c",
        "г",
        "гг",
        "ул",
        "им",
        "т.е",
        "т.д",
        "т.п",
        "др",
        "пр",
        "тыс",
        "млн",
        "млрд",
        "руб",
        "стр",
        "см",
        "акад",
        "ген",
        "полк",
        "vb",
        "vd",
        "vs",
        "dr",
        "prof",
        "doç",
        "alb",
        "gen",
        "korg",
        "tümg",
        "tuğg",
        "yzb",
        "örn",
        "m",
        "mm",
        "mme",
        "mlle",
        "env",
        "av",
        "apr",
    ]
)
_END = re.compile(r"[.!?؟…۔]+[\"'»”’)\]]*(?=\s|$)|[.!?؟](?=[A-ZА-ЯÇĞİÖŞÜ][a-zа-яçğıöşü])")
_WORD_BEFORE = re.compile(r"([\w.]+)$")
_OPENS = re.compile(r"\s*[\"'«“‘(\[—–-]*\s*(\w)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """start, end: its place in the text, white space at the ends left out. heading: it stands alone in a
    short paragraph without a full stop. paragraph: how many paragraphs stand before it."""

    start: int
    end: int
    paragraph: int
    heading: bool


def _ends_sentence(text: str, match: re.Match[str], stop: int) -> bool:
    if match.group()[0] in "!?؟…۔":
        return True
    word = _WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    if word:
        before = word.group(1).lower()
        if before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha() and word.group(1).isupper()):
            following = _OPENS.match(text, match.end(), stop)
            # "in the U.S. The base": a capital after an abbreviation of states ends the sentence; a name after a
            # title does not.
            return before in {"u.s", "u.k", "u.n", "a.m", "p.m", "d.c"} and bool(
                following
                and following.group(1).isupper()
                and text[match.end() : match.end() + 40].lstrip().split(" ", 1)[0] in _STARTERS
            )
        if before.replace(".", "").isdigit() and not _OPENS.match(text, match.end(), stop):
            return True
    following = _OPENS.match(text, match.end(), stop)
    return following is None or not following.group(1).islower()


_STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "It",
        "This",
        "That",
        "These",
        "Those",
        "He",
        "She",
        "They",
        "But",
        "And",
        "However",
        "Its",
        "Their",
    ]
)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Places of the paragraphs: runs of text between line ends, white space at the ends left out."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        raw = match.group()
        stripped = raw.strip()
        if stripped:
            start = match.start() + raw.index(stripped)
            found.append((start, start + len(stripped)))
    return _joined_hard_wraps(text, found)


def _joined_hard_wraps(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines broken at a fixed width are one paragraph: long ones without a sentence's end, a small letter next."""
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined:
            before_start, before_end = joined[-1]
            gap = text[before_end:start]
            last_line = text[text.rfind("\n", 0, before_end) + 1 : before_end]
            if (
                gap.count("\n") == 1
                and 40 <= len(last_line) <= 120
                and text[before_end - 1] not in '.!?؟:"”»'
                and (text[start].islower() or text[before_end - 1] == ",")
            ):
                joined[-1] = (before_start, end)
                continue
        joined.append((start, end))
    return joined


def split(text: str) -> list[Sentence]:
    """The sentences of a text, in order."""
    sentences: list[Sentence] = []
    for number, (begin, stop) in enumerate(paragraphs(text)):
        pieces: list[tuple[int, int]] = []
        start = begin
        for match in _END.finditer(text, begin, stop):
            if match.end() >= stop or _ends_sentence(text, match, stop):
                pieces.append((start, match.end()))
                start = match.end()
                while start < stop and text[start].isspace():
                    start += 1
        if start < stop:
            pieces.append((start, stop))
        heading = (
            len(pieces) == 1
            and text[stop - 1] not in ".!?؟:;\"”»’'…)"
            and len(text[begin:stop].split()) <= 16
        )
        bounded = (part for piece in pieces for part in _bounded(text, *piece))
        sentences.extend(Sentence(a, b, number, heading) for a, b in bounded)
    return sentences


def _bounded(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """A sentence in parts of at most LONGEST signs, each but the last ending where a word does.

    What names stand in one sentence is weighed pair by pair: without a bound, a text of names without a full stop
    takes a time that grows with the cube of its length.
    """
    while stop - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        yield start, cut
        start = cut
        while start < stop and text[start].isspace():
            start += 1
    if start < stop:
        yield start, stop
