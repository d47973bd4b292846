"""How well the reader reads by how much it has learned from; scripts/learning_curve.py draws it.

For each share of the stories, and for each group of theatres in turn, the weights are fitted on that share of the
other theatres' stories and of the bank, and measured on the whole of those left out (over the parts train and tune).
The shares are nested: a larger one has all stories of a smaller one. The parts `test` are never opened.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mapdata.evaluation.scores import Tally
from mapdata.reading.weights import Weights
from mapdata.training.bank import BANK_WEIGHT, bank
from mapdata.training.examples import articles_of, examples, label_files
from mapdata.training.fit import PULL, fit
from mapdata.training.thresholds import results, weigh

PARTS = ("train", "tune")
GROUPS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """share: of the training stories, 0 to 1. stories: how many that are, on the average. F1 over all theatres."""

    share: float
    stories: float
    claims: float
    pairs: float


def order_of(story: str) -> float:
    """A place from 0 to 1 for a story, by its name alone: a share of the stories is those below it."""
    return int.from_bytes(hashlib.sha256(story.encode("utf-8")).digest()[:6], "big") / 2**48


def measure(shares: Sequence[float], labels: Path, theatres: Sequence[str] | None, pull: float = PULL) -> list[Point]:
    """A point for each share; theatres: those measured, None for all. The theatres are left out in GROUPS groups;
    the bank of sentences counts as stories like any other and is never measured."""
    by_theatre: dict[str, list[Path]] = defaultdict(list)
    for file in label_files(labels, list(PARTS)):
        by_theatre[file.relative_to(labels).parts[0]].append(file)
    names = sorted(by_theatre)
    articles = {name: list(articles_of(by_theatre[name])) for name in names}
    made = {name: examples(articles[name]) for name in names}
    more = examples(bank(labels / "bank"), weight=BANK_WEIGHT, source="bank")
    points = []
    for share in shares:
        claims, pairs, stories = Tally(), Tally(), []
        for group in (names[i::GROUPS] for i in range(GROUPS)):
            measured = [name for name in group if theatres is None or name in theatres]
            if not measured:
                continue
            others = [example for name in names if name not in group for example in made[name]]
            learned = [example for example in (*others, *more) if order_of(example.story) < share]
            stories.append(len({example.story for example in learned}))
            weights = Weights(fit(learned, pull))
            for result in results(weights, weigh(weights, (one for name in measured for one in articles[name]))):
                claims.add(result.claims)
                pairs.add(result.pairs)
        point = Point(share, sum(stories) / len(stories), claims.f1, pairs.f1)
        print(
            f"{share:.0%} ({point.stories:.0f} stories): claims {point.claims:.3f}, pairs {point.pairs:.3f}", flush=True
        )
        points.append(point)
    return points
