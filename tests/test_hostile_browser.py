"""The corpus of payloads in a real browser: nothing runs, nothing is asked for, everything is shown as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import hostile
import pytest
from browser import ROOT, streamlit
from evidence_made import GAZETTEER as MADE
from evidence_made import evidence
from playwright.sync_api import Browser, Page, expect

from mapdata import gazetteer as gazetteers
from mapdata import snapshot
from mapdata.articles import article_id
from mapdata.errors import GazetteerError
from mapdata.model import Article, Attribution, Claim, Filters, SpeakerKind, Status
from mapdata.selection import select
from mapdata.store import Store

pytestmark = pytest.mark.browser

DAY = date(2025, 2, 9)
SITES = 12


class Guard:
    """Everything that a payload would be noticed by."""

    def __init__(self, page: Page, *, own: str) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("dialog", lambda dialog: (self.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.wrong.append(f"error {error}"))
        page.on("popup", lambda opened: self.wrong.append(f"popup {opened.url}"))
        page.on("download", lambda got: self.wrong.append(f"download {got.url}"))
        # A request that the policy stops is no request; the browser then says so here.
        page.on("console", self._said)
        page.on("request", lambda asked: self._asked(asked.url, own))

    def _said(self, message: object) -> None:
        if "Content Security Policy" in message.text or hostile.HOST in message.text:
            self.wrong.append(f"console {message.text}")

    def _asked(self, url: str, own: str) -> None:
        if not url.startswith((own, "data:", "blob:", "about:")):
            self.wrong.append(f"request {url}")

    def check(self) -> None:
        for frame in self.page.frames:
            assert frame.evaluate("window.hacked ?? null") is None, frame.url
        assert self.wrong == []


def named_book(path: Path) -> tuple[Path, list[str]]:
    """A gazetteer whose names are payloads, and those that it takes."""
    taken: list[str] = []
    for text in hostile.TEXTS:
        if len(text) > 200:
            continue
        lines = [
            "schema: 1",
            "theatre: {name: " + json.dumps(taken[0] if taken else "x") + ", bounds: [35.0, 32.0, 42.6, 37.6], "
            "languages: [en]}",
            "actors:",
            *(
                f"  A{number}: {{name: {json.dumps(name)}, kind: armed_group, country: null, code: A{number}, "
                f"names: {{en: [Ruritania {number}]}}}}"
                for number, name in enumerate([*taken, text])
            ),
            "sites:",
            *(
                f"  s{number}: {{name: {json.dumps(name)}, kind: air_base, country: SY, "
                f"lat: {33 + number % 7 * 0.6}, lon: {36 + number // 7 * 1.5}, names: {{en: [Basewood {number}]}}, "
                "sources: [invented]}"
                for number, name in enumerate([*taken, text])
            ),
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        try:
            gazetteers.load(path)
        except GazetteerError:
            continue
        taken.append(text)
        kept = path.read_text("utf-8")
    path.write_text(kept, encoding="utf-8")
    return path, taken


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    folder = tmp_path_factory.mktemp("hostile")
    book, names = named_book(folder / "names.yaml")
    gazetteer = gazetteers.load(book)
    with Store.open(folder / "made.sqlite3") as store:
        for number, text in enumerate(hostile.TEXTS):
            told = f"Troops are at the base, {text} said."
            one = Article(
                id=article_id(text, f"https://news.test/{number}", told),
                text=told,
                outlet=text,
                title=text,
                published=date(2025, 1, 1 + number % 28),
                url=f"https://news.test/{number}",
                lang="en",
                path=f"{text}.md",
            )
            said = Attribution(text, SpeakerKind.ANALYST, text)
            at = number % len(names)
            by_name = Claim(one.id, f"s{at}", f"A{at}", Status.EXISTING, told, 0, len(told), said,
                            published=one.published)  # fmt: skip
            all_in_one = Claim(one.id, "s0", "A1", Status.PROPOSED, told, 0, len(told), said,
                               published=one.published)  # fmt: skip
            store.put(one, [by_name, all_in_one], gazetteer)
    paths = {"MAPDATA_DB": str(folder / "made.sqlite3"), "MAPDATA_GAZETTEER": str(book)}
    with streamlit(ROOT / "app.py", **paths) as server:
        yield server, names


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(40_000)
    yield opened
    context.close()


def test_the_dashboard_shows_every_payload_and_runs_none(page: Page, made: tuple[str, list[str]]) -> None:
    server, names = made
    assert len(names) >= 15
    guard = Guard(page, own=server)
    page.goto(f"{server}/?as_of={DAY}")
    frame = page.frame_locator("iframe[title*=folium]")
    frame.locator(".pill").first.wait_for(state="attached", timeout=60_000)
    guard.check()
    # Every text at one site: quotes, outlets, titles, speakers.
    frame.locator('.pill[data-id="s0|A1|proposed"]').click()
    cards = page.locator(".st-key-evidence .md-card")
    cards.first.wait_for()
    while (more := page.locator(".st-key-evidence").get_by_role("button", name="more")).count():
        shown = cards.count()
        more.first.click()
        expect(cards).not_to_have_count(shown)
    assert cards.locator("img, script, iframe, svg image, link, base, object, form, input, style").count() == 0
    links = cards.locator("a").evaluate_all("all => all.map(a => a.protocol)")
    assert set(links) == {"https:"}
    told = page.locator(".st-key-evidence").inner_text()
    assert "{{ 6*7 }}" in told and "window.hacked=1" in told and "![p]" in told
    assert "[U+202E]gnp.exe" in told and "\u202e" not in told, "shown, not obeyed"
    guard.check()
    # Names of sites and actors: labels, popups by hand and by keyboard, the rail, the table.
    for number in range(SITES):
        pill = frame.locator(f'.pill[data-id="s{number}|A{number}|existing"]')
        if pill.count():
            pill.first.dispatch_event("click")
            page.wait_for_timeout(150)
    guard.check()
    page.locator(".st-key-modes").get_by_text("Table").click()
    page.locator(".st-key-table-search input").fill("{{ 6*7 }} <img src=x onerror=window.hacked=1>")
    page.locator(".st-key-table-search input").press("Enter")
    page.wait_for_timeout(800)
    guard.check()


def test_an_address_of_payloads_runs_nothing(page: Page, made: tuple[str, list[str]]) -> None:
    server, _ = made
    guard = Guard(page, own=server)
    for word in ("actor", "place", "site", "at", "status", "from", "nothing"):
        text = " ".join((hostile.MARKUP[1], hostile.MARKDOWN[0], hostile.TEMPLATES[0], hostile.UNICODE[0]))
        address = page.evaluate("text => encodeURIComponent(text)", text)
        page.goto(f"{server}/?as_of={DAY}&{word}={address}")
        page.locator(".st-key-modes").wait_for()
        page.wait_for_timeout(300)
        guard.check()
    assert "42 and" not in page.locator("body").inner_text()


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_a_snapshot_in_a_browser_runs_and_asks_nothing(page: Page, tmp_path: Path, ending: str) -> None:
    pieces = [
        evidence("t4", "TR", Status.PROPOSED, DAY, article=f"a{number:02}", quote=f"{text} said they.", title=text,
                 outlet=text, speaker=SpeakerKind.ANALYST, speaker_text=text, url=text)
        for number, text in enumerate(hostile.ALL)
    ]  # fmt: skip
    chosen = select(tuple(pieces), Filters(), MADE, DAY)
    file = snapshot.write(chosen, MADE, tmp_path / f"map.{ending}")
    guard = Guard(page, own=file.as_uri())
    page.goto(file.as_uri())
    if ending == "html":
        page.locator("html.ready").wait_for()
        page.locator('.pill[data-id="t4|TR|proposed"]').click()
        cards = page.locator("#evidence article")
        cards.first.wait_for()
        assert cards.count() == len(hostile.ALL)
        assert cards.locator("a, img, script, iframe, svg, style, form").count() == 0
        assert "{{ 6*7 }}" in page.locator("#evidence").inner_text()
    page.wait_for_timeout(500)
    guard.check()


def test_the_guard_sees_a_payload_that_runs(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "open.html"
    file.write_text(f"<p>{hostile.MARKUP[1]}<img src=http://{hostile.HOST}/p.png></p>", encoding="utf-8")
    guard = Guard(page, own=file.as_uri())
    page.goto(file.as_uri())
    page.wait_for_timeout(500)
    with pytest.raises(AssertionError):
        guard.check()
    assert any(hostile.HOST in wrong for wrong in guard.wrong)
