"""The times that a sentence gives, with their precision kept: "since 2015" is a year, not a first of January.

Times are written as EDTF (ISO 8601-2): "2015", "2025-02", "2025-02-04", and "~" after one that is only
approximate. They say when a presence was held, never when it could be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from mapdata.articles.months import MONTHS
from mapdata.model import Status
from mapdata.reading.folding import fold_in_place
from mapdata.reading.spotting import Spotter
from mapdata.reading.view import View

_MONTH, _YEAR_DAYS = 30, 365
# Yesterday is a day; last week is some day of it.
_EXACT = frozenset({0, 1, 2})
# How long a thing has lasted ("for two years") is no time at which it ended, and no term of a lease.
LASTING = "lasting"
_TERM_BEFORE = 30
# A time that stands so many words from a verb of saying is that of what was said.
_OF_A_CREDIT = 3
# A verb of coming or going says which end of a presence a time is that stands within so many signs of it.
_VERB_BEFORE, _VERB_AFTER = 60, 40
# Of two verbs as near as each other the one before the time has it.
_AFTER_COSTS = 6
_DIGIT = re.compile(r"\d")
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
    ago: tuple[re.Pattern[str], ...]
    units: dict[str, int]
    numbers: dict[str, int]
    last: dict[str, int | str]
    last_pattern: re.Pattern[str]
    weekdays: dict[str, int]
    weekday_pattern: re.Pattern[str]
    since: re.Pattern[str] | None
    until: re.Pattern[str] | None
    since_after: re.Pattern[str] | None
    until_after: re.Pattern[str] | None
    month: re.Pattern[str]
    lasting: tuple[re.Pattern[str], ...]
    terms: re.Pattern[str]
    decade: re.Pattern[str] | None
    spans: tuple[re.Pattern[str], ...]
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    spotter: Spotter


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _edge(words: list[str], before: bool) -> re.Pattern[str] | None:
    """A pattern for words right before a date ("since the early 2015") or right after it ("2015'ten beri")."""
    if not words:
        return None
    listed = _either([fold_in_place(word) for word in words])
    if before:
        return re.compile(
            rf"(?<!\w)(?:{listed})\s+(?:the\s+|early\s+|late\s+|last\s+|year\s+|mid-?|عام\s+|سنه\s+|l'annee\s+)?$"
        )
    return re.compile(rf"^['’]?\w{{0,6}}\s+(?:yilindan\s+|yilina\s+)?(?:{listed})(?!\w)")


def _counted(phrases: list[str], own: dict[str, Any]) -> tuple[re.Pattern[str], ...]:
    """Phrases with a {number} and a {unit} ("{number} {unit} ago")."""
    number = rf"(?P<number>\d{{1,3}}|{_either([fold_in_place(word) for word in own['numbers']])})"
    unit = rf"(?P<unit>{_either([fold_in_place(word) for word in own['units']])})"
    return tuple(
        re.compile(rf"(?<!\w)(?:{fold_in_place(phrase).replace('{number}', number).replace('{unit}', unit)})(?!\w)")
        for phrase in phrases
    )


def _stems(words: list[str]) -> re.Pattern[str]:
    listed = "|".join(
        re.escape(fold_in_place(word.rstrip("*"))) + (r"\w*" if word.endswith("*") else "") for word in words
    )
    return re.compile(rf"(?<!\w)[وف]?(?:{listed})(?!\w)")


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
        ago=_counted(own.get("ago", []), own),
        lasting=_counted(own.get("lasting", []), own),
        terms=_stems(own["terms"]),
        units={fold_in_place(word): days for word, days in own["units"].items()},
        numbers={fold_in_place(word): number for word, number in own["numbers"].items()},
        last=fold_keys,
        last_pattern=re.compile(rf"(?<!\w)(?:{_either(list(fold_keys))})(?!\w)"),
        weekdays=weekdays,
        weekday_pattern=re.compile(rf"(?<!\w)(?:{_either(list(weekdays))})(?!\w)"),
        since=_edge(own["since"], True),
        until=_edge(own["until"], True),
        since_after=_edge(own.get("since_after", []), False),
        until_after=_edge(own.get("until_after", []), False),
        month=re.compile(
            rf"(?<!\w)(?:{_either([fold_in_place(word) for word in own['before_month']])})\s+{month}"
            rf"(?!\w|['’]?\w{{0,4}}\s+(?:of\s+|de\s+|عام\s+)?(?:{_YEAR}|\d))"
            if own["before_month"]
            else rf"(?<!\w)(?<!\d\s){month}(?:['’]?\w{{0,4}})?(?!\w|\s+(?:{_YEAR}|\d))"
        ),
        decade=re.compile(own["decade"]) if own.get("decade") else None,
        spans=tuple(re.compile(span.replace("YEAR", _YEAR)) for span in own.get("spans", [])),
        begins=_stems(own["begins"]),
        ends=_stems(own["ends"]),
        spotter=Spotter({"counted": own["units"], "last": fold_keys, "month": months, "weekday": weekdays}),
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
    return _bound_by_verb(text, start, end, known)


def _bound_by_verb(text: str, start: int, end: int, known: _Patterns) -> str:
    """ "Arrived in June" begins a presence, "left in June" ends one: by the nearest such verb of the clause."""
    low = max(0, start - _VERB_BEFORE)
    before, after = text[low:start], text[end : end + _VERB_AFTER]
    before = before[max(before.rfind(sign) for sign in ",;:،؛—(") + 1 :]
    after = re.split("[,;:،؛—)]", after, maxsplit=1)[0]
    nearest: list[tuple[int, str]] = []
    for bound, pattern in (("since", known.begins), ("end", known.ends)):
        nearest += [(len(before) - match.end(), bound) for match in pattern.finditer(before)]
        nearest += [(match.start() + _AFTER_COSTS, bound) for match in pattern.finditer(after)]
    return "since" if nearest and min(nearest)[1] == "since" else ""


def times(text: str, start: int, end: int, lang: str, published: date | None) -> list[Time]:
    """The times named in text[start:end], in the order of their places.

    Relative ones ("two months ago", "on Thursday", "last year") count from the day of publication; without
    one they are left out.
    """
    return list(_times(text, start, end, lang, published))


@lru_cache(maxsize=256)
def _times(text: str, start: int, end: int, lang: str, published: date | None) -> tuple[Time, ...]:
    """Kept for a while: several claims stand in one sentence."""
    known = _patterns(lang)
    folded = fold_in_place(text[start:end])
    found = _spans(folded, start, known)
    for match in known.dates.finditer(folded) if _DIGIT.search(folded) else ():
        edtf = _edtf(match, known, published)
        if edtf and not any(time.start <= start + match.start() < time.end for time in found):
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
    return tuple(sorted(found, key=lambda time: time.start))


def _spans(folded: str, start: int, known: _Patterns) -> list[Time]:
    """ "Between 2002 and 2015": a time from which, and one until which; "the 1970s": a decade."""
    found: list[Time] = []
    for span in known.spans:
        for match in span.finditer(folded):
            for group, bound in (("first", "since"), ("last", "until")):
                found.append(Time(start + match.start(group), start + match.end(group), match[group], bound))
    if known.decade is not None:
        for match in known.decade.finditer(folded):
            bound = _bound(folded, match.start(), match.end(), known)
            found.append(Time(start + match.start(), start + match.end(), f"{match['decade']}X", bound))
    return found


def _relative(folded: str, start: int, known: _Patterns, published: date, dated: list[Time]) -> list[Time]:
    found: list[Time] = []

    def add(begin: int, stop: int, edtf: str | None, bound: str | None = None) -> None:
        if not edtf or any(time.start < start + stop and start + begin < time.end for time in (*dated, *found)):
            return
        bound = _bound(folded, begin, stop, known) if bound is None else bound
        found.append(Time(start + begin, start + stop, edtf, bound))

    near = known.spotter.kinds(folded)
    counted = "counted" in near
    for pattern in known.lasting if counted else ():
        for match in pattern.finditer(folded):
            if not known.terms.search(folded, max(0, match.start() - _TERM_BEFORE), match.start()):
                back = _back(published, _number(match, known), known.units[match["unit"]])
                add(*match.span(), back, LASTING)
    for pattern in known.ago if counted else ():
        for match in pattern.finditer(folded):
            add(*match.span(), _back(published, _number(match, known), known.units[match["unit"]]))
    for match in known.last_pattern.finditer(folded) if "last" in near else ():
        back = known.last[match.group()]
        current = {"month": f"{published:%Y-%m}", "year": f"{published.year:04d}"}
        add(*match.span(), current[back] if isinstance(back, str) else _ago(published, back))
    for match in known.month.finditer(folded) if "month" in near else ():
        add(match.start("month"), match.end(), _with_year(known.months[match["month"]], None, published))
    for match in known.weekday_pattern.finditer(folded) if "weekday" in near else ():
        back = (published.weekday() - known.weekdays[match.group()]) % 7
        add(*match.span(), (published - timedelta(days=back)).isoformat())
    return found


def _number(match: re.Match[str], known: _Patterns) -> int:
    return known.numbers.get(match["number"]) or int(match["number"])


def _ago(published: date, days: int) -> str:
    """So many days back, as exact as the unit that they were counted in: days, months, years."""
    if days < _MONTH:
        day = published - timedelta(days=days)
        return day.isoformat() if days in _EXACT else f"{day:%Y-%m}~"
    unit = _YEAR_DAYS if days >= _YEAR_DAYS else _MONTH
    return _back(published, days // unit, unit) or f"{published.year:04d}~"


def _back(published: date, number: int, unit: int) -> str | None:
    """`number` units of so many days before a day, by the calendar. Weeks and months give a month, years a year."""
    if unit < _MONTH:
        day = published - timedelta(days=number * unit)
        return day.isoformat() if unit == 1 else f"{day:%Y-%m}~"
    if unit < _YEAR_DAYS:
        months = published.year * 12 + published.month - 1 - number * (unit // _MONTH)
        return f"{months // 12:04d}-{months % 12 + 1:02d}~"
    year = published.year - number * (unit // _YEAR_DAYS)
    return f"{year:04d}~" if year > 0 else None


def held_in(view: View, place: int, status: Status, lang: str, published: date | None) -> tuple[str | None, str | None]:
    """(held_from, held_to) of a presence named at `place`: the times of its clause, else of its whole sentence, the
    nearest first; credits ("on Monday, X said") left out."""
    said = [cue.start for cue in view.of("speech")]
    found = [
        time
        for time in times(view.text, view.sentence.start, view.sentence.end, lang, published)
        if time.bound or not any(view.distance(time.start, verb) <= _OF_A_CREDIT for verb in said)
    ]
    begins = bool(view.of("built", "build"))
    near = [time for time in found if view.breaks_between(time.start, place) == 0]
    clause = held(near, status, begins)
    return clause if any(clause) else held(sorted(found, key=lambda time: abs(time.start - place)), status, begins)


def held(found: list[Time], status: Status, begins: bool) -> tuple[str | None, str | None]:
    """(held_from, held_to) that the times of a clause give a presence.

    A bare time is the end of a former presence, and the beginning of an existing one only where the clause
    speaks of a beginning (`begins`).
    """
    if status in {Status.PROPOSED, Status.DENIED}:
        return None, None
    held_from = next((time.edtf for time in found if time.bound == "since"), None)
    held_to = next((time.edtf for time in found if time.bound == "until"), None)
    bare = next((time.edtf for time in found if not time.bound), None)
    if status is Status.FORMER and held_to is None:
        held_to = bare
    elif status is Status.EXISTING and held_from is None:
        lasting = next((time.edtf for time in found if time.bound == LASTING), None)
        held_from = lasting or (bare if begins else None)
    if status is Status.EXISTING:
        # What is there has not ended: "until 2044" is the term of a lease.
        held_to = None
    return held_from, held_to
