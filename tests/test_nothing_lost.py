"""What was acknowledged is there: after kill -9, with a full or a closed disk, with two ingests at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from datetime import date
from pathlib import Path

import killing
import pytest
from evidence_made import GAZETTEER
from store_made import article, claim

from mapdata.articles import Limits, read
from mapdata.errors import StoreError
from mapdata.gazetteer import load
from mapdata.store import Store, check_database

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}


def killed(address: str, folder: Path, rounds: int) -> killing.Killed:
    command = [sys.executable, str(ROOT / "tests" / "killing.py"), address, str(folder), str(rounds), "1"]
    done = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stderr[-2000:]
    return killing.Killed(**json.loads(done.stdout))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_kill_9_loses_nothing_that_was_acknowledged(store_address: str, tmp_path: Path) -> None:
    killing.fill(tmp_path / "articles")
    found = killed(store_address, tmp_path / "articles", 10)
    assert found.rounds == 10 and found.within >= 2, "the kills fell outside of the work"
    assert (found.lost, found.faults, found.whole) == (0, 0, True)


def test_two_ingests_at_once_store_each_article_once(store_address: str, tmp_path: Path) -> None:
    killing.fill(tmp_path / "articles")
    command = [sys.executable, "-m", "mapdata", "ingest", str(tmp_path / "articles"), "--db", store_address]
    both = [subprocess.Popen(command, env=ENVIRONMENT, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=150)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    with Store.open(store_address, readonly=True) as store:
        counts = store.counts()
    assert (counts.articles, counts.older_versions) == (killing.ARTICLES, 0)
    assert check_database(store_address, load()).faults == ()


@pytest.mark.skipif(not Path("/dev/full").exists() or os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_is_said_and_what_was_stored_stays(tmp_path: Path) -> None:
    db = tmp_path / "x.sqlite3"
    killing.fill(tmp_path / "articles")
    with Store.open(db) as store:
        one = article(url="https://news.test/kept")
        store.put(one, [claim(one)], GAZETTEER)
    # The most that a file of the process may have: a disk that is full, for this process alone.
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000));"
        "from mapdata.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", limited, "ingest", str(tmp_path / "articles"), "--db", str(db)]
    done = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, timeout=150)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr and "cannot be written" in done.stderr
    with Store.open(db, readonly=True) as store:
        assert one.id in store.sources()
    found = check_database(db, load())
    assert not [fault for fault in found.faults if one.id not in fault and "damaged" in fault]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_closed_folder_is_said(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.sqlite3"):
        pass
    tmp_path.chmod(0o500)
    (tmp_path / "x.sqlite3").chmod(0o400)
    try:
        with pytest.raises(StoreError, match="no permission"):
            Store.open(tmp_path / "x.sqlite3")
    finally:
        tmp_path.chmod(0o700)


def test_a_row_without_end_takes_no_more_memory_than_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    with file.open("wb") as out:
        out.write(b'{"text": "first"}\n{"text": "')
        for _ in range(60):
            out.write(b"a" * 1_000_000)
        out.write(b'"}\n{"text": "last"}\n')
    refused: list = []
    tracemalloc.start()
    got = [one.text for one in read([str(file)], refused.append, limits=Limits(), today=date(2026, 1, 1))]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert got == ["first", "last"]
    assert "the row is larger than 5 MB" in str(refused[0])
    assert peak < 40_000_000
