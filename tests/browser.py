"""A real Chromium and a real Streamlit server for tests, and a watch over requests to other machines."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
ROOT = Path(__file__).parent.parent


def executable() -> str:
    """The path of Chromium; MAPDATA_CHROMIUM overrides the search. Fails with how to get one."""
    found = os.environ.get("MAPDATA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise RuntimeError("browser tests need Chromium: `apt-get install chromium`, or set MAPDATA_CHROMIUM")
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Watch:
    """What a page did wrong: requests to other hosts, which are also stopped, and errors of its scripts."""

    def __init__(self, page: Page) -> None:
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.context.route("**/*", self._route)

    def _route(self, route: object) -> None:
        url = route.request.url
        if urlsplit(url).hostname in {"127.0.0.1", "localhost", None}:
            route.continue_()
        else:
            self.foreign.append(url)
            route.abort()


@contextlib.contextmanager
def streamlit(script: Path, *arguments: str, **environment: str) -> Iterator[str]:
    """The address of a Streamlit server that runs a script; the server ends with the block."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    command += ["--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none", *arguments]
    with serving(command, port, **environment):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def serving(command: Sequence[str], port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that serves Streamlit's page on a port, once it answers; it ends with the block."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {process.stdout.read().decode()[-2000:]}")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer within {seconds:.0f} s")
