"""Where the rows of pills stand in a still picture, so that none hides another. Pure arithmetic in pixels.

The live map places its own rows in the browser (`web/placing.js`), by the same idea: right of the point
first, then left, above and below, ever farther out, at the least cost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

RADII = (7, 14, 24, 36, 50, 66, 84, 104, 128, 156, 190, 230, 280, 340, 410)
ANGLES = (-30, 30, -150, 150, 0, 180, -90, 90, -60, 60, -120, 120, -12, 12, -168, 168, -75, 75, -105, 105)
SLACK = 3  # pixels that blocks keep between them

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Leader = tuple[float, float, float, float]
"""From x, y to x, y: the line that ties a point to its block."""


@dataclass(frozen=True, slots=True)
class Block:
    """What is to be placed: its point and its size. on_point: the name of an area, on its point."""

    x: float
    y: float
    width: float
    height: float
    on_point: bool = False


def place(blocks: Sequence[Block], frame: Rect, taken: Sequence[Rect] = ()) -> list[Rect]:
    """A rectangle a block, in the order of the blocks."""
    order = sorted(range(len(blocks)), key=lambda i: (not blocks[i].on_point, -_crowd(blocks, i), -blocks[i].width, i))
    drawn = _Drawn(list(taken), [], [(block.x, block.y) for block in blocks if not block.on_point])
    placed: dict[int, Rect] = {}
    for i in order:
        placed[i] = _best(blocks[i], frame, drawn)
        drawn.rects.append(placed[i])
        if not blocks[i].on_point:
            drawn.leaders.append(leader(blocks[i], placed[i]))
    return [placed[i] for i in range(len(blocks))]


@dataclass(slots=True)
class _Drawn:
    """What is there already."""

    rects: list[Rect]
    leaders: list[Leader]
    points: list[tuple[float, float]]


def leader(block: Block, rect: Rect) -> Leader:
    """From a block's point to the nearest place of its rectangle."""
    x, y = block.x, block.y
    return x, y, max(rect[0], min(rect[2], x)), max(rect[1], min(rect[3], y))


def _crowd(blocks: Sequence[Block], i: int) -> int:
    own = blocks[i]
    return sum(abs(other.x - own.x) < 90 and abs(other.y - own.y) < 60 for other in blocks)


def _best(block: Block, frame: Rect, drawn: _Drawn) -> Rect:
    chosen, least = None, math.inf
    if block.on_point:
        chosen = _at(block.x, block.y, block)
        least = _price(block, chosen, frame, drawn, math.inf)
    for radius in RADII:
        if least <= radius:
            break
        for rank, angle in enumerate(ANGLES):
            cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            # The centre lies so far out that the edge of the block is `radius` from the point.
            reach = min(
                block.width / 2 / abs(cos) if abs(cos) > 1e-9 else math.inf,
                block.height / 2 / abs(sin) if abs(sin) > 1e-9 else math.inf,
            )
            rect = _at(block.x + cos * (radius + reach), block.y + sin * (radius + reach), block)
            bias = radius + rank * 0.4
            if bias >= least:
                continue
            cost = bias + _price(block, rect, frame, drawn, least - bias)
            if cost < least:
                chosen, least = rect, cost
    assert chosen is not None
    return chosen


def _at(x: float, y: float, block: Block) -> Rect:
    return x - block.width / 2, y - block.height / 2, x + block.width / 2, y + block.height / 2


def _price(block: Block, rect: Rect, frame: Rect, drawn: _Drawn, limit: float) -> float:
    """What is wrong with a place; once it is `limit` or more, whatever has been counted by then."""
    left, top, right, bottom = rect
    out = max(0, frame[0] - left) + max(0, right - frame[2]) + max(0, frame[1] - top) + max(0, bottom - frame[3])
    price = 600 + out * 20 if out else 0.0
    own = leader(block, rect)
    for other in drawn.rects:
        if price >= limit:
            return price
        if (
            left < other[2] + SLACK
            and other[0] < right + SLACK
            and top < other[3] + SLACK
            and other[1] < bottom + SLACK
        ):
            width = min(right, other[2]) - max(left, other[0]) + SLACK
            height = min(bottom, other[3]) - max(top, other[1]) + SLACK
            price += 900 + width * height * 4
        if not block.on_point and crosses(own, other):
            price += 70
    for line in drawn.leaders:
        if crosses(line, rect):
            price += 70
    for x, y in drawn.points:
        if left - 4 < x < right + 4 and top - 4 < y < bottom + 4 and (x, y) != (block.x, block.y):
            price += 45
    return price


def crosses(line: Leader, rect: Rect) -> bool:
    """Whether a line passes through a rectangle (Liang and Barsky's clipping)."""
    x, y, end_x, end_y = line
    # Most lines are nowhere near.
    if (x <= rect[0] and end_x <= rect[0]) or (x >= rect[2] and end_x >= rect[2]):
        return False
    if (y <= rect[1] and end_y <= rect[1]) or (y >= rect[3] and end_y >= rect[3]):
        return False
    dx, dy = end_x - x, end_y - y
    start, end = 0.0, 1.0
    for p, q in ((-dx, x - rect[0]), (dx, rect[2] - x), (-dy, y - rect[1]), (dy, rect[3] - y)):
        if p == 0:
            if q <= 0:
                return False
        elif p < 0:
            start = max(start, q / p)
        else:
            end = min(end, q / p)
        if start >= end:
            return False
    return True
