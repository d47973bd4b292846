"""The still map, laid out in pixels and drawn by nobody yet: the figure and the offline page both draw it.

x runs to the right and y down, from the upper left corner of the map. The projection is spherical Mercator,
as on the live map, so that the two look alike.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mapdata.drawing import pill
from mapdata.drawing.placing import Block, place
from mapdata.drawing.shapes import label_point
from mapdata.drawing.theatre import SOFT_KINDS, SOFT_METRES, drawn_sites, labels, local_name
from mapdata.model import Gazetteer, Site, SiteKind, Symbol

Line = list[tuple[float, float]]

LABEL_HEIGHT = 15
LABEL_SIZE = 11.5
NOTE_SIZE = 8.5
ROW = 4  # pills beside each other at most
FITTING = (8, 4, 2)  # pills of a site, the count of the others included, where not all have room
FILLED = 0.5  # of the map, by the blocks of its sites
GAP = 3
EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is shown. scale: pixels a radian of longitude; west, north: Mercator's."""

    width: int
    height: int
    scale: float
    west: float
    north: float

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        return (math.radians(lon) - self.west) * self.scale, (self.north - mercator(lat)) * self.scale

    def kilometres(self, km: float, lat: float) -> float:
        """Pixels that a distance along the parallel of `lat` takes."""
        return km / (EARTH_RADIUS_KM * math.cos(math.radians(lat))) * self.scale

    @property
    def middle_lat(self) -> float:
        y = self.north - self.height / 2 / self.scale
        return math.degrees(2 * math.atan(math.exp(y)) - math.pi / 2)


def mercator(lat: float) -> float:
    lat = max(-85.0, min(85.0, lat))
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def frame_of(bounds: tuple[float, float, float, float], width: int, highest: int, margin: float = 0.08) -> Frame:
    """A frame of a width that holds the bounds (west, south, east, north); no higher than `highest`."""
    west, south, east, north = bounds
    wide = math.radians(east - west) * (1 + 2 * margin)
    high = (mercator(north) - mercator(south)) * (1 + 2 * margin)
    height = min(highest, max(240, round(width * high / wide)))
    scale = min(width / wide, height / high)
    middle_x = math.radians(west + east) / 2
    middle_y = (mercator(north) + mercator(south)) / 2
    return Frame(width, height, scale, middle_x - width / 2 / scale, middle_y + height / 2 / scale)


# --- the base layer ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ground:
    """Shapes of the base layer that touch the frame. land, theatre: polygons as lists of rings.

    names: (x, y, name, local name, kind), kind "country" or "province".
    """

    land: list[list[Line]]
    theatre: list[list[Line]]
    lakes: list[list[Line]]
    rivers: list[Line]
    provinces: list[Line]
    coast: list[Line]
    borders: list[Line]
    ceasefires: list[Line]
    disputed: list[Line]
    names: list[tuple[float, float, str, str, str]]


def ground(data: dict[str, Any], frame: Frame, own: Collection[str], margin: float = 60) -> Ground:
    """The base layer of `basemap.load` in a frame's pixels. own: codes of the theatre's countries.

    margin: pixels around the frame that are kept too.
    """
    unit = data["unit"]
    arcs = [[frame.project(lon, lat) for lon, lat in _unpacked(flat, unit)] for flat in data["arcs"]]

    def near(line: Sequence[tuple[float, float]]) -> bool:
        xs, ys = [x for x, _ in line], [y for _, y in line]
        return (
            max(xs) > -margin
            and min(xs) < frame.width + margin
            and max(ys) > -margin
            and min(ys) < frame.height + margin
        )

    def lines(key: str) -> list[Line]:
        found = [[frame.project(lon, lat) for lon, lat in _unpacked(flat, unit)] for flat in data[key]]
        return [line for line in found if near(line)]

    def arc_lines(key: str) -> list[Line]:
        return [arcs[index] for index in data[key] if near(arcs[index])]

    land, theatre, names = [], [], []
    for code, name, local, lon, lat, _, polygons in data["countries"]:
        for polygon in polygons:
            rings = [_ring(indices, arcs) for indices in polygon]
            if near(rings[0]):
                (theatre if code in own else land).append(rings)
        if code and code not in own:
            names.append((*frame.project(lon, lat), name, local, "country"))
    for lon, lat, name, local in data["province_names"]:
        names.append((*frame.project(lon, lat), name, local, "province"))
    return Ground(
        land=land,
        theatre=theatre,
        lakes=[[line] for line in lines("lakes")],
        rivers=lines("rivers"),
        provinces=lines("provinces"),
        coast=arc_lines("coast"),
        borders=arc_lines("borders"),
        ceasefires=arc_lines("ceasefires"),
        disputed=lines("disputed"),
        names=[name for name in names if 20 < name[0] < frame.width - 20 and 12 < name[1] < frame.height - 12],
    )


