"""The theatre as the page knows it: sites and actors with their words, numbered for the rows of symbols.

The page gets it once, as a file (see `assets`); symbols then come as numbers. Everything here is data for
`textContent`: nothing is HTML.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from mapdata.drawing import palette, pill
from mapdata.drawing.shapes import label_point
from mapdata.model import Gazetteer, Site, SiteKind, Status

SOFT_KINDS = frozenset({SiteKind.TOWN})
"""Kinds whose point says no more than a name: drawn less exact than a base."""

SOFT_METRES = 3000
"""A point that may be off by this much or more is drawn less exact, whatever its kind."""

_VAGUE_METRES = 40_000
"""The radius that a region without an `area` is drawn with."""

_KIND_WORDS = (
    "military airport",
    "air base",
    "airbase",
    "airport",
    "airfield",
    "naval base",
    "military base",
    "base",
)

_LONG = 20


def drawn_sites(gazetteer: Gazetteer) -> tuple[Site, ...]:
    """The sites that the map draws, in the order that rows count in: those with a point or an area.

    A country is no point: what is said of it as a whole stands in a list beside the map.
    """
    return tuple(
        site
        for site in gazetteer.sites.values()
        if site.kind is not SiteKind.COUNTRY and (site.area or (site.lat is not None and site.lon is not None))
    )


def words(gazetteer: Gazetteer) -> dict[str, Any]:
    """What the page needs of a gazetteer, as JSON: lists in the order that rows count in.

    A site: id, name, short label, label in the local script, kind, lon, lat (of the label for an area),
    whether its place is soft, ring of [lon, lat] or null, radius in metres of an area without a ring.
    """
    sites = drawn_sites(gazetteer)
    return {
        "bounds": list(gazetteer.theatre.bounds),
        "kinds": [kind.value for kind in SiteKind],
        "statuses": [status.value for status in Status],
        "colours": [pill.tones(colour) for colour in (*palette.COLOURS, palette.NEUTRAL)],
        "pill": pill.GEOMETRY,
        "countries": sorted(theatre_countries(gazetteer)),
        "actors": [
            [actor.id, actor.code, pill.text_width(actor.code), actor.name] for actor in gazetteer.actors.values()
        ],
        "sites": [_site(site, gazetteer, label) for site, label in zip(sites, labels(sites), strict=True)],
    }


def theatre_countries(gazetteer: Gazetteer) -> set[str]:
    """ISO 3166-1 alpha-2 of the countries that the theatre is about: with a tenth of its sites or more."""
    counts = Counter(site.country for site in gazetteer.sites.values() if site.country)
    total = sum(counts.values())
    return {country for country, count in counts.items() if count * 10 >= total}


def labels(sites: Sequence[Site]) -> list[str]:
    """The short label of each site; those that would be labelled the same keep the word for their kind."""
    short = [short_label(site.name) for site in sites]
    shared = Counter(short)
    return [
        without_brackets(site.name) if shared[label] > 1 else label for site, label in zip(sites, short, strict=True)
    ]


def _site(site: Site, gazetteer: Gazetteer, label: str) -> list[Any]:
    region = site.kind is SiteKind.REGION
    if region and site.area:
        lon, lat = label_point(site.area)
    elif site.lat is not None and site.lon is not None:
        lon, lat = site.lon, site.lat
    else:
        lon, lat = label_point(site.area)
    off = site.precision_m or 0
    return [
        site.id,
        site.name,
        label,
        local_name(site, gazetteer.theatre.languages),
        site.kind.value,
        round(lon, 5),
        round(lat, 5),
        int(site.kind in SOFT_KINDS or off >= SOFT_METRES),
        [[round(x, 4), round(y, 4)] for x, y in site.area] if region and site.area else None,
        max(off, _VAGUE_METRES) if region else 0,
    ]


def short_label(name: str) -> str:
    """The name without what the map need not say: a closing word for its kind, which the glyph says ("Shayrat
    Air Base" is "Shayrat"), and a second name in brackets where that makes it long."""
    name = without_brackets(name)
    folded = name.casefold()
    for word in _KIND_WORDS:
        if folded.endswith(" " + word):
            return name[: -len(word)].rstrip(" ,-–")
    return name


def without_brackets(name: str) -> str:
    """The name without a second one in brackets at its end, where that makes it long."""
    return name[: name.index(" (")] if len(name) > _LONG and name.endswith(")") and " (" in name else name


def local_name(site: Site, languages: tuple[str, ...]) -> str:
    """The site's first name in the first of the theatre's languages that is not written in Latin letters."""
    for language in languages:
        for name in site.names.get(language, ())[:1]:
            if not is_latin(name):
                return name
    return ""


def is_latin(text: str) -> bool:
    """Whether all letters of a text are Latin ones."""
    letters = [sign for sign in text if sign.isalpha()]
    return all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters)
