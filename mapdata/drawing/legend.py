"""Words around the still map: title, filters, the countries of the legend."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from mapdata.assessment.sentence import day_in_words
from mapdata.layers import country_wide_symbols
from mapdata.model import Gazetteer, Status
from mapdata.selection import Selection


@dataclass(frozen=True, slots=True)
class LegendRow:
    """country: code of a layer, None for actors without a state. count: of symbols."""

    country: str | None
    name: str
    count: int


def title_of(gazetteer: Gazetteer) -> str:
    return f"Reported military presence: {gazetteer.theatre.name}"


def filter_words(selection: Selection, gazetteer: Gazetteer) -> str:
    """ "As of 9 February 2025 · Türkiye only · 26 of 214 claims · 9 origins"."""
    filters = selection.filters
    parts = [f"as of {day_in_words(selection.as_of)}"]
    if filters.from_day:
        parts.append(f"published from {day_in_words(filters.from_day)}")
    if filters.to_day:
        parts.append(f"published to {day_in_words(filters.to_day)}")
    names = [
        ("actors", [gazetteer.actors[a].name if a in gazetteer.actors else a for a in filters.actors]),
        ("countries", [country_name(code, gazetteer) for code in filters.countries]),
        ("statuses", [status.value for status in Status if status in filters.statuses]),
        ("sites", [gazetteer.sites[s].name if s in gazetteer.sites else s for s in filters.sites]),
    ]
    for word, chosen in names:
        if chosen:
            listed = chosen if word == "statuses" else sorted(chosen)
            parts.append(f"{word}: {', '.join(listed)}")
    if filters.min_origins > 1:
        parts.append(f"at least {filters.min_origins} origins")
    if filters.recent is not None:
        parts.append(f"at most {filters.recent} days old")
    if filters.reviewed:
        parts.append("reviewed only")
    parts.append(f"{selection.claims} of {selection.total} claims")
    parts.append("1 origin" if selection.origins == 1 else f"{selection.origins} origins")
    if selection.undated:
        parts.append(f"{selection.undated} undated")
    return " · ".join(parts)


def country_rows(selection: Selection, gazetteer: Gazetteer) -> list[LegendRow]:
    """The layers that have a symbol, the largest first, those without a state last."""
    counts: dict[str | None, int] = {}
    for symbol in selection.symbols:
        counts[symbol.country] = counts.get(symbol.country, 0) + 1
    ordered = sorted(counts, key=lambda code: (code is None, -counts[code], code or ""))
    return [LegendRow(code, country_name(code, gazetteer), counts[code]) for code in ordered]


def country_wide_words(selection: Selection, gazetteer: Gazetteer) -> list[str]:
    """What is current or contested of countries as a whole: they are no point on the map."""
    return [
        f"{gazetteer.actors[s.actor].name if s.actor in gazetteer.actors else s.actor} "
        f"in {gazetteer.sites[s.site].name}: {s.status.value}" + (", contested" if s.contested else "")
        for s in country_wide_symbols(selection.assessments, gazetteer, selection.filters)
    ]


def country_name(code: str | None, gazetteer: Gazetteer) -> str:
    """The name of a layer: that of the state in the gazetteer, else the one that the CLDR gives it."""
    if code is None or code == "none":
        return "no state"
    for actor in gazetteer.actors.values():
        if actor.kind.value == "state" and actor.country == code:
            return actor.name
    return Locale("en").territories.get(code, code)
