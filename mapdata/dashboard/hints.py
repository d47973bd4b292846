"""The page's first lines, with a word to the browser of what it will need.

Streamlit's page learns piece by piece which of its own files it needs: each kind of element brings its file when
the first of that kind arrives, each file names others, and the map's frame begins once all that is done. All of it
is known beforehand, so the page says it in its head and the browser loads everything at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapdata.dashboard.kept import is_file

ELEMENTS = (
    "Html",
    "ButtonGroup",
    "ComponentInstance",
    "Button",
    "DateInput",
    "TextInput",
    "Checkbox",
    "Multiselect",
    "NumberInput",
    "Selectbox",
    "Slider",
)
"""The kinds of elements of our page with a file of their own, as Streamlit calls the files. One that an other
version of Streamlit calls otherwise is loaded when it arrives, as without us."""

_IMPORT = re.compile(r"""(?:import|from)\s*["'`]\./([\w.-]+\.js)["'`]""")


def scripts(folder: Path, elements: Iterable[str] = ELEMENTS) -> tuple[str, ...]:
    """The names of the scripts in the folder that the elements need, with all that those import."""
    by_stem = {file.name.split(".")[0]: file.name for file in sorted(folder.glob("*.js"))}
    wanted = [by_stem[element] for element in elements if element in by_stem]
    found: dict[str, None] = {}
    while wanted:
        name = wanted.pop(0)
        file = folder / name
        if name not in found and file.is_file():
            found[name] = None
            wanted += _IMPORT.findall(file.read_text("utf-8"))
    return tuple(found)


class Hints:
    """ASGI middleware: adds to the head of the page what it is going to need.

    What the map's frame needs is learnt from the looks before: its files belong to other components, and the
    map's own changes with the gazetteer. A frame loads by the browser's cache alone what its page has fetched,
    so these are fetched ahead and not preloaded.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        root = Path(streamlit.__file__).parent / "static"
        self._modules = tuple(f"./static/js/{name}" for name in scripts(root / "static" / "js"))
        self._framed: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" and scope["method"] == "GET" else ""
        if path == "/":
            await self._hinted(scope, receive, send)
            return
        found = _FRAMED.fullmatch(path)

        async def learning(message: Message) -> None:
            if message["type"] == "http.response.start" and is_file(message):
                # One file of each kind: the map's of another gazetteer takes the place of the one before.
                self._framed[found["kind"]] = f".{path}"
            await send(message)

        await self.app(scope, receive, learning if found else send)

    async def _hinted(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        parts: list[bytes] = []

        async def adding(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            parts.append(message.get("body", b""))
            if message.get("more_body", False):
                return
            body = b"".join(parts)
            if start["status"] == 200:
                body = self._add(body)
            headers = [header for header in start["headers"] if header[0].lower() not in _OF_THE_FILE]
            await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
            await send({"type": "http.response.body", "body": body})

        # Streamlit's file may be as the browser knows it; the hints need not be.
        asked = [header for header in scope["headers"] if header[0] not in _CONDITIONS]
        await self.app({**scope, "headers": asked}, receive, adding)

    def _add(self, page: bytes) -> bytes:
        known = page.decode("utf-8")
        lines = [_MODULE.format(name) for name in self._modules if name not in known]
        lines += [_FETCH.format(name) for name in self._framed.values()]
        return known.replace("</head>", "".join(lines) + "</head>", 1).encode()


_FRAMED = re.compile(r"/component/(?P<kind>[\w.]+/(static/js/)?\w+)[.-][0-9a-f]{8,16}\.js")
_MODULE = '<link rel="modulepreload" crossorigin fetchpriority="low" href="{}">'
_FETCH = '<link rel="prefetch" as="script" href="{}">'
_OF_THE_FILE = (b"content-length", b"etag", b"last-modified")
_CONDITIONS = (b"if-none-match", b"if-modified-since", b"range")
