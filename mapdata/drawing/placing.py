"""Where the rows of pills stand in a still picture, so that none hides another. Pure arithmetic in pixels.

The live map places its own rows in the browser (`web/placing.js`), by the same idea: right of the point
first, then left, above and below, ever farther out, at the least cost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

RADII = (7, 14, 24, 36, 50, 66, 84, 104, 128, 156, 190, 230, 280, 340, 410)
ANGLES = (-30, 30, -150, 150, 0, 180, -90, 90, -60, 60, -120, 120)
SLACK = 3  # pixels that blocks keep between them

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""


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
    order = sorted(
        range(len(blocks)), key=lambda i: (not blocks[i].on_point, -_crowd(blocks, i), -blocks[i].width, i)
    )
    rects, points = list(taken), [(block.x, block.y) for block in blocks if not block.on_point]
    placed: dict[int, Rect] = {}
    for i in order:
        placed[i] = _best(blocks[i], frame, rects, points)
        rects.append(placed[i])
    return [placed[i] for i in range(len(blocks))]


def _crowd(blocks: Sequence[Block], i: int) -> int:
    own = blocks[i]
    return sum(abs(other.x - own.x) < 90 and abs(other.y - own.y) < 60 for other in blocks)


def _best(block: Block, frame: Rect, rects: Sequence[Rect], points: Sequence[tuple[float, float]]) -> Rect:
    chosen, least = None, math.inf
    if block.on_point:
        chosen = _at(block.x, block.y, block)
        least = _price(block, chosen, frame, rects, points)
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
            cost = radius + rank * 0.4 + _price(block, rect, frame, rects, points)
            if cost < least:
                chosen, least = rect, cost
    assert chosen is not None
    return chosen


def _at(x: float, y: float, block: Block) -> Rect:
    return x - block.width / 2, y - block.height / 2, x + block.width / 2, y + block.height / 2


def _price(
    block: Block, rect: Rect, frame: Rect, rects: Sequence[Rect], points: Sequence[tuple[float, float]]
) -> float:
    left, top, right, bottom = rect
    out = (
        max(0, frame[0] - left)
        + max(0, right - frame[2])
        + max(0, frame[1] - top)
        + max(0, bottom - frame[3])
    )
    price = 600 + out * 20 if out else 0.0
    for other in rects:
        width = min(right, other[2]) - max(left, other[0]) + SLACK
        height = min(bottom, other[3]) - max(top, other[1]) + SLACK
        if width > 0 and height > 0:
            price += 900 + width * height * 4
    for x, y in points:
        if (x, y) != (block.x, block.y) and left - 4 < x < right + 4 and top - 4 < y < bottom + 4:
            price += 45
    return price
