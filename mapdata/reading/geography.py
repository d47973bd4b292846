"""What the gazetteer's points say: which base a description fits, and which site lies in which.

Everything is worked out from names, kinds and points alone, so that a gazetteer with no more than the
required keys is read the same way; `near` and `within` add what points cannot tell.
"""

from __future__ import annotations

import itertools
from math import asin, cos, radians, sin, sqrt

from mapdata.model import Gazetteer, Site, SiteKind

BASES = frozenset({SiteKind.AIR_BASE, SiteKind.NAVAL_BASE, SiteKind.ARMY_BASE, SiteKind.OUTPOST})
PLACES = frozenset({SiteKind.TOWN, SiteKind.PORT})
AREAS = frozenset({SiteKind.REGION, SiteKind.COUNTRY})

# How far a base may lie from the town that it is described by: "in" or "at" it, and "near" it, in km.
AT_KM = 16.0
NEAR_KM = 40.0
# A word that does not say which kind of base ("its base at X"), or one for posts and camps, which stand
# anywhere, means a base of the gazetteer only when that is close by.
VAGUE_AT_KM = 6.0
VAGUE_NEAR_KM = 12.0

_KIND_OF_CATEGORY = {
    "base_air": frozenset({SiteKind.AIR_BASE}),
    "base_naval": frozenset({SiteKind.NAVAL_BASE}),
    "base_army": frozenset({SiteKind.ARMY_BASE, SiteKind.OUTPOST}),
}


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on a sphere of 6,371 km."""
    a = sin(radians(lat2 - lat1) / 2) ** 2
    a += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(a))


def inside(lon: float, lat: float, ring: tuple[tuple[float, float], ...]) -> bool:
    """Whether a point lies in a closed ring of (lon, lat)."""
    found = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            found = not found
    return found


class Geography:
    """Neighbours and containment of a gazetteer's sites, worked out once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.sites = gazetteer.sites
        pointed = [s for s in self.sites.values() if s.lat is not None and s.lon is not None]
        bases = [s for s in pointed if s.kind in BASES]
        # A coarse grid of one degree keeps this linear in a gazetteer of many thousand sites.
        grid: dict[tuple[int, int], list[Site]] = {}
        for base in bases:
            grid.setdefault((int(base.lat // 1), int(base.lon // 1)), []).append(base)
        self._bases_near: dict[str, list[tuple[float, str]]] = {}
        for site in pointed:
            if site.kind in AREAS:
                continue
            row, column = int(site.lat // 1), int(site.lon // 1)
            near = []
            for i in (row - 1, row, row + 1):
                for j in (column - 1, column, column + 1):
                    for base in grid.get((i, j), ()):
                        if base.id != site.id:
                            away = kilometres(site.lat, site.lon, base.lat, base.lon)
                            if away <= NEAR_KM:
                                near.append((away, base.id))
            self._bases_near[site.id] = sorted(near)

    def described(self, place: str, category: str, near: bool) -> str | None:
        """The one base that "the <category> in/at/near <place>" can be; None where none or several fit.

        place: id of a town, port or base. category: base, base_air, base_naval or base_army.
        """
        vague = category in {"base", "base_army"}
        limit = (VAGUE_NEAR_KM if near else VAGUE_AT_KM) if vague else (NEAR_KM if near else AT_KM)
        kinds = _KIND_OF_CATEGORY.get(category)
        fits = [
            (away, base)
            for away, base in self._bases_near.get(place, ())
            if away <= limit and (kinds is None or self.sites[base].kind in kinds)
        ]
        if len(fits) == 1:
            return fits[0][1]
        # Two in reach, but one of them is at the place itself and the other is far from it.
        if len(fits) > 1 and kinds is not None and fits[0][0] < 6 and fits[1][0] > 3 * fits[0][0] + 8:
            return fits[0][1]
        return None

    def lies_in(self, inner: str, outer: str) -> bool:
        """Whether a site lies in a region or country: by `within`, by area, by country code."""
        a, b = self.sites[inner], self.sites[outer]
        if inner == outer or b.kind not in AREAS:
            return False
        if b.kind is SiteKind.COUNTRY:
            return a.country == b.country
        if a.kind is SiteKind.COUNTRY:
            return False
        seen: set[str] = set()
        step = a
        while step.within and step.within in self.sites and step.within not in seen:
            if step.within == outer:
                return True
            seen.add(step.within)
            step = self.sites[step.within]
        if b.area and a.lat is not None and a.lon is not None and a.kind not in AREAS:
            return inside(a.lon, a.lat, b.area)
        return False
