"""Reads annotated articles as a user's command does and compares: from files of answers to results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mapdata.errors import InputRefused, MapdataError
from mapdata.evaluation.gold import GoldArticle, GoldError, as_article, faults, load_gold, nearest_gazetteer
from mapdata.evaluation.origin_scores import OriginResult, by_language, score_origins
from mapdata.evaluation.scores import Result, score
from mapdata.gazetteer import load
from mapdata.model import Article, Claim, Gazetteer
from mapdata.origins import group_articles
from mapdata.outlets import load_outlets
from mapdata.reading import Reader


@dataclass(slots=True)
class Evaluation:
    """results: one an article, in the order of the files. origins: None where no two articles of one gazetteer
    have an origin; origins_by_lang: of pairs within one language, "across" of pairs of two."""

    results: list[Result] = field(default_factory=list)
    origins: OriginResult | None = None
    origins_by_lang: dict[str, OriginResult] = field(default_factory=dict)


def gold_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files of answers among paths: files as they are given, and what ends in .yaml or .yml in folders, sorted;
    a gazetteer beside them is none. A folder named origins holds articles labelled for their origin alone, and
    comes only when it, or a file in it, is named."""
    seen: set[Path] = set()
    for path in paths:
        within = [path]
        if path.is_dir():
            within = sorted(
                file
                for file in path.rglob("*")
                if file.suffix in {".yaml", ".yml"}
                and file.name != "gazetteer.yaml"
                and "origins" not in file.relative_to(path).parts[:-1]
            )
            if not within:
                raise GoldError(f"{path}: no .yaml file in this folder")
        for file in within:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


@dataclass(slots=True)
class _Theatre:
    """What is read with one gazetteer, and what of it has a label for its origin."""

    gazetteer: Gazetteer
    reader: Reader
    labels: dict[str, str] = field(default_factory=dict)  # by the id in the answers
    langs: dict[str, str] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)  # by their own id
    gold_ids: dict[str, list[str]] = field(default_factory=dict)  # by the article's own id
    claims: list[Claim] = field(default_factory=list)


def evaluate(paths: Sequence[Path], gazetteer: Path | None, refused: Callable[[InputRefused], None]) -> Evaluation:
    """Read every annotated article of the files and folders, and compare.

    gazetteer: the one to read with; None takes gazetteer.yaml in the nearest folder above each file, else
    the one that comes with mapdata. A file that cannot be used, and every fault of an
    annotation, goes to `refused`; the rest goes on.
    """
    theatres: dict[Path | None, _Theatre] = {}
    outlets = load_outlets()
    evaluation = Evaluation()
    for file in gold_files(paths):
        try:
            golds = load_gold(file)
            where = gazetteer or nearest_gazetteer(file)
            if where not in theatres:
                loaded = load(where)
                theatres[where] = _Theatre(loaded, Reader(loaded, outlets))
        except MapdataError as fault:
            refused(InputRefused(str(file), str(fault).removeprefix(f"{file}: ")))
            continue
        for gold in golds:
            _read(gold, file, theatres[where], evaluation, refused)
    _origins(evaluation, list(theatres.values()))
    return evaluation


def _read(
    gold: GoldArticle, file: Path, theatre: _Theatre, evaluation: Evaluation, refused: Callable[[InputRefused], None]
) -> None:
    try:
        article = as_article(gold, file.parent)
    except MapdataError as fault:
        refused(InputRefused(str(file), f"{gold.id}: {fault}"))
        return
    for fault in faults(gold, article, theatre.gazetteer):
        refused(InputRefused(str(file), fault))
    claims = theatre.reader.read(article)
    evaluation.results.append(score(gold, claims, theatre.gazetteer))
    if gold.origin is not None:
        theatre.labels[gold.id] = gold.origin
        theatre.langs[gold.id] = article.lang or ""
        theatre.articles[article.id] = article
        theatre.gold_ids.setdefault(article.id, []).append(gold.id)
        theatre.claims += claims


def _origins(evaluation: Evaluation, theatres: Sequence[_Theatre]) -> None:
    """Over the labelled articles of each gazetteer: reports of two theatres are never one."""
    outlets = load_outlets()
    for theatre in theatres:
        if len(theatre.labels) < 2:
            continue
        groups = [
            [id for article in group for id in theatre.gold_ids[article]]
            for _, group in group_articles(theatre.claims, theatre.articles, outlets)
        ]
        found = score_origins(theatre.labels, groups)
        evaluation.origins = evaluation.origins or OriginResult()
        evaluation.origins.add(found)
        for lang, part in by_language(theatre.labels, groups, theatre.langs).items():
            evaluation.origins_by_lang.setdefault(lang, OriginResult()).add(part)
