"""From a change of a filter to the redrawn map, in a real browser: milliseconds, and bytes over the wire.

The clock starts with the event in the page that changes the filter and stops two animation frames after the map's
new layer stands in its frame: what a reader sees. The whole page is done with the last change to the page's own
elements before it rests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from bench.served import Server

_WATCH = """() => {
  const w = (window.__w = { began: 0, map: 0, page: 0, still: 0 });
  const begin = () => { if (!w.began) w.began = performance.now(); };
  for (const kind of ["click", "keydown"]) addEventListener(kind, begin, true);
  const frames = (count, then) => requestAnimationFrame(() => (count > 1 ? frames(count - 1, then) : then()));
  let known = null;
  const drawn = () => {
    if (!w.began) return;
    w.still = performance.now();
    frames(2, () => { w.map = performance.now(); });
  };
  // A map that is made anew comes in a frame of its own.
  const follow = () => {
    const frame = document.querySelector("iframe[title*=folium]");
    if (!frame || !frame.contentDocument || frame.contentDocument === known) return;
    if (known) drawn();
    known = frame.contentDocument;
    new MutationObserver(drawn).observe(known, { subtree: true, childList: true });
  };
  follow();
  setInterval(follow, 10);
  new MutationObserver((changes) => {
    if (w.began && changes.some((c) => !c.target.closest || !c.target.closest("[data-testid=stStatusWidget]")))
      w.page = w.still = performance.now();
  }).observe(document.querySelector("[data-testid=stMain]"), { subtree: true, childList: true, characterData: true });
}"""
_IDLE_MS = 6500
"""After which the server has closed all connections but the page's own, so that what they sent counts no more."""
_RESET = "() => { Object.assign(window.__w, { began: 0, map: 0, page: 0, still: 0 }); }"
_RESTS = "(quiet) => { const w = window.__w; return w.map && performance.now() - w.still > quiet; }"


@dataclass(frozen=True, slots=True)
class Change:
    """map, page: milliseconds from the event to the map, and to the whole page. sent: bytes from the server."""

    map: float
    page: float
    sent: int


class Stopwatch:
    """Times changes on a page that stands."""

    def __init__(self, page: Page, server: Server, quiet_ms: int = 500) -> None:
        self._page, self._server, self._quiet = page, server, quiet_ms
        page.evaluate(_WATCH)

    def time(self, act: Callable[[], None], limit_s: float = 180) -> Change:
        """Does what changes a filter, and waits until all that follows from it has been seen."""
        self._page.evaluate(_RESET)
        before = self._server.sent()
        act()
        self._page.wait_for_function(_RESTS, arg=self._quiet, polling=100, timeout=limit_s * 1000)
        seen = self._page.evaluate("window.__w")
        return Change(
            seen["map"] - seen["began"],
            max(seen["page"], seen["map"]) - seen["began"],
            self._server.sent() - before,
        )


def ours(page: Page, server: Server, changes: int) -> list[Change]:
    """Changes of country, status and days, no two of which leave the same filters."""
    page.goto(server.address, timeout=600_000)
    frame = page.frame_locator("iframe[title*=folium]")
    frame.locator(".site, .bubble").first.wait_for(state="attached", timeout=600_000)
    page.locator(".st-key-months figure").wait_for(timeout=120_000)
    page.wait_for_timeout(_IDLE_MS)
    watch = Stopwatch(page, server)
    countries = _keys(page, "only-countries-")
    statuses = _keys(page, "only-statuses-")
    found: list[Change] = []

    def press(key: str) -> None:
        page.locator(f".{key} button").first.click()

    for country in countries:
        found.append(watch.time(lambda: press(country)))  # noqa: B023 - called at once
        for status in statuses:
            found.append(watch.time(lambda: press(status)))  # noqa: B023
        watch.time(lambda: press(statuses[-1]))  # all of them again, as at the start of the next country
        if len(found) >= changes * 2 // 3:
            break
    watch.time(lambda: press(country))
    # From the last months backwards: most claims are there, so each step changes the map.
    handle = page.get_by_role("slider").nth(1)
    while len(found) < changes:
        handle.focus()
        found.append(watch.time(lambda: handle.press("ArrowLeft")))
    return found[:changes]


def naive(page: Page, server: Server, changes: int) -> list[Change]:
    """Changes of actor on the naive map."""
    page.goto(server.address, timeout=600_000)
    frame = page.frame_locator("iframe[title*=folium]")
    frame.locator(".leaflet-marker-icon").first.wait_for(state="attached", timeout=600_000)
    page.wait_for_timeout(_IDLE_MS)
    watch = Stopwatch(page, server, quiet_ms=2000)
    options = page.get_by_test_id("stRadioOption")
    found = []
    for number in range(changes):
        # The page answers no click until it has drawn the markers before.
        option = options.nth(1 + number % (options.count() - 1))
        found.append(watch.time(lambda: option.click(timeout=600_000), limit_s=600))  # noqa: B023 - called at once
    return found


def _keys(page: Page, prefix: str) -> list[str]:
    found = page.locator(f"[class*=st-key-{prefix}]").evaluate_all(
        "(all, prefix) => all.map((e) => [...e.classList].find((c) => c.startsWith('st-key-' + prefix)))", prefix
    )
    return [key for key in dict.fromkeys(found) if key]
