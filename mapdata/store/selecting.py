"""What is read of one moment: within a transaction that its caller has opened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from mapdata.model import Claim, Source, Status
from mapdata.store import rows, rulings
from mapdata.store.overlay import among, overlay
from mapdata.store.schema import articles, claims, gazetteers, meta, readings


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a store holds. Older versions of an article count in `older_versions` alone.

    undated: articles without a day. statuses: claims by status. gazetteers: (version, theatre, how many
    articles were read with it), the most used first.
    """

    articles: int
    older_versions: int
    undated: int
    illustrative: int
    claims: int
    statuses: tuple[tuple[Status, int], ...]
    gazetteers: tuple[tuple[str, str, int], ...]


def revision(connection: Connection) -> int:
    """Grows with every transaction that changes what can be read."""
    return connection.execute(select(meta.c.revision)).scalar_one()


def newest_sources(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, Source]:
    """The newest versions that nobody took back, by id: all, or those among the ids given."""
    query = select(*rows.SOURCE_COLUMNS).where(articles.c.current, ~articles.c.retracted).order_by(articles.c.id)
    if ids is not None:
        query = query.where(articles.c.id.in_(ids))
    return {row.id: rows.source_of(row) for row in connection.execute(query)}


def standing_claims(
    connection: Connection,
    sites: Collection[str] = (),
    actors: Collection[str] = (),
    statuses: Collection[Status] = (),
    from_day: date | None = None,
    to_day: date | None = None,
    undated: bool = True,
    of_articles: Sequence[str] = (),
) -> list[Claim]:
    """What Store.claims promises; of_articles: of these alone."""
    day = articles.c.published
    query = (
        select(*rows.CLAIM_COLUMNS, day)
        .join(articles, articles.c.id == claims.c.article)
        .where(articles.c.current, ~articles.c.retracted)
        .order_by(day.is_(None), day, claims.c.article, claims.c.position)
    )
    if of_articles:
        query = query.where(claims.c.article.in_(of_articles))
    if sites:
        query = query.where(claims.c.site.in_(sorted(sites)))
    if actors:
        query = query.where(claims.c.actor.in_(sorted(actors)))
    if statuses:
        query = query.where(claims.c.status.in_(sorted(statuses)))
    within = [day >= from_day] if from_day else []
    within += [day <= to_day] if to_day else []
    if undated and within:
        query = query.where(or_(day.is_(None), and_(*within)))
    elif not undated:
        query = query.where(day.is_not(None), *within)
    found = [rows.claim_of(row) for row in connection.execute(query)]
    wanted = among(sites, actors, statuses, from_day, to_day, undated)
    ruled = [ruling for ruling in rulings.live(connection) if not of_articles or ruling.article in of_articles]
    return overlay(found, ruled, wanted)


def counts(connection: Connection) -> Contents:
    """What Store.counts gives."""
    table = select(articles.c.current, articles.c.published.is_(None), articles.c.illustrative, func.count()).group_by(
        articles.c.current, articles.c.published.is_(None), articles.c.illustrative
    )
    kinds = [tuple(row) for row in connection.execute(table)]
    statuses = (
        select(claims.c.status, func.count())
        .join(articles, articles.c.id == claims.c.article)
        .where(articles.c.current)
        .group_by(claims.c.status)
    )
    by_status = dict(tuple(row) for row in connection.execute(statuses))
    used = (
        select(gazetteers.c.version, gazetteers.c.theatre, func.count().label("used"))
        .join(readings, readings.c.gazetteer == gazetteers.c.version)
        .join(articles, articles.c.id == readings.c.article)
        .where(articles.c.current)
        .group_by(gazetteers.c.version, gazetteers.c.theatre)
    )
    read_with = sorted((tuple(row) for row in connection.execute(used)), key=lambda row: (-row[2], row))
    return Contents(
        articles=sum(count for current, _, _, count in kinds if current),
        older_versions=sum(count for current, _, _, count in kinds if not current),
        undated=sum(count for current, undated, _, count in kinds if current and undated),
        illustrative=sum(count for current, _, shown, count in kinds if current and shown),
        claims=sum(by_status.values()),
        statuses=tuple((status, by_status.get(status.value, 0)) for status in Status),
        gazetteers=tuple(read_with),
    )


def read_by(program: str) -> ColumnElement[bool]:
    """The readings of this program, alone or with more after it ("0.1.0 + second reader")."""
    return or_(readings.c.program == program, readings.c.program.startswith(f"{program} + ", autoescape=True))
