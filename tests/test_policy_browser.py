"""The headers of the server, in a real browser: the page works, and nothing but this server is asked or run."""

from __future__ import annotations

import http.server
import threading
import urllib.request
from collections.abc import Iterator

import dashboard_made
import pytest
from browser import ROOT, Watch, streamlit
from playwright.sync_api import Browser, Page

from mapdata.dashboard import policy

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    db = dashboard_made.fill(tmp_path_factory.mktemp("policy") / "made.sqlite3")
    with streamlit(ROOT / "app.py", MAPDATA_DB=str(db)) as address:
        yield address


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another server of this machine (to a browser, another host) and what it was asked."""
    asked: list[str] = []

    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{other.server_port}", asked
    other.shutdown()
    other.server_close()
    thread.join()


TRY_ALL = """async (other) => {
  const refused = new Set();
  document.addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
  const make = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
  make("img", {src: other + "/image"});
  make("script", {src: other + "/script"});
  make("link", {rel: "stylesheet", href: other + "/style"});
  make("iframe", {src: other + "/frame"});
  make("video", {src: other + "/video"});
  make("object", {data: other + "/object"});
  make("div", {style: `background: url(${other}/background)`});
  const form = Object.assign(document.createElement("form"), {action: other + "/form", method: "post"});
  const apart = Object.assign(document.createElement("iframe"), {name: "apart"});
  document.body.append(apart, form);
  form.target = "apart";
  form.submit();
  await fetch(other + "/fetch").catch(() => {});
  navigator.sendBeacon(other + "/beacon", "x");
  try { new WebSocket(other.replace("http", "ws") + "/socket"); } catch { /* refused at once */ }
  await new Promise((done) => setTimeout(done, 800));
  return [...refused];
}"""

RUN_INLINE = """async () => {
  const div = document.createElement("div");
  div.innerHTML = '<img src="x:" onerror="window.hacked = 1"><a href="javascript:window.hacked = 2">x</a>';
  document.body.append(div);
  const script = document.createElement("script");
  script.textContent = "window.hacked = 3";
  document.body.append(script);
  div.querySelector("a").click();
  await new Promise((done) => setTimeout(done, 500));
  return window.hacked ?? null;
}"""


def drawn(page: Page, server: str) -> None:
    page.goto(f"{server}/?as_of=2025-02-09")
    page.frame_locator("iframe[title*=folium]").locator(".pill").first.wait_for(state="attached", timeout=60_000)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(40_000)
    yield opened
    context.close()


def test_the_page_draws_opens_evidence_and_breaks_no_rule_of_its_own(page: Page, server: str) -> None:
    watch, said = Watch(page), []
    page.on("console", lambda message: said.append(message.text))
    drawn(page, server)
    frame = page.frame_locator("iframe[title*=folium]")
    frame.locator('[data-id="hmeimim|RU|existing"]').click()
    page.locator(".st-key-evidence blockquote").first.wait_for()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    page.locator("#md-copy").get_by_text("Copied").wait_for()
    page.locator(".st-key-modes").get_by_text("Table").click()
    page.locator(".st-key-table-search").wait_for()
    assert watch.foreign == [] and watch.errors == []
    assert [text for text in said if "Content Security Policy" in text or "violates" in text] == []


def test_no_other_host_is_asked_whatever_the_page_tries(
    page: Page, server: str, elsewhere: tuple[str, list[str]]
) -> None:
    other, asked = elsewhere
    drawn(page, server)
    frame = next(one for one in page.frames if "component" in one.url)
    for where in (page.main_frame, frame):
        refused = set(where.evaluate(TRY_ALL, other))
        assert {"img-src", "script-src-elem", "style-src-elem", "frame-src", "connect-src"} <= refused
        assert {"media-src", "object-src", "form-action"} <= refused
    assert asked == []


def test_the_page_runs_no_script_that_a_text_brings_along(page: Page, server: str) -> None:
    drawn(page, server)
    assert page.main_frame.evaluate(RUN_INLINE) is None
    # The same elements do run where nothing forbids it, so the test can fail.
    page.goto("about:blank")
    assert page.evaluate(RUN_INLINE) in (1, 2, 3)


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/nothing/here", "/component/no/such.js"])
def test_every_answer_has_the_headers(server: str, path: str) -> None:
    request = urllib.request.Request(server + path)
    opener = urllib.request.build_opener()
    try:
        with opener.open(request, timeout=10) as answer:
            headers = answer.headers
    except urllib.error.HTTPError as fault:
        headers = fault.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    said = headers["Content-Security-Policy"]
    assert "default-src 'none'" in said and "frame-ancestors 'self'" in said
    assert "http:" not in said and "https:" not in said and "*" not in said
    assert ("'unsafe-eval'" in said) == path.startswith("/component/")


def test_the_inline_scripts_that_are_named_are_streamlits_and_ours_alone() -> None:
    found = policy.inline_scripts()
    assert any("prerenderReady" in script for script in found) and any("md-copy" in script for script in found)
    assert not any("{{" in script or "{%" in script for script in found), "a script with a hash takes no values"