def _unpacked(flat: Sequence[int], unit: float) -> Iterable[tuple[float, float]]:
    """(lon, lat) of a packed line: a first point in steps of `unit`, then differences."""
    x = y = 0
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x * unit, y * unit


def _ring(indices: Sequence[int], arcs: Sequence[Line]) -> Line:
    """A ring from arcs, joined as in TopoJSON: a negative index is an arc backwards, shared ends once."""
    ring: Line = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


# --- the symbols -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlacedPill:
    """left, top: of the pill without its ring. symbol: None for the count of those that have no room."""

    symbol: Symbol | None
    code: str
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class PlacedSite:
    """A site with its pills. x, y: its point; leader_x, leader_y: where the line from it meets the block.

    soft: a place known only roughly. area: the ring of a region, empty for a point; a region has no leader.
    """

    site: Site
    label: str
    note: str
    local: str
    x: float
    y: float
    left: float
    top: float
    right: float
    bottom: float
    leader_x: float
    leader_y: float
    soft: bool
    area: Line
    pills: tuple[PlacedPill, ...]


def placed(
    symbols: Iterable[Symbol],
    gazetteer: Gazetteer,
    frame: Frame,
    notes: dict[str, str] | None = None,
    taken: Sequence[tuple[float, float, float, float]] = (),
) -> list[PlacedSite]:
    """All sites that have a symbol, with pills in rows. notes: small signs behind a site's label.

    Where the blocks of all pills would fill the map, each site shows its first ones and how many more it has.
    """
    by_site: dict[str, list[Symbol]] = {}
    for symbol in symbols:
        by_site.setdefault(symbol.site, []).append(symbol)
    everywhere = drawn_sites(gazetteer)
    named = {site.id: label for site, label in zip(everywhere, labels(everywhere), strict=True)}
    sites = [site for site in everywhere if site.id in by_site]
    codes = {site: [code_of(symbol, gazetteer) for symbol in its] for site, its in by_site.items()}
    for most in (None, *FITTING):
        written = codes if most is None else {site: _first_codes(its, most) for site, its in codes.items()}
        blocks = [_block(one, named[one.id], (notes or {}).get(one.id, ""), written[one.id], frame) for one in sites]
        if sum(block.width * block.height for block in blocks) <= FILLED * frame.width * frame.height:
            break
    rects = [_on_map(rect, frame) for rect in place(blocks, (4, 4, frame.width - 4, frame.height - 4), taken)]
    return [
        _site(
            site,
            named[site.id],
            (notes or {}).get(site.id, ""),
            by_site[site.id],
            written[site.id],
            block,
            rect,
            gazetteer,
            frame,
        )
        for site, block, rect in zip(sites, blocks, rects, strict=True)
    ]


def _on_map(rect: tuple[float, float, float, float], frame: Frame) -> tuple[float, float, float, float]:
    """A block that found no room within the map, moved onto it: better over another than cut off."""
    left, top, right, bottom = rect
    x = max(0.0, 4 - left) - max(0.0, right - frame.width + 4)
    y = max(0.0, 4 - top) - max(0.0, bottom - frame.height + 4)
    return left + x, top + y, right + x, bottom + y


def _first_codes(codes: list[str], most: int) -> list[str]:
    """The first codes and, in the last place, how many more there are."""
    return codes if len(codes) <= most else [*codes[: most - 1], f"+{len(codes) - most + 1}"]


