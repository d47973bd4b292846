"""Fitting: a linear model over sparse features, the same bytes from the same examples.

One thread, a fixed order, and weights rounded to integers at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from mapdata.reading.hashing import ROWS
from mapdata.reading.weights import CLASSES, SCALE
from mapdata.training.examples import Example

# A feature that fewer stories than this have is noise.
FEWEST = 2
# The strength of the pull towards zero; chosen by cross-validation over theatres.
PULL = 8.0
ROUNDS = 80
# Weights that move nothing when rounded are left out.
_LEAST = 2


def fit(examples: Sequence[Example], pull: float = PULL) -> np.ndarray:
    """The table of integer weights, ROWS by classes (int16)."""
    matrix, columns = _matrix(examples)
    labels = np.array([example.label for example in examples])
    weights = np.array([example.weight for example in examples])
    count, size, kinds = matrix.shape[0], matrix.shape[1], len(CLASSES)
    target = np.zeros((count, kinds))
    target[np.arange(count), labels] = weights
    turned = matrix.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(size, kinds)
        sums = matrix @ table
        sums -= sums.max(axis=1, keepdims=True)
        raised = np.exp(sums)
        whole = raised.sum(axis=1, keepdims=True)
        value = -(target * (sums - np.log(whole))).sum()
        slope = turned @ (raised / whole * weights[:, None] - target)
        return value + 0.5 * pull * float((flat * flat).sum()), (slope + pull * table).ravel()

    best = minimize(
        loss, np.zeros(size * kinds), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 10}
    )
    rounded = np.rint(best.x.reshape(size, kinds) * SCALE)
    rounded[np.abs(rounded).max(axis=1) < _LEAST] = 0
    table = np.zeros((ROWS, kinds), dtype=np.int16)
    table[columns] = rounded.astype(np.int16)
    return table


def _matrix(examples: Sequence[Example]) -> tuple[csr_matrix, np.ndarray]:
    """(examples by features, the rows of the weights' table behind its columns); features of too few stories
    are left out."""
    stories: dict[str, int] = {}
    story = np.array([stories.setdefault(example.story, len(stories)) for example in examples])
    size = [len(example.rows) for example in examples]
    rows = np.concatenate([example.rows for example in examples])
    owner = np.repeat(np.arange(len(examples)), size)
    seen = np.unique(rows.astype(np.int64) * len(stories) + story[owner])
    often = np.bincount(seen // len(stories), minlength=ROWS) >= FEWEST
    columns = np.flatnonzero(often)
    number = np.full(ROWS, -1)
    number[columns] = np.arange(len(columns))
    kept = number[rows] >= 0
    matrix = csr_matrix(
        (np.ones(int(kept.sum())), (owner[kept], number[rows[kept]])), shape=(len(examples), len(columns))
    )
    return matrix, columns


def counts(examples: Sequence[Example]) -> Mapping[str, int]:
    """How many examples there are of each class."""
    return Counter(CLASSES[example.label] for example in examples)
