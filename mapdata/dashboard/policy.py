"""What a browser may do with our answers: load from this server, run the scripts that come with it, nothing else.

Two policies. The page itself runs the scripts of files of this server, and of inline scripts only the ones that
are named here by their hashes, so that an element that a text brought along could run nothing even if it got into
the page. The frames of components are stricter in what they may ask for and looser in what they run:
streamlit-folium evaluates the map's script, which is another one for each change (no word of a text is in it, see
`drawing/live.py`). Both name no other host: whatever goes wrong, nothing is loaded from or sent to one.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_ALWAYS = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'self'"
)
_FRAME = f"{_ALWAYS}; script-src 'self' 'unsafe-inline' 'unsafe-eval'"

# None of what a browser has beyond the page is needed.
_DEVICES = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def inline_scripts() -> tuple[str, ...]:
    """Streamlit's, in the page that it serves first, and those of our own templates."""
    first = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    ours = [file.read_text("utf-8") for file in (files("mapdata.dashboard") / "templates").iterdir() if file.is_file()]
    return tuple(script for text in (first, *sorted(ours)) for script in _SCRIPT.findall(text))


def of_the_page(scripts: Iterable[str]) -> str:
    marks = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    named = "".join(f" 'sha256-{mark}'" for mark in marks)
    return f"{_ALWAYS}; script-src 'self'{named}; frame-src 'self'; manifest-src 'self'; worker-src 'self' blob:"


class Policy:
    """ASGI middleware: adds the headers to every answer; one that is there already is left as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._page = of_the_page(inline_scripts()).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = _FRAME.encode() if "/component/" in scope["path"] else self._page
        ours = [
            (b"content-security-policy", policy),
            (b"permissions-policy", _DEVICES.encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(header for header in ours if header[0] not in given)]
            await send(message)

        await self.app(scope, receive, send_with)
