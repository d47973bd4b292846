"""`make torture`: the long form of the tests of what may never happen, its figures into docs/reliability.md.

    python tests/torture.py [--kills 200] [--inputs 20000] [--seed 1]

Ends with 1 where anything was lost, made up or fell over; what a reader fell over is printed as an input to keep
in tests/test_fuzz.py.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import attacks
import fuzzing
import killing
import postgres
import test_attacks
from hypothesis import HealthCheck, Phase, given, seed, settings

from mapdata.articles import from_text
from mapdata.gazetteer import load
from mapdata.outlets import load_outlets
from mapdata.reading import Reader
from mapdata.store import Store, backup_database, restore_database

ROOT = Path(__file__).parent.parent
READ_SIGNS = 20_000

Row = tuple[str, str, str]
"""What was done, how often, what came of it."""


def fuzz(inputs: int, start: int) -> tuple[list[Row], int]:
    rows, wrong = [], 0
    for name, work in fuzzing.READERS.items():
        tried, fault = _tried(work, max(1, inputs // len(fuzzing.READERS)), start)
        said = "every one taken, or refused in a line"
        if fault:
            wrong += 1
            said = f"**fell over**: {type(fault).__name__}"
            print(name, repr(fault), *getattr(fault, "__notes__", []), sep="\n", file=sys.stderr)
        rows.append((f"odd inputs to the reader of {name}", f"{tried:,}", said))
    return rows, wrong


def _tried(work: Callable[[bytes], None], inputs: int, start: int) -> tuple[int, Exception | None]:
    count = 0

    @seed(start)
    @settings(
        max_examples=inputs,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=fuzzing.BYTES)
    def attempt(data: bytes) -> None:
        nonlocal count
        count += 1
        work(data)

    try:
        attempt()
    except Exception as fault:
        return count, fault
    return count, None


def attack() -> tuple[list[Row], int]:
    reader, today = Reader(load(), load_outlets()), date(2026, 1, 1)

    def reading(text: str) -> object:
        return reader.read(from_text(f"Troops. {text}", "a.md", today=today))

    reading("warm")
    works = {name: (work, length * 3) for name, (work, length) in test_attacks.WORKS.items()}
    works["reading"] = (reading, READ_SIGNS)
    rows, wrong = [], 0
    for name, (work, length) in works.items():
        worst = ("", 0.0, 0.0)
        for unit in attacks.UNITS:
            for _ in range(3):
                short, long = attacks.growth(work, unit, length, time.process_time)
                if long < test_attacks.NO_TIME or long < test_attacks.FACTOR * short:
                    break
            else:
                wrong += 1
                print(f"{name}, {unit}: {short:.2f} s, four times as long {long:.2f} s", file=sys.stderr)
            if long > worst[2]:
                worst = (unit, short, long)
        said = f"slowest: {worst[0]}, {worst[1]:.1f} s for {length:,} signs, {worst[2]:.1f} s for four times as many"
        rows.append((f"attacks on the time of {name}", str(len(attacks.UNITS)), said))
    return rows, wrong


def kill(address: str, name: str, rounds: int, start: int, folder: Path) -> tuple[list[Row], int]:
    command = [sys.executable, str(ROOT / "tests" / "killing.py"), address, str(folder), str(rounds), str(start)]
    path = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        return [(f"`kill -9` of `ingest`, {name}", str(rounds), "**the test itself fell over**")], 1
    found = killing.Killed(**json.loads(done.stdout))
    wrong = found.lost + found.faults + (not found.whole)
    said = (
        f"{found.within} with a part of {killing.ARTICLES} articles stored; acknowledged and lost: {found.lost}; "
        f"faults of `mapdata check`: {found.faults}; "
        f"a run to the end completed it: {'yes' if found.whole else '**no**'}"
    )
    print(f"{name}, {found.rounds} kills: {said}", file=sys.stderr, flush=True)
    return [(f"`kill -9` of `ingest`, {name}", str(found.rounds), said)], wrong


def keep(address: str, name: str, folder: Path) -> tuple[list[Row], int]:
    """What a killed and completed database holds, backed up and restored."""
    kept, new = folder / f"{name}.backup", folder / f"{name}-restored.sqlite3"
    made, again = backup_database(address, kept, program="torture"), restore_database(kept, str(new))
    with Store.open(address, readonly=True) as one, Store.open(str(new), readonly=True) as other:
        same = one.load() == other.load()
    said = (
        f"{made.articles:,} articles, {made.claims:,} claims, the same hash and contents: {'yes' if same else '**no**'}"
    )
    return [(f"backup of {name} and restore", "1", said)], int(not same or made != again)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--inputs", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, default=ROOT / "docs" / "reliability.md")
    given_ = asked.parse_args()
    rows: list[Row] = []
    wrong = 0
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        killing.fill(folder / "articles")
        lite = str(folder / "killed.sqlite3")
        waiting = [pool.submit(kill, lite, "SQLite", given_.kills, given_.seed, folder / "articles")]
        binaries = postgres.binaries()
        if binaries is None:
            waiting[0].result()
            rows.append(("`kill -9` of `ingest`, PostgreSQL", "0", "no server on this machine"))
            parts = [waiting[0].result(), keep(lite, "SQLite", folder)]
        else:
            with postgres.server(binaries) as port:
                address = postgres.address(port)
                waiting.append(pool.submit(kill, address, "PostgreSQL", given_.kills, given_.seed, folder / "articles"))
                parts = [one.result() for one in waiting]
                parts += [keep(lite, "SQLite", folder), keep(address, "PostgreSQL", folder)]
        parts += [fuzz(given_.inputs, given_.seed), attack()]
    for made, faults in parts:
        rows += made
        wrong += faults
    given_.out.write_text(report(rows, wrong, given_), encoding="utf-8")
    print(f"{given_.out}: {wrong} faults")
    return int(bool(wrong))


def report(rows: list[Row], wrong: int, asked: argparse.Namespace) -> str:
    lines = [
        "# What may never happen, tried",
        "",
        "Written by `make torture`; the quick part of each row runs in `make test`. What is meant by a fault: something"
        " acknowledged that is not there, a thing stored twice, a quote that is not in its text, an input that is"
        " neither taken nor refused, a time that grows faster than the length.",
        "",
        f"On {platform.system()} with Python {platform.python_version()} and SQLite {sqlite3.sqlite_version}, "
        f"`--kills {asked.kills} --inputs {asked.inputs} --seed {asked.seed}`. **Faults: {wrong or 'none'}.**",
        "",
        "| what was done | how often | what came of it |",
        "|---|---|---|",
        *(f"| {what} | {often} | {said} |" for what, often, said in rows),
        "",
        "Not in the table: what a sudden loss of power does (a killed process loses nothing that the system holds; a"
        " database in `synchronous=FULL` waits for the disk at each transaction, and a disk may lie).",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
