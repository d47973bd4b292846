"""The times that a sentence gives, with their precision kept: "since 2015" is a year, not a first of January.

Times are written as EDTF (ISO 8601-2): "2015", "2025-02", "2025-02-04", and "~" after one that is only
approximate. They say when a presence was held, never when it could be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import yaml

from mapdata.articles.months import MONTHS
from mapdata.model import Status
from mapdata.reading.folding import fold_in_place

_YEAR = r"(?:19[5-9]\d|20\d\d)"


@dataclass(frozen=True, slots=True)
class Time:
    """start, end: place in the text. edtf: the time. bound: "since", "until" or "" for at that time."""

    start: int
    end: int
    edtf: str
    bound: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    dates: re.Pattern[str]
    months: dict[str, int]
    ago: re.Pattern[str] | None
    units: dict[str, int]
    numbers: dict[str, int]
    last: dict[str, int]
    last_pattern: re.Pattern[str]
    weekdays: dict[str, int]
    weekday_pattern: re.Pattern[str]
    since: re.Pattern[str] | None
    until: re.Pattern[str] | None
    since_after: re.Pattern[str] | None
    until_after: re.Pattern[str] | None


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _edge(words: list[str], before: bool) -> re.Pattern[str] | None:
    """A pattern for words right before a date ("since the early 2015") or right after it ("2015'ten beri")."""
    if not words:
        return None
    listed = _either([fold_in_place(word) for word in words])
    if before:
        return re.compile(
            rf"(?<!\w)(?:{listed})\s+(?:the\s+|early\s+|late\s+|mid-?|عام\s+|سنه\s+|l'annee\s+)?$"
        )
    return re.compile(rf"^['’]?\w{{0,6}}\s+(?:yilindan\s+|yilina\s+)?(?:{listed})(?!\w)")


@cache
def _patterns(lang: str) -> _Patterns:
    data = yaml.safe_load(files("mapdata.reading").joinpath("rules/times.yaml").read_text(encoding="utf-8"))
    own = data.get(lang, data["en"])
    table = MONTHS.get(lang, MONTHS["en"])
    months = {
        word.replace("_", " "): number
        for number, names in enumerate(table, 1)
        for word in names.split()
        if len(word) > 2 or lang == "ar"
    }
    month = rf"(?P<month>{_either(list(months))})"
    ago = None
    if own.get("ago"):
        number = rf"(?P<number>\d{{1,2}}|{_either(list(own['numbers']))})"
        unit = rf"(?P<unit>{_either(list(own['units']))})"
        first = fold_in_place(own["ago"][0]).replace("{number}", number).replace("{unit}", unit)
        ago = re.compile(rf"(?<!\w)(?:{first})(?!\w)")
    fold_keys = {fold_in_place(key): value for key, value in own["last"].items()}
    weekdays = {fold_in_place(day): index for index, day in enumerate(own["weekdays"])}
    return _Patterns(
        dates=re.compile(
            rf"(?<!\w)(?:(?P<iso>{_YEAR}-\d\d-\d\d)"
            rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+)?{month}(?:['’]?\w{{0,4}})?(?:,?\s+(?P<year>{_YEAR}))?"
            rf"|{month.replace('?P<month>', '?P<month2>')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
            rf"(?:,?\s+(?P<year2>{_YEAR}))?"
            rf"|{month.replace('?P<month>', '?P<month3>')}(?:\s+of|,|\s+عام|\s+de)?\s+(?P<year3>{_YEAR})"
            rf"|(?P<year4>{_YEAR})(?:(?=\D)|$))(?!\d)"
        ),
        months=months,
        ago=ago,
        units=own["units"],
        numbers=own["numbers"],
        last=fold_keys,
        last_pattern=re.compile(rf"(?<!\w)(?:{_either(list(fold_keys))})(?!\w)"),
        weekdays=weekdays,
        weekday_pattern=re.compile(rf"(?<!\w)(?:{_either(list(weekdays))})(?!\w)"),
        since=_edge(own["since"], True),
        until=_edge(own["until"], True),
        since_after=_edge(own.get("since_after", []), False),
        until_after=_edge(own.get("until_after", []), False),
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_year(month: int, day: int | None, published: date | None) -> str | None:
    """A day or month without a year is the last one before the article came out; without that, nobody knows."""
    if published is None:
        return None
    for year in (published.year, published.year - 1):
        found = _day(year, month, day or 1)
        if found is not None and found <= published:
            return found.isoformat() if day else f"{year:04d}-{month:02d}"
    return None


def _edtf(match: re.Match[str], known: _Patterns, published: date | None) -> str | None:
    if match["iso"]:
        found = _day(*map(int, match["iso"].split("-")))
        return found.isoformat() if found else None
    if match["year4"]:
        return match["year4"]
    if match["year3"]:
        return f"{match['year3']}-{known.months[match['month3']]:02d}"
    month = known.months[match["month"] or match["month2"]]
    day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
    if year:
        found = _day(int(year), month, day)
        return found.isoformat() if found else None
    return _with_year(month, day, published)


def _bound(text: str, start: int, end: int, known: _Patterns) -> str:
    before, after = text[max(0, start - 24) : start], text[end : end + 34]
    for bound, pattern, where in (
        ("since", known.since, before),
        ("until", known.until, before),
        ("since", known.since_after, after),
        ("until", known.until_after, after),
    ):
        if pattern is not None and pattern.search(where):
            return bound
    return ""


def times(text: str, start: int, end: int, lang: str, published: date | None) -> list[Time]:
    """The times named in text[start:end], in the order of their places.

    Relative ones ("two months ago", "on Thursday", "last year") count from the day of publication; without
    one they are left out.
    """
    known = _patterns(lang)
    folded = fold_in_place(text[start:end])
    found: list[Time] = []
    for match in known.dates.finditer(folded):
        edtf = _edtf(match, known, published)
        if edtf:
            found.append(
                Time(
                    start + match.start(),
                    start + match.end(),
                    edtf,
                    _bound(folded, match.start(), match.end(), known),
                )
            )
    if published is not None:
        found += _relative(folded, start, known, published, found)
    return sorted(found, key=lambda time: time.start)


def _relative(folded: str, start: int, known: _Patterns, published: date, dated: list[Time]) -> list[Time]:
    found: list[Time] = []

    def add(match: re.Match[str], days: int, exact: bool) -> None:
        day = published - timedelta(days=days)
        edtf = day.isoformat() if exact else f"{day.year:04d}~" if days >= 365 else f"{day:%Y-%m}~"
        begin, stop = start + match.start(), start + match.end()
        if not any(time.start < stop and begin < time.end for time in dated):
            found.append(Time(begin, stop, edtf, _bound(folded, match.start(), match.end(), known)))

    if known.ago is not None:
        for match in known.ago.finditer(folded):
            number = known.numbers.get(match["number"]) or int(match["number"])
            unit = known.units[match["unit"]]
            add(match, number * unit, exact=unit == 1)
    for match in known.last_pattern.finditer(folded):
        add(match, known.last[match.group()], exact=known.last[match.group()] == 1)
    for match in known.weekday_pattern.finditer(folded):
        back = (published.weekday() - known.weekdays[match.group()]) % 7
        add(match, back, exact=True)
    return found


def held(found: list[Time], status: Status, begins: bool) -> tuple[str | None, str | None]:
    """(held_from, held_to) that the times of a clause give a presence.

    A bare time is the end of a former presence, and the beginning of an existing one only where the clause
    speaks of a beginning (`begins`).
    """
    held_from = next((time.edtf for time in found if time.bound == "since"), None)
    held_to = next((time.edtf for time in found if time.bound == "until"), None)
    bare = next((time.edtf for time in found if not time.bound), None)
    if status is Status.FORMER and held_to is None:
        held_to = bare
    elif status is Status.EXISTING and held_from is None and begins:
        held_from = bare
    if status in {Status.PROPOSED, Status.DENIED}:
        return None, None
    return held_from, held_to
