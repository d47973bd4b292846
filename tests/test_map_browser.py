"""The live map in a real browser, behind a real Streamlit server: what is drawn, what a click answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Watch, streamlit
from map_theatre import HOSTILE, few
from playwright.sync_api import Browser, FrameLocator, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with streamlit(Path(__file__).parent / "map_page.py") as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.watch = Watch(opened)
    yield opened
    assert opened.watch.foreign == []
    assert opened.watch.errors == []
    context.close()


def shown(page: Page, server: str, case: str) -> FrameLocator:
    page.goto(f"{server}/?case={case}")
    frame = page.frame_locator("iframe[title*=folium]")
    frame.locator("svg.mapdata-symbols .pill, .gathered").first.wait_for(state="attached", timeout=60_000)
    return frame


def ids(frame: FrameLocator) -> set[str]:
    return set(frame.locator(".pill").evaluate_all("pills => pills.map(p => p.dataset.id)"))


def covered(frame: FrameLocator) -> list[str]:
    """The pills that a click at their centre would miss."""
    return frame.locator(".pill").evaluate_all(
        """pills => pills.filter(pill => {
             const box = pill.querySelector('.body').getBoundingClientRect();
             const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
             return !hit || hit.closest('.pill') !== pill;
           }).map(pill => pill.dataset.id)"""
    )


def test_every_symbol_but_the_country_is_drawn_with_its_status_and_its_words(page: Page, server: str) -> None:
    frame = shown(page, server, "few")
    expected = {f"{s.site}|{s.actor}|{s.status}" for s in few() if s.site != "syria"}
    assert ids(frame) == expected
    for status in ("existing", "proposed", "denied", "former"):
        drawn = set(frame.locator(f".pill.{status}").evaluate_all("p => p.map(x => x.dataset.id)"))
        assert drawn == {name for name in expected if name.endswith(status)}
    denied = frame.locator('[data-id="t4|TR|denied"]')
    assert denied.locator(".code").text_content() == "TR"
    assert denied.locator(".badge").count() == 1
    assert denied.get_attribute("aria-label") == (
        "T4 (Tiyas) Air Base (مطار التيفور): State TR, denied, contested: 1 origin, newest 3 days old"
    )
    assert frame.locator('[data-id="tanf|US|existing"] .badge').count() == 0
    names = frame.locator(".site .name").all_text_contents()
    assert {"T4 (Tiyas)", "Hmeimim", "The Badiya"} <= set(names)
    assert covered(frame) == []


def test_a_region_is_an_area_and_a_town_a_softer_point_than_a_base(page: Page, server: str) -> None:
    frame = shown(page, server, "few")
    assert frame.locator(".area").count() == 1
    assert frame.locator(".point").count() == 15
    assert frame.locator(".point .soft").count() == 3
    assert frame.locator(".point .dot").count() == 12


def test_a_click_and_a_key_answer_with_the_id_of_the_pill(page: Page, server: str) -> None:
    frame = shown(page, server, "few")
    frame.locator('[data-id="palmyra|IR|former"]').click()
    expect(page.get_by_text("picked: palmyra IR former")).to_be_visible()
    expect(frame.locator('[data-id="palmyra|IR|former"]')).to_have_attribute("aria-pressed", "true")
    frame.locator('[data-id="tanf|US|existing"]').focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("picked: tanf US existing")).to_be_visible()
    expect(frame.locator('[aria-pressed="true"]')).to_have_count(1)
    focused = frame.locator('[data-id="tanf|US|existing"]')
    expect(focused).to_be_focused()


def test_a_change_of_symbols_keeps_the_map_and_the_view_of_the_reader(page: Page, server: str) -> None:
    frame = shown(page, server, "few")
    page.wait_for_timeout(800)
    expect(page.get_by_text("view: none")).to_be_visible()
    expect(page.get_by_text("runs: 1")).to_be_visible()
    frame.locator("body").evaluate("() => { window.kept = 'same page'; }")
    frame.locator(".leaflet-control-zoom-in").click()
    expect(page.get_by_text(re.compile(r"view: \d"))).to_be_visible()
    before = frame.locator("body").evaluate("() => [map.getZoom(), map.getCenter().lat]")
    page.get_by_text("less").click()
    expect(frame.locator(".pill")).to_have_count(5)
    after = frame.locator("body").evaluate("() => [map.getZoom(), map.getCenter().lat, window.kept]")
    assert after == [*before, "same page"]
    expect(page.get_by_text(re.compile("runs: 3"))).to_be_visible()


def test_a_given_view_is_shown_without_being_reported_as_the_readers(page: Page, server: str) -> None:
    frame = shown(page, server, "few")
    page.get_by_text("away").click()
    page.wait_for_function("() => document.querySelector('iframe').contentWindow.map.getZoom() === 9")
    lat, lon = frame.locator("body").evaluate("() => [map.getCenter().lat, map.getCenter().lng]")
    assert (round(lat, 2), round(lon, 2)) == (36.2, 37.2)
    page.wait_for_timeout(700)
    expect(page.get_by_text("view: none")).to_be_visible()
    page.get_by_text("home").click()
    page.wait_for_function("() => document.querySelector('iframe').contentWindow.map.getZoom() < 8")
    west, east = frame.locator("body").evaluate(
        "() => [map.getBounds().getWest(), map.getBounds().getEast()]"
    )
    assert west < 35.0 and east > 42.6


def test_150_symbols_are_all_drawn_in_view_and_can_all_be_clicked(page: Page, server: str) -> None:
    frame = shown(page, server, "all")
    assert frame.locator(".pill").count() == 150
    assert frame.locator(".gathered").count() == 0
    assert covered(frame) == []


def test_beyond_150_close_ones_are_counted_and_open(page: Page, server: str) -> None:
    frame = shown(page, server, "crowd")
    pills = frame.locator(".pill").count()
    groups = frame.locator(".gathered")
    assert pills <= 150 and groups.count() > 0
    assert covered(frame) == []
    counts = [int(text.lstrip("+")) for text in groups.locator("text").all_text_contents()]
    assert pills + sum(counts) == 400
    groups.first.focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".pill")).not_to_have_count(pills)


def test_names_with_markup_and_templates_show_as_that_text(page: Page, server: str) -> None:
    frame = shown(page, server, "hostile")
    assert sorted(frame.locator(".site .name").all_text_contents()) == sorted(HOSTILE)
    labels = frame.locator(".pill").evaluate_all("pills => pills.map(p => p.getAttribute('aria-label'))")
    assert all(any(label.startswith(name) for label in labels) for name in HOSTILE)
    assert frame.locator("svg.mapdata-symbols script, svg.mapdata-symbols img").count() == 0
