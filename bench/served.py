"""The dashboard as a user starts it, in a process of its own: its address, its memory, what it sends."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.browser import free_port, serving

_SENT = re.compile(r"bytes_sent:(\d+)")


@dataclass(frozen=True, slots=True)
class Server:
    """started: seconds from the start of the process until it answers. began: the clock at that start."""

    address: str
    port: int
    pid: int
    began: float
    started: float

    def megabytes(self) -> float:
        """Memory that the process has to itself or shares, as the system counts it (resident)."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1000

    def sent(self) -> int:
        """Bytes that have left the server's open connections so far, packed as they travel."""
        asked = subprocess.run(["ss", "-tinH", f"sport = :{self.port}"], capture_output=True, text=True, check=True)
        return sum(int(found) for found in _SENT.findall(asked.stdout))


@contextlib.contextmanager
def mapdata_app(db: Path, gazetteer: Path | None, cache: Path) -> Iterator[Server]:
    """`mapdata app` on a database; cache: where columns are kept."""
    port = free_port()
    command = [sys.executable, "-m", "mapdata", "app", "--db", str(db), "--port", str(port)]
    command += ["--gazetteer", str(gazetteer)] if gazetteer else []
    with _serving(command, port, MAPDATA_CACHE=str(cache)) as server:
        yield server


@contextlib.contextmanager
def naive_app(db: Path, gazetteer: Path, shown: str) -> Iterator[Server]:
    """The map that everybody writes first, on the same database. shown: "one" actor alone, or all "without" one."""
    port = free_port()
    script = Path(__file__).with_name("naive_app.py")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    with _serving(command, port, MAPDATA_DB=str(db), MAPDATA_GAZETTEER=str(gazetteer), NAIVE=shown) as server:
        yield server


@contextlib.contextmanager
def _serving(command: Sequence[str], port: int, **environment: str) -> Iterator[Server]:
    began = time.time()
    with serving(command, port, **environment) as process:
        yield Server(f"http://127.0.0.1:{port}", port, process.pid, began, time.time() - began)
