"""The day that a text gives for the report it credits: an EDTF string as an interval of days."""

from __future__ import annotations

import calendar
import re
from datetime import date

_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)")
_DECADE = re.compile(r"(\d{3})X[~?%]?")


def interval(edtf: str | None) -> tuple[date, date] | None:
    """First and last day of an EDTF date of day, month, year or decade ("199X") precision; None for anything else.

    >>> interval("2025-02")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    if (decade := _DECADE.fullmatch(edtf or "")) and decade[1] != "000":
        return date(int(decade[1] + "0"), 1, 1), date(int(decade[1] + "9"), 12, 31)
    match = _EDTF.fullmatch(edtf or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    first, last = month or 1, month or 12
    try:
        end = day or calendar.monthrange(year, last)[1]
        return date(year, first, day or 1), date(year, last, end)
    except ValueError:
        return None


def exact(edtf: str | None) -> date | None:
    """The day, where the string gives one without a doubt."""
    days = interval(edtf)
    return days[0] if days and days[0] == days[1] and edtf and edtf[-1].isdigit() else None
