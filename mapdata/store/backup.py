"""A database as one file that can be kept, and back: both verified by a hash of all that is stored.

A backup is itself a database of mapdata (SQLite) with one more table, the seal, whatever database it was made of.
Two hashes are in it. `content` goes over the rows as this program reads them, the same from SQLite and PostgreSQL:
what was written is what was read. `rows` goes over the file's rows as they stand, so that any later version can
tell whether the file is as it was made.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Integer, Table, func, insert, select

from mapdata.errors import StoreError
from mapdata.store import connect, schema

_ROWS = 1000
_TABLES = schema.metadata.sorted_tables
"""Each after those that its rows refer to."""


@dataclass(frozen=True, slots=True)
class Copied:
    """content: the hash of all rows, in hexadecimal digits."""

    articles: int
    claims: int
    content: str


def backup(address: str | os.PathLike[str] | None, path: Path, *, program: str) -> Copied:
    """All that a database holds at one moment, as a file at the path, which must not be there yet.

    address: as for Store.open. The file appears when it is whole and has been read back with the right hash; what is
    interrupted leaves none. Raises StoreError.
    """
    url = connect.parse_address(address)
    if path.exists() or path.is_symlink():
        raise StoreError(f"{path} is there already, and a backup overwrites none: give another name")
    source = connect.open_engine(url, readonly=True)
    try:
        with _beside(path) as made:
            content, articles, claims = _write(source, url, made, program)
            if verify(made) != Copied(articles, claims, content):
                raise StoreError(f"{path}: what was written is not what was read: is the disk sound?")
            with made.open("rb") as file:
                os.fsync(file.fileno())
            # Not `replace`: a file that came to be there meanwhile is not ours to overwrite.
            os.link(made, path)
    except OSError as fault:
        raise StoreError(f"{path} cannot be written: {fault.strerror}: give another place") from None
    finally:
        source.dispose()
    return Copied(articles, claims, content)


def verify(path: Path) -> Copied:
    """What a backup holds, if it holds what its seal says: of this version or an older one. Raises StoreError."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no such file: give the path of a backup")
    file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        if not file.execute("SELECT name FROM sqlite_master WHERE name = 'backup'").fetchone():
            raise StoreError(f"{path} is no backup (it has no seal): `mapdata backup` makes one")
        ((content, rows),) = file.execute("SELECT content, rows FROM backup").fetchall()
        ((damage,), *_) = file.execute("PRAGMA integrity_check").fetchall()
        if damage != "ok":
            raise StoreError(f"{path} is damaged ({damage}): take another copy of the backup")
        if _raw_hash(file) != rows:
            raise StoreError(f"{path} was changed after it was made: take another copy of the backup")
        counts = [file.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("articles", "claims")]
        return Copied(*counts, content)
    except (sqlite3.Error, ValueError) as fault:
        raise StoreError(f"{path} is no backup, or a damaged one ({fault}): take another copy of it") from None
    finally:
        file.close()


def restore(path: Path, address: str | os.PathLike[str] | None) -> Copied:
    """What a backup holds into a database without articles, in one transaction: all of it or nothing.

    A backup of an older version is brought to this one on the way. Raises StoreError, for a database that holds
    articles, too: nothing is mixed and nothing overwritten.
    """
    copied = verify(path)
    url = connect.parse_address(address)
    with tempfile.TemporaryDirectory(prefix="mapdata-") as folder:
        ours = Path(folder) / "restored.sqlite3"
        with sqlite3.connect(path.absolute().as_uri() + "?mode=ro&immutable=1", uri=True) as kept:
            _copy_file(kept, ours)
        kept.close()
        of_ours = URL.create("sqlite", database=str(ours))
        source, target = connect.open_engine(of_ours, readonly=False), connect.open_engine(url, readonly=False)
        try:
            with (
                connect.one_line(url, "written"),
                connect.reading(source).begin() as read,
                connect.writing(target).begin() as write,
            ):
                _fill(read, write, connect.shown(url))
        finally:
            source.dispose()
            target.dispose()
    return copied


def _fill(read: Connection, write: Connection, where: str) -> None:
    write.execute(select(schema.meta.c.revision).with_for_update()).scalar_one()
    if write.execute(select(func.count()).select_from(schema.articles)).scalar_one():
        raise StoreError(f"{where} holds articles already: restore into a new --db")
    _replace_all(read, write)
    if _hash(read) != _hash(write):
        raise StoreError(f"{where}: what was written is not what the backup holds")


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A file of ours in the folder of a path, gone after the block."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for rest in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                Path(name + rest).unlink()


