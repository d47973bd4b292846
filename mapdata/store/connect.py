"""From an address to an engine on a database of our version, or to one clear line that says why not."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from mapdata.errors import StoreError
from mapdata.store import schema

# How long a writer waits for another one, in seconds. A batch of ingest holds the lock far shorter.
BUSY_SECONDS = 30
# Any number of our own: two processes that open an empty PostgreSQL database at once make its tables once.
_CREATION_LOCK = 0x6D617064

OTHER_DB = "give another --db"


def default_path() -> Path:
    """Where the database is when no address is given: mapdata.sqlite3 in the user's data folder."""
    return platformdirs.user_data_path("mapdata", appauthor=False) / "mapdata.sqlite3"


def parse_address(address: str | os.PathLike[str] | None) -> URL:
    """A bare path is an SQLite file; anything with :// is an address. Raises StoreError."""
    if address is None:
        return URL.create("sqlite", database=str(default_path()))
    address = os.fspath(address)
    if not address.strip():
        raise StoreError("--db is empty: give a path, or an address like postgresql+psycopg://user@host/name")
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser().absolute()))
    kind, _, rest = address.partition("://")
    backend = kind.split("+")[0]
    if backend == "sqlite":
        # Taken apart here: whether a % in a file's name is a quoted sign depends on SQLAlchemy's version.
        path = rest.removeprefix("/").partition("?")[0]
        if not path or path == ":memory:":
            raise StoreError(f"{address}: a database in memory would be gone at once: give a path instead")
        return URL.create("sqlite", database=str(Path(path).absolute()))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # The address itself is not quoted: a password may be in it.
        raise StoreError(
            f"the database address ({kind}://…) is malformed: write {kind}://user:password@host:5432/name, "
            "with signs like @ : / in the password as %40 %3A %2F"
        ) from None
    if "@" in f"{url.host}{url.database}":
        raise StoreError(
            f"the database address ({kind}://…) has an @ too many: in a password it is written %40"
        )
    if backend in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(f"{kind}://… is no database that mapdata knows: give a path (SQLite) or postgresql://…")


