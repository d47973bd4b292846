"""Feature hashing: the same feature gives the same row of the table of weights, in every process."""

from __future__ import annotations

from functools import cache, lru_cache
from zlib import crc32

import numpy as np

# Rows of the table of weights: a power of two.
ROWS = 1 << 19
_ALL = 0xFFFFFFFFFFFFFFFF
_STEP, _LAST = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFT, _REST = np.uint64(29), np.uint64(40)


def _unsigned(value: np.ndarray | int) -> np.ndarray | np.uint64:
    if not isinstance(value, np.ndarray):
        return np.uint64(value)
    return value.view(np.uint64) if value.dtype == np.int64 else value.astype(np.uint64)


def mix(template: int | tuple[int, ...], *values: np.ndarray | int) -> np.ndarray:
    """Numbers of features: the same values give the same row, in every process.

    A tuple of templates is one for each line of values that are arrays of lines.
    """
    h = _starts(template) if isinstance(template, tuple) else np.uint64(template * 11400714819323198485 & _ALL)
    for value in values:
        h = (h ^ _unsigned(value)) * _STEP
        h = h ^ (h >> _SHIFT)
    h = (h * _LAST) >> _REST
    return h.astype(np.int64) & (ROWS - 1)


@cache
def _starts(templates: tuple[int, ...]) -> np.ndarray:
    starts = [(template * 0x9E3779B97F4A7C15) & _ALL for template in templates]
    return np.array(starts, dtype=np.uint64).reshape(-1, 1)


@cache
def grid(template: int, *sizes: int) -> np.ndarray:
    """What `mix` gives for all small values of a template, worked out once: an array of these sizes."""
    return mix(template, *np.indices(sizes).astype(np.int64))


@lru_cache(maxsize=1 << 14)
def feature_row(name: str) -> int:
    """The row of a feature that has a name of its own."""
    return crc32(name.encode()) * 0x9E3779B1 >> 9 & (ROWS - 1)
