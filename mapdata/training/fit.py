"""Fitting: a linear model over sparse features, the same bytes from the same examples.

One thread, a fixed order, and weights rounded to integers at the end.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from mapdata.reading.weights import CLASSES, SCALE, Weights
from mapdata.training.examples import Example

# A feature that fewer stories than this have is noise.
FEWEST = 2
# The strength of the pull towards zero; chosen on the tune part.
PULL = 16.0
ROUNDS = 120


def vocabulary(examples: Sequence[Example]) -> dict[str, int]:
    """Features that stand in enough stories, numbered in the order of the alphabet."""
    stories: dict[str, set[str]] = {}
    for example in examples:
        for feature in example.features:
            seen = stories.setdefault(feature, set())
            if len(seen) < FEWEST:
                seen.add(example.story)
    return {
        feature: i
        for i, feature in enumerate(sorted(f for f, seen in stories.items() if len(seen) >= FEWEST))
    }


def fit(examples: Sequence[Example], pull: float = PULL) -> dict[str, tuple[int, ...]]:
    """The table of integer weights: for each feature one a class."""
    index = vocabulary(examples)
    rows, columns = [], []
    for i, example in enumerate(examples):
        for feature in sorted(set(example.features)):
            j = index.get(feature)
            if j is not None:
                rows.append(i)
                columns.append(j)
    row, column = np.array(rows), np.array(columns)
    labels = np.array([example.label for example in examples])
    weights = np.array([example.weight for example in examples])
    count, kinds, size = len(examples), len(CLASSES), len(index)
    target = np.zeros((count, kinds))
    target[np.arange(count), labels] = 1.0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(size, kinds)
        sums = np.empty((count, kinds))
        for k in range(kinds):
            sums[:, k] = np.bincount(row, weights=table[column, k], minlength=count)
        sums -= sums.max(axis=1, keepdims=True)
        raised = np.exp(sums)
        odds = raised / raised.sum(axis=1, keepdims=True)
        value = -(weights * np.log(np.maximum(odds[np.arange(count), labels], 1e-12))).sum()
        delta = (odds - target) * weights[:, None]
        slope = np.empty((size, kinds))
        for k in range(kinds):
            slope[:, k] = np.bincount(column, weights=delta[row, k], minlength=size)
        return value + 0.5 * pull * float((flat * flat).sum()), (slope + pull * table).ravel()

    start = np.zeros(size * kinds)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 12})
    table = np.rint(best.x.reshape(size, kinds) * SCALE).astype(int)
    return {
        feature: tuple(int(w) for w in table[i])
        for feature, i in index.items()
        if np.abs(table[i]).max() >= 2
    }


def save(weights: Weights, path: Path) -> None:
    """Write weights so that the same weights are the same bytes."""
    raw = json.dumps(
        {
            "classes": CLASSES,
            "temperature": weights.temperature,
            "claimed": weights.claimed,
            "second": weights.second,
            "table": {name: list(row) for name, row in sorted(weights.table.items())},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(raw.encode("utf-8"), compresslevel=9, mtime=0))


def counts(examples: Sequence[Example]) -> Mapping[str, int]:
    return Counter(CLASSES[example.label] for example in examples)
