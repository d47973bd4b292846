"""The store: what is written in one transaction, and what is read of one moment."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, ColumnElement, Connection, Engine, and_, delete, func, insert, or_, select, update

import mapdata
from mapdata.errors import StoreError
from mapdata.model import Article, Claim, Gazetteer, Source, Status
from mapdata.origins import signature
from mapdata.store import connect, rows, rulings
from mapdata.store.checks import article_faults, sound
from mapdata.store.overlay import among, overlay
from mapdata.store.schema import articles, claims, gazetteers, meta, readings

# SQLite takes some 32 000 values in one statement, older ones 999.
_IDS_AT_ONCE = 500


class Outcome(StrEnum):
    """What putting an article did."""

    NEW = "new"
    NEW_VERSION = "new version"  # a new text under an address that is known
    REREAD = "reread"  # its claims were replaced
    CORRECTED = "corrected"  # its metadata were replaced
    ERASED = "erased"  # somebody demanded that it be removed, so it was not taken
    UNCHANGED = "unchanged"


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


@dataclass(frozen=True, slots=True)
class Loaded:
    """Sources and claims of one moment, and the revision that they are of."""

    revision: int
    sources: dict[str, Source]
    claims: list[Claim]


class Store:
    """A database of articles and claims. Safe for several threads; close it, or use it in a `with`."""

    def __init__(self, engine: Engine, url: URL) -> None:
        self._engine = engine
        self._url = url

    @classmethod
    def open(cls, url: str | os.PathLike[str] | None = None, *, readonly: bool = False) -> Self:
        """The store at a path (SQLite) or an address (PostgreSQL); the user's own where none is given.

        An empty database is set up, an older one migrated, unless it is opened for reading only.
        Raises StoreError, of one line, where that cannot be.
        """
        address = connect.parse_address(url)
        return cls(connect.open_engine(address, readonly=readonly), address)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where the store is, fit to be printed: never with a password."""
        return connect.shown(self._url)

    # --- writing -----------------------------------------------------------------------------------------

    def put(
        self,
        article: Article,
        claims: Sequence[Claim],
        gazetteer: Gazetteer,
        *,
        program: str = mapdata.__version__,
    ) -> Outcome:
        """One article with all its claims, in one transaction; see put_many."""
        return self.put_many([(article, claims)], gazetteer, program=program)[0]

    def put_many(
        self,
        batch: Iterable[tuple[Article, Sequence[Claim]]],
        gazetteer: Gazetteer,
        *,
        program: str = mapdata.__version__,
    ) -> list[Outcome]:
        """Articles, each with all its claims, in one transaction: all of them or none.

        A stored article's claims and metadata are replaced; a new text under a known outlet and address
        becomes the newest version. What is there already changes nothing, the revision neither.
        program: the version of the program that read. Raises StoreError for a claim whose quote or cues
        are not in the text, or whose site or actor is not in the gazetteer; then nothing is written.
        """
        batch = [(article, tuple(found)) for article, found in batch]
        for article, found in batch:
            if faults := article_faults(article) + sound(article, found, gazetteer)[1]:
                more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
                raise StoreError(f"article {article.id} is refused: {faults[0]}{more}")
        with connect.one_line(self._url, "written"), connect.writing(self._engine).begin() as connection:
            # The row is locked until the end: writers follow each other, in PostgreSQL too.
            connection.execute(select(meta.c.revision).with_for_update()).scalar_one()
            outcomes = [_put(connection, *reading, gazetteer, program) for reading in batch]
            if any(outcome not in (Outcome.UNCHANGED, Outcome.ERASED) for outcome in outcomes):
                connection.execute(update(meta).values(revision=meta.c.revision + 1))
        return outcomes

    # --- reading -----------------------------------------------------------------------------------------

    def revision(self) -> int:
        """A number that changes whenever anything that can be read here changes. Cheap."""
        with self._reading() as connection:
            return _revision(connection)

    def mark(self) -> str:
        """Words that change with what is stored: two stores of one address and mark hold the same. Cheap."""
        with self._reading() as connection:
            when = select(func.count(), func.min(readings.c.read_at), func.max(readings.c.read_at))
            return "\n".join(map(str, (_revision(connection), *connection.execute(when).one())))

    def article(self, id: str) -> Article:
        """The article with its text, older versions included. Raises StoreError where there is none."""
        with self._reading() as connection:
            row = connection.execute(select(*rows.ARTICLE_COLUMNS).where(articles.c.id == id)).one_or_none()
        if row is None:
            raise StoreError(f"no article {id!r} in {self.address}: `mapdata claims` lists the ids")
        return rows.article_of(row)

    def articles(self) -> Iterator[Article]:
        """The newest versions with their texts, by id, a few at a time."""
        newest = select(articles.c.id).where(articles.c.current).order_by(articles.c.id)
        with self._reading() as connection:
            ids = list(connection.scalars(newest))
        for batch in _batches(ids):
            some = select(*rows.ARTICLE_COLUMNS).where(articles.c.id.in_(batch)).order_by(articles.c.id)
            with self._reading() as connection:
                found = connection.execute(some).all()
            yield from map(rows.article_of, found)

    def sources(self, ids: Collection[str] | None = None) -> dict[str, Source]:
        """The newest versions without their texts, by id: all, or those among the ids given."""
        with self._reading() as connection:
            if ids is None:
                return _sources(connection)
            return {id: source for some in _batches(ids) for id, source in _sources(connection, some).items()}

    def claims(
        self,
        *,
        sites: Collection[str] = (),
        actors: Collection[str] = (),
        statuses: Collection[Status] = (),
        from_day: date | None = None,
        to_day: date | None = None,
        undated: bool = True,
    ) -> list[Claim]:
        """The claims that stand in the newest versions, by day, article and place in the text; undated ones last.
        What people have rejected, and what a retracted article says, does not stand.

        An empty filter restricts nothing. from_day and to_day go by the day of publication, both
        included; undated: whether claims without a day come along, whatever the days are.
        """
        with self._reading() as connection:
            return _claims(connection, sites, actors, statuses, from_day, to_day, undated)

    def claims_of(self, ids: Collection[str]) -> list[Claim]:
        """The claims of these articles, in no particular order; older versions have none."""
        with self._reading() as connection:
            return [claim for some in _batches(ids) for claim in _claims(connection, of_articles=some)]

    def load(self) -> Loaded:
        """All claims and sources of one moment: no claim without its source, whatever is being written."""
        with self._reading() as connection:
            return Loaded(_revision(connection), _sources(connection), _claims(connection))

    def unread(self, wanted: Iterable[Article], gazetteer: Gazetteer, *, program: str) -> set[str]:
        """The ids among the wanted articles that putting might change.

        That is: all but those that are stored with the same metadata, and were read with the same
        gazetteer by the same program, alone or with more after it ("0.1.0 + second reader"). Saves
        reading again what is there.
        """
        wanted = {article.id: article for article in wanted}
        left = set(wanted)
        columns = [articles.c[name] for name in ("id", "path", *rows.CORRECTABLE)]
        with self._reading() as connection:
            for batch in _batches(wanted):
                query = (
                    select(*columns)
                    .join(readings, readings.c.article == articles.c.id)
                    .where(articles.c.id.in_(batch))
                    .where(readings.c.gazetteer == gazetteer.version, _read_by(program))
                )
                for row in connection.execute(query):
                    if not rows.corrections(wanted[row.id], row._mapping):
                        left.discard(row.id)
            return left - rulings.erased(connection, wanted.values())

    def articles_count(self) -> int:
        """How many articles there are, each counted once whatever its versions."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).where(articles.c.current)).scalar_one()

    def counts(self) -> Contents:
        with self._reading() as connection:
            table = select(
                articles.c.current, articles.c.published.is_(None), articles.c.illustrative, func.count()
            ).group_by(articles.c.current, articles.c.published.is_(None), articles.c.illustrative)
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
            read_with = sorted(
                (tuple(row) for row in connection.execute(used)), key=lambda row: (-row[2], row)
            )
        return Contents(
            articles=sum(count for current, _, _, count in kinds if current),
            older_versions=sum(count for current, _, _, count in kinds if not current),
            undated=sum(count for current, undated, _, count in kinds if current and undated),
            illustrative=sum(count for current, _, shown, count in kinds if current and shown),
            claims=sum(by_status.values()),
            statuses=tuple((status, by_status.get(status.value, 0)) for status in Status),
            gazetteers=tuple(read_with),
        )

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with connect.one_line(self._url, "read"), connect.reading(self._engine).begin() as connection:
            yield connection


def _batches(ids: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    return (ordered[first : first + _IDS_AT_ONCE] for first in range(0, len(ordered), _IDS_AT_ONCE))


def _read_by(program: str) -> ColumnElement[bool]:
    return or_(readings.c.program == program, readings.c.program.startswith(f"{program} + ", autoescape=True))


# --- one article, within a transaction that holds the lock --------------------------------------------------


def _put(
    connection: Connection, article: Article, found: tuple[Claim, ...], gazetteer: Gazetteer, program: str
) -> Outcome:
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
    newest = connection.execute(
        select(func.max(articles.c.version)).where(articles.c.series == series)
    ).scalar_one()
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
        connection.execute(
            insert(gazetteers).values(version=gazetteer.version, theatre=gazetteer.theatre.name)
        )
    connection.execute(delete(claims).where(claims.c.article == id))
    connection.execute(delete(readings).where(readings.c.article == id))
    connection.execute(insert(readings).values(article=id, gazetteer=gazetteer.version, program=program))
    if found:
        connection.execute(insert(claims), _claim_rows(found))


def _claim_rows(found: tuple[Claim, ...]) -> list[dict[str, Any]]:
    ordered = sorted(found, key=lambda claim: (claim.start, claim.end, claim.site, claim.actor, claim.status))
    return [rows.claim_row(claim, position) for position, claim in enumerate(ordered)]


# --- what is read within one transaction --------------------------------------------------------------------


def _revision(connection: Connection) -> int:
    return connection.execute(select(meta.c.revision)).scalar_one()


def _sources(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, Source]:
    query = select(*rows.SOURCE_COLUMNS).where(articles.c.current, ~articles.c.retracted).order_by(articles.c.id)
    if ids is not None:
        query = query.where(articles.c.id.in_(ids))
    return {row.id: rows.source_of(row) for row in connection.execute(query)}


def _claims(
    connection: Connection,
    sites: Collection[str] = (),
    actors: Collection[str] = (),
    statuses: Collection[Status] = (),
    from_day: date | None = None,
    to_day: date | None = None,
    undated: bool = True,
    of_articles: Sequence[str] = (),
) -> list[Claim]:
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
