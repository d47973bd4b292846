"""Reading on a Dask cluster: real workers on this machine, one of them killed while it reads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from mapdata import cluster
from mapdata.articles import cutting
from mapdata.errors import ClusterError, MapdataError
from mapdata.gazetteer import load
from mapdata.ingest import Counts, crew, extract_paths, extracting, ingest
from mapdata.outlets import load_outlets
from mapdata.store import Store, check_database

ROOT = Path(__file__).parents[1]
GAZETTEER = load()
ARTICLES = 400


def nothing(fault: Exception) -> None:
    raise AssertionError(fault)


@pytest.fixture
def two_workers(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{ROOT / 'tests'}")
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with LocalCluster(**settings) as made:
        yield made


@pytest.fixture
def rows(tmp_path: Path, monkeypatch) -> Path:
    """Many articles that differ, in one file that is cut into a part for every few."""
    monkeypatch.setattr(cutting, "PART_BYTES", 3000)
    path = tmp_path / "rows.jsonl"
    sentence = "Turkish troops are at the T4 air base, report {0} said. Russian forces left Hmeimim in {0}. "
    with path.open("w", encoding="utf-8") as out:
        for number in range(ARTICLES):
            row = {"text": sentence.format(number) * 3, "url": f"https://news.test/{number}"}
            out.write(json.dumps(row) + "\n")
    return path


def test_a_worker_that_is_killed_costs_nothing(two_workers, rows: Path, store_address: str) -> None:
    with Client(two_workers.scheduler_address, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())
    assert len(set(pids)) == 2 and os.getpid() not in pids
    killed = threading.Event()

    def kill_once(done: int, _total: object) -> None:
        if done >= ARTICLES // 4 and not killed.is_set():
            killed.set()
            os.kill(pids[0], signal.SIGKILL)

    with Store.open(store_address) as store:
        counts = ingest(
            [str(rows)],
            store,
            GAZETTEER,
            recruit=cluster.dask(two_workers.scheduler_address),
            refused=nothing,
            progress=kill_once,
        )
        assert killed.is_set()
        with pytest.raises(ProcessLookupError):
            os.kill(pids[0], 0)
        there = store.counts()
        claims = {(one.article, one.site, one.actor, one.status, one.quote, one.start) for one in store.claims()}
    assert (counts.new, counts.unchanged) == (ARTICLES, 0)
    assert (there.articles, there.older_versions, there.claims) == (ARTICLES, 0, counts.claims)
    assert check_database(store_address, GAZETTEER).faults == ()
    alone = extract_paths([str(rows)], GAZETTEER, refused=nothing)
    assert claims == {
        (one.article, one.site, one.actor, one.status, one.quote, one.start) for _, found in alone for one in found
    }


def test_the_command_reads_on_a_cluster_and_again_changes_nothing(two_workers, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(5):
        text = f"Russian troops are stationed at the Hmeimim air base, a resident said on day {number}.\n"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    (folder / "6.md").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "mapdata", "ingest", "reports", "--db", "x.sqlite3", "--dask"]
    command.append(two_workers.scheduler_address)

    def run() -> str:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert "refused: reports/6.md: is empty" in done.stderr
        return done.stderr

    assert "articles: 5 new, 1 refused; 5 claims read" in run()
    assert "articles: 5 unchanged, 1 refused; 0 claims read" in run()


def test_what_is_there_already_is_looked_at_and_not_read_again(rows: Path, tmp_path: Path, monkeypatch) -> None:
    """With processes of this machine: the same executor's work, and no cluster to start."""
    with Store.open(tmp_path / "x.sqlite3") as store:
        half = tmp_path / "half.jsonl"
        half.write_text("".join(rows.read_text("utf-8").splitlines(keepends=True)[: ARTICLES // 2]), encoding="utf-8")
        assert ingest([str(half)], store, GAZETTEER, jobs=2, refused=nothing).new == ARTICLES // 2
        read = []
        monkeypatch.setattr(crew, "AHEAD", 2)
        submit = crew.ProcessPoolExecutor.submit
        monkeypatch.setattr(
            crew.ProcessPoolExecutor,
            "submit",
            lambda self, work, *given: read.append(work.__name__) or submit(self, work, *given),
        )
        counts = ingest([str(rows)], store, GAZETTEER, jobs=2, refused=nothing)
        assert (counts.new, counts.unchanged) == (ARTICLES // 2, ARTICLES // 2)
        assert read.count("read") < read.count("look") * 0.6
        read.clear()
        assert ingest([str(rows)], store, GAZETTEER, jobs=2, refused=nothing) == Counts(unchanged=ARTICLES)
        assert "read" not in read


def test_a_worker_with_another_mapdata_is_refused(two_workers, rows: Path, monkeypatch) -> None:
    monkeypatch.setattr(extracting, "program_version", lambda: "0.0.1 another")
    with pytest.raises(MapdataError, match=r"a worker has mapdata .*, and this is 0\.0\.1 another: install the same"):
        list(
            extract_paths([str(rows)], GAZETTEER, recruit=cluster.dask(two_workers.scheduler_address), refused=nothing)
        )


def test_a_cluster_that_ends_is_told_in_one_line(two_workers, rows: Path) -> None:
    address = two_workers.scheduler_address
    found = extract_paths([str(rows)], GAZETTEER, recruit=cluster.dask(address, seconds=3), refused=nothing)
    next(found)
    two_workers.close()
    with pytest.raises(MapdataError, match=r"the cluster at .* is gone") as caught:
        list(found)
    assert "\n" not in str(caught.value)


def engaged(address: str, **settings) -> None:
    with cluster.dask(address, **settings)(GAZETTEER, load_outlets()):
        raise AssertionError("nobody was there to be engaged")


def test_no_scheduler_and_no_workers_are_told() -> None:
    with pytest.raises(ClusterError, match="no scheduler answers there"):
        engaged("tcp://127.0.0.1:9", seconds=1)
    made = LocalCluster(n_workers=0, processes=False, dashboard_address=None)
    with made, pytest.raises(ClusterError, match="the cluster has no workers"):
        engaged(made.scheduler_address, seconds=1)


def test_without_the_extra_the_message_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'mapdata\[dask\]'"):
        engaged("tcp://127.0.0.1:9")
