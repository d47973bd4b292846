"""How sure is sure enough: thresholds by status, chosen on the tune part for the best F1 of whole claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mapdata.evaluation.check import gazetteer_of
from mapdata.evaluation.gold import GoldArticle, as_article, load_gold
from mapdata.evaluation.scores import score, total
from mapdata.gazetteer import load
from mapdata.model import Article, Gazetteer, Status
from mapdata.outlets import load_outlets
from mapdata.reading.reader import Reader
from mapdata.reading.weights import Weights

_STEPS = (0.26, 0.3, 0.34, 0.38, 0.42, 0.46, 0.5, 0.55, 0.6)

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
    """The weights with thresholds: one for all first, then each status on its own around it."""
    articles = labelled(files)
    plain = replace(weights, thresholds=dict.fromkeys((s.value for s in Status), 0.5))
    if not articles:
        return plain
    common = max(
        _STEPS,
        key=lambda t: (measure(_at(plain, dict.fromkeys(plain.thresholds, t)), articles), -abs(t - 0.42)),
    )
    best = dict.fromkeys(plain.thresholds, common)
    for status in Status:
        tried = {step: measure(_at(plain, best | {status.value: step}), articles) for step in _STEPS}
        top = max(tried.values())
        # Of thresholds that do as well the one nearest to the common one: the tune part is small.
        best[status.value] = min((s for s in _STEPS if tried[s] >= top - 1e-9), key=lambda s: abs(s - common))
    return _at(plain, best)


def _at(weights: Weights, thresholds: dict[str, float]) -> Weights:
    return replace(weights, thresholds=thresholds)
