"""Takes the picture of the dashboard that the README shows: `python scripts/picture.py`.

Reads `sample/` into a database of its own, serves the page on a free port of the loopback address, opens
the view below in Chromium and writes docs/dashboard.png. Needs the `dev` extra and Chromium
(`apt-get install chromium`, or MAPDATA_CHROMIUM with its path).
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SIZE = {"width": 1440, "height": 900}
# A day of the sample on which a plan and its denial stand side by side.
VIEW = "as_of=2025-02-09&place=t4!TR!proposed"
_WAIT = 60_000  # milliseconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "dashboard.png")
    parser.add_argument("--view", default=VIEW, help="the words of the address, as after its `?`")
    parser.add_argument("--db", help="a database that is there; by default the sample is read into a new one")
    parser.add_argument("--dark", action="store_true", help="the dark theme")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = chosen.db or _read_sample(Path(folder) / "sample.sqlite3")
        port = _free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "MAPDATA_DB": str(db)},
        )
        try:
            _wait_for(port, server)
            _photograph(f"http://127.0.0.1:{port}/?{chosen.view}", chosen.out, dark=chosen.dark)
        finally:
            server.terminate()
            server.wait(timeout=20)
    print(chosen.out)


def _read_sample(db: Path) -> Path:
    command = [sys.executable, "-m", "mapdata", "ingest", "sample", "--db", str(db)]
    subprocess.run(command, cwd=ROOT, check=True)
    return db


def _photograph(address: str, out: Path, *, dark: bool) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="dark" if dark else "light", bypass_csp=True)
        page.goto(address)
        frame = page.frame_locator("iframe[title*=folium]")
        frame.locator(".pill").first.wait_for(state="attached", timeout=_WAIT)
        page.locator(".md-bars").wait_for(timeout=_WAIT)
        page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=_WAIT)
        page.wait_for_timeout(1500)  # the map has placed its pills once more after the last resize
        page.screenshot(path=out)
        browser.close()


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("MAPDATA_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        sys.exit("picture.py needs Chromium: apt-get install chromium, or set MAPDATA_CHROMIUM to its path")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if server.poll() is not None:
            sys.exit(f"the dashboard's server ended with exit code {server.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("the dashboard's server did not answer within a minute")


if __name__ == "__main__":
    main()
