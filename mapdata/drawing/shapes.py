"""Small geometry for drawing: where the name of an area stands."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

Ring = Sequence[tuple[float, float]]


def label_point(ring: Ring) -> tuple[float, float]:
    """(lon, lat) well inside a ring: of a grid and one refinement of it, the point farthest from the edge.

    An eye sets a name there, even where the centroid lies outside of a bent area. A ring without an inside
    gives its first point.
    """
    return _label_point(tuple(ring))


@functools.lru_cache(maxsize=1024)
def _label_point(ring: tuple[tuple[float, float], ...], steps: int = 24) -> tuple[float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    narrow = math.cos(math.radians((min(ys) + max(ys)) / 2)) or 1.0
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    best, depth = ring[0], 0.0
    for _ in range(3):
        width, height = (east - west) / steps, (north - south) / steps
        for i in range(steps + 1):
            for j in range(steps + 1):
                point = (west + i * width, south + j * height)
                if (far := _depth(point, ring, narrow)) > depth:
                    best, depth = point, far
        west, east = best[0] - 2 * width, best[0] + 2 * width
        south, north = best[1] - 2 * height, best[1] + 2 * height
        steps = 8
    return best


def _depth(point: tuple[float, float], ring: Ring, narrow: float) -> float:
    """Distance to the edge in degrees of latitude, below 0 outside. narrow: a degree of longitude in them."""
    x, y = point
    inside, nearest = False, math.inf
    previous = ring[-1]
    for corner in ring:
        (x1, y1), (x2, y2) = previous, corner
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        dx, dy = (x2 - x1) * narrow, y2 - y1
        length = dx * dx + dy * dy
        t = 0.0 if not length else max(0.0, min(1.0, ((x - x1) * narrow * dx + (y - y1) * dy) / length))
        nearest = min(nearest, math.hypot((x - x1) * narrow - t * dx, y - y1 - t * dy))
        previous = corner
    return nearest if inside else -nearest
