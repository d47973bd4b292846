"""Annotated articles: the answers that a careful reader gives (docs/annotation.md), read from YAML.

A file is a list of articles: `id`, `path` (from the file's own folder) or `text`, `published`, `claims`, each
`[site, actor, status]`, with the quote as a fourth and what else is known of it as a fifth; `optional` claims are
neither asked for nor counted against; `any_of` lists alternatives, of which one whole one is enough.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from mapdata.articles import article_id
from mapdata.articles import read as read_files
from mapdata.errors import InputRefused, MapdataError
from mapdata.model import Article, Gazetteer, SpeakerKind, Status

Key = tuple[str, str, Status]


class GoldError(MapdataError, ValueError):
    """A file of annotated articles that cannot be used; the message names file, article and mend."""


class Known(BaseModel):
    """What an annotator wrote down of a claim besides its status: who says it, of which kind, credited to
    which outlet, and the times of the presence as EDTF (`from`, `to`)."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    by: str | None = None
    kind: SpeakerKind | None = None
    credited: str | None = None
    held_from: str | None = None
    held_to: str | None = None


def _claim(raw: object) -> dict:
    if not isinstance(raw, list) or not 3 <= len(raw) <= 5:
        raise ValueError("a claim is [site, actor, status], with the quote as a fourth and a mapping as a fifth")
    named = dict(zip(("site", "actor", "status", "quote", "known"), raw, strict=False))
    named["site"], named["actor"] = str(named["site"]), str(named["actor"])
    return named


class GoldClaim(BaseModel):
    model_config = ConfigDict(extra="forbid")

    site: str
    actor: str
    status: Status
    quote: str | None = None
    known: Known | None = None


AClaim = Annotated[GoldClaim, BeforeValidator(_claim)]


class GoldArticle(BaseModel):
    """origin: a label that articles share whose claims go back to one report. construction, theatre, part,
    story and lang sort the figures."""

    model_config = ConfigDict(extra="forbid")

    id: str
    path: str | None = None
    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    lang: Literal["en", "ar", "tr", "ru", "fr"] | None = None
    style: str | None = None
    story: str | None = None
    origin: str | None = None
    note: str | None = None
    claims: list[AClaim] = []
    optional: list[AClaim] = []
    any_of: list[list[list[AClaim]]] = []


def key(claim: GoldClaim) -> Key:
    return claim.site, claim.actor, claim.status


def load_gold(path: Path) -> list[GoldArticle]:
    """The annotated articles of a file. Raises GoldError with the article and field at fault."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise GoldError(f"{path}: cannot be read as YAML: {' '.join(str(fault).split())}") from fault
    if not isinstance(raw, list):
        raise GoldError(f"{path}: a list of articles is expected, each with an id and a path or text")
    articles = []
    for number, item in enumerate(raw, 1):
        try:
            article = GoldArticle.model_validate(item)
        except ValidationError as fault:
            first = fault.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            name = item.get("id", number) if isinstance(item, dict) else number
            raise GoldError(f"{path}: article {name}: {where}: {first['msg']}") from fault
        if (article.path is None) == (article.text is None):
            raise GoldError(f"{path}: article {article.id}: give either a path or a text")
        articles.append(article)
    return articles


def nearest_gazetteer(path: Path) -> Path | None:
    """The gazetteer that answers were written with: gazetteer.yaml in the nearest folder above them, or None."""
    found = (folder / "gazetteer.yaml" for folder in path.resolve().parents)
    return next((file for file in found if file.is_file()), None)


def as_article(gold: GoldArticle, folder: Path) -> Article:
    """The article to be read, its text and metadata as the annotator saw them."""
    if gold.path is not None:
        file = str(folder / gold.path)
        reasons: list[InputRefused] = []
        read = next(iter(read_files([file], reasons.append)), None)
        if read is None:
            raise GoldError(str(reasons[0]) if reasons else f"{file}: no article in it")
    else:
        assert gold.text is not None
        read = Article(id="", text=gold.text)
    outlet, url = gold.outlet or read.outlet, gold.url or read.url
    return Article(
        id=article_id(outlet, url, read.text),
        text=read.text,
        title=gold.title or read.title,
        outlet=outlet,
        published=gold.published or read.published,
        url=url,
        lang=gold.lang or read.lang,
        path=gold.path or gold.id,
    )


def faults(gold: GoldArticle, article: Article, gazetteer: Gazetteer) -> list[str]:
    """What is wrong with an annotation: unknown ids, quotes that are not in the text."""
    found = []
    every = [*gold.claims, *gold.optional, *(c for choice in gold.any_of for one in choice for c in one)]
    for claim in every:
        if claim.site not in gazetteer.sites:
            found.append(f"{gold.id}: site {claim.site!r} is not in the gazetteer")
        if claim.actor not in gazetteer.actors:
            found.append(f"{gold.id}: actor {claim.actor!r} is not in the gazetteer")
        if claim.quote is not None and claim.quote not in article.text:
            found.append(f"{gold.id}: quote is not in the text: {claim.quote!r}")
    # A claim may stand once for each sentence that supports it on its own.
    seen = [(key(claim), claim.quote or "") for claim in gold.claims]
    found += [f"{gold.id}: {one} is there twice" for one in sorted(set(seen)) if seen.count(one) > 1]
    return found
