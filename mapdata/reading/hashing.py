"""Feature hashing: the same feature gives the same row of the table of weights, in every process."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

import numpy as np

# Rows of the table of weights: a power of two.
ROWS = 1 << 19


def mix(template: int, *values: np.ndarray | int) -> np.ndarray:
    """Numbers of features: the same values give the same row, in every process."""
    h = np.uint64((template * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF)
    for value in values:
        if isinstance(value, np.ndarray):
            h = (h ^ value.astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
        else:
            h = (h ^ np.uint64(value)) * np.uint64(0xBF58476D1CE4E5B9)
        h = h ^ (h >> np.uint64(29))
    h = h * np.uint64(0x94D049BB133111EB)
    return (h >> np.uint64(40)).astype(np.int64) & (ROWS - 1)


@lru_cache(maxsize=1 << 14)
def feature_row(name: str) -> int:
    """The row of a feature that has a name of its own."""
    return crc32(name.encode()) * 0x9E3779B1 >> 9 & (ROWS - 1)
