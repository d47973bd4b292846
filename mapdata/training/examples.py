"""Examples for training: the candidates of labelled articles, each with the status that its sentence says.

A candidate is an example of a status where an annotator's quote for that claim covers its sentence. Where a pair
has a claim, but with another sentence for a quote, nobody knows what this sentence alone would have given: it
is left out, and so is what careful readers differ on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mapdata.evaluation.check import gazetteer_of
from mapdata.evaluation.gold import GoldArticle, as_article, load_gold
from mapdata.gazetteer import load
from mapdata.model import Article
from mapdata.outlets import load_outlets
from mapdata.reading.reader import Reader
from mapdata.reading.weights import CLASSES


@dataclass(frozen=True, slots=True)
class Example:
    """story: the article's id, so that examples of one story stay together. weight: less than one where a
    sentence says two things of a pair."""

    story: str
    lang: str
    features: tuple[str, ...]
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
            readers[where] = Reader(load(where), outlets)
        for gold in load_gold(file):
            yield gold, as_article(gold, file.parent), readers[where]


def examples(files: Iterable[Path], reach: Reach | None = None) -> list[Example]:
    """The examples of label files, in their order."""
    found: list[Example] = []
    for gold, article, reader in articles_of(files):
        found += _of_article(gold, article, reader, reach)
    return found


def _of_article(gold: GoldArticle, article: Article, reader: Reader, reach: Reach | None) -> list[Example]:
    quoted: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    pairs: set[tuple[str, str]] = set()
    unsure = {(c.site, c.actor) for c in gold.optional}
    unsure |= {(c.site, c.actor) for choice in gold.any_of for one in choice for c in one}
    for claim in gold.claims:
        pair = claim.site, claim.actor
        pairs.add(pair)
        at = article.text.find(claim.quote) if claim.quote else -1
        if at >= 0 and claim.quote:
            quoted.setdefault(pair, []).append((at, at + len(claim.quote), claim.status.value))
    found = []
    hit: set[tuple[str, str, str]] = set()
    for candidate, feats in reader.candidates(article):
        pair = candidate.site, candidate.actor
        start, end = candidate.view.sentence.start, candidate.view.sentence.end
        labels = sorted({status for a, b, status in quoted.get(pair, ()) if start < b and a < end})
        hit |= {(*pair, status) for status in labels}
        if not labels and (pair in pairs or pair in unsure):
            continue
        for status in labels or ["none"]:
            found.append(
                Example(
                    article.id,
                    gold.lang or "en",
                    tuple(feats),
                    CLASSES.index(status),
                    1.0 / max(1, len(labels)),
                )
            )
    if reach is not None:
        reach.claims += len(gold.claims)
        reach.reached += len(hit)
    return found
