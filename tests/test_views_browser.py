"""The views Add, Review, Silence and Changes in a real browser, on a real store, reading back what was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import dashboard_made
import documents_made
import feedparser
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import ROOT, Watch, streamlit
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from mapdata.model import VerdictKind
from mapdata.store import Reviews, Store

pytestmark = pytest.mark.browser

DAY = "as_of=2025-02-09"
TEXT = (
    "Russian troops remain at the Hmeimim air base, residents said on Monday.\n\n"
    "Türkiye may set up an air base at T4, a regional security official said.\n\n"
    "لا تزال قوات أمريكية متمركزة في قاعدة التنف.\n\n"
    "Soldiers were seen on the road below the summit."
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return dashboard_made.fill(tmp_path / "made.sqlite3")


@pytest.fixture
def server(db: Path) -> Iterator[str]:
    with streamlit(ROOT / "app.py", MAPDATA_DB=str(db), MAPDATA_READONLY="0") as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(40_000)
    expect.set_options(timeout=20_000)
    watch = Watch(opened)
    yield opened
    assert watch.foreign == []
    assert watch.errors == []
    context.close()


def visit(page: Page, server: str, view: str, words: str = DAY) -> Locator:
    page.goto(f"{server}/?{words}&view={view}")
    found = page.locator(".st-key-view")
    found.wait_for(timeout=60_000)
    return found


def press(page: Page, name: str | re.Pattern[str], within: str = ".st-key-view") -> None:
    # Exactly, where a string is given: "Accept" is also in "Accept all".
    page.locator(within).get_by_role("button", name=name, exact=isinstance(name, str)).first.click()


def segment(page: Page, key: str, name: str) -> None:
    page.locator(f".st-key-{key}").get_by_text(name, exact=True).click()


def sign(page: Page, who: str, why: str = "") -> None:
    for label, words in (("Your name", who), ("Reason, kept with the verdict", why)):
        field = page.get_by_label(label)
        field.fill(words)
        field.press("Tab")
    page.wait_for_timeout(600)  # what is written reaches the server with the next run


def stored(db: Path) -> tuple[set[tuple[str, str, str, str | None]], list]:
    with Store.open(db, readonly=True) as store:
        claims = {(c.site, c.actor, c.status.value, c.review and c.review.value) for c in store.claims()}
        return claims, Reviews(store).verdicts()


def choose(page: Page, label: str, words: str, option: str, within: str) -> None:
    field = page.locator(within).get_by_label(label)
    found = page.get_by_role("option", name=option).first
    for _ in range(5):
        field.click()
        field.fill(words)
        try:
            # A run of the page that is under way closes the list again.
            found.click(timeout=5000)
            return
        except TimeoutError:
            page.keyboard.press("Escape")
    raise AssertionError(f"{label} offers no {option!r}")


# --- add ----------------------------------------------------------------------------------------------------


def test_a_pasted_text_is_looked_at_judged_and_stored(page: Page, server: str, db: Path) -> None:
    before = stored(db)[0]
    view = visit(page, server, "add")
    page.get_by_label("Text of the article").fill(TEXT)
    page.get_by_label("Outlet").first.fill("Desk of Ada")
    page.get_by_label("Title").first.fill("Three bases")
    press(page, "Find claims")
    text = view.locator(".md-text")
    expect(text).to_contain_text("Türkiye may set up")
    expect(view.locator(".md-found")).to_have_count(3)
    heads = view.locator(".md-foundhead").all_inner_texts()
    assert [re.sub(r"^\d+\s*", "", head) for head in heads] == [
        "Hmeimim (Khmeimim) air base · Russia · existing",
        "T4 (Tiyas) air base · Türkiye · proposed",
        "Al-Tanf garrison · United States · existing",
    ]
    # Each claim is marked in the text, the Arabic paragraph in its own direction.
    assert text.locator(".md-number").all_inner_texts() == ["1", "2", "3"]
    assert text.locator("p[dir=rtl]").count() == 1
    assert "متمركزة" in " ".join(text.locator("p[dir=rtl] mark").all_inner_texts())
    assert stored(db)[0] == before, "nothing is stored before somebody has looked at it"

    press(page, "Accept", ".st-key-claim-1")
    expect(page.locator(".st-key-claim-1")).to_contain_text("accepted")
    press(page, "Reject", ".st-key-claim-3")
    expect(page.locator(".st-key-claim-3 .md-rejected")).to_be_visible()
    press(page, re.compile("Correct"), ".st-key-claim-2")
    choose(page, "Status", "den", "denied", ".st-key-claim-2")
    press(page, "Correct it", ".st-key-claim-2")
    expect(page.locator(".st-key-claim-2")).to_contain_text("corrected")
    # One that was missed: first with words that the text does not have.
    page.get_by_text("Add a claim that was missed").click()
    missed = ".st-key-missed"
    choose(page, "Site", "Mount Hermon", "Mount Hermon", missed)
    choose(page, "Actor", "Israel", "Israel", missed)
    choose(page, "Status", "exist", "existing", missed)
    words = page.locator(missed).get_by_label("The words that show it")
    words.fill("Israeli soldiers hold the summit")
    press(page, "Add it", missed)
    expect(view).to_contain_text("a quote is verbatim")
    words.fill("Soldiers were seen")
    press(page, "Add it", missed)
    expect(view.locator(".md-found")).to_have_count(4)

    # What is written of the article counts without a further click.
    title = page.locator(".st-key-about").get_by_label("Title")
    title.fill("Three bases and a summit")
    title.press("Tab")
    expect(view.locator(".md-viewtitle")).to_contain_text("Three bases and a summit (Desk of Ada, undated), 3 claims")
    press(page, "Store this article")
    expect(view).to_contain_text("say who you are")
    sign(page, "Ada", "read it in full")
    press(page, "Store this article")
    expect(view).to_contain_text("Stored: 1 article with 3 claims.")
    after, verdicts = stored(db)
    assert after - before == {
        ("hmeimim", "RU", "existing", "accepted"),
        ("t4", "TR", "denied", "corrected"),
        ("mount-hermon", "IL", "existing", "added"),
    }
    assert {(v.kind.value, v.who, v.why) for v in verdicts} == {
        (kind, "Ada", "read it in full") for kind in ("accepted", "corrected", "rejected", "added")
    }
    with Store.open(db, readonly=True) as store:
        [article] = [source for source in store.sources().values() if source.outlet == "Desk of Ada"]
        assert (article.title, article.published) == ("Three bases and a summit", None)
    press(page, "Show the map")
    expect(page.locator("iframe[title*=folium]")).to_be_visible()
    assert "view" not in parse_qs(urlsplit(page.url).query)


def test_dropped_files_are_read_and_what_cannot_be_is_named(page: Page, server: str, db: Path) -> None:
    view = visit(page, server, "add")
    segment(page, "ask-how", "Drop files")
    files = [
        {"name": "talks.pdf", "mimeType": "application/pdf", "buffer": documents_made.pdf([TEXT.split("\n")[:3]])},
        {"name": "../notes.docx", "mimeType": "application/octet-stream", "buffer": documents_made.word([TEXT])},
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": documents_made.pdf([[]])},
        {"name": "more.csv", "mimeType": "text/csv", "buffer": b"text,outlet\nNobody says a thing.,Levant Post\n"},
    ]
    page.locator(".st-key-drop-files input[type=file]").set_input_files(files)
    expect(view).to_contain_text("4 files ready to be read")
    press(page, "Find claims")
    expect(view).to_contain_text("Article, of 3")
    expect(view.locator(".md-refused")).to_contain_text("scan.pdf: holds no text, as a scan does")
    press(page, "Store all 3 articles")
    expect(view).to_contain_text("Stored: 3 articles")
    with Store.open(db, readonly=True) as store:
        assert {a.path for a in store.articles() if a.path} == {"talks.pdf", "notes.docx", "more.csv"}


def test_an_address_of_this_machine_is_not_fetched_and_a_path_is_no_address(page: Page, server: str) -> None:
    view = visit(page, server, "add")
    segment(page, "ask-how", "Give an address")
    for address, said in ((f"{server}/", "an address of this machine"), ("/etc/passwd", "is no web address")):
        page.get_by_label("Web address of a page or a feed").fill(address)
        page.get_by_label("Web address of a page or a feed").press("Tab")
        press(page, "Find claims")
        expect(view.locator(".md-refused")).to_contain_text(said)


def test_long_work_shows_progress_and_stops(page: Page, server: str, db: Path) -> None:
    before = stored(db)[0]
    view = visit(page, server, "add")
    segment(page, "ask-how", "Drop files")
    row = json.dumps({"text": (TEXT + "\n\n") * 80})
    many = "\n".join(json.dumps({"text": f"{n}. " + json.loads(row)["text"]}) for n in range(180))
    page.locator(".st-key-drop-files input[type=file]").set_input_files(
        {"name": "many.jsonl", "mimeType": "application/jsonl", "buffer": many.encode("utf-8")}
    )
    expect(view).to_contain_text("1 file ready to be read")
    press(page, "Find claims")
    expect(view.locator(".md-progress")).to_contain_text(re.compile(r"Reading: [1-9]\d* articles? so far"))
    press(page, "Stop")
    expect(view).to_contain_text(re.compile(r"Stopped: \d+ articles? were read"))
    read = int(re.search(r"Stopped: (\d+)", view.inner_text())[1])
    assert 0 < read < 180
    assert stored(db)[0] == before
    press(page, "Discard")
    expect(view.get_by_label("Text of the article")).to_be_visible()


def test_the_switch_takes_adding_and_verdicts_away(page: Page, db: Path) -> None:
    with streamlit(ROOT / "app.py", MAPDATA_DB=str(db), MAPDATA_READONLY="1") as server:
        view = visit(page, server, "add")
        expect(view).to_contain_text("This page only shows")
        assert view.get_by_role("textbox").count() == 0
        view = visit(page, server, "review")
        expect(view.locator(".md-item").first).to_be_visible()
        expect(view).to_contain_text("switched verdicts off")
        assert view.get_by_role("button", name=re.compile("Accept|Reject|Correct")).count() == 0


# --- review ---------------------------------------------------------------------------------------------------


def test_verdicts_on_several_claims_their_history_and_the_way_back(page: Page, server: str, db: Path) -> None:
    view = visit(page, server, "review", f"{DAY}&site=t4,conoco")
    plan = page.locator(".st-key-group-t4-TR-proposed")
    expect(plan.locator(".md-group")).to_contain_text("5 claims")
    expect(plan.locator("blockquote[dir=rtl]").first).to_contain_text("استطلع")
    press(page, "Accept the 3 ticked", ".st-key-group-t4-TR-proposed")
    expect(view).to_contain_text("a verdict needs the name")
    sign(page, "Ada", "the same wire report")
    # Not the Arabic one.
    plan.get_by_role("checkbox").first.locator("xpath=ancestor::label").click()
    press(page, "Accept the 2 ticked", ".st-key-group-t4-TR-proposed")
    expect(view).to_contain_text("2 claims accepted.")
    expect(plan.locator(".md-group")).to_contain_text("3 claims")
    claims, verdicts = stored(db)
    assert ("t4", "TR", "proposed", "accepted") in claims
    assert [(v.kind, v.who, v.why) for v in verdicts] == [(VerdictKind.ACCEPTED, "Ada", "the same wire report")] * 2

    conoco = ".st-key-group-conoco-US-existing"
    press(page, re.compile("Correct"), conoco)
    choose(page, "Status", "form", "former", conoco)
    press(page, "Correct it", conoco)
    expect(view).to_contain_text("1 claim corrected.")
    expect(page.locator(conoco)).to_have_count(0)
    assert ("conoco", "US", "former", "corrected") in stored(db)[0]

    segment(page, "part", "Judged")
    first = view.locator(".md-chain").first
    expect(first).to_contain_text("Conoco gas field base · United States · former")
    expect(first.locator("li")).to_contain_text("corrected by Ada")
    expect(first.locator("li")).to_contain_text("existing → former")
    press(page, "Take this verdict back")
    expect(view).to_contain_text("The verdict is taken back.")
    expect(view.locator(".md-chain").first.locator("li")).to_have_count(2)
    assert ("conoco", "US", "existing", None) in stored(db)[0]
    # The filter `reviewed` works in the address.
    page.goto(f"{server}/?{DAY}&reviewed=1")
    frame = page.frame_locator("iframe[title*=folium]")
    frame.locator(".pill").first.wait_for(state="attached", timeout=60_000)
    assert set(frame.locator(".pill").evaluate_all("pills => pills.map(p => p.dataset.id)")) == {"t4|TR|proposed"}


def test_an_article_is_retracted_and_counts_again(page: Page, server: str, db: Path) -> None:
    view = visit(page, server, "review")
    sign(page, "Ada", "the outlet took it back")
    segment(page, "part", "Articles")
    field = page.get_by_label(re.compile("Take the claims of an article off the map"))
    field.fill("hermon times")
    field.press("Enter")
    press(page, "Retract")
    expect(view).to_contain_text("claims are off the map")
    assert not [key for key in stored(db)[0] if key[0] == "mount-hermon"]
    expect(view.locator(".md-noticeline").first).to_contain_text("retracted: an article of Hermon Times")
    expect(view.locator(".md-noticeline").first).to_contain_text("the outlet took it back")
    press(page, "It counts again")
    expect(view).to_contain_text("The article counts again.")
    assert [key for key in stored(db)[0] if key[0] == "mount-hermon"]


# --- silence and changes --------------------------------------------------------------------------------------


def test_silent_places_and_where_articles_come_from(page: Page, server: str) -> None:
    view = visit(page, server, "silence")
    outlets = view.get_by_role("region", name="Articles by outlet and month")
    expect(outlets.locator("tbody tr").first).to_contain_text("Bosphorus Daily")
    # An outlet's name is text, whatever it says.
    expect(outlets).to_contain_text("<script>alert(1)</script>")
    languages = view.get_by_role("region", name="Articles by language and month")
    expect(languages.locator("tbody tr > :first-child")).to_have_text(["English", "Arabic"])
    expect(view.locator(".md-never summary")).to_contain_text("48 places of the gazetteer")
    expect(view.get_by_test_id("stDataFrame")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["view"] == ["silence"]


def test_changes_as_a_list_a_table_and_a_feed(page: Page, server: str) -> None:
    view = visit(page, server, "changes", f"{DAY}&since=2025-02-03")
    expect(view.locator(".md-viewhead")).to_contain_text("What changed from 3 February 2025 to 9 February 2025")
    changes = view.locator(".md-change")
    expect(changes).to_have_count(2)
    expect(changes.first).to_contain_text("T4 (Tiyas) air base, Türkiye: proposed and denied, contested")
    expect(changes.first.locator("blockquote[dir=rtl]")).to_contain_text("استطلع")
    press(page, "Year")
    expect(view.locator(".md-change")).to_have_count(12)
    assert parse_qs(urlsplit(page.url).query)["since"] == ["2024-02-10"]
    with page.expect_download() as given:
        press(page, "Atom feed")
    feed = feedparser.parse(Path(given.value.path()).read_bytes())
    assert not feed.bozo
    assert len(feed.entries) == 12
    segment(page, "changes-form", "Table")
    expect(view.get_by_test_id("stDataFrame")).to_be_visible()
    segment(page, "changes-form", "List")
    press(page, "On the map")
    expect(page.locator(".st-key-evidence h2").first).to_have_text("T4 (Tiyas) air base")
    # And from the evidence to the claims of this place.
    page.locator(".st-key-review-site").get_by_role("button").click()
    expect(page.locator(".st-key-group-t4-TR-proposed")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["site"] == ["t4"]


# --- everyone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["add", "review", "silence", "changes"])
def test_views_are_reached_by_keyboard_fit_a_phone_and_have_no_serious_faults_for_axe(
    page: Page, server: str, view: str
) -> None:
    visit(page, server, "silence" if view != "silence" else "changes")
    page.locator(".st-key-view-name").get_by_role("radio", name=view.capitalize()).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"view={view}"))
    page.locator(".st-key-view h2").first.wait_for()
    page.wait_for_timeout(1500)
    found = [
        (fault["id"], node["target"])
        for fault in Axe().run(page, context=".st-key-view").response["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
    assert found == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(1500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = page.locator(".st-key-view").evaluate("view => view.scrollWidth - view.clientWidth")
    assert wide <= 1
