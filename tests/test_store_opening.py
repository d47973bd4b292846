"""Where a store can be, and the one line that says why it cannot."""

import contextlib
import os
import sqlite3
import sys
from pathlib import Path

import platformdirs
import postgres
import psycopg
import pytest
from evidence_made import GAZETTEER
from sqlalchemy import text
from store_made import article

from mapdata.errors import StoreError
from mapdata.store import SCHEMA_VERSION, Store, default_path, schema


def refused(url, **more) -> str:
    """The one line of a store that cannot be opened."""
    with pytest.raises(StoreError) as caught:
        Store.open(url, **more)
    message = str(caught.value)
    assert "\n" not in message
    return message


def statement(path: Path, *words: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for one in words:
            connection.execute(one)


def test_the_default_is_a_file_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, appauthor: tmp_path / "data" / name)
    with Store.open() as store:
        assert store.address == str(tmp_path / "data" / "mapdata" / "mapdata.sqlite3") == str(default_path())
    assert default_path().is_file()


def test_a_path_and_an_address_are_the_same_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Store.open("a b%20ü.sqlite3") as store:
        store.put(article(), [], GAZETTEER)
    for same in (tmp_path / "a b%20ü.sqlite3", f"sqlite:///{tmp_path}/a b%20ü.sqlite3"):
        with Store.open(same, readonly=True) as store:
            assert store.articles_count() == 1


