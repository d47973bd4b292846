"""The map first: the rest of the page waits, for a moment, until the browser has drawn it.

A browser builds the page and the map in one thread. What it is given while the map's frame loads is built before
the map, which then comes most of a second later; so the first run of a session hands the map out and holds the
rest back until the map says that it stands, or until a moment has passed in which it should have.
"""

from __future__ import annotations

import secrets
import threading
from urllib.parse import parse_qs

import streamlit as st
from starlette.types import ASGIApp, Receive, Scope, Send

AT_MOST = 2.5
"""Seconds that the rest waits for a map that does not come."""

_PATH = "/_mapdata/drawn"
_TICKET, _OPEN = "_curtain_ticket", "_curtain_open"

_waiting: dict[int, threading.Event] = {}
_listening = threading.Event()


def ticket() -> int:
    """The number by which this session's map says that it is drawn; the same for all runs of a session."""
    return st.session_state.setdefault(_TICKET, secrets.randbits(48))


def wait(with_map: bool = True) -> None:
    """Waits for the map in the first run of a session, where that has one.

    Goes on at once in later runs, when the rest stands already, and where nobody serves the page.
    """
    first = not st.session_state.get(_OPEN)
    st.session_state[_OPEN] = True
    if not (first and with_map and _listening.is_set()):
        return
    number, drawn = ticket(), threading.Event()
    _waiting[number] = drawn
    try:
        drawn.wait(AT_MOST)
    finally:
        _waiting.pop(number, None)


class Curtain:
    """ASGI middleware: hears from a map's frame that the map is drawn."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        _listening.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(_PATH):
            await self.app(scope, receive, send)
            return
        given = parse_qs(scope["query_string"].decode("latin-1")).get("ticket", [""])[0]
        if given.isdecimal() and len(given) < 20 and (drawn := _waiting.get(int(given))):
            drawn.set()
        headers = [(b"cache-control", b"no-store"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
