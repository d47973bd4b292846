"""The day of publication: what metadata write, what an address holds, what a dateline says.

A day is found whole or not at all: no year is supplied, no first of the month made up, and a day that a
sentence of the story mentions ("since 8 December 2024") is no day of publication. Numbers apart by slashes
or hyphens count only where one of them cannot be a month (25/02/2025); apart by dots they are day, month
and year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from mapdata.articles.months import AGENCY_LABELS, DAY_LABELS, MONTHS, NOT_A_PLACE, PARTICLES, WEEKDAYS

EARLIEST = date(1990, 1, 1)  # of days that are guessed from an address or a text
_HEAD = 300  # signs of a text in which a dateline may start
_LONGEST_LINE = 140  # of a line that is a date and little else
_LONGEST_PLACE = 60  # signs before the date in a dateline

_LETTERS = str.maketrans({"ı": "i", "İ": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ـ": None, "’": "'"})
_MARK = re.compile(
    r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
_DIGIT = re.compile(r"[^\D0-9]")


def fold(text: str) -> str:
    """Lower case without accents, one alef, ASCII digits: the form that the tables of names are in."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS).lower())
    return _DIGIT.sub(lambda digit: str(int(digit[0])), _MARK.sub("", bare))


def _names() -> dict[str, int]:
    return {
        name.replace("_", " "): number
        for months in MONTHS.values()
        for number, names in enumerate(months, start=1)
        for name in names.split()
    }


_MONTH_OF = _names()


def _any(words: list[str]) -> str:
    longest_first = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"


_MONTH = _any(list(_MONTH_OF)) + r"(?![^\W\d_])\.?"
_WEEKDAY = _any([name for names in WEEKDAYS for name in names.split()]) + r"(?![^\W\d_])\.?"
_YEAR = r"(?<!\d)(?:19|20|21)\d\d(?!\d)"
_DAY = r"(?<!\d)\d{1,2}(?!\d)"

# The forms of a whole date, on folded text.
_DATE = re.compile(
    rf"""
      (?P<y1>{_YEAR})(?P<sep1>[-/.])(?P<m1>\d{{1,2}})(?P=sep1)(?P<d1>\d{{1,2}})(?!\d)     # 2025-02-04
    | (?P<d2>{_DAY})(?:st|nd|rd|th|er|\.)?\s*[-\s]\s*(?:of\s+|de\s+|من\s+)?
        (?P<m2>{_MONTH})(?:\s*[/(]\s*{_MONTH}\s*\)?)?\s*[-,،\s]?\s*(?P<y2>{_YEAR})        # 4 February 2025
    | (?P<m3>{_MONTH})\s+(?P<d3>{_DAY})(?:st|nd|rd|th)?\s*[,،]?\s*(?P<y3>{_YEAR})         # February 4, 2025
    | (?P<a4>{_DAY})(?P<sep4>[-/.])(?P<b4>\d{{1,2}})(?P=sep4)(?P<y4>{_YEAR})              # 04.02.2025
    """,
    re.VERBOSE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t\d{2,6}(?:\.\d+)?z?)?")
_TIME = r"(?:[t,|\s–—-]|at\b|a\b|saat\b|в\b|الساعه\b|الساعة\b)*\d{1,2}\s?[:h.]\s?\d{2}[^\n]{0,40}"
_BEFORE = re.compile(rf"(?:{_WEEKDAY}[,،]?\s+)?(?:le\s+)?")
_AFTER = re.compile(rf"(?:{_TIME}|\s*г(?:ода|\.)?|\s*z)?\s*\.?")


def _whole(found: re.Match[str]) -> date | None:
    """The day that a match of _DATE names, None where there is no such day or two ways to read it."""
    if found["y1"]:
        year, month, day = int(found["y1"]), int(found["m1"]), int(found["d1"])
    elif found["y2"]:
        year, month, day = int(found["y2"]), _month(found["m2"]), int(found["d2"])
    elif found["y3"]:
        year, month, day = int(found["y3"]), _month(found["m3"]), int(found["d3"])
    else:
        year, day, month = int(found["y4"]), int(found["a4"]), int(found["b4"])
        if found["sep4"] != ".":
            if day <= 12 and month <= 12 and day != month:
                return None
            if month > 12:
                day, month = month, day
    return _valid(year, month, day)


def _month(name: str) -> int:
    return _MONTH_OF[" ".join(name.rstrip(".").split())]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_day(value: str) -> date | None:
    """The day that a value of metadata says, as written if it has a time zone; None if it is no date."""
    text = fold(value[:200]).strip()
    if compact := _COMPACT.fullmatch(text):
        day = _valid(int(compact[1]), int(compact[2]), int(compact[3]))
        return day if day and day.year >= 1900 else None
    before = _BEFORE.match(text)
    found = _DATE.match(text, before.end() if before else 0)
    return _whole(found) if found and _AFTER.fullmatch(text, found.end()) else None


# --- in an address -------------------------------------------------------------------------------------

_IN_PATH = (
    re.compile(r"/(?P<y>\d{4})/(?P<m>\d{1,2}|[a-z]{3,9})/(?P<d>\d{1,2})(?=[/_-]|$)"),
    re.compile(r"/(?P<y>\d{4})-(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=[/_-]|$)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)"),
)


