"""How sure is sure enough: limits chosen on the tune part for the best F1 of whole claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mapdata.evaluation.check import gazetteer_of
from mapdata.evaluation.gold import GoldArticle, as_article, load_gold
from mapdata.evaluation.scores import score, total
from mapdata.gazetteer import load
from mapdata.model import Article, Gazetteer
from mapdata.outlets import load_outlets
from mapdata.reading.reader import Reader
from mapdata.reading.weights import Weights

_CLAIMED = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_SECOND = (0.28, 0.35, 0.42)

Labelled = tuple[GoldArticle, Article, Gazetteer, Path]


def labelled(files: Sequence[Path]) -> list[Labelled]:
    """The labelled articles of files, each with its theatre's gazetteer."""
    gazetteers: dict[Path, Gazetteer] = {}
    found = []
    for file in files:
        where = gazetteer_of(file)
        if where not in gazetteers:
            gazetteers[where] = load(where)
        found += [(gold, as_article(gold, file.parent), gazetteers[where], where) for gold in load_gold(file)]
    return found


def measure(weights: Weights | None, articles: Sequence[Labelled]) -> float:
    """F1 of whole claims over labelled articles."""
    readers: dict[Path, Reader] = {}
    outlets = load_outlets()
    results = []
    for gold, article, gazetteer, where in articles:
        if where not in readers:
            readers[where] = Reader(gazetteer, outlets, weights)
        results.append(score(gold, readers[where].read(article), gazetteer))
    return total(results).claims.f1


def choose(weights: Weights, files: Sequence[Path]) -> Weights:
    """The weights with the limits that do best on these files: how likely a claim, how likely a second one."""
    articles = labelled(files)
    if not articles:
        return weights
    tried = {(c, s): measure(replace(weights, claimed=c, second=s), articles) for c in _CLAIMED for s in _SECOND}
    top = max(tried.values())
    # Of limits that do about as well those in the middle: the tune part is small.
    good = [limits for limits, value in tried.items() if value >= top - 0.003]
    claimed, second = min(good, key=lambda limits: (abs(limits[0] - 0.5), abs(limits[1] - 0.35)))
    return replace(weights, claimed=claimed, second=second)
