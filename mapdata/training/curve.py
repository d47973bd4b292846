"""How well the reader reads by how much it has learned from; scripts/learning_curve.py draws it.

For each share of the stories, and for each theatre in turn, the weights are fitted on that share of the other
theatres' stories and measured on the whole of the one left out (leave-theatre-out, over the parts train and tune).
The shares are nested: a larger one has all stories of a smaller one. The parts `test` are never opened.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mapdata.evaluation.scores import Tally, score
from mapdata.outlets import load_outlets
from mapdata.reading.reader import Reader
from mapdata.reading.weights import Weights
from mapdata.training.examples import Example, examples, label_files
from mapdata.training.fit import PULL, fit
from mapdata.training.thresholds import Labelled, labelled

PARTS = ("train", "tune")


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
    """A point for each share; theatres: those left out in turn, None for all."""
    files = label_files(labels, list(PARTS))
    by_theatre: dict[str, list[Path]] = defaultdict(list)
    for file in files:
        by_theatre[file.relative_to(labels).parts[0]].append(file)
    made: dict[str, list[Example]] = {name: examples(mine) for name, mine in sorted(by_theatre.items())}
    articles: dict[str, list[Labelled]] = {name: labelled(mine) for name, mine in sorted(by_theatre.items())}
    points = []
    for share in shares:
        claims, pairs, stories = Tally(), Tally(), []
        for left_out in theatres or sorted(made):
            learned = [
                example
                for name, mine in made.items()
                if name != left_out
                for example in mine
                if order_of(example.story) < share
            ]
            stories.append(len({example.story for example in learned}))
            _read(Weights(fit(learned, pull)), articles[left_out], claims, pairs)
        point = Point(share, sum(stories) / len(stories), claims.f1, pairs.f1)
        print(
            f"{share:.0%} ({point.stories:.0f} stories): claims {point.claims:.3f}, pairs {point.pairs:.3f}", flush=True
        )
        points.append(point)
    return points


def _read(weights: Weights, articles: Sequence[Labelled], claims: Tally, pairs: Tally) -> None:
    readers: dict[Path, Reader] = {}
    for gold, article, gazetteer, where in articles:
        if where not in readers:
            readers[where] = Reader(gazetteer, load_outlets(), weights)
        result = score(gold, readers[where].read(article), gazetteer)
        claims.add(result.claims)
        pairs.add(result.pairs)
