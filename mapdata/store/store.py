"""The store: what is written in one transaction, and what is read of one moment."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection, Engine, func, select, update

import mapdata
from mapdata.errors import StoreError
from mapdata.model import Article, Claim, Gazetteer, Source, Status
from mapdata.store import connect, putting, rows, rulings, selecting
from mapdata.store.checks import article_faults, sound
from mapdata.store.putting import Outcome
from mapdata.store.schema import articles, meta, readings
from mapdata.store.selecting import Contents

# SQLite takes some 32 000 values in one statement, older ones 999.
_IDS_AT_ONCE = 500


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
            outcomes = [putting.put(connection, *reading, gazetteer, program) for reading in batch]
            if any(outcome not in (Outcome.UNCHANGED, Outcome.ERASED) for outcome in outcomes):
                connection.execute(update(meta).values(revision=meta.c.revision + 1))
        return outcomes

    # --- reading -----------------------------------------------------------------------------------------

    def revision(self) -> int:
        """A number that changes whenever anything that can be read here changes. Cheap."""
        with self._reading() as connection:
            return selecting.revision(connection)

    def mark(self) -> str:
        """Words that change with what is stored: two stores of one address and mark hold the same. Cheap."""
        with self._reading() as connection:
            when = select(func.count(), func.min(readings.c.read_at), func.max(readings.c.read_at))
            return "\n".join(map(str, (selecting.revision(connection), *connection.execute(when).one())))

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
                return selecting.newest_sources(connection)
            return {
                id: source
                for some in _batches(ids)
                for id, source in selecting.newest_sources(connection, some).items()
            }

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
            return selecting.standing_claims(connection, sites, actors, statuses, from_day, to_day, undated)

    def claims_of(self, ids: Collection[str]) -> list[Claim]:
        """The claims of these articles, in no particular order; older versions have none."""
        with self._reading() as connection:
            return [
                claim for some in _batches(ids) for claim in selecting.standing_claims(connection, of_articles=some)
            ]

    def load(self) -> Loaded:
        """All claims and sources of one moment: no claim without its source, whatever is being written."""
        with self._reading() as connection:
            return Loaded(
                selecting.revision(connection),
                selecting.newest_sources(connection),
                selecting.standing_claims(connection),
            )

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
                    .where(readings.c.gazetteer == gazetteer.version, selecting.read_by(program))
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
            return selecting.counts(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with connect.one_line(self._url, "read"), connect.reading(self._engine).begin() as connection:
            yield connection


def _batches(ids: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    return (ordered[first : first + _IDS_AT_ONCE] for first in range(0, len(ordered), _IDS_AT_ONCE))
