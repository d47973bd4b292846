"""Serving the page: Streamlit's own server on the loopback address, with nothing that leaves the machine."""

from __future__ import annotations

import errno
import logging
import os
import socket
import threading
import tomllib
import traceback
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from mapdata.dashboard import markup
from mapdata.dashboard.curtain import Curtain
from mapdata.dashboard.hints import Hints
from mapdata.dashboard.kept import KeptFiles
from mapdata.dashboard.policy import Policy
from mapdata.errors import MapdataError, ServeError
from mapdata.terminal import harmless

SCRIPT = Path(__file__).with_name("main.py")
"""What Streamlit runs for each look at the page."""


def middleware() -> list[Middleware]:
    """For `st.App`: no request leaves the page for another host, whatever a text brings along, and what the
    page needs is named at its head and answered from memory."""
    return [Middleware(Policy), Middleware(Curtain), Middleware(Hints), Middleware(KeptFiles)]


def say_fault(error: Exception) -> bool:
    """For `st.App`: a fault of ours is said in a line on the page, and in full on the terminal."""
    # A fault can quote a text, and what a terminal shows of it must not steer it.
    told = harmless("".join(traceback.format_exception(error)))
    logging.getLogger("mapdata").error("the page failed\n%s", told)
    markup.show(
        "notice.html",
        title="The page could not be drawn to its end.",
        lines=[
            "The terminal that mapdata runs in says why. Load the page again without the words after its ?,"
            " and report what happened."
        ],
    )
    return True


def serve(db: str | None, gazetteer: str | None, host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serves the dashboard until it is stopped, and prints where once it listens.

    db, gazetteer: as the commands take them; None for the defaults. Raises ServeError where the address
    cannot be had.
    """
    _check_free(host, port)
    for name, value in (("MAPDATA_DB", db), ("MAPDATA_GAZETTEER", gazetteer)):
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    shown = f"[{host}]" if ":" in host else host

    @asynccontextmanager
    async def announced(_app: st.App) -> AsyncIterator[None]:
        threading.Thread(target=_warm_up, args=(db, gazetteer), daemon=True).start()
        print(f"mapdata is at http://{shown}:{port} (Ctrl-C stops it)", flush=True)
        yield

    app = st.App(SCRIPT, middleware=middleware(), lifespan=announced, on_script_error=say_fault)
    # Uvicorn has ended in order when it hands the reader's Ctrl-C on.
    with suppress(KeyboardInterrupt):
        app.run(config=options(host, port))


def _warm_up(db: str | None, gazetteer: str | None) -> None:
    """Loads what takes long to load before the first reader waits for it: libraries, the database, the map's file.

    Not streamlit-folium: a component that is declared before the first page runs is never served. What is wrong
    with the files is for the page to say.
    """
    for module in ("mapdata.drawing.live", "mapdata.dashboard.table"):
        import_module(module)
    from mapdata.dashboard import data
    from mapdata.drawing import assets

    # The caches are the page's own; Streamlit remarks on every use of them outside of a page.
    remarks = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    remarks.setLevel(logging.ERROR)
    with suppress(MapdataError):
        assets.folder(data.load(db, gazetteer).gazetteer)


def options(host: str, port: int) -> dict[str, Any]:
    """Streamlit's options: those of `.streamlit/config.toml`, for this address."""
    found = dict(_flat(tomllib.loads(_config_text())))
    local = host in ("127.0.0.1", "localhost", "::1")
    found |= {"server.address": host, "server.port": port}
    if not local:
        # Whoever serves to others knows under which names; Streamlit's other checks stay on.
        found["server.allowedHosts"] = []
    return found


def _check_free(host: str, port: int) -> None:
    other = f"choose another with --port {port + 1 if port < 65535 else 8501}"
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OverflowError:
        raise ServeError(f"port {port} is none: choose one from 1024 to 65535, --port 8501") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"port {port} on {host} is in use: {other}, or stop what runs there") from None
        if error.errno == errno.EACCES:
            raise ServeError(f"port {port} on {host} needs more rights than you have: {other}") from None
        raise ServeError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from None


def _config_text() -> str:
    packaged = files("mapdata.dashboard") / "config.toml"
    if packaged.is_file():
        return packaged.read_text("utf-8")
    return (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8")


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
