"""Numbered sources, as the figure and the offline page list them."""

from __future__ import annotations

from dataclasses import dataclass

from mapdata.assessment.sentence import day_in_words
from mapdata.model import Evidence, Source
from mapdata.selection import Selection

NUMBERS_AT_A_SITE = 2
LTR_MARK = "\u200e"


@dataclass(frozen=True, slots=True)
class Credit:
    """An article under its number: as one line of text."""

    number: int
    source: Source | None
    line: str


def numbered_sources(selection: Selection, most: int) -> tuple[list[Credit], dict[str, str]]:
    """The articles behind what is drawn, newest first, and each site's numbers as ` [1, 2]`.

    More than `most` end with a line that says how many are left out, and that the other files have them.
    """
    drawn = {(symbol.site, symbol.actor, symbol.status) for symbol in selection.symbols}
    shown = [item for item in selection.evidence if (item.claim.site, item.claim.actor, item.claim.status) in drawn]
    shown += selection.country_wide
    articles = {item.source.id: item.source for item in shown}
    ordered = sorted(articles.values(), key=lambda source: source.id)
    ordered.sort(key=lambda source: source.published.toordinal() if source.published else 0, reverse=True)
    numbers = {source.id: number for number, source in enumerate(ordered, 1)}
    left_out = max(0, len(ordered) - most)
    kept = ordered[: most - 1] if left_out else ordered
    credits = [
        Credit(numbers[source.id], source, f"{LTR_MARK}[{numbers[source.id]}] {source_words(source)}")
        for source in kept
    ]
    if left_out:
        rest = len(ordered) - len(kept)
        credits.append(Credit(len(kept) + 1, None, f"and {rest} more, which the .html and .csv files list"))
    return credits, _numbers_by_site(shown, numbers, len(kept))


def source_words(source: Source) -> str:
    """ "Outlet, 4 February 2025: Title"; what is not known is said to be unknown."""
    outlet = source.outlet or "outlet unknown"
    day = day_in_words(source.published) if source.published else "undated"
    title = " ".join((source.title or "").split())
    # The marks keep the line in order, left to right, around names in Arabic or Hebrew.
    words = f"{outlet}{LTR_MARK}, {day}"
    return f"{words}: {title}{LTR_MARK}" if title else words


def _numbers_by_site(shown: list[Evidence], numbers: dict[str, int], kept: int) -> dict[str, str]:
    by_site: dict[str, set[int]] = {}
    for item in shown:
        by_site.setdefault(item.claim.site, set()).add(numbers[item.source.id])
    notes = {}
    for site, its in by_site.items():
        listed = [number for number in sorted(its) if number <= kept]
        few = [str(number) for number in listed[:NUMBERS_AT_A_SITE]]
        more = ["…"] if len(its) > len(few) else []
        notes[site] = f" [{', '.join(few + more)}]"
    return notes
