"""What must hold of all that is stored, looked at afterwards: nothing made up, nothing lost, nothing twice.

Writing refuses what breaks these rules (`checks`); this finds what got past it: a file that was edited or damaged,
a database that another program wrote to.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from mapdata.articles import article_id
from mapdata.model import Article, Claim, Gazetteer
from mapdata.store import connect, rows
from mapdata.store.checks import claim_faults
from mapdata.store.schema import articles, claims, readings

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and a sentence for each fault, which names the article."""

    articles: int
    claims: int
    faults: tuple[str, ...]


def check(address: str | os.PathLike[str] | None, gazetteer: Gazetteer) -> Checked:
    """Every article in all its versions, and every claim, of one moment. Raises StoreError for a database that
    cannot be read.

    A claim holds if its quote and cues are the text at their places, its article is there, and the gazetteer has
    its site and its actor. An article holds if its id is the hash of its outlet, address and text, it was read, and
    exactly one of its versions counts.
    """
    url = connect.parse_address(address)
    engine = connect.open_engine(url, readonly=True)
    try:
        with connect.one_line(url, "read"), connect.reading(engine).begin() as read:
            faults = [*_damage(read), *_strays(read), *_versions(read)]
            ids = list(read.scalars(select(articles.c.id).order_by(articles.c.id)))
            count = 0
            for first in range(0, len(ids), _AT_ONCE):
                for article, found in _with_claims(read, ids[first : first + _AT_ONCE]):
                    count += len(found)
                    faults += _faults(article, found, gazetteer)
    finally:
        engine.dispose()
    return Checked(len(ids), count, tuple(faults))


def _faults(article: Article, found: list[Claim], gazetteer: Gazetteer) -> Iterator[str]:
    if article.id != article_id(article.outlet, article.url, article.text):
        yield f"article {article.id}: its text, outlet or address is not what its id is the hash of"
    for claim in found:
        for fault in claim_faults(article, claim, gazetteer):
            yield f"article {article.id}: claim ({claim.site}, {claim.actor}, {claim.status}): {fault}"


def _with_claims(read: Connection, ids: list[str]) -> Iterator[tuple[Article, list[Claim]]]:
    by_article: dict[str, list[Claim]] = {id: [] for id in ids}
    of_these = (
        select(*rows.CLAIM_COLUMNS, articles.c.published)
        .join(articles, articles.c.id == claims.c.article)
        .where(claims.c.article.in_(ids))
        .order_by(claims.c.article, claims.c.position)
    )
    for row in read.execute(of_these):
        by_article[row.article].append(rows.claim_of(row))
    for row in read.execute(select(*rows.ARTICLE_COLUMNS).where(articles.c.id.in_(ids)).order_by(articles.c.id)):
        article = rows.article_of(row)
        yield article, by_article[article.id]


def _damage(read: Connection) -> Iterator[str]:
    if read.dialect.name == "sqlite":
        for (said,) in read.execute(text("PRAGMA integrity_check")):
            if said != "ok":
                yield f"the file is damaged: {said}"


def _strays(read: Connection) -> Iterator[str]:
    """Rows whose article is not there, and articles that nothing says were read."""
    for what, table in (("claims", claims), ("a reading", readings)):
        lost = select(table.c.article).outerjoin(articles, articles.c.id == table.c.article)
        for id in read.scalars(lost.where(articles.c.id.is_(None)).distinct()):
            yield f"article {id}: is not there, and {what} of it are"
    unread = select(articles.c.id).outerjoin(readings, readings.c.article == articles.c.id)
    for id in read.scalars(unread.where(readings.c.article.is_(None), articles.c.current)):
        yield f"article {id}: is stored and was never read: `mapdata reread` reads it"


def _versions(read: Connection) -> Iterator[str]:
    counting = select(articles.c.series, func.count()).where(articles.c.current).group_by(articles.c.series)
    current = dict(tuple(row) for row in read.execute(counting))
    for series, count, some in read.execute(
        select(articles.c.series, func.count(), func.min(articles.c.id)).group_by(articles.c.series)
    ):
        if current.get(series, 0) != 1:
            yield f"article {some}: of its {count} versions {current.get(series, 0)} count, and not one"
