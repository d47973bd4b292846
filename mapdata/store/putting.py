"""One article put into the database, within a transaction that holds the lock."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from mapdata.errors import StoreError
from mapdata.model import Article, Claim, Gazetteer
from mapdata.origins import signature
from mapdata.store import rows, rulings
from mapdata.store.schema import articles, claims, gazetteers, readings


class Outcome(StrEnum):
    """What putting an article did."""

    NEW = "new"
    NEW_VERSION = "new version"  # a new text under an address that is known
    REREAD = "reread"  # its claims were replaced
    CORRECTED = "corrected"  # its metadata were replaced
    ERASED = "erased"  # somebody demanded that it be removed, so it was not taken
    UNCHANGED = "unchanged"


def put(
    connection: Connection, article: Article, found: tuple[Claim, ...], gazetteer: Gazetteer, program: str
) -> Outcome:
    """Stores one article with its claims, which were found sound; see Store.put_many."""
    stored = connection.execute(select(articles).where(articles.c.id == article.id)).one_or_none()
    if stored is None:
        if rulings.erased(connection, [article]):
            return Outcome.ERASED
        outcome = _add(connection, article)
        _replace_claims(connection, article.id, found, gazetteer, program)
        return outcome
    if stored.text != article.text:
        raise StoreError(f"article {article.id} is stored with another text: an id is a hash of the text")
    corrected = rows.corrections(article, stored._mapping)
    if corrected:
        connection.execute(update(articles).where(articles.c.id == article.id).values(**corrected))
    if _same_reading(connection, article.id, found, gazetteer, program):
        return Outcome.CORRECTED if corrected else Outcome.UNCHANGED
    _replace_claims(connection, article.id, found, gazetteer, program)
    return Outcome.REREAD


def _add(connection: Connection, article: Article) -> Outcome:
    series = rows.series(article)
    newest = connection.execute(select(func.max(articles.c.version)).where(articles.c.series == series)).scalar_one()
    before = select(articles.c.id, articles.c.text).where(articles.c.series == series, articles.c.current)
    replaced = connection.execute(before).one_or_none()
    if newest is not None:
        connection.execute(update(articles).where(articles.c.series == series).values(current=False))
    values: dict[str, Any] = {column.name: getattr(article, column.name) for column in rows.ARTICLE_COLUMNS}
    values |= {
        "path": rows.printable_path(article.path),
        "series": series,
        "version": (newest or 0) + 1,
        "current": True,
        "signature": signature(article.text),
    }
    connection.execute(insert(articles).values(**values))
    if replaced is not None:
        rulings.carry(connection, replaced.id, replaced.text, article)
    return Outcome.NEW if newest is None else Outcome.NEW_VERSION


def _same_reading(
    connection: Connection, id: str, found: tuple[Claim, ...], gazetteer: Gazetteer, program: str
) -> bool:
    reading = connection.execute(
        select(readings.c.gazetteer, readings.c.program).where(readings.c.article == id)
    ).one_or_none()
    if reading is None or tuple(reading) != (gazetteer.version, program):
        return False
    stored = connection.execute(select(claims).where(claims.c.article == id).order_by(claims.c.position))
    return [dict(row._mapping) for row in stored] == _claim_rows(found)


def _replace_claims(
    connection: Connection, id: str, found: tuple[Claim, ...], gazetteer: Gazetteer, program: str
) -> None:
    version = gazetteers.c.version == gazetteer.version
    if connection.execute(select(gazetteers.c.version).where(version)).one_or_none() is None:
        connection.execute(insert(gazetteers).values(version=gazetteer.version, theatre=gazetteer.theatre.name))
    connection.execute(delete(claims).where(claims.c.article == id))
    connection.execute(delete(readings).where(readings.c.article == id))
    connection.execute(insert(readings).values(article=id, gazetteer=gazetteer.version, program=program))
    if found:
        connection.execute(insert(claims), _claim_rows(found))


def _claim_rows(found: tuple[Claim, ...]) -> list[dict[str, Any]]:
    ordered = sorted(found, key=lambda claim: (claim.start, claim.end, claim.site, claim.actor, claim.status))
    return [rows.claim_row(claim, position) for position, claim in enumerate(ordered)]