def day_of_address(url: str, today: date) -> date | None:
    """The day in the path of an address (/2025/02/04/, /2025/feb/04/, 2025-02-04, 20250204).

    None where there is none between 1990 and `today`, or where one form gives two different days.
    """
    path = urlsplit(url).path.lower()
    for form in _IN_PATH:
        days = set()
        for found in form.finditer(path):
            month = int(found["m"]) if found["m"].isdigit() else _MONTH_OF.get(found["m"], 0)
            day = _valid(int(found["y"]), month, int(found["d"]))
            if day and EARLIEST <= day <= today:
                days.add(day)
        if days:
            return days.pop() if len(days) == 1 else None
    return None


# --- in a text -----------------------------------------------------------------------------------------

_LABEL = re.compile(rf"[(\[]?\s*{_any(list(DAY_LABELS))}(?![^\W\d_])\s*[:|–—-]?\s*")
_CREDIT = re.compile(rf"{_any(list(AGENCY_LABELS))}(?![^\W\d_])\s*:?\s*")
_SEPARATOR = re.compile(r"[,،|/–—•·(:-]\s*$")
# What closes an inline dateline: "(Agency) -", "- Agency -", " |", " —".
_CLOSING = re.compile(
    r"\s*(?:\([^()\n]{2,40}\)|[,/،]\s*[^.\n–—-]{2,30}(?=\s*[–—-]))?\s*[)\]]?\s*(?:[|–—:]|-\s|--)"
)
_AGENCY = re.compile(r"\s*\([^()\n]{2,40}\)")
_YEAR_IN = re.compile(r"\d{4}")  # a line without four digits has no date
_WORDS = re.compile(r"[^\W\d_]+")


def day_of_text(text: str, today: date) -> date | None:
    """The day of a dateline or of a line of its own, at the head of a text or in its last line, else None.

    Only whole dates, between 1990 and `today`. A labelled day ("Published: …") goes before others.
    """
    lines = list(_candidate_lines(text))
    for rule in (_labelled, _alone, _dateline):
        for line in lines:
            day = rule(line)
            if day and EARLIEST <= day <= today:
                return day
    return None


def _candidate_lines(text: str) -> Iterator[str]:
    """The lines that start in the head, then the last; each cut to what a dateline can reach."""
    body = text.lstrip()
    last_at = body.rstrip().rfind("\n") + 1
    at = 0
    while at < min(_HEAD, len(body)):
        end = body.find("\n", at)
        end = len(body) if end < 0 else end
        line = body[at : min(end, at + 400)].strip(" \t*_>")
        if _YEAR_IN.search(line):
            yield line
        at = end + 1
    if last_at >= at and _YEAR_IN.search(line := body[last_at : last_at + 400].strip(" \t*_>\n")):
        yield line


def _labelled(line: str) -> date | None:
    text = fold(line)
    label = _LABEL.match(text)
    if label is None or len(line) > _LONGEST_LINE or line.rstrip().endswith((".", "؟", "?")):
        return None
    found = _DATE.match(text, _BEFORE.match(text, label.end()).end())
    return _whole(found) if found else None


def _alone(line: str) -> date | None:
    """A line that is a date, with at most a place, an outlet or a name before it and a time after it."""
    if len(line) > _LONGEST_LINE or line.startswith("#"):
        return None
    text = fold(line.strip("()[] "))
    found = next(_DATE.finditer(text), None)
    if found is None or not (_AFTER.fullmatch(text, found.end()) or _AGENCY.fullmatch(text, found.end())):
        return None
    return _whole(found) if _is_place(line.strip("()[] "), text[: found.start()], alone=True) else None


def _dateline(line: str) -> date | None:
    """A date behind a place at the start of a paragraph, closed by an agency in brackets or by a dash."""
    text = fold(line)
    found = next(_DATE.finditer(text, 0, _LONGEST_PLACE + 40), None)
    if found is None or not (_CLOSING.match(text, found.end()) or _AGENCY.match(text, found.end())):
        return None
    return _whole(found) if _is_place(line, text[: found.start()], alone=False) else None


def _is_place(line: str, before: str, *, alone: bool) -> bool:
    """Whether the words before a date are a place, an outlet or a name, and no beginning of a sentence.

    In scripts with capitals all but particles have one; in Arabic they are few. They end with a separator.
    """
    before = re.sub(rf"{_WEEKDAY}[,،]?\s*$|\ble\s+$", "", before).rstrip()
    if not before:
        return alone
    if len(before) > _LONGEST_PLACE or not _SEPARATOR.search(before) or re.search(r"[.!?؟;]\s", before):
        return False
    if alone and _CREDIT.match(before):
        return True
    folded = _WORDS.findall(before)
    if not folded or folded[0] in NOT_A_PLACE:
        return False
    words = _WORDS.findall(line)[: len(folded)]
    if any(word[0].islower() or word[0].isupper() for word in words):
        return all(not word[0].islower() or fold(word) in PARTICLES for word in words)
    return len(words) <= 4
