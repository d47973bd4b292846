"""The articles that a long run reads, and a short one of its kind; `make long-run` does a million."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from bench import long_run, recombined
from mapdata.gazetteer import load

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def kept() -> recombined.Stock:
    return recombined.stock()


def test_the_same_seed_makes_the_same_articles(kept) -> None:
    one, same = list(recombined.articles(200, 1, kept)), list(recombined.articles(200, 1, kept))
    other = list(recombined.articles(200, 2, kept))
    assert one == same
    assert len({row["url"] for row in one + other}) == 400
    assert len({row["text"] for row in one}) > 190
    assert {row["lang"] for row in one} >= {"en", "fr", "ru", "ar", "tr"}


def test_names_are_exchanged_for_those_of_the_product(kept) -> None:
    names = {name for site in load().sites.values() for name in site.names.get("en", ())[:1]}
    texts = [row["text"] for row in recombined.articles(300, 1, kept) if row["lang"] == "en"]
    assert sum(any(name in text for name in names) for text in texts) > len(texts) * 0.5


def test_nothing_of_the_test_part_is_in_them(kept) -> None:
    """The first words of every paragraph of the test part, before any name could have been exchanged."""
    whole = {
        "".join(word for word in paragraph if isinstance(word, str))
        for paragraph in itertools.chain(*kept.paragraphs.values())
    }
    tested = [file.read_text("utf-8") for file in sorted(recombined.LABELS.glob("*/test/*.yaml"))]
    assert len(whole) > 1000 and tested
    plain = [text for text in whole if len(text) > 120][:400]
    assert not [text for text in plain if any(text.split("\n")[0][:100] in one for one in tested)]


def test_a_short_run_that_is_killed_half_way_is_whole_in_the_end(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(long_run, "HOME", tmp_path)
    monkeypatch.setattr(long_run, "_LOOK_SECONDS", 0.2)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    found = long_run.measure(1200, 1, 5, str(tmp_path / "x.sqlite3"))
    assert found["killed"]["exit"] == -signal.SIGKILL
    assert 0 < found["kept"] < 1200
    assert (found["stored"], found["older_versions"], found["faults"]) == (1200, 0, [])
    assert (found["resumed"]["exit"], found["again"]["exit"]) == (0, 0)
    assert "1,200 unchanged" in found["again"]["said"]
    assert json.loads(json.dumps(found)) and "0 claims read" in long_run.summary(found)


def test_processes_end_with_the_one_that_they_read_for(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    recombined.write(tmp_path / "articles", 3000, 1)
    command = [sys.executable, "-m", "mapdata", "ingest", str(tmp_path / "articles"), "--jobs", "2"]
    with subprocess.Popen([*command, "--db", str(tmp_path / "x.sqlite3")], stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        readers: list[psutil.Process] = []
        while len(readers) < 2 and time.monotonic() < until:
            time.sleep(0.2)
            found = psutil.Process(process.pid).children(recursive=True)
            readers = [one for one in found if "spawn_main" in " ".join(one.cmdline()) and one.cpu_times().user > 2]
        assert len(readers) == 2
        os.kill(process.pid, signal.SIGKILL)
    _, left = psutil.wait_procs(readers, timeout=20)
    assert left == []
