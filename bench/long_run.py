"""One long `mapdata ingest`, killed half-way and run again: how fast, in how much memory, and whether all is there.

    python -m bench.long_run --articles 1000000 --jobs 2

Makes the articles (bench.recombined), and writes what was measured to build/bench/long-run.json. Memory is the resident
set of the process and of all that it started, looked at every few seconds. With --db it reads into a database that is
there and has to be empty; without, into SQLite files of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from bench import recombined
from mapdata.gazetteer import load
from mapdata.store import Store, check_database

HOME = Path(__file__).parents[1] / "build" / "bench"
_LOOK_SECONDS = 5.0


def run(command: list[str], db: str, kill_at: int | None) -> dict[str, object]:
    """Runs a command, and ends it by SIGKILL once so many articles are stored. looks: seconds, articles stored, MB of
    the process, MB with all that it started, load average."""
    began = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    watched = psutil.Process(process.pid)
    looks: list[tuple[float, int, float, float, float]] = []
    children: list[psutil.Process] = []
    while process.poll() is None:
        time.sleep(_LOOK_SECONDS)
        try:
            children = watched.children(recursive=True)
            own = watched.memory_info().rss / 1e6
            every = own + sum(child.memory_info().rss for child in children) / 1e6
        except psutil.NoSuchProcess:
            continue
        with Store.open(db, readonly=True) as store:
            stored = store.articles_count()
        looks.append((round(time.monotonic() - began, 1), stored, round(own), round(every), os.getloadavg()[0]))
        if kill_at is not None and stored >= kill_at:
            process.kill()
    said = next((line for line in process.communicate()[1].split("\n") if line.startswith("articles:")), "")
    time.sleep(1)
    left = [child.pid for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    seconds = round(time.monotonic() - began, 1)
    return {"seconds": seconds, "exit": process.returncode, "said": said, "left_behind": left, "looks": looks}


def measure(count: int, jobs: int, seed: int, db: str) -> dict[str, object]:
    began = time.monotonic()
    folder = HOME / f"articles-{count}-{seed}"
    paths = recombined.write(folder, count, seed)
    made = round(time.monotonic() - began, 1)
    with Store.open(db) as store:
        if store.articles_count():
            raise SystemExit(f"{store.address} is not empty")
    command = [sys.executable, "-m", "mapdata", "ingest", str(folder), "--db", db, "--jobs", str(jobs)]
    first = run(command, db, count // 2)
    with Store.open(db, readonly=True) as store:
        kept = store.articles_count()
    second = run(command, db, None)
    again = run(command, db, None)
    with Store.open(db, readonly=True) as store:
        counts = store.counts()
    return {
        "articles": count,
        "bytes": sum(path.stat().st_size for path in paths),
        "jobs": jobs,
        "cores": os.cpu_count(),
        "nice": os.nice(0),
        "seed": seed,
        "made_in": made,
        "killed": first,
        "kept": kept,
        "resumed": second,
        "again": again,
        "stored": counts.articles,
        "older_versions": counts.older_versions,
        "claims": counts.claims,
        "faults": list(check_database(db, load()).faults),
    }


def summary(found: dict) -> str:
    """What was measured, in lines: memory at a few moments, articles a second, and what is there in the end."""
    lines = [f"{found['articles']:,} articles, {found['bytes'] / 1e6:.0f} MB, --jobs {found['jobs']}"]
    for name in ("killed", "resumed", "again"):
        one = found[name]
        lines.append(f"{name}: {one['seconds']} s, exit {one['exit']}, left behind {one['left_behind']}: {one['said']}")
        looks = one["looks"]
        for look in looks[:: max(1, len(looks) // 10)]:
            lines.append("  {:>8} s {:>9,} stored {:>6} MB {:>6} MB with all, load {:.1f}".format(*look))
    lines.append(
        f"kept at the kill {found['kept']:,}; stored {found['stored']:,}, older versions {found['older_versions']}, "
        f"claims {found['claims']:,}, faults {len(found['faults'])}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--articles", type=int, default=1_000_000)
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--db")
    given = asked.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    database = given.db or str(HOME / f"long-run-{given.articles}.sqlite3")
    if not given.db:
        for rest in ("", "-wal", "-shm"):
            Path(database + rest).unlink(missing_ok=True)
    measured = measure(given.articles, given.jobs, given.seed, database)
    (HOME / "long-run.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print(summary(measured))
