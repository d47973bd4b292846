"""The figure's map: base layer, regions, points, labels, pills, scale. In pixels with y down."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path as Shape

from mapdata.drawing import basemap, pill, still
from mapdata.drawing.figure_pill import INK, SOFT_INK, draw_count, draw_pill, points_of, write, write_with_rim
from mapdata.drawing.palette import Colour, colour_of
from mapdata.drawing.still import Frame, Ground, PlacedSite
from mapdata.drawing.theatre import theatre_countries
from mapdata.model import Gazetteer
from mapdata.selection import Selection

SEA, LAND, THEATRE = "#dfe7ec", "#f0efea", "#fbfaf6"
LINES = {
    "province": "#d2cfc6",
    "border": "#b7b3a8",
    "edge": "#8b877c",
    "coast": "#b4bfc6",
    "river": "#c5d5de",
}


def draw_map(
    axes: Axes,
    selection: Selection,
    gazetteer: Gazetteer,
    colours: Mapping[str | None, Colour],
    frame: Frame,
    notes: dict[str, str],
) -> bool:
    """Draws the map; gives whether some places show how many symbols they have beside those that are drawn."""
    shapes = _shapes(str(basemap.path(gazetteer)), frame, frozenset(theatre_countries(gazetteer)))
    _ground(axes, shapes, frame)
    bar_top = frame.height - 34
    taken = [
        (0, bar_top, 190, frame.height),
        (frame.width - 260, frame.height - 18, frame.width, frame.height),
    ]
    sites = still.placed(selection.symbols, gazetteer, frame, notes, taken)
    for x, y, name, _, kind in still.free_names(shapes, sites):
        write(axes, x, y, name, 9 if kind == "province" else 11, color="#a19d93", ha="center", va="center")
        axes.texts[-1].set_clip_on(True)
    for site in sites:
        if site.area:
            _area(axes, site, colours)
    for site in sites:
        if not site.area:
            _point(axes, site)
    for site in sites:
        _label(axes, site)
        for one in site.pills:
            symbol = one.symbol
            if symbol is None:
                draw_count(axes, (one.left, one.top), one.code, one.width)
                continue
            draw_pill(
                axes,
                (one.left, one.top),
                site.site.kind,
                one.code,
                symbol.status,
                colour_of(colours, symbol.country),
                contested=symbol.contested,
                age=pill.age_step(symbol.age_days),
            )
    _scale(axes, frame)
    write(axes, frame.width - 6, frame.height - 6, basemap.CREDITS, 9, color=SOFT_INK, ha="right")
    return any(one.symbol is None for site in sites for one in site.pills)


@functools.lru_cache(maxsize=4)
def _shapes(path: str, frame: Frame, own: frozenset[str]) -> Ground:
    return still.ground(basemap.read(path), frame, own)


def _ground(axes: Axes, shapes: Ground, frame: Frame) -> None:
    axes.add_artist(
        Polygon([(0, 0), (frame.width, 0), (frame.width, frame.height), (0, frame.height)], color=SEA, lw=0)
    )
    for polygons, colour in ((shapes.land, LAND), (shapes.theatre, THEATRE), (shapes.lakes, SEA)):
        if polygons:
            path = Shape.make_compound_path(*(_closed(ring) for rings in polygons for ring in rings))
            axes.add_artist(PathPatch(path, facecolor=colour, edgecolor="none", lw=0))
    styles = [
        (shapes.rivers, "river", 0.9, "solid"),
        (shapes.provinces, "province", 0.8, "solid"),
        (shapes.coast, "coast", 0.8, "solid"),
        (shapes.borders, "border", 1.0, "solid"),
        (shapes.ceasefires, "edge", 1.1, (0, (5, 4))),
        (shapes.disputed, "edge", 1.1, (0, (2, 3))),
    ]
    for lines, kind, width, dashes in styles:
        if lines:
            path = Shape.make_compound_path(*(Shape(line) for line in lines))
            axes.add_artist(PathPatch(path, fill=False, edgecolor=LINES[kind], lw=points_of(width), linestyle=dashes))


def _closed(ring: Sequence[tuple[float, float]]) -> Shape:
    return Shape([*ring, ring[0]], closed=True)


def _area(axes: Axes, site: PlacedSite, colours: Mapping[str | None, Colour]) -> None:
    """A region: hatched, with a dashed edge that fades, never a pin."""
    countries = {one.symbol.country for one in site.pills if one.symbol is not None}
    # Grey where several countries are said to be in it, as on the live map.
    colour = colour_of(colours, countries.pop()).value if len(countries) == 1 else SOFT_INK
    for width, alpha in ((9, 0.06), (5, 0.10)):
        axes.add_artist(Polygon(site.area, fill=False, edgecolor=colour, lw=points_of(width), alpha=alpha))
    axes.add_artist(Polygon(site.area, facecolor="none", edgecolor=colour, lw=0, hatch="////", alpha=0.16, zorder=1))
    axes.add_artist(
        Polygon(site.area, fill=False, edgecolor=colour, lw=points_of(1.3), linestyle=(0, (4, 4)), alpha=0.6)
    )


def _point(axes: Axes, site: PlacedSite) -> None:
    axes.plot([site.x, site.leader_x], [site.y, site.leader_y], color=INK, lw=points_of(0.8), zorder=2)
    if site.soft:
        axes.add_artist(Circle((site.x, site.y), 5, facecolor="none", edgecolor=INK, lw=points_of(1), ls=(0, (2, 2))))
    else:
        axes.add_artist(Circle((site.x, site.y), 2.8, facecolor=INK, edgecolor="white", lw=points_of(0.8), zorder=3))


def _label(axes: Axes, site: PlacedSite) -> None:
    style = {"fontstyle": "italic"} if site.area else {"fontweight": "bold"}
    end = write_with_rim(axes, site.left + 2, site.top + 11, site.label, still.LABEL_SIZE, zorder=5, **style)
    if site.note:
        write_with_rim(axes, end + 2, site.top + 11, site.note.strip(), still.NOTE_SIZE, zorder=5, color=SOFT_INK)


def _scale(axes: Axes, frame: Frame) -> None:
    km, pixels = still.scale_bar(frame)
    y = frame.height - 14
    axes.plot([14, 14 + pixels], [y, y], color=INK, lw=points_of(1.6), solid_capstyle="butt")
    write(axes, 14, y - 5, f"{km} km", 10, color=SOFT_INK)
