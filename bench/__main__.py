"""`python -m bench [--claims 1000 10000 …] [--only PART …]`: measures, and writes docs/benchmarks.md.

Each part keeps what it measured in build/bench/results.json, so that one can be measured anew by itself.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import claims, crowd, filtering, machine, opening, reading, reading_report, report, theatre
from bench.numbers import spread
from bench.served import mapdata_app, naive_app
from mapdata import gazetteer as gazetteers
from mapdata.cli import main as mapdata_main
from mapdata.columns import keeping
from mapdata.store import Store
from tests.browser import ROOT, chromium

HOME = ROOT / "build" / "bench"
RESULTS = HOME / "results.json"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
NAIVE = (1_000, 10_000)
VIEWPORT = {"width": 1440, "height": 900}


def database(count: int) -> Path:
    """The database of so many claims, made where it is missing, with its columns kept."""
    path, gazetteer = HOME / f"claims-{count}.sqlite3", theatre.write(HOME / "bench.yaml")
    if not path.is_file():
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        print(f"writing {count} claims", flush=True)
        claims.write(unfinished, gazetteer, count)
        unfinished.replace(path)
    return path


def sample() -> Path:
    """The database of the sample's reports."""
    path = HOME / "sample.sqlite3"
    if not path.is_file():
        try:
            mapdata_main(["ingest", str(ROOT / "sample"), "--db", str(path)])
        except SystemExit as end:
            if end.code:
                raise
    return path


def first_map() -> dict[str, Any]:
    """From the address to the symbols: a warm server and new browsers; then a server that has just started."""
    db = sample()
    with mapdata_app(db, None, HOME / "cache") as server:
        opening.fresh(server.address, 1)
        looks = opening.fresh(server.address, 9)
    return {
        "warm": [asdict(look) for look in looks],
        "cold": [_cold(db, None) for _ in range(3)],
    }


def _cold(db: Path, gazetteer: Path | None) -> dict[str, float]:
    with mapdata_app(db, gazetteer, HOME / "cache") as server:
        (look,) = opening.fresh(server.address, 1)
    return {"server_s": server.started, "symbols_ms": look.symbols}


def columns(sizes: list[int]) -> dict[str, Any]:
    """How long a database that has changed keeps the first reader waiting."""
    found = {}
    gazetteer = gazetteers.load(HOME / "bench.yaml")
    for size in sizes:
        path = database(size)
        with tempfile.TemporaryDirectory() as empty, Store.open(path, readonly=True) as store:
            began = time.perf_counter()
            keeping.write(store, gazetteer, keeping.path_of(store, gazetteer, Path(empty)))
            found[str(size)] = {"anew_s": time.perf_counter() - began}
    return found


def changes(sizes: list[int]) -> dict[str, Any]:
    """Changes of filters on our map, with the memory that they took."""
    found: dict[str, Any] = {}
    for size in sizes:
        with mapdata_app(database(size), HOME / "bench.yaml", HOME / "cache") as server, chromium() as browser:
            page = browser.new_page(viewport=VIEWPORT, bypass_csp=True)
            made = filtering.ours(page, server, 40)
            found[str(size)] = _spreads(made) | {"megabytes": server.megabytes()}
    return found


def naive(sizes: list[int]) -> dict[str, Any]:
    """The same on the naive map: one actor alone, and all but one."""
    found: dict[str, Any] = {"one": {}, "without": {}}
    for shown, measured in found.items():
        for size in (size for size in NAIVE if size in sizes):
            with naive_app(database(size), HOME / "bench.yaml", shown) as server, chromium() as browser:
                page = browser.new_page(viewport=VIEWPORT, bypass_csp=True)
                made = filtering.naive(page, server, 3)
                measured[str(size)] = _spreads(made) | {"megabytes": server.megabytes()}
    return found


def _spreads(made: list[filtering.Change]) -> dict[str, Any]:
    return {name: asdict(spread([getattr(change, name) for change in made])) for name in ("map", "page", "sent")}


def people(sizes: list[int]) -> dict[str, Any]:
    """Twenty people on the largest database, and what each of them adds to the memory."""
    size = max(sizes)
    with mapdata_app(database(size), HOME / "bench.yaml", HOME / "cache") as server:
        crowd.crowd(server.address, 1, 1, 5)
        one = server.megabytes()
        waits = crowd.crowd(server.address, 20, 5, 60)
        return {
            "claims": size,
            "waits_ms": asdict(spread([1000 * wait for wait in waits])),
            "megabytes_one": one,
            "megabytes_twenty": server.megabytes(),
        }


def cold(sizes: list[int]) -> dict[str, Any]:
    """The first map of a server that has just started, on the largest database."""
    size = max(sizes)
    return {"claims": size, "looks": [_cold(database(size), HOME / "bench.yaml") for _ in range(3)]}


def main() -> None:
    parts: dict[str, Callable[[list[int]], Any]] = {
        "first map": lambda _: first_map(),
        "columns": columns,
        "changes": changes,
        "naive": naive,
        "cold": cold,
        "people": people,
        "reading": lambda _: reading.speed(given.articles, HOME),
        "growth": lambda _: reading.growth(given.articles // 3),
        "memory": lambda _: reading.memory(given.stream),
    }
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--claims", type=int, nargs="+", default=list(SIZES))
    asked.add_argument("--articles", type=int, default=300, help="that each reader reads in turn")
    asked.add_argument("--stream", type=int, default=100_000, help="articles over which memory is sampled")
    asked.add_argument("--only", nargs="+", choices=list(parts), default=list(parts))
    given = asked.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    for part in given.only:
        print(f"measuring: {part}", flush=True)
        before = machine.load()
        measured = parts[part](given.claims)
        results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
        results[part] = {"load": [before, machine.load()], "measured": measured}
        results["machine"] = machine.described()
        RESULTS.write_text(json.dumps(results, indent=1), encoding="utf-8")
    results = json.loads(RESULTS.read_text("utf-8"))
    page = ROOT / "docs" / "benchmarks.md"
    page.write_text(report.written(results, page.read_text("utf-8")), "utf-8")
    print(reading_report.ratios(results))
    if worse := report.faults(results):
        raise SystemExit("worse than the docs say: " + "; ".join(worse))


if __name__ == "__main__":
    main()
