"""`ingest` ended by kill -9 at random moments, and what is in the database afterwards.

Each round is a process of its own, forked from one that has everything loaded, so that the moment falls within
the work and not within its preparation. What the process had acknowledged (its count of articles done, told after
the transaction) must be there, nothing twice, and all spans right; in the end a whole run must complete the rest.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from mapdata.gazetteer import load
from mapdata.ingest import ingest
from mapdata.outlets import load_outlets
from mapdata.store import Store, check_database

ARTICLES = 160


@dataclass(frozen=True)
class Killed:
    """rounds: processes that were killed in the midst. within: of them, those that had done something and not all.
    acknowledged, stored: at the last kill. lost: acknowledged and not there, over all rounds. faults: of the check."""

    rounds: int
    within: int
    acknowledged: int
    stored: int
    lost: int
    faults: int
    whole: bool


def fill(folder: Path, count: int = ARTICLES) -> None:
    folder.mkdir()
    for number in range(count):
        text = f"Turkish troops are at the T4 air base, report {number} said. Russian forces left Hmeimim in {number}."
        (folder / f"{number:04}.md").write_text(f"---\nurl: https://news.test/{number}\n---\n{text}\n", "utf-8")


def kill(address: str, folder: Path, rounds: int, seed: int = 1) -> Killed:
    gazetteer, outlets = load(), load_outlets()
    chance = random.Random(seed)
    whole = _run(address, folder, gazetteer, outlets, None)[1]  # how long it takes: in a database of its own
    _anew(address)
    done = within = lost = faults = acknowledged = stored = 0
    while done < rounds:
        acknowledged, _ = _run(address, folder, gazetteer, outlets, chance.uniform(0.0, whole))
        with Store.open(address, readonly=True) as store:
            stored = store.articles_count()
        lost += max(0, acknowledged - stored)
        faults += len(check_database(address, gazetteer).faults)
        within += 0 < stored < ARTICLES
        done += 1
        if stored == ARTICLES or chance.random() < 0.3:
            _anew(address)
    _run(address, folder, gazetteer, outlets, None)
    with Store.open(address, readonly=True) as store:
        all_there = store.articles_count() == ARTICLES and store.counts().older_versions == 0
    faults += len(check_database(address, gazetteer).faults)
    return Killed(done, within, acknowledged, stored, lost, faults, all_there)


def _run(address, folder, gazetteer, outlets, after: float | None) -> tuple[int, float]:
    """(articles acknowledged, seconds) of one process, killed after some seconds or left to end."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        os.close(told)
        code = 1
        try:
            with Store.open(address) as store:
                ingest(
                    [str(folder)],
                    store,
                    gazetteer,
                    outlets=outlets,
                    refused=lambda fault: os._exit(3),
                    progress=lambda done, _total: os.write(tell, f"{done}\n".encode()) and None,
                )
            code = 0
        finally:
            os._exit(code)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        # Its first word comes when the reader is made and the articles begin.
        said = pipe.read1()
        began = time.monotonic()
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        lines = (said + pipe.read()).split(b"\n")
    _, status = os.waitpid(child, 0)
    took = time.monotonic() - began
    if after is None and status:
        raise RuntimeError(f"a run that nobody killed ended with {status}")
    return int((lines[:-1] or [b"0"])[-1]), took


def _anew(address: str) -> None:
    if "://" in address:
        import postgres

        postgres.empty(int(address.rpartition(":")[2].partition("/")[0]))
    else:
        for rest in ("", "-wal", "-shm"):
            Path(address + rest).unlink(missing_ok=True)
    with Store.open(address):
        pass


if __name__ == "__main__":
    # python tests/killing.py ADDRESS FOLDER ROUNDS SEED
    print(json.dumps(kill(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])).__dict__))
