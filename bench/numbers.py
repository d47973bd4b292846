"""Medians and percentiles, of what was measured and never of what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log


@dataclass(frozen=True, slots=True)
class Spread:
    """Of so many values: the median, the 95th percentile and the largest."""

    count: int
    median: float
    p95: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """The percentiles by the nearest rank, so that each is a value that was seen. Raises ValueError for none."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)

    def rank(share: float) -> float:
        return ordered[max(0, -(-int(share * 100 * len(ordered)) // 100) - 1)]

    return Spread(len(ordered), rank(0.5), rank(0.95), ordered[-1])


def exponent(values: Mapping[int, float]) -> float:
    """The power of the size that values grow with: the slope of their logarithms, by least squares over two or more
    sizes."""
    x, y = [log(size) for size in values], [log(value) for value in values.values()]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    over = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return over / sum((a - middle_x) ** 2 for a in x)
