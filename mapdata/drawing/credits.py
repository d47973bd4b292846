"""Numbered sources, as the figure lists them."""

from __future__ import annotations

from dataclasses import dataclass

from mapdata.assessment.sentence import day_in_words
from mapdata.model import Evidence, Source
from mapdata.selection import Selection

NUMBERS_AT_A_SITE = 2


@dataclass(frozen=True, slots=True)
class Credit:
    """An article under its number. parts: the line in pieces, names from outside each in one of their own."""

    number: int
    parts: tuple[str, ...]


def numbered_sources(selection: Selection, most: int, longest: int) -> tuple[list[Credit], dict[str, str]]:
    """The articles behind what is drawn, newest first, and each site's numbers as ` [1, 2]`.

    longest: signs of a line, beyond which its title is cut. More than `most` end with a line that says how many
    are left out, and that the other files have them.
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
        Credit(numbers[source.id], (f"[{numbers[source.id]}] ", *source_parts(source, longest))) for source in kept
    ]
    if left_out:
        rest = len(ordered) - len(kept)
        credits.append(Credit(len(kept) + 1, (f"and {rest} more, which the .html and .csv files list",)))
    return credits, _numbers_by_site(shown, numbers, len(kept))


def source_parts(source: Source, longest: int) -> tuple[str, ...]:
    """Outlet, day and title ("Outlet", ", 4 February 2025: ", "Title"); what is not known is said to be unknown."""
    outlet = _shortened(source.outlet or "outlet unknown", longest // 2)
    day = day_in_words(source.published) if source.published else "undated"
    title = " ".join((source.title or "").split())
    if not title:
        return outlet, f", {day}"
    return outlet, f", {day}: ", _shortened(title, longest - len(outlet) - len(day) - 9)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


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
