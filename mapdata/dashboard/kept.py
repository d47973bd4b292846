"""Files of the page that never change, answered from memory: what Streamlit would read and pack anew each time.

A look at the page asks for some 130 files. Their names say their content (`Slider.WU6er_Bo.js`), so the first
answer is every answer, packed or not as Streamlit gave it, and a browser may keep it for good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMED_BY_CONTENT = re.compile(
    r"/(static/(js|css|media)/[^/]+\.[\w-]{8,}\.\w+"  # Streamlit's own
    r"|component/[\w.]+/(static/js/)?[\w]+[.-][0-9a-f]{8,16}\.js)"  # streamlit-folium's, and the map's
)
_AT_MOST = 24_000_000
"""Bytes in memory: three times what a page asks for."""
_FOR_GOOD = (b"cache-control", b"public, immutable, max-age=31536000")


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: list[tuple[bytes, bytes]]
    body: bytes


class KeptFiles:
    """ASGI middleware. Keeps whole, good answers to plain requests for files that are named by their content."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, bool], _Answer] = {}
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
        elif answer := self._kept.get(key):
            await send({"type": "http.response.start", "status": 200, "headers": answer.headers})
            await send({"type": "http.response.body", "body": answer.body})
        else:
            await self._ask(key, scope, receive, send)

    async def _ask(self, key: tuple[str, bool], scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        parts: list[bytes] = []

        async def keeping(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if is_file(message):
                    rest = [header for header in message["headers"] if header[0].lower() != _FOR_GOOD[0]]
                    message = start = {**message, "headers": [*rest, _FOR_GOOD]}
            elif start:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    self._keep(key, _Answer(list(start["headers"]), b"".join(parts)))
            await send(message)

        await self.app(scope, receive, keeping)

    def _keep(self, key: tuple[str, bool], answer: _Answer) -> None:
        if key not in self._kept and self._size + len(answer.body) <= _AT_MOST:
            self._kept[key] = answer
            self._size += len(answer.body)


def _key(scope: Scope) -> tuple[str, bool] | None:
    """The path and whether the asker unpacks gzip; None for what is not to be kept.

    A request with an origin gets an answer for that origin alone, one for a range gets a part.
    """
    if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
        return None
    if not _NAMED_BY_CONTENT.fullmatch(scope["path"]):
        return None
    headers = Headers(scope=scope)
    if "origin" in headers or "range" in headers or "if-none-match" in headers or "if-modified-since" in headers:
        return None
    return scope["path"], "gzip" in headers.get("accept-encoding", "")


def is_file(message: Message) -> bool:
    """Whether it is the file: Streamlit answers with its page where there is none."""
    headers = Headers(raw=message["headers"])
    return (
        message["status"] == 200
        and "set-cookie" not in headers
        and not headers.get("content-type", "").startswith("text/html")
    )
