"""How fast articles are read on one core, beside what else finds names and negates them; memory; how both grow.

All stand in one run: each reader is a process of its own on the same core (bench/readers.py), and they take turns, so
that what slows the machine down for a while slows all of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from bench import readers, texts
from bench.numbers import exponent
from mapdata.model import Article
from mapdata.outlets import load_outlets
from mapdata.reading import Reader
from tests.browser import ROOT

# An environment of its own: medspaCy wants an older numpy than mapdata does (see Makefile).
MEDSPACY = ROOT / "build" / "bench" / "medspacy" / "bin" / "python"
SHARES = {"all": 1.0, "tenth": 0.1, "none": 0.0}
ROUNDS = 5
# medspaCy is some hundred times slower.
_FEW = 20
SITES = (100, 1_000, 10_000)
NAMES_EACH = 4
LIMIT_SITES = 0.1
"""The most that the time of an article may grow with the number of sites or names: the exponent of a power. 0.1 is
1.26 times the time for ten times the sites, what the automaton's drift out of the processor's cache explains."""


class Peer:
    """A reader in a process of its own."""

    def __init__(self, name: str, file: Path, core: int) -> None:
        python = str(MEDSPACY) if name == "medspacy" else sys.executable
        path = {"PYTHONPATH": str(ROOT)} if name == "mapdata" else {}
        # -P: the folder of the script, with its module called numbers, must not stand before the library's.
        self._process = subprocess.Popen(
            ["taskset", "-c", str(core), python, "-P", readers.__file__, name, str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | path | {"OMP_NUM_THREADS": "1"},
        )
        self.versions: dict[str, str] = self._answer()["versions"]

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args} ended with {self._process.wait()}")
        return json.loads(line)

    def read(self, kind: str) -> dict[str, float]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{kind}\n")
        self._process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)


def _given(articles: int, home: Path) -> Path:
    made: dict[str, Any] = {"theatres": {}, "articles": {}}
    for one in texts.theatres():
        sites, actors = texts.names(one.gazetteer)
        made["theatres"][one.name] = {"gazetteer": str(one.path), "sites": sites, "actors": actors}
    for kind, share in SHARES.items():
        listed = [(name, _plain(article)) for name, article in texts.mixed(articles, share)]
        made["articles"][kind] = listed
        made["articles"][f"{kind} few"] = listed[:_FEW]
    file = home / "reading.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    return file


def _plain(article: Article) -> dict[str, Any]:
    return asdict(article) | {"published": article.published.isoformat() if article.published else None}


def speed(articles: int, home: Path) -> dict[str, Any]:
    """Articles a second of one core, by reader and by the share of articles that name a site."""
    file = _given(articles, home)
    names = [name for name in readers.READERS if name != "medspacy" or MEDSPACY.is_file()]
    peers = {name: Peer(name, file, core=(os.cpu_count() or 1) - 1) for name in names}
    found: dict[str, dict[str, list[float]]] = {name: {kind: [] for kind in SHARES} for name in names}
    claims = {}
    for turn in range(ROUNDS + 1):
        for kind in SHARES:
            for name, peer in peers.items():
                measured = peer.read(f"{kind} few" if name == "medspacy" else kind)
                if name == "mapdata":
                    claims[kind] = measured["found"] / measured["articles"]
                # The first turn fills caches, everybody's.
                if turn:
                    found[name][kind].append(measured["articles"] / measured["seconds"])
    versions = {name: peer.versions for name, peer in peers.items()}
    for peer in peers.values():
        peer.end()
    signs = [len(article.text) for _, article in texts.mixed(articles, 1.0)]
    return {
        "articles": articles,
        "signs": sum(signs) / len(signs),
        "claims": claims,
        "versions": versions,
        "a_second": {name: {kind: median(rates) for kind, rates in by.items()} for name, by in found.items()},
        "ratios": {
            name: {
                kind: median(ours / its for ours, its in zip(found["mapdata"][kind], rates, strict=True))
                for kind, rates in by.items()
            }
            for name, by in found.items()
            if name != "mapdata"
        },
    }


def memory(articles: int) -> dict[str, Any]:
    """Megabytes of a process that reads so many articles, none twice, sampled a hundred times on the way."""
    code = f"from bench import reading; print(reading.sampled({articles}))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    samples = json.loads(ran.stdout)
    quarter = samples[len(samples) // 4]
    return {"articles": articles, "samples": samples, "grown": samples[-1] / quarter - 1}


def sampled(articles: int) -> str:
    """What `memory` runs in a process of its own: the samples as JSON."""
    theatre = texts.theatres()[0]
    reader = Reader(theatre.gazetteer, load_outlets())
    step, samples = max(1, articles // 100), []
    for number, article in enumerate(texts.articles(theatre, articles, 1.0, seed=2, exchanged=True), 1):
        reader.read(article)
        if number % step == 0:
            samples.append(_megabytes())
    return json.dumps(samples)


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def growth(articles: int) -> dict[str, Any]:
    """How the time of an article grows with the sites of the gazetteer, and with its names."""
    theatre = texts.theatres()[0]
    read = list(texts.articles(theatre, articles, 1.0, seed=3))
    found: dict[str, Any] = {}
    for what, each in (("sites", 1), ("names", NAMES_EACH)):
        took: dict[int, list[float]] = {}
        built: dict[int, float] = {}
        made = {}
        for count in SITES:
            wide = texts.widened(theatre.gazetteer, count, each)
            began = time.process_time()
            reader = Reader(wide, load_outlets())
            reader.read(read[0])
            built[count * each] = time.process_time() - began
            made[count * each] = reader
        # In turns, so that a busy machine slows all sizes down.
        for _ in range(ROUNDS):
            for size, reader in made.items():
                began = time.process_time()
                for article in read:
                    reader.read(article)
                took.setdefault(size, []).append((time.process_time() - began) / len(read))
        best = {size: min(times) for size, times in took.items()}
        found[what] = {
            "milliseconds": {str(size): 1000 * seconds for size, seconds in best.items()},
            "built_s": {str(size): seconds for size, seconds in built.items()},
            "exponent": exponent(best),
            "limit": LIMIT_SITES,
        }
    return found
