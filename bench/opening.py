"""How long the dashboard takes to open: from the address to the first symbols, and to the whole page.

Each look is a browser that knows nothing: with `fresh` also a process of its own with a new profile. The clock is the
browser's: from the start of the navigation to the frame that shows the first symbols.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.browser import chromium

_WATCH = """
if (window === top) {
  const seen = (window.__seen = {});
  const look = () => {
    const frame = document.querySelector("iframe[title*=folium]");
    if (!seen.symbols && frame && frame.contentDocument && frame.contentDocument.querySelector(".pill"))
      requestAnimationFrame(() => { seen.symbols = performance.now(); });
    if (!seen.whole && document.querySelector(".st-key-months figure") && document.querySelector(".md-legend"))
      requestAnimationFrame(() => { seen.whole = performance.now(); });
    if (!seen.symbols || !seen.whole) requestAnimationFrame(look);
  };
  look();
}
"""
_LATE = """() => {
  const links = "link[rel=modulepreload], link[rel=prefetch], script[src]";
  const named = new Set([...document.querySelectorAll(links)].map((e) => e.href || e.src));
  return performance.getEntriesByType("resource")
    .filter((e) => e.name.includes("/static/js/") && e.startTime < window.__seen.symbols && !named.has(e.name))
    .map((e) => e.name.split("/").pop());
}"""
_COUNT = "() => performance.getEntriesByType('resource').map((e) => e.transferSize)"


@dataclass(frozen=True, slots=True)
class Look:
    """symbols, whole: milliseconds. requests, kilobytes: over HTTP, the frame's included, until the whole page.
    late_scripts: scripts that the page asked for before its symbols and that its head does not name."""

    symbols: float
    whole: float
    requests: int
    kilobytes: float
    late_scripts: tuple[str, ...]


def look(browser: Browser, address: str) -> Look:
    """One look at the page, in a context of its own."""
    # Playwright waits by eval, which the page forbids.
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    try:
        context.add_init_script(_WATCH)
        page = context.new_page()
        page.goto(address, wait_until="commit", timeout=60_000)
        page.wait_for_function("window.__seen.symbols && window.__seen.whole", polling=100, timeout=120_000)
        seen = page.evaluate("window.__seen")
        sizes = [size for frame in page.frames for size in frame.evaluate(_COUNT)]
        return Look(seen["symbols"], seen["whole"], len(sizes), sum(sizes) / 1000, tuple(page.evaluate(_LATE)))
    finally:
        context.close()


def fresh(address: str, looks: int) -> list[Look]:
    """So many looks, each in a new process of the browser with a new profile."""
    found = []
    for _ in range(looks):
        with chromium() as browser:
            found.append(look(browser, address))
    return found


if __name__ == "__main__":
    # python -m bench.opening http://127.0.0.1:8501 7
    for one in fresh(sys.argv[1], int(sys.argv[2])):
        print(f"symbols {one.symbols:.0f} ms, whole {one.whole:.0f} ms, {one.requests} files, {one.kilobytes:.0f} kB")