def _write(source: Engine, url: URL, made: Path, program: str) -> tuple[str, int, int]:
    target = URL.create("sqlite", database=str(made))
    with connect.one_line(url, "read"), connect.reading(source).begin() as read:
        content = _hash(read)
        articles, claims = (
            read.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (schema.articles, schema.claims)
        )
        if source.dialect.name == "sqlite":
            # SQLite's online backup, of the moment that the connection reads.
            _copy_file(read.connection.driver_connection, made)
        else:
            _copy_rows(read, target)
    _close_with_seal(target, content, program)
    return content, articles, claims


def _copy_file(source: Any, path: Path) -> None:
    target = sqlite3.connect(path)
    try:
        source.backup(target)
    finally:
        target.close()


def _copy_rows(read: Connection, url: URL) -> None:
    engine = connect.open_engine(url, readonly=False)
    try:
        with connect.one_line(url, "written"), connect.writing(engine).begin() as write:
            _replace_all(read, write)
    finally:
        engine.dispose()


def _close_with_seal(url: URL, content: str, program: str) -> None:
    """One file that needs no other beside it, with its seal."""
    file = sqlite3.connect(url.database or "", isolation_level=None)
    try:
        file.execute("PRAGMA journal_mode=DELETE")
        # A backup of a backup that was put to use has the seal of the first.
        file.execute("DROP TABLE IF EXISTS backup")
        rows = _raw_hash(file)
        file.execute("CREATE TABLE backup (content TEXT NOT NULL, rows TEXT NOT NULL, program TEXT NOT NULL)")
        file.execute("INSERT INTO backup VALUES (?, ?, ?)", (content, rows, program))
    except sqlite3.Error as fault:
        raise StoreError(f"{url.database} cannot be written: {fault}: make room, or give another place") from None
    finally:
        file.close()


def _replace_all(read: Connection, write: Connection) -> None:
    for table in reversed(_TABLES):
        write.execute(table.delete())
    _insert_all(read, write)


def _insert_all(read: Connection, write: Connection) -> None:
    for table in _TABLES:
        for rows in read.execute(_ordered(table)).mappings().partitions(_ROWS):
            write.execute(insert(table), [dict(row) for row in rows])
        if write.dialect.name == "postgresql":
            _count_on(write, table)


def _count_on(write: Connection, table: Table) -> None:
    """Numbers that the database gives go on after those that were written."""
    for column in table.primary_key:
        if isinstance(column.type, Integer) and column is table.autoincrement_column:
            most = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            write.execute(select(func.setval(sequence, most, False)))


def _hash(read: Connection) -> str:
    """Of all rows, as this version of the program reads them from any database."""
    digest = hashlib.sha256()
    for table in _TABLES:
        digest.update(f"{table.name} {','.join(sorted(column.name for column in table.c))}\n".encode())
        # Not in the database's order, which its language decides.
        lines = hashlib.sha256()
        for line in sorted(_row_hashes(read, table)):
            lines.update(line)
        digest.update(lines.digest())
    return digest.hexdigest()


def _row_hashes(read: Connection, table: Table) -> Iterator[bytes]:
    for row in read.execution_options(yield_per=_ROWS).execute(select(*table.c)).mappings():
        plain = {name: _plain(value) for name, value in row.items()}
        text_ = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        yield hashlib.sha256(text_.encode("ascii")).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        # SQLite keeps no zone; what it gives is in UTC.
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value


def _ordered(table: Table) -> Any:
    return select(*table.c).order_by(*table.primary_key)


def _raw_hash(file: sqlite3.Connection) -> str:
    """Of all rows of a file as SQLite has them, its seal's left out: the same for every later version."""
    digest = hashlib.sha256()
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    for (name,) in file.execute(names).fetchall():
        if name == "backup":
            continue
        quoted = name.replace('"', '""')
        rows = file.execute(f'SELECT * FROM "{quoted}"')
        digest.update(f"{name} {[column[0] for column in rows.description]}\n".encode())
        lines = [hashlib.sha256(repr(row).encode("utf-8", "backslashreplace")).digest() for row in rows]
        digest.update(hashlib.sha256(b"".join(sorted(lines))).digest())
    return digest.hexdigest()
