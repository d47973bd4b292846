"""Points and areas of a gazetteer: on the globe, near the theatre, rings that close and do not cross.

Pairs are (longitude, latitude) in WGS84 decimal degrees; bounds are west, south, east, north.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from mapdata.yaml_tree import Faults, Fields, Node, Seq

Bounds = tuple[float, float, float, float]
_EARTH_KM = 6371.009
Point = tuple[float, float]
Ring = tuple[Point, ...]


def bounds(node: Node, fields: Fields) -> Bounds | None:
    where = "theatre: bounds"
    if not isinstance(node, Seq) or len(node.items) != 4:
        fields.faults.add(node.line, f"{where}: has to be four numbers: [west, south, east, north]")
        return None
    numbers = [fields.number(item, where) for item in node.items]
    if any(number is None for number in numbers):
        return None
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        fields.faults.add(node.line, f"{where}: {numbers} is off the globe: [west, south, east, north]")
        return None
    if not (west < east and south < north):
        fields.faults.add(
            node.line, f"{where}: {numbers} has no extent: the order is [west, south, east, north]"
        )
        return None
    return west, south, east, north


def inside(lon: float, lat: float, box: Bounds) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def widened(box: Bounds) -> Bounds:
    """The bounds with as much again on each side: what lies beyond is a slip, not a neighbour."""
    west, south, east, north = box
    across, along = max(east - west, 1.0), max(north - south, 1.0)
    return west - across, south - along, east + across, north + along


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance of two (lon, lat) points on a sphere, within 0.6 % of the ellipsoid's."""
    lon_a, lat_a, lon_b, lat_b = map(radians, (*a, *b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(h)))


def on_globe(lon: float, lat: float) -> bool:
    return -180 <= lon <= 180 and -90 <= lat <= 90


def check_point(
    lon: float, lat: float, line: int, where: str, theatre: Bounds | None, faults: Faults
) -> None:
    """Faults: off the globe; swapped beyond doubt; far outside the theatre. Just outside is no fault."""
    swapped = theatre is not None and looks_swapped(lon, lat, theatre)
    if not on_globe(lon, lat):
        hint = "are lat and lon swapped?" if swapped else "lat is -90 to 90, lon -180 to 180"
        faults.add(line, f"{where}: lat {lat:g}, lon {lon:g} is off the globe: {hint}")
    elif theatre is not None and (swapped or not inside(lon, lat, widened(theatre))):
        hint = "are lat and lon swapped? If not, " if swapped else ""
        faults.add(
            line,
            f"{where}: lat {lat:g}, lon {lon:g} is outside the theatre's bounds: "
            f"{hint}mend the point or widen theatre.bounds",
        )


def looks_swapped(lon: float, lat: float, theatre: Bounds) -> bool:
    """Whether neither number fits where it stands, and both would fit in the other's place.

    Where longitudes and latitudes of a theatre overlap, one number alone says nothing: a point just
    outside the bounds may fall inside when swapped.
    """
    west, south, east, north = theatre
    return not west <= lon <= east and not south <= lat <= north and inside(lat, lon, theatre)


def ring(node: Node, where: str, theatre: Bounds | None, fields: Fields) -> Ring:
    """A closed ring of (lon, lat) from a list of pairs; () after a fault."""
    faults = fields.faults
    if not isinstance(node, Seq):
        faults.add(node.line, f"{where}: has to be a list of [lon, lat] pairs")
        return ()
    points: list[tuple[float, float]] = []
    for item in node.items:
        if not isinstance(item, Seq) or len(item.items) != 2:
            faults.add(item.line, f"{where}: each point has to be a pair [lon, lat]")
            return ()
        lon, lat = (fields.number(number, where) for number in item.items)
        if lon is None or lat is None:
            return ()
        if not on_globe(lon, lat):
            faults.add(item.line, f"{where}: [{lon:g}, {lat:g}] is off the globe: the order is [lon, lat]")
            return ()
        points.append((lon, lat))
    if len(points) < 4:
        faults.add(
            node.line, f"{where}: has {len(points)} points: a ring needs four, the first one repeated last"
        )
        return ()
    if points[0] != points[-1]:
        first = f"[{points[0][0]:g}, {points[0][1]:g}]"
        faults.add(node.line, f"{where}: is not closed: repeat its first point {first} at the end")
        return ()
    if crossing := self_crossing(tuple(points)):
        (x1, y1), (x2, y2) = crossing
        faults.add(
            node.line,
            f"{where}: crosses or touches itself, at the edges from [{x1:g}, {y1:g}] and [{x2:g}, {y2:g}]: "
            "put the points in order along the edge",
        )
        return ()
    if theatre is not None and not _overlap(points, widened(theatre)):
        turned = _overlap([(lat, lon) for lon, lat in points], theatre)
        hint = "are lon and lat swapped?" if turned else "mend the points or widen theatre.bounds"
        faults.add(node.line, f"{where}: lies far outside the theatre's bounds: {hint}")
        return ()
    return tuple(points)


def _overlap(points: list[tuple[float, float]], box: Bounds) -> bool:
    west, south, east, north = box
    lons, lats = zip(*points, strict=True)
    return min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south


def self_crossing(points: Ring) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The starting points of two edges of a closed ring that meet where they should not, or None.

    Edges are swept from west to east, so that only edges that overlap in longitude are compared.
    """
    corners = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
    edges = [(corners[i], corners[i + 1], i) for i in range(len(corners) - 1)]
    count = len(edges)
    if count < 3:
        return (points[0], points[0])
    edges.sort(key=lambda edge: min(edge[0][0], edge[1][0]))
    active: list[tuple[tuple[float, float], tuple[float, float], int]] = []
    for a, b, i in edges:
        west = min(a[0], b[0])
        active = [edge for edge in active if max(edge[0][0], edge[1][0]) >= west]
        for c, d, j in active:
            apart = (i - j) % count
            if apart in {1, count - 1}:
                # Neighbours share a corner; they may not fold back onto each other.
                corner, back, out = _at_corner(a, b, c, d)
                if _turn(back, corner, out) == 0 and _ahead(corner, back, out):
                    return a, c
            elif _meet(a, b, c, d):
                return a, c
        active.append((a, b, i))
    return None


def _at_corner(a: Point, b: Point, c: Point, d: Point) -> tuple[Point, Point, Point]:
    """The corner that the edges ab and cd share, and their other ends."""
    if b == c:
        return b, a, d
    if a == d:
        return a, b, c
    return (a, b, d) if a == c else (b, a, c)


def _turn(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> int:
    """1 for a left turn at q, -1 for a right one, 0 for straight on or back."""
    area = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    return (area > 0) - (area < 0)


def _ahead(corner: Point, p: Point, q: Point) -> bool:
    """Whether p and q lie on the same side of the corner, on one line with it."""
    return (p[0] - corner[0]) * (q[0] - corner[0]) + (p[1] - corner[1]) * (q[1] - corner[1]) > 0


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the closed segments ab and cd have a point in common."""
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if turns[0] != turns[1] and turns[2] != turns[3]:
        return True
    return (
        (turns[0] == 0 and _between(a, b, c))
        or (turns[1] == 0 and _between(a, b, d))
        or (turns[2] == 0 and _between(c, d, a))
        or (turns[3] == 0 and _between(c, d, b))
    )


def _between(a: Point, b: Point, p: Point) -> bool:
    return min(a[0], b[0]) <= p[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= p[1] <= max(a[1], b[1])
