"""A database of made-up claims: the same for the same number and seed, whatever the machine.

The articles are of a kind that reporting is: a few claims each about neighbouring sites, most of them of the last
months, a third of them relays that credit another outlet, some without a day. No sentence is of a real report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine, insert, update

from mapdata.articles import article_id
from mapdata.model import Article, Attribution, Claim, Cue, Gazetteer, SpeakerKind, Status
from mapdata.origins import signature
from mapdata.store import Store, rows, schema

LAST_DAY, DAYS = date(2026, 11, 1), 6 * 365
_OUTLETS = 240
_RELAYED, _UNDATED = 0.35, 0.01
_STATUSES = tuple(Status)
_SHARES = (0.55, 0.25, 0.08, 0.12)
_SPEAKERS = tuple(SpeakerKind)
_WORDS = ("convoy", "airfield", "radar", "garrison", "runway", "checkpoint", "barracks", "depot", "escort", "drone")
_SAID = {
    Status.EXISTING: "is deployed",
    Status.PROPOSED: "plans a base",
    Status.DENIED: "denies any presence",
    Status.FORMER: "has left",
}
_ARTICLES_AT_ONCE = 4000


@dataclass(frozen=True, slots=True)
class Made:
    """How many claims and articles there are."""

    claims: int
    articles: int


def write(path: Path, gazetteer: Gazetteer, count: int, seed: int = 1) -> Made:
    """A new SQLite store at the path with `count` claims about the gazetteer's sites and actors."""
    Store.open(path).close()
    engine = create_engine(f"sqlite:///{path}")
    articles = claims = 0
    # Straight into the store's tables: article by article, as ingest writes, a million claims take an hour.
    with engine.begin() as connection:
        connection.execute(insert(schema.gazetteers).values(version=gazetteer.version, theatre=gazetteer.theatre.name))
        batch: list[tuple[Article, list[Claim]]] = []

        def flush() -> None:
            if not batch:
                return
            connection.execute(insert(schema.articles), [_article_row(article) for article, _ in batch])
            read = [{"article": a.id, "gazetteer": gazetteer.version, "program": "bench"} for a, _ in batch]
            connection.execute(insert(schema.readings), read)
            connection.execute(
                insert(schema.claims),
                [rows.claim_row(claim, place) for _, found in batch for place, claim in enumerate(found)],
            )
            batch.clear()

        for article, found in reports(gazetteer, count, seed):
            batch.append((article, found))
            articles, claims = articles + 1, claims + len(found)
            if len(batch) >= _ARTICLES_AT_ONCE:
                flush()
        flush()
        connection.execute(update(schema.meta).values(revision=1))
    engine.dispose()
    return Made(claims, articles)


def reports(gazetteer: Gazetteer, count: int, seed: int = 1) -> Iterator[tuple[Article, list[Claim]]]:
    """Articles with their claims, `count` claims in all."""
    random = np.random.default_rng(seed)
    sites, actors = list(gazetteer.sites), list(gazetteer.actors)
    outlets = [f"Bench {number} Post" for number in range(_OUTLETS)]
    made = number = 0
    while made < count:
        wanted = min(int(random.integers(1, 7)), count - made)
        near = int(random.integers(len(sites)))
        keys = {}
        for _ in range(wanted):
            site = sites[(near + int(random.integers(8))) % len(sites)]
            actor = actors[int(random.integers(len(actors)))]
            keys[site, actor, _STATUSES[int(random.choice(4, p=_SHARES))]] = None
        # Most reports are of the last months, as in any archive that is kept up.
        age = int(DAYS * random.random() ** 2)
        day = None if random.random() < _UNDATED else LAST_DAY - timedelta(days=age)
        outlet = outlets[int(random.integers(_OUTLETS))]
        credited = outlets[int(random.integers(40))] if random.random() < _RELAYED else None
        speaker = _SPEAKERS[int(random.integers(len(_SPEAKERS)))]
        words = " ".join(_WORDS[int(i)] for i in random.integers(len(_WORDS), size=12))
        yield _report(number, list(keys), day, outlet, credited, speaker, words)
        made, number = made + len(keys), number + 1


def _report(
    number: int,
    keys: list[tuple[str, str, Status]],
    day: date | None,
    outlet: str,
    credited: str | None,
    speaker: SpeakerKind,
    words: str,
) -> tuple[Article, list[Claim]]:
    url = f"https://news.example/{number}"
    quotes = [f"Report {number}: {actor} {_SAID[status]} at {site}, beside a {words}." for site, actor, status in keys]
    text = "\n\n".join(quotes)
    article = Article(
        id=article_id(outlet, url, text),
        text=text,
        title=f"Report {number}",
        outlet=outlet,
        published=day,
        published_from="metadata" if day else None,
        url=url,
        lang="en",
    )
    said = Attribution(f"an official, to {credited}" if credited else None, speaker, credited)
    claims, start = [], 0
    for (site, actor, status), quote in zip(keys, quotes, strict=True):
        at = start + quote.index(_SAID[status])
        cue = Cue(at, at + len(_SAID[status]), _SAID[status])
        claims.append(
            Claim(article.id, site, actor, status, quote, start, start + len(quote), said, (cue,), day, score=0.9)
        )
        start += len(quote) + 2
    return article, claims


def _article_row(article: Article) -> dict[str, object]:
    row = {column.name: getattr(article, column.name) for column in rows.ARTICLE_COLUMNS}
    return row | {
        "series": rows.series(article),
        "version": 1,
        "current": True,
        "signature": signature(article.text),
    }
