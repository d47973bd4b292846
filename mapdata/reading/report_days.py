"""The day that a sentence gives for the report it credits: "On February 4, X reported", "two months ago X cited"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from mapdata.articles.months import MONTHS
from mapdata.reading.view import View
from mapdata.reading.when import times

# So many words may stand between the outlet's name and the time: "told X on Saturday", "X reported early on Monday".
_AFTER = 5
_BEFORE = 6
# Between an outlet and the time of its report nothing else begins.
_PARTED = re.compile(r"[,;:]\s|\b(?:that|who|which|when|had|has|have|were|was|que|qui|что|который)\s|\s(?:أن|إن|بأن)\s")


@cache
def _months(lang: str) -> tuple[re.Pattern[str], dict[str, int]]:
    numbers = {
        word.replace("_", " "): number
        for number, names in enumerate(MONTHS.get(lang, MONTHS["en"]), 1)
        for word in names.split()
        if len(word) > 3 or lang == "ar"
    }
    listed = "|".join(re.escape(word) for word in sorted(numbers, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)"), numbers


def report_day(view: View, outlet: tuple[int, int], lang: str, published: date | None) -> str | None:
    """The time of the report as EDTF, where the sentence gives one right beside the outlet's name (a span).

    None without one. A month without a year is the last one that was over, or running, when the article came out.
    """
    sentence = view.sentence
    found = [
        (time.start, time.end, time.edtf)
        for time in times(view.text, sentence.start, sentence.end, lang, published)
        if not time.bound
    ]
    found += [
        month
        for month in _bare_months(view, lang, published)
        if not any(start < month[1] and month[0] < end for start, end, _ in found)
    ]
    near: list[tuple[int, str]] = []
    for start, end, edtf in found:
        if end <= outlet[0]:
            gap, reach = view.text[end : outlet[0]], _BEFORE
            # "Two months ago, X cited": a comma after an opening time parts nothing.
            if not view.text[sentence.start : start].strip(" \"“«'") or view.distance(sentence.start, start) <= 3:
                gap = gap.replace(",", " ", 1)
        else:
            gap, reach = view.text[outlet[1] : start], _AFTER
        words = view.distance(min(end, outlet[1]), max(start, outlet[0]))
        if words <= reach and not _PARTED.search(gap + " "):
            near.append((words, edtf))
    return min(near)[1] if near else None


def _bare_months(view: View, lang: str, published: date | None) -> list[tuple[int, int, str]]:
    if published is None:
        return []
    pattern, numbers = _months(lang)
    begin = view.sentence.start
    folded = view.folded[begin : view.sentence.end]
    return [
        (begin + match.start(), begin + match.end(), f"{year:04d}-{number:02d}")
        for match in pattern.finditer(folded)
        for number in (numbers[match.group()],)
        for year in (published.year - (number > published.month),)
        if view.text[begin + match.start()].isupper() or lang not in {"en", "tr"}
    ]
