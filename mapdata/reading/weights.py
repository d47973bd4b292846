"""The weights of the decision: a linear model over hashed features, its weights integers in the repository.

`make train` makes them from the labelled articles (docs/reading.md); at run time there is nothing but a table
of integers and additions.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from mapdata.model import Status
from mapdata.reading.features import Features
from mapdata.reading.hashing import ROWS

CLASSES = ("none", *(status.value for status in Status))
# Weights are kept as integers of this many parts of one.
SCALE = 256
_FILE = "rules/decision.bin.gz"
LIMITS = ("claimed", "meant", "ruled", "second", "trust", "temperature")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """table: ROWS by len(CLASSES), an integer (int16) for each feature and class, in the order of CLASSES.
    claimed: how likely a pair has to be claimed at all; meant: how likely one whose site or actor stands in
    another sentence; ruled: how likely one that a rule speaks for; second: how likely a second status beside the
    first; trust: how many times the status that a rule gives counts. temperature: what the sums are divided by to
    be calibrated."""

    table: np.ndarray
    claimed: float = 0.4
    meant: float = 0.45
    ruled: float = 0.25
    second: float = 0.4
    trust: float = 2.0
    temperature: float = 1.0

    def odds(self, features: Features) -> np.ndarray:
        """How likely each class is: an array of candidates by classes, in the order of CLASSES; rows add up to one."""
        return self.likely(self.sums(features))

    def sums(self, features: Features) -> np.ndarray:
        """The weights of each candidate's features added up: integers, candidates by classes."""
        if len(features.begin) < 2:
            return np.zeros((0, len(CLASSES)), dtype=np.int32)
        # reduceat cannot add up nothing: every candidate has a feature, the bias, and every pair a word beside it.
        return np.add.reduceat(self.table.take(features.rows, axis=0), features.begin[:-1], axis=0, dtype=np.int32)

    def likely(self, sums: np.ndarray) -> np.ndarray:
        """What sums of weights make of the classes; see `odds`."""
        if not len(sums):
            return np.zeros((0, len(CLASSES)))
        found = sums / (SCALE * self.temperature)
        found -= found.max(axis=1, keepdims=True)
        np.exp(found, out=found)
        return found / found.sum(axis=1, keepdims=True)


def save(weights: Weights, path: Path) -> None:
    """Write weights so that the same weights are the same bytes: a line of JSON, the rows that are not all
    zero, and their integers."""
    kept = np.flatnonzero(weights.table.any(axis=1)).astype("<u4")
    head = {
        "classes": CLASSES,
        "rows": len(kept),
        "limits": {name: getattr(weights, name) for name in LIMITS},
    }
    raw = json.dumps(head).encode() + b"\n" + kept.tobytes() + weights.table[kept].astype("<i2").T.tobytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(raw, compresslevel=9, mtime=0))


def read(raw: bytes) -> Weights:
    """Weights from the bytes that `save` writes."""
    head, _, data = gzip.decompress(raw).partition(b"\n")
    known = json.loads(head)
    count = known["rows"]
    rows = np.frombuffer(data, "<u4", count)
    table = np.zeros((ROWS, len(CLASSES)), dtype=np.int16)
    table[rows] = np.frombuffer(data, "<i2", count * len(CLASSES), 4 * count).reshape(len(CLASSES), count).T
    return Weights(table, **known["limits"])


@cache
def untrained() -> Weights:
    """Weights that say nothing: what training starts from."""
    return Weights(np.zeros((ROWS, len(CLASSES)), dtype=np.int16))


@cache
def load() -> Weights:
    """The weights that come with the package."""
    return read(files("mapdata.reading").joinpath(_FILE).read_bytes())