def shown(url: URL) -> str:
    """The address as it may be printed: no password, and no options, which may hold one."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(query={}).render_as_string(hide_password=True)


def open_engine(url: URL, *, readonly: bool) -> Engine:
    """An engine on a database of our schema version; an empty one is filled, an older one migrated.

    Raises StoreError.
    """
    if url.get_backend_name() == "sqlite":
        engine = _sqlite(url, readonly=readonly)
    else:
        engine = _postgresql(url, readonly=readonly)
    try:
        _bring_to_version(engine, url, readonly=readonly)
        if engine.dialect.name == "sqlite" and not readonly:
            _keep_wal(engine, url)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def one_line(url: URL, doing: str) -> Iterator[None]:
    """Whatever the database objects to, as a StoreError of one line, without the password."""
    try:
        yield
    except SQLAlchemyError as fault:
        raise StoreError(_explained(fault, url, doing)) from fault


def _explained(fault: SQLAlchemyError, url: URL, doing: str) -> str:
    where = shown(url)
    cause = getattr(fault, "orig", None) or fault
    # psycopg tells a failed connection once for each address that a name has; the first says it.
    said = " ".join(str(cause).split("\n")[0].split())
    if url.password:
        said = said.replace(str(url.password), "***")
    if url.get_backend_name() != "sqlite":
        return (
            f"{where} cannot be {doing}: {said}: check the address, and that the server runs and lets you in"
        )
    if "not a database" in said or "malformed" in said:
        return f"{where} is no SQLite database, or a damaged one: {OTHER_DB}, or restore it from a copy"
    if "locked" in said or "busy" in said:
        return f"{where} has been locked by another program for {BUSY_SECONDS} s: try again when it is done"
    if "readonly" in said or "unable to open" in said:
        return (
            f"{where} cannot be {doing}: no permission for the file or its folder: change it, or {OTHER_DB}"
        )
    if "full" in said:
        return f"{where} cannot be {doing}: the disk is full: make room and try again"
    return f"{where} cannot be {doing}: {said}"


def _sqlite(url: URL, *, readonly: bool) -> Engine:
    path = Path(url.database or "")
    try:
        if not readonly and path == default_path():
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise StoreError(f"{path} is a folder: give the path of a file, like {path / 'mapdata.sqlite3'}")
        if not path.parent.is_dir():
            raise StoreError(f"{path}: there is no folder {path.parent}: make it, or {OTHER_DB}")
        if readonly and not path.exists():
            raise StoreError(
                f"{path}: there is no database yet: `mapdata ingest PATH` makes one, or {OTHER_DB}"
            )
    except OSError as fault:
        raise StoreError(f"{path} cannot be opened: {fault.strerror}: change it, or {OTHER_DB}") from None

    address = path.as_uri() + ("?mode=ro" if readonly else "?mode=rwc")
    if readonly and not _writable(path.parent) and not path.with_name(path.name + "-wal").exists():
        # On a disk that cannot be written SQLite could not make the files that WAL needs, and nobody else can
        # write either.
        address += "&immutable=1"

    def connect() -> sqlite3.Connection:
        # isolation_level None: the sqlite3 module begins no transaction behind our back; see `begin` below.
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys=ON")
            # What is acknowledged is on the disk, and outlives a loss of power: one wait for a batch of articles.
            connection.execute("PRAGMA synchronous=FULL")
            # What is deleted is overwritten: a replaced reading leaves no quotes behind in the file.
            connection.execute("PRAGMA secure_delete=ON")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(f"sqlite:///{path.name}", creator=connect)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at the start: a lock that is asked for half-way can fail without waiting.
        writes = connection.get_execution_options().get("mapdata_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _writable(folder: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK, effective_ids=effective)


def _postgresql(url: URL, *, readonly: bool) -> Engine:
    arguments = {} if "connect_timeout" in url.query else {"connect_timeout": 10}
    try:
        engine = create_engine(url, connect_args=arguments, pool_pre_ping=True)
    except ImportError:
        raise StoreError(
            "PostgreSQL needs a driver that is not installed: pip install 'mapdata[postgres]'"
        ) from None
    if readonly:
        engine = engine.execution_options(postgresql_readonly=True)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(mapdata_writes=True)


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that read: all that one reads is of one moment."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _bring_to_version(engine: Engine, url: URL, *, readonly: bool) -> None:
    where = shown(url)
    with one_line(url, "opened"), reading(engine).begin() as connection:
        version = _version(connection, where)
    if version == schema.SCHEMA_VERSION:
        return
    if readonly:
        reason = "is empty" if version is None else f"is of an older schema ({version})"
        raise StoreError(
            f"{where} {reason}, and is opened for reading only: `mapdata ingest` brings it up to date"
        )
    with one_line(url, "set up"), writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CREATION_LOCK})
        # Again, under the lock: another process may have been first.
        version = _version(connection, where)
        if version is None:
            schema.create(connection)
        elif version < schema.SCHEMA_VERSION:
            schema.migrate(connection, version)


def _keep_wal(engine: Engine, url: URL) -> None:
    """Write-ahead logging, so that reading never waits for a writer. The file keeps it once it is set.

    Set after the file is known to be ours: a foreign file is not to be changed.
    """
    with one_line(url, "opened"):
        connection = engine.raw_connection()
        try:
            for tried in range(10 * BUSY_SECONDS):
                try:
                    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                        connection.execute("PRAGMA journal_mode=WAL")
                    return
                except sqlite3.OperationalError as fault:
                    # Another process that opens the new file too: the change of mode does not wait by itself.
                    if "locked" not in str(fault) or tried == 10 * BUSY_SECONDS - 1:
                        raise StoreError(f"{shown(url)} cannot be opened: {fault}: {OTHER_DB}") from fault
                    time.sleep(0.1)
        finally:
            connection.close()


def _version(connection: Connection, where: str) -> int | None:
    """The schema version that a database is of, None for an empty one. Raises StoreError."""
    tables = inspect(connection)
    names = set(tables.get_table_names())
    if "meta" not in names:
        # A PostgreSQL database may hold tables of others beside ours; an SQLite file is ours or it is not.
        foreign = names if connection.dialect.name == "sqlite" else names & set(schema.metadata.tables)
        if foreign:
            table = min(foreign)
            raise StoreError(f"{where} is the database of another program (it has {table!r}): {OTHER_DB}")
        return None
    if "schema_version" not in {column["name"] for column in tables.get_columns("meta")}:
        raise StoreError(f"{where} is the database of another program (it has a table 'meta'): {OTHER_DB}")
    version = connection.execute(select(schema.meta.c.schema_version)).scalar_one_or_none()
    if version is None:
        raise StoreError(f"{where} says no schema version: {OTHER_DB}, or restore it from a copy")
    if version > schema.SCHEMA_VERSION:
        raise StoreError(
            f"{where} was written by a newer mapdata (schema {version}, this one knows "
            f"{schema.SCHEMA_VERSION}): update mapdata, or {OTHER_DB}"
        )
    return version