def _block(site: Site, label: str, note: str, codes: Sequence[str], frame: Frame) -> Block:
    rows = _rows(codes)
    wide = max([text_width(label) + text_width(note, NOTE_SIZE), *(row[-1][0] + row[-1][1] for row in rows)])
    return Block(
        *frame.project(*_point(site)),
        width=wide + 4,
        height=LABEL_HEIGHT + len(rows) * (pill.GEOMETRY["height"] + GAP),
        on_point=site.kind is SiteKind.REGION,
    )


def _site(
    site: Site,
    label: str,
    note: str,
    symbols: list[Symbol],
    codes: list[str],
    block: Block,
    rect: tuple[float, float, float, float],
    gazetteer: Gazetteer,
    frame: Frame,
) -> PlacedSite:
    left, top, right, bottom = rect
    whole = len(codes) == len(symbols)
    shown: list[Symbol | None] = list(symbols) if whole else [*symbols[: len(codes) - 1], None]
    pills, waiting = [], iter(zip(shown, codes, strict=True))
    for number, row in enumerate(_rows(codes)):
        for (offset, width), (symbol, code) in zip(row, waiting, strict=False):
            y = top + LABEL_HEIGHT + number * (pill.GEOMETRY["height"] + GAP)
            pills.append(PlacedPill(symbol, code, left + 2 + offset, y, width))
    region = site.kind is SiteKind.REGION
    return PlacedSite(
        site=site,
        label=label,
        note=note,
        local=local_name(site, gazetteer.theatre.languages),
        x=block.x,
        y=block.y,
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        leader_x=max(left + 2, min(right - 2, block.x)),
        leader_y=max(top + 4, min(bottom - 4, block.y)),
        soft=site.kind in SOFT_KINDS or (site.precision_m or 0) >= SOFT_METRES,
        area=[frame.project(lon, lat) for lon, lat in site.area] if region else [],
        pills=tuple(pills),
    )


def free_names(shapes: Ground, sites: Sequence[PlacedSite]) -> list[tuple[float, float, str, str, str]]:
    """The names of the base layer that no site's block would stand on."""

    def is_free(name: tuple[float, float, str, str, str]) -> bool:
        x, y, half = name[0], name[1], text_width(name[2], 9) / 2
        return not any(
            site.left < x + half and x - half < site.right and site.top < y + 8 and y - 8 < site.bottom
            for site in sites
        )

    return [name for name in shapes.names if is_free(name)]


def _rows(codes: Sequence[str]) -> list[list[tuple[float, float]]]:
    """(offset, width) of each pill, in rows."""
    rows: list[list[tuple[float, float]]] = []
    for number, code in enumerate(codes):
        if number % ROW == 0:
            rows.append([])
        offset = rows[-1][-1][0] + rows[-1][-1][1] + GAP if rows[-1] else 0.0
        rows[-1].append((offset, pill.width(code)))
    return rows


def code_of(symbol: Symbol, gazetteer: Gazetteer) -> str:
    actor = gazetteer.actors.get(symbol.actor)
    return actor.code if actor else symbol.actor[:5]


def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """A guess of the width of bold writing, in pixels, on the wide side."""
    return sum(0.36 if sign in "fijlrtI.,'|-()[] " else 0.7 for sign in text) * size


def _point(site: Site) -> tuple[float, float]:
    if site.kind is not SiteKind.REGION and site.lat is not None and site.lon is not None:
        return site.lon, site.lat
    if site.area:
        return label_point(site.area)
    assert site.lon is not None and site.lat is not None
    return site.lon, site.lat


def scale_bar(frame: Frame, most: float = 140) -> tuple[int, float]:
    """(kilometres, pixels) of a scale bar: the longest of 1, 2, 5, 10 … that is at most so many pixels."""
    chosen = 1
    for step in (k * 10**power for power in range(5) for k in (1, 2, 5)):
        if frame.kilometres(step, frame.middle_lat) <= most:
            chosen = step
    return chosen, frame.kilometres(chosen, frame.middle_lat)
