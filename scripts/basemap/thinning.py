"""Thinning of lines: Visvalingam's, with a tolerance that grows with the distance from the theatre."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]

FINE, NEAR, FAR = 0.0025, 0.014, 0.06
"""Degrees that a line may be off: within the theatre, in a ring of its own size around it, and beyond."""


def tolerance(bounds: Bounds) -> Callable[[Point], float]:
    """How many degrees off a line may be at a point."""
    west, south, east, north = bounds
    ring = max(east - west, north - south)

    def at(point: Point) -> float:
        away = max(west - point[0], point[0] - east, south - point[1], point[1] - north, 0.0)
        if away <= ring * 0.08:
            return FINE
        if away <= ring:
            return FINE + (NEAR - FINE) * away / ring
        return min(FAR, NEAR + (FAR - NEAR) * (away - ring) / (3 * ring))

    return at


def thinned(line: Sequence[Point], allowed: Callable[[Point], float]) -> list[Point]:
    """The line without the points whose triangle with their neighbours is smaller than allowed there.

    Ends stay, so lines that meet keep meeting; a closed ring keeps at least four points.
    """
    count = len(line)
    if count < 3:
        return list(line)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    limits = [allowed(point) ** 2 for point in line]
    heap: list[tuple[float, int]] = []
    weight = [math.inf] * count

    def weigh(i: int, floor: float = 0.0) -> None:
        (x1, y1), (x2, y2), (x3, y3) = line[before[i]], line[i], line[after[i]]
        narrow = math.cos(math.radians(min(85.0, abs(y2))))
        area = abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) * narrow / 2
        weight[i] = max(floor, area / limits[i])
        heapq.heappush(heap, (weight[i], i))

    for i in range(1, count - 1):
        weigh(i)
    left = count
    least = 4 if line[0] == line[-1] else 2
    gone = [False] * count
    while heap and left > least:
        size, i = heapq.heappop(heap)
        if gone[i] or size != weight[i]:
            continue
        if size >= 1:
            break
        gone[i] = True
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for neighbour in (before[i], after[i]):
            if 0 < neighbour < count - 1:
                weigh(neighbour, size)
    return [point for i, point in enumerate(line) if not gone[i]]
