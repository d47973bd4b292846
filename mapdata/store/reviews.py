"""Verdicts on claims, notices on articles, and what they were: written in one transaction, never overwritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from mapdata.errors import StoreError
from mapdata.model import (
    Article,
    Claim,
    Gazetteer,
    Notice,
    NoticeKind,
    Verdict,
    VerdictKind,
    Version,
)
from mapdata.store import connect, rows, rulings
from mapdata.store.checks import claim_faults
from mapdata.store.overlay import Ruling, anchor, key, overlay
from mapdata.store.schema import articles, claims, meta, notices, readings, verdicts
from mapdata.store.store import Store


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict that is to be written. before: the claim as the person saw it, None for one that was missed.
    after: what stands instead; None for a claim that is accepted as it is, or rejected."""

    kind: VerdictKind
    article: str
    before: Claim | None = None
    after: Claim | None = None


# How long clearing the log waits for those who read, in milliseconds.
_PATIENCE_MS = 3000


class Reviews:
    """The reviews of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._engine, self._url = store._engine, store._url

    # --- writing -----------------------------------------------------------------------------------------

    def judge(
        self, judgements: Iterable[Judgement], gazetteer: Gazetteer, *, who: str, why: str, at: datetime
    ) -> list[int]:
        """Writes verdicts, all or none, and returns their ids. at: with its zone.

        Raises StoreError where a claim is no longer what the person saw, where what is to stand instead is not
        in the text or the gazetteer, and where its article has such a claim already.
        """
        _check_signed(who, at)
        with self._writing() as connection:
            return [_judge(connection, one, gazetteer, who, why, at) for one in judgements]

    def withdraw(self, id: int, *, who: str, why: str, at: datetime) -> int:
        """Takes a verdict back: its claim stands again as it was read. The verdict stays in the history.

        Returns the id of the new entry. Raises StoreError where the verdict rules no longer.
        """
        _check_signed(who, at)
        with self._writing() as connection:
            row = connection.execute(select(verdicts).where(verdicts.c.id == id)).one_or_none()
            if row is None or not row.live:
                raise StoreError(f"verdict {id} rules over nothing: `mapdata review list --history` lists them")
            values = {"kind": VerdictKind.WITHDRAWN.value, "before": row.after, "after": None, "anchors": []}
            return _write(connection, row.article, values, who, why, at, replaces=row.id, live=False)

    def retract(self, article: str, *, who: str, why: str, at: datetime, undo: bool = False) -> int:
        """Takes an article's claims off the map; it stays, with its text and its history. Returns the notice's id.

        undo: the other way round. Raises StoreError where there is nothing to do.
        """
        _check_signed(who, at)
        with self._writing() as connection:
            row = _article_row(connection, article)
            if row.retracted != undo:
                raise StoreError(f"article {article} is {'not' if undo else 'already'} retracted")
            connection.execute(update(articles).where(articles.c.series == row.series).values(retracted=not undo))
            kind = NoticeKind.REINSTATED if undo else NoticeKind.RETRACTED
            return _note(connection, kind, row, who, why, at)

    def erase(self, article: str, *, who: str, why: str, at: datetime) -> Notice:
        """Removes an article's text for good, in all its versions, with its quotes and verdicts; leaves a dated note.

        The note has the outlet's name, and nothing of the text: `why` must not either. The same article is not
        taken again.
        Raises StoreError where there is no such article, or where the database's file cannot be cleared of it.
        """
        _check_signed(who, at)
        if done := [one for one in self.notices() if (one.article, one.kind) == (article, NoticeKind.ERASED)]:
            # Only the files were left to be cleared, the last time.
            self._rewrite()
            return done[-1]
        with self._writing() as connection:
            row = _article_row(connection, article)
            series = select(articles.c.id).where(articles.c.series == row.series)
            counts = {
                "versions": _count(connection, articles, articles.c.series == row.series),
                "claims": _count(connection, claims, claims.c.article.in_(series)),
                "verdicts": _count(connection, verdicts, verdicts.c.article.in_(series)),
            }
            for table in (verdicts, claims, readings):
                connection.execute(delete(table).where(table.c.article.in_(series)))
            connection.execute(delete(articles).where(articles.c.series == row.series))
            # Earlier notices on it may say what its text said.
            connection.execute(update(notices).where(notices.c.series == row.series).values(why=""))
            id = _note(connection, NoticeKind.ERASED, row, who, why, at, **counts)
        self._rewrite()
        return next(notice for notice in self.notices() if notice.id == id)

    def _rewrite(self) -> None:
        """Clears the database's files of what was deleted: rewritten whole, since earlier versions of rows lie in
        pages that are free and in the log."""
        sqlite = self._engine.dialect.name == "sqlite"
        statements = (
            ["VACUUM", f"PRAGMA busy_timeout={_PATIENCE_MS}", "PRAGMA wal_checkpoint(TRUNCATE)"]
            if sqlite
            else [f"VACUUM FULL {table.name}" for table in (articles, claims, verdicts, notices)]
        )
        with connect.one_line(self._url, "cleared of the text"):
            connection = self._engine.raw_connection()
            try:
                if not sqlite:
                    connection.driver_connection.autocommit = True
                for statement in statements:
                    answer = connection.driver_connection.execute(statement)
                    if "checkpoint" in statement and answer.fetchone()[0]:
                        raise StoreError(
                            f"{self._store.address}: the text is deleted, and its log still has it, since another"
                            " program reads: end `mapdata app` and run the same command again"
                        )
            finally:
                # Not back among the others: its settings are its own.
                connection.invalidate()

    # --- reading -----------------------------------------------------------------------------------------

    def verdicts(self, articles_: Collection[str] | None = None) -> list[Verdict]:
        """All verdicts ever written, the oldest first: of these articles, or of all."""
        query = (
            select(verdicts, articles.c.published)
            .join(articles, articles.c.id == verdicts.c.article)
            .order_by(verdicts.c.id)
        )
        if articles_ is not None:
            query = query.where(verdicts.c.article.in_(sorted(articles_)))
        with self._store._reading() as connection:
            return [rows.verdict_of(row, row.published) for row in connection.execute(query)]

    def notices(self) -> list[Notice]:
        """All that befell articles as wholes, the oldest first."""
        with self._store._reading() as connection:
            return [rows.notice_of(row) for row in connection.execute(select(notices).order_by(notices.c.id))]

    def retracted(self) -> frozenset[str]:
        """The ids of the newest versions that are retracted."""
        query = select(articles.c.id).where(articles.c.current, articles.c.retracted)
        with self._store._reading() as connection:
            return frozenset(connection.scalars(query))

    def standing(self, article: str) -> list[Claim]:
        """The claims of an article that stand by what people say of it, whether it is retracted or not."""
        with self._store._reading() as connection:
            return _standing(connection, article, rulings.live(connection, article))

    def erased(self, wanted: Iterable[Article]) -> set[str]:
        """The ids among the wanted articles that were erased on demand, and are not taken again."""
        with self._store._reading() as connection:
            return rulings.erased(connection, wanted)

    def versions(self, article: str | None = None) -> list[list[Version]]:
        """The versions of an article, or of all articles that have several: a list an article, the oldest first."""
        columns = (
            articles.c.id, articles.c.series, articles.c.version, articles.c.current, articles.c.title,
            articles.c.outlet, articles.c.published, articles.c.added_at,
        )  # fmt: skip
        query = select(*columns).order_by(articles.c.series, articles.c.version)
        if article is not None:
            wanted = select(articles.c.series).where(articles.c.id == article)
        else:
            wanted = select(articles.c.series).where(articles.c.version > 1)
        found: dict[str, list[Version]] = {}
        with self._store._reading() as connection:
            for row in connection.execute(query.where(articles.c.series.in_(wanted))):
                added = row.added_at.replace(tzinfo=UTC) if row.added_at.tzinfo is None else row.added_at
                found.setdefault(row.series, []).append(
                    Version(row.id, row.version, row.current, row.title, row.outlet, row.published, added)
                )
        return sorted(found.values(), key=lambda versions: versions[-1].added_at, reverse=True)

    def coverage(self) -> list[tuple[Any, str | None, str | None, int]]:
        """How many articles stand of each (day of publication, outlet, language), whatever claims they have."""
        by = (articles.c.published, articles.c.outlet, articles.c.lang)
        query = select(*by, func.count()).where(articles.c.current, ~articles.c.retracted).group_by(*by)
        with self._store._reading() as connection:
            return [tuple(row) for row in connection.execute(query)]

    @contextmanager
    def _writing(self):
        with connect.one_line(self._url, "written"), connect.writing(self._engine).begin() as connection:
            connection.execute(select(meta.c.revision).with_for_update()).scalar_one()
            yield connection
            connection.execute(update(meta).values(revision=meta.c.revision + 1))


def _check_signed(who: str, at: datetime) -> None:
    if not who.strip():
        raise StoreError("a verdict needs the name of who gives it")
    if at.tzinfo is None:
        raise StoreError(f"the time {at} needs a zone")


def _article_row(connection: Connection, id: str) -> Any:
    row = connection.execute(select(articles).where(articles.c.id == id)).one_or_none()
    if row is None:
        raise StoreError(f"there is no article {id!r}: `mapdata review list` shows the ids")
    return row


def _judge(connection: Connection, one: Judgement, gazetteer: Gazetteer, who: str, why: str, at: datetime) -> int:
    row = _article_row(connection, one.article)
    if not row.current:
        raise StoreError(f"article {one.article} has a newer version: judge that one")
    article = Article(id=row.id, text=row.text, published=row.published)
    ruling = rulings.live(connection, one.article)
    standing = {key(claim): claim for claim in _standing(connection, one.article, ruling)}
    before, after = one.before, one.after
    if before is not None:
        now = standing.pop(key(before), None)
        if now is None or (now.start, now.end) != (before.start, before.end):
            raise StoreError(
                f"claim ({', '.join(key(before))}) of article {one.article} is not what it was: look at it again"
            )
        before = now
    if one.kind is VerdictKind.ACCEPTED:
        after = before
    if one.kind is VerdictKind.WITHDRAWN or (before is None) != (one.kind is VerdictKind.ADDED):
        raise StoreError(f"{one.kind} needs {'no' if before else 'a'} claim to judge")
    if (after is None) != (one.kind is VerdictKind.REJECTED):
        raise StoreError(f"{one.kind} needs {'no' if after else 'a'} claim to stand after it")
    if after is not None:
        after = replace(after, review=one.kind)
        if one.kind is not VerdictKind.ACCEPTED and (faults := claim_faults(article, after, gazetteer)):
            raise StoreError(f"the claim cannot stand: {'; '.join(faults)}")
        if key(after) in standing:
            raise StoreError(
                f"article {one.article} has a claim ({', '.join(key(after))}) already: accept or correct that one"
            )
    previous = next((found for found in ruling if before and found.after and key(found.after) == key(before)), None)
    anchors = list(previous.anchors) if previous else []
    if before is not None and anchor(before) not in anchors:
        anchors.append(anchor(before))
    values = {
        "kind": one.kind.value,
        "anchors": [list(found) for found in anchors],
        "before": rows.claim_json(before),
        "after": rows.claim_json(after),
    }
    return _write(connection, one.article, values, who, why, at, replaces=previous.id if previous else None)


def _standing(connection: Connection, article: str, ruling: Iterable[Ruling]) -> list[Claim]:
    query = (
        select(*rows.CLAIM_COLUMNS, articles.c.published)
        .join(articles, articles.c.id == claims.c.article)
        .where(claims.c.article == article)
    )
    return overlay([rows.claim_of(found) for found in connection.execute(query)], ruling)


def _write(
    connection: Connection,
    article: str,
    values: dict[str, Any],
    who: str,
    why: str,
    at: datetime,
    *,
    replaces: int | None,
    live: bool = True,
) -> int:
    if replaces is not None:
        connection.execute(update(verdicts).where(verdicts.c.id == replaces).values(live=False))
    signed = {"who": who.strip(), "why": why.strip(), "at": at.astimezone(UTC), "replaces": replaces, "live": live}
    made = connection.execute(insert(verdicts).values(article=article, **values, **signed))
    return made.inserted_primary_key[0]


def _note(connection: Connection, kind: NoticeKind, row: Any, who: str, why: str, at: datetime, **counts: int) -> int:
    values = {"versions": 0, "claims": 0, "verdicts": 0, **counts}
    values |= {"kind": kind.value, "article": row.id, "series": row.series, "outlet": row.outlet}
    values |= {"who": who.strip(), "why": why.strip(), "at": at.astimezone(UTC)}
    return connection.execute(insert(notices).values(**values)).inserted_primary_key[0]


def _count(connection: Connection, table: Any, where: Any) -> int:
    return connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
