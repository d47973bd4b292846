"""`mapdata check`, `backup` and `restore`: what is stored holds, and a copy of it is the same or is refused."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import postgres
import pytest
from click.testing import CliRunner
from evidence_made import GAZETTEER
from store_made import article, claim, crediting

from mapdata.cli import main
from mapdata.errors import StoreError
from mapdata.model import Status
from mapdata.store import Store, backup_database, check_database, restore_database, verify_backup

TEXT = "Troops are at the base, an official said. There is no plan to leave it. 😀 مطار"


def fill(address: str, count: int = 20) -> None:
    with Store.open(address) as store:
        for number in range(count):
            one = article(f"{TEXT} Report {number}.", url=f"https://news.test/{number % 15}", published=None)
            plan = claim(one, "There is no plan to leave it", status=Status.DENIED, said=crediting("Wire", "Tuesday"))
            store.put(one, [claim(one, cue="at the base"), plan], GAZETTEER)


def test_what_was_put_holds(store_address: str) -> None:
    fill(store_address)
    found = check_database(store_address, GAZETTEER)
    assert (found.articles, found.claims, found.faults) == (20, 40, ())


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE claims SET quote = 'made up' WHERE position = 0", "is not what the text has at"),
        ("UPDATE claims SET start = start + 1 WHERE position = 0", "is not what the text has at"),
        ('UPDATE claims SET "end" = 99999 WHERE position = 0', "in a text of"),
        ("UPDATE claims SET cues = '[[0, 3, \"no!\"]]' WHERE position = 0", "cue 'no!' is not what the text has"),
        ("UPDATE claims SET site = 'atlantis' WHERE position = 0", "site 'atlantis' is not in gazetteer"),
        ("UPDATE claims SET actor = 'XX' WHERE position = 0", "actor 'XX' is not in gazetteer"),
        ("UPDATE articles SET text = text || ' More.'", "is not what its id is the hash of"),
        ("UPDATE articles SET outlet = 'Another'", "is not what its id is the hash of"),
        ("DELETE FROM articles", "is not there, and claims of it are"),
        ("DELETE FROM readings", "was never read"),
        ("UPDATE articles SET current = 0", "of its 1 versions 0 count"),
    ],
)
def test_what_does_not_hold_is_named(tmp_path: Path, damage: str, said: str) -> None:
    db = tmp_path / "x.sqlite3"
    fill(str(db), 3)
    with sqlite3.connect(db) as file:
        file.execute(damage)
    file.close()
    found = check_database(str(db), GAZETTEER)
    assert any(said in fault for fault in found.faults), found.faults
    assert all(fault.startswith("article ") for fault in found.faults)


def test_a_damaged_file_is_said_to_be(tmp_path: Path) -> None:
    db = tmp_path / "x.sqlite3"
    fill(str(db), 40)
    content = bytearray(db.read_bytes())
    for at in range(8192, len(content), 4096):
        content[at : at + 200] = b"\xff" * 200
    db.write_bytes(content)
    try:
        assert check_database(str(db), GAZETTEER).faults
    except StoreError as fault:
        assert "damaged" in str(fault)


def test_exit_codes_of_check(tmp_path: Path) -> None:
    db = str(tmp_path / "x.sqlite3")
    with Store.open(db) as store:
        one = article(TEXT)
        store.put(one, [claim(one, site="t4", actor="TR")], GAZETTEER)
    done = CliRunner().invoke(main, ["check", "--db", db])
    assert (done.exit_code, done.output) == (0, "1 articles, 1 claims: 0 faults\n")
    with sqlite3.connect(db) as file:
        file.execute("UPDATE claims SET quote = '\x1b[2J'")
    file.close()
    done = CliRunner().invoke(main, ["check", "--db", db])
    assert done.exit_code == 1 and "1 faults" in done.output and "\x1b" not in done.output
    assert CliRunner().invoke(main, ["check", "--db", str(tmp_path / "none.sqlite3")]).exit_code == 2


def all_of(address: str) -> tuple:
    with Store.open(address, readonly=True) as store:
        loaded = store.load()
        return loaded.revision, loaded.sources, loaded.claims, list(store.articles()), store.counts()


@pytest.mark.parametrize("to", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_backup_of_one_database_is_restored_into_another(
    store_address: str, to: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fill(store_address)
    before = all_of(store_address)
    kept = tmp_path / "kept.backup"
    made = backup_database(store_address, kept, program="test")
    assert (made.articles, made.claims) == (20, 40)
    assert verify_backup(kept) == made
    assert [file.name for file in tmp_path.glob("*kept*")] == ["kept.backup"], "nothing is left beside it"
    assert all_of(str(kept)) == before, "a backup is a database, too"
    other = str(tmp_path / "other.sqlite3")
    if to == "postgresql":
        other = request.getfixturevalue("postgres_address")
        postgres.empty(request.getfixturevalue("postgres_port"))  # it may be the one that the backup was made of
    assert restore_database(kept, other) == made
    assert all_of(other) == before
    again = tmp_path / "again.backup"
    assert backup_database(other, again, program="test").content == made.content
    # And it goes on from there.
    with Store.open(other) as store:
        one = article(f"{TEXT} Report 3.", url="https://news.test/3")
        store.put(one, [claim(one)], GAZETTEER)


def test_a_backup_is_of_one_moment_while_others_write(tmp_path: Path) -> None:
    db = str(tmp_path / "x.sqlite3")
    fill(db, 30)
    stop = threading.Event()

    def go_on() -> None:
        number = 1000
        with Store.open(db) as store:
            while not stop.is_set():
                one = article(f"{TEXT} Report {number}.", url=f"https://news.test/{number}")
                store.put(one, [claim(one)], GAZETTEER)
                number += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        for turn in range(5):
            backup_database(db, tmp_path / f"{turn}.backup", program="test")
            assert check_database(str(tmp_path / f"{turn}.backup"), GAZETTEER).faults == ()
    finally:
        stop.set()
        writer.join()


def test_a_changed_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    db, kept = str(tmp_path / "x.sqlite3"), tmp_path / "kept.backup"
    fill(db)
    backup_database(db, kept, program="test")
    with sqlite3.connect(kept) as file:
        file.execute(
            "UPDATE claims SET site = 'tartus' WHERE position = 0 AND article = (SELECT min(id) FROM articles)"
        )
    file.close()
    with pytest.raises(StoreError, match="was changed after it was made"):
        restore_database(kept, str(tmp_path / "new.sqlite3"))
    assert not (tmp_path / "new.sqlite3").exists()


def test_what_is_no_backup_and_what_holds_articles_is_refused(tmp_path: Path) -> None:
    db, kept = str(tmp_path / "x.sqlite3"), tmp_path / "kept.backup"
    fill(db)
    backup_database(db, kept, program="test")
    with pytest.raises(StoreError, match="is there already, and a backup overwrites none"):
        backup_database(db, kept, program="test")
    with pytest.raises(StoreError, match="holds articles already"):
        restore_database(kept, db)
    with pytest.raises(StoreError, match="is no backup"):
        restore_database(Path(db), str(tmp_path / "new.sqlite3"))
    (tmp_path / "text").write_text("no database")
    for wrong in ("text", "nothing"):
        with pytest.raises(StoreError):
            restore_database(tmp_path / wrong, str(tmp_path / "new.sqlite3"))
    with pytest.raises(StoreError, match="cannot be written"):
        backup_database(db, tmp_path / "no" / "folder", program="test")
    cut = kept.read_bytes()
    kept.write_bytes(cut[: len(cut) // 2])
    with pytest.raises(StoreError, match="damaged"):
        verify_backup(kept)


def test_the_commands(tmp_path: Path) -> None:
    db, kept, new = (str(tmp_path / name) for name in ("x.sqlite3", "kept.backup", "new.sqlite3"))
    fill(db)
    for words in (["backup", kept, "--db", db], ["backup", kept, "--verify"], ["restore", kept, "--db", new]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        assert "20 articles, 40 claims, content " in done.output
    done = CliRunner().invoke(main, ["restore", kept, "--db", new])
    assert done.exit_code == 2 and "holds articles already" in done.output
