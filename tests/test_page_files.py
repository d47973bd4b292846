"""What answers before Streamlit does: files from memory, hints at the page's head, the map that says it is drawn."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import streamlit

from mapdata.dashboard import curtain, hints
from mapdata.dashboard.curtain import Curtain
from mapdata.dashboard.hints import Hints
from mapdata.dashboard.kept import KeptFiles

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
FILE = "/static/js/Slider.WU6er_Bo.js"
MAP = "/component/mapdata.dashboard.mapview.map_files/map-0123456789abcdef.js"
PAGE = b"<html><head><title>x</title></head><body></body></html>"


class Behind:
    """The application behind a middleware: answers in two pieces, and counts what it is asked."""

    def __init__(self, body: bytes = b"one two", kind: bytes = b"text/javascript", status: int = 200) -> None:
        self.body, self.kind, self.status = body, kind, status
        self.asked: list[dict] = []

    async def __call__(self, scope, receive, send) -> None:
        self.asked.append(scope)
        headers = [
            (b"content-type", self.kind),
            (b"cache-control", b"public"),
            (b"content-length", str(len(self.body)).encode()),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body[:3], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[3:]})


def ask(
    app: Callable[..., Awaitable[None]], path: str, method: str = "GET", query: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": raw}
    # In a thread: a browser of other tests keeps a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    given = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], given, b"".join(message.get("body", b"") for message in sent[1:])


def test_a_file_that_is_named_by_its_content_is_asked_for_once() -> None:
    behind = Behind()
    app = KeptFiles(behind)
    for path in (FILE, MAP):
        first, second = ask(app, path), ask(app, path)
        assert first == second
        assert second[2] == b"one two"
        assert "immutable" in second[1]["cache-control"]
    assert len(behind.asked) == 2


def test_packed_and_plain_answers_are_kept_apart() -> None:
    behind = Behind()
    app = KeptFiles(behind)
    ask(app, FILE, accept_encoding="gzip, br")
    ask(app, FILE)
    assert len(behind.asked) == 2


def test_what_may_change_or_differ_is_asked_for_each_time() -> None:
    behind = Behind()
    app = KeptFiles(behind)
    for path in ("/", "/_stcore/health", "/media/0123456789abcdef.csv", "/component/a.b/index.html"):
        ask(app, path)
        ask(app, path)
    assert len(behind.asked) == 8
    for headers in ({"origin": "http://other"}, {"range": "bytes=0-1"}, {"if_none_match": "x"}):
        ask(app, FILE, **headers)
        ask(app, FILE, **headers)
    ask(app, FILE, query=b"v=1")
    ask(app, FILE, query=b"v=1")
    ask(app, FILE, method="HEAD")
    assert len(behind.asked) == 17


def test_a_page_in_place_of_a_missing_file_is_not_kept() -> None:
    # Streamlit answers so to any path: keeping it would let a stranger fill the memory.
    for behind in (Behind(PAGE, b"text/html; charset=utf-8"), Behind(status=404)):
        app = KeptFiles(behind)
        _, headers, _ = ask(app, FILE)
        ask(app, FILE)
        assert len(behind.asked) == 2
        assert headers["cache-control"] == "public"


def test_kept_files_have_a_bound(monkeypatch) -> None:
    monkeypatch.setattr("mapdata.dashboard.kept._AT_MOST", 10)
    behind = Behind()
    app = KeptFiles(behind)
    for _ in range(2):
        ask(app, FILE)
        ask(app, FILE.replace("Slider", "Other"))
    assert len(behind.asked) == 3


def test_every_kind_of_element_of_the_page_has_its_file() -> None:
    # Another version of Streamlit may name them otherwise: the page then opens, only slower.
    stems = {file.name.split(".")[0] for file in SCRIPTS.glob("*.js")}
    assert set(hints.ELEMENTS) <= stems


def test_scripts_come_with_all_that_they_import() -> None:
    found = hints.scripts(SCRIPTS)
    assert len(found) == len(set(found)) > 50
    assert all((SCRIPTS / name).is_file() for name in found)
    assert not [name for name in found if name.startswith(("DataFrame", "PlotlyChart"))]
    assert hints.scripts(SCRIPTS, ("NoSuchElement",)) == ()


def test_the_page_names_its_scripts_and_the_files_of_the_map_that_was_drawn_last() -> None:
    behind = Behind(PAGE, b"text/html")
    app = Hints(behind)
    status, headers, body = ask(app, "/", if_none_match="x")
    assert status == 200
    assert int(headers["content-length"]) == len(body)
    assert "if-none-match" not in dict(behind.asked[-1]["headers"])
    assert body.count(b"ComponentInstance.") == 1
    assert b"map-" not in body
    behind.body, behind.kind = b"var x", b"text/javascript"
    ask(app, MAP)
    ask(app, MAP.replace("0123", "4567"))
    behind.body, behind.kind = PAGE, b"text/html"
    # Asked for and not there: Streamlit answers with its page.
    ask(app, MAP.replace("/map-", "/other-"))
    body = ask(app, "/")[2]
    assert b"other-" not in body
    assert b"map-4567" in body
    assert b"map-0123" not in body
    assert body.index(b"map-4567") < body.index(b"</head>")


def test_a_path_that_is_no_plain_name_never_reaches_the_page() -> None:
    behind = Behind()
    app = Hints(behind)
    ask(app, '/component/a.b/"><script>alert(1)</script>-0123456789abcdef.js')
    behind.body = PAGE
    assert b"alert" not in ask(app, "/")[2]


def test_the_rest_waits_until_the_map_is_drawn(monkeypatch) -> None:
    monkeypatch.setattr(curtain, "_listening", threading.Event())  # others of this process serve nothing
    monkeypatch.setattr(curtain, "AT_MOST", 30.0)
    state: dict = {}
    monkeypatch.setattr(curtain.st, "session_state", state)
    app = Curtain(Behind())
    number = curtain.ticket()
    assert curtain.ticket() == number
    waiting = threading.Thread(target=curtain.wait, daemon=True)
    waiting.start()
    end = time.monotonic() + 10
    while not curtain._waiting and time.monotonic() < end:
        time.sleep(0.01)
    for query in (b"", b"ticket=x", b"ticket=1", b"ticket=" + b"9" * 60):
        assert ask(app, "/_mapdata/drawn", query=query)[0] == 200
    assert waiting.is_alive()
    ask(app, "/_mapdata/drawn", query=f"ticket={number}".encode())
    waiting.join(10)
    assert not waiting.is_alive()
    assert not curtain._waiting
    # Once a session: no later run of it waits.
    start = time.monotonic()
    curtain.wait()
    assert time.monotonic() - start < 5


def test_a_session_that_opens_on_the_table_waits_for_nothing(monkeypatch) -> None:
    monkeypatch.setattr(curtain, "_listening", threading.Event())
    monkeypatch.setattr(curtain, "AT_MOST", 30.0)
    monkeypatch.setattr(curtain.st, "session_state", {})
    Curtain(Behind())
    start = time.monotonic()
    curtain.wait(with_map=False)
    curtain.wait()
    assert time.monotonic() - start < 10


def test_a_map_that_never_comes_holds_the_rest_back_for_a_moment_only(monkeypatch) -> None:
    monkeypatch.setattr(curtain, "_listening", threading.Event())
    monkeypatch.setattr(curtain, "AT_MOST", 0.05)
    monkeypatch.setattr(curtain.st, "session_state", {})
    Curtain(Behind())
    start = time.monotonic()
    curtain.wait()
    assert 0.04 < time.monotonic() - start < 10
