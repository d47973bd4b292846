"""Examples for training: the candidates of labelled articles, each with the status that its sentence says.

A candidate is an example of a status where an annotator's quote for that claim covers its sentence. Where a pair
has a claim, but with another sentence for a quote, nobody knows what this sentence alone would have given: it
is left out, and so is what careful readers differ on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mapdata.evaluation.check import gazetteer_of
from mapdata.evaluation.gold import GoldArticle, as_article, key, load_gold
from mapdata.gazetteer import load
from mapdata.model import Article
from mapdata.outlets import load_outlets
from mapdata.reading.candidates import Candidate
from mapdata.reading.hashing import feature_row
from mapdata.reading.reader import Reader
from mapdata.reading.weights import CLASSES, untrained


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """story: the article's id, so that examples of one story stay together. rows: of the table of weights.
    weight: less than one where a sentence says two things of a pair."""

    story: str
    lang: str
    rows: np.ndarray
    label: int
    weight: float = 1.0


@dataclass(slots=True)
class Reach:
    """How far the candidates reach: claims that some candidate could give, and claims in all."""

    reached: int = 0
    claims: int = 0


def label_files(root: Path, parts: Iterable[str]) -> list[Path]:
    """The label files of these parts, in a fixed order: <root>/<theatre>/<part>/*.yaml."""
    return sorted(file for part in parts for file in root.glob(f"*/{part}/*.yaml"))


def articles_of(files: Iterable[Path]) -> Iterator[tuple[GoldArticle, Article, Reader]]:
    """Labelled articles, each with a reader for its theatre's gazetteer."""
    readers: dict[Path, Reader] = {}
    outlets = load_outlets()
    for file in files:
        where = gazetteer_of(file)
        if where not in readers:
            readers[where] = Reader(load(where), outlets, untrained())
        for gold in load_gold(file):
            yield gold, as_article(gold, file.parent), readers[where]


def examples(
    labelled: Iterable[tuple[GoldArticle, Article, Reader]],
    reach: Reach | None = None,
    *,
    weight: float = 1.0,
    source: str = "",
) -> list[Example]:
    """The examples of labelled articles, in their order. weight: how much each counts. source: a feature of their
    own, which takes up how often claims are made there, so that it does not count elsewhere."""
    own = np.array([feature_row(f"source={source}")] if source else [], dtype=np.int64)
    found: list[Example] = []
    for gold, article, reader in labelled:
        candidates, lang = reader.candidates(article)
        features = reader.decision.features(candidates, reader.decision.ruled(candidates), lang)
        statuses = _statuses(gold, article, candidates, reach)
        for place, labels in enumerate(statuses):
            for status in labels:
                rows = np.concatenate((features.of(place), own))
                found.append(Example(article.id, lang, rows, CLASSES.index(status), weight / len(labels)))
    return found


def _statuses(gold: GoldArticle, article: Article, candidates: list[Candidate], reach: Reach | None) -> list[list[str]]:
    """For each candidate the statuses that it is an example of; none where it is left out."""
    quoted: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    pairs: set[tuple[str, str]] = set()
    unsure = {(c.site, c.actor) for c in gold.optional}
    unsure |= {(c.site, c.actor) for choice in gold.any_of for one in choice for c in one}
    asked = {key(claim) for claim in gold.claims}
    # A claim that is asked for may be quoted once more among the optional ones.
    for claim in (*gold.claims, *(claim for claim in gold.optional if key(claim) in asked)):
        pair = claim.site, claim.actor
        pairs.add(pair)
        at = article.text.find(claim.quote) if claim.quote else -1
        if at >= 0 and claim.quote:
            quoted.setdefault(pair, []).append((at, at + len(claim.quote), claim.status.value))
    found: list[list[str]] = []
    hit: set[tuple[str, str, str]] = set()
    for candidate in candidates:
        pair = candidate.site, candidate.actor
        start, end = candidate.view.sentence.start, candidate.view.sentence.end
        labels = sorted({status for a, b, status in quoted.get(pair, ()) if start < b and a < end})
        hit |= {(*pair, status) for status in labels}
        found.append(labels or ([] if pair in pairs or pair in unsure else ["none"]))
    if reach is not None:
        reach.claims += len(asked)
        reach.reached += len(hit)
    return found
