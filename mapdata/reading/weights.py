"""The trained decision: a linear model over masked features, its weights integers in the repository.

`make train` makes the weights from the labelled articles (docs/reading.md); at run time there is nothing but a
table of integers and additions.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from mapdata.model import Status

CLASSES = ("none", *(status.value for status in Status))
# Weights are kept as integers of this many parts of one.
SCALE = 256
_FILE = "rules/decision.json.gz"


@dataclass(frozen=True, slots=True)
class Weights:
    """table: for each feature an integer a class, in the order of CLASSES. claimed: how likely a pair has to be
    claimed at all; second: how likely a second status beside the first. temperature: what the sums are divided
    by to be calibrated."""

    table: Mapping[str, tuple[int, ...]]
    claimed: float = 0.5
    second: float = 0.35
    temperature: float = 1.0

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """How likely each class is, in the order of CLASSES; they add up to one."""
        # Unrolled: this is where reading spends most of its time.
        none = existing = proposed = denied = former = 0
        find = self.table.get
        for feature in features:
            row = find(feature)
            if row is not None:
                none += row[0]
                existing += row[1]
                proposed += row[2]
                denied += row[3]
                former += row[4]
        sums = (none, existing, proposed, denied, former)
        scaled = [total / (SCALE * self.temperature) for total in sums]
        top = max(scaled)
        raised = [exp(value - top) for value in scaled]
        whole = sum(raised)
        return [value / whole for value in raised]


@cache
def load() -> Weights | None:
    """The weights that come with the package; None where none have been trained."""
    file = files("mapdata.reading").joinpath(_FILE)
    if not file.is_file():
        return None
    raw = json.loads(gzip.decompress(file.read_bytes()))
    return Weights(
        {name: tuple(row) for name, row in raw["table"].items()},
        raw["claimed"],
        raw["second"],
        raw["temperature"],
    )