def test_sqlite_keeps_a_write_ahead_log(tmp_path):
    path = tmp_path / "a.sqlite3"
    Store.open(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_database_of_a_newer_version(store_address):
    with Store.open(store_address) as store, store._engine.begin() as connection:
        connection.execute(text("UPDATE meta SET schema_version = 7"))
    for readonly in (False, True):
        message = refused(store_address, readonly=readonly)
        assert f"was written by a newer mapdata (schema 7, this one knows {SCHEMA_VERSION}): update mapdata" in message
        assert postgres.PASSWORD not in message
        assert postgres.QUOTED not in message


def test_an_older_database_is_migrated_and_keeps_what_it_has(store_address, monkeypatch):
    one = article()
    with Store.open(store_address) as store:
        store.put(one, [], GAZETTEER)
        before = store.revision()
    newer = SCHEMA_VERSION + 1
    monkeypatch.setattr(schema, "SCHEMA_VERSION", newer)
    step = "ALTER TABLE articles ADD COLUMN place TEXT DEFAULT 'unknown'"
    monkeypatch.setitem(schema.MIGRATIONS, SCHEMA_VERSION, lambda connection: connection.execute(text(step)))
    assert f"older schema ({SCHEMA_VERSION}), and is opened for reading only" in refused(store_address, readonly=True)
    for _ in range(2):
        with Store.open(store_address) as store:
            assert store.article(one.id) == one
            assert store.revision() == before + 1
            with store._engine.begin() as connection:
                assert connection.scalar(text("SELECT schema_version FROM meta")) == newer
                assert connection.scalar(text("SELECT place FROM articles")) == "unknown"


def test_a_migration_that_fails_leaves_the_database_as_it_was(store_address, monkeypatch):
    Store.open(store_address).close()

    def fails(connection):
        connection.execute(text("ALTER TABLE articles ADD COLUMN place TEXT"))
        connection.execute(text("SELECT nothing FROM nowhere"))

    with monkeypatch.context() as patched:
        patched.setattr(schema, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        patched.setitem(schema.MIGRATIONS, SCHEMA_VERSION, fails)
        assert "cannot be set up" in refused(store_address)
    with Store.open(store_address) as store, store._engine.begin() as connection:
        names = connection.execute(text("SELECT * FROM articles")).keys()
        assert "place" not in names


def test_files_that_are_no_database_of_ours_are_refused_and_left_alone(tmp_path):
    words = tmp_path / "notes.txt"
    words.write_text("These are notes, and long enough to be taken for a header of a database.\n" * 50)
    foreign = tmp_path / "other.sqlite3"
    statement(foreign, "CREATE TABLE birds (name)")
    like_ours = tmp_path / "meta.sqlite3"
    statement(like_ours, "CREATE TABLE meta (key, value)")
    before = [path.read_bytes() for path in (words, foreign, like_ours)]
    for readonly in (False, True):
        assert "notes.txt is no SQLite database" in refused(words, readonly=readonly)
        assert "of another program (it has 'birds')" in refused(foreign, readonly=readonly)
        assert "of another program (it has a table 'meta')" in refused(like_ours, readonly=readonly)
    assert [path.read_bytes() for path in (words, foreign, like_ours)] == before


def test_folders(tmp_path):
    assert "is a folder: give the path of a file" in refused(tmp_path)
    assert f"there is no folder {tmp_path / 'no'}" in refused(tmp_path / "no" / "a.sqlite3")
    assert "there is no database yet" in refused(tmp_path / "a.sqlite3", readonly=True)
    assert not (tmp_path / "a.sqlite3").exists(), "asking does not make one"
    assert "--db is empty" in refused(" ")
    assert "in memory" in refused("sqlite://")


@pytest.fixture
def common_user(tmp_path):
    """Root may write everywhere: as root the test goes on as another user."""
    if os.name != "posix":
        pytest.skip("permissions as POSIX has them")
    if os.geteuid() != 0:
        yield
        return
    # The folders of the test run, up to the one that everybody may enter (one more of them under xdist).
    places = [path for path in (tmp_path, *tmp_path.parents) if path.stat().st_mode & 0o005 != 0o005]
    modes = [path.stat().st_mode for path in places]
    for path in places:
        path.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for path, mode in zip(places, modes, strict=True):
            path.chmod(mode)


def test_without_permission(tmp_path, request):
    closed, unwritable = tmp_path / "closed", tmp_path / "unwritable"
    for folder in (closed, unwritable):
        folder.mkdir()
    with Store.open(unwritable / "a.sqlite3") as store:
        store.put(article(), [], GAZETTEER)
    (unwritable / "a.sqlite3").chmod(0o444)
    unwritable.chmod(0o555)
    closed.chmod(0o000)
    request.getfixturevalue("common_user")
    try:
        for path in (closed / "a.sqlite3", unwritable / "new.sqlite3", unwritable / "a.sqlite3"):
            message = refused(path)
            assert str(path) in message
            assert "ermission" in message
        with Store.open(unwritable / "a.sqlite3", readonly=True) as store:
            assert store.articles_count() == 1, "what may be read can be looked at"
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        for folder in (closed, unwritable):
            folder.chmod(0o755)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://user:se@cret@localhost/name",
        "postgresql://user:secret@localhost:port/name",
        "mysql://user:secret@localhost/name",
        "postgresql://user:secret@127.0.0.1:1/name?password=secret",
        "postgres://user:secret@127.0.0.1:1/name",
        "postgresql://user:secret@127.0.0.1:1/name?colour=secret",
        "://secret",
    ],
)
def test_an_address_that_leads_nowhere_keeps_its_password(address):
    message = refused(address)
    assert "cret" not in message
    assert "database" in message or "cannot be opened" in message


@pytest.mark.postgres
def test_postgresql_that_does_not_let_in(postgres_port, postgres_address):
    right = postgres.QUOTED
    message = refused(postgres_address.replace(right, "wrongword"))
    assert "password authentication failed" in message
    assert "wrongword" not in message
    assert "***" in message
    assert '"nothere" does not exist' in refused(postgres.address(postgres_port, "nothere"))
    with Store.open(postgres_address) as store:
        assert right not in store.address
        assert postgres.PASSWORD not in store.address


@pytest.mark.postgres
def test_postgresql_may_hold_the_tables_of_others(postgres_port, postgres_address):
    parts = {"host": "127.0.0.1", "port": postgres_port, "user": postgres.USER, "password": postgres.PASSWORD}
    with psycopg.connect(**parts, dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE TABLE birds (name text)")
        with Store.open(postgres_address) as store:
            assert store.put(article(), [], GAZETTEER) == "new"
        connection.execute("DROP TABLE meta")
        assert "the database of another program" in refused(postgres_address)


def test_a_driver_that_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'mapdata[postgres]'" in refused("postgresql://user:secret@localhost/name")
