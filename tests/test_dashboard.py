"""The dashboard without a browser: the view in the address, the panel, files, states, the server."""

from __future__ import annotations

import json
import socket
from datetime import date
from pathlib import Path

import dashboard_made
import pytest
from dashboard_made import DAY, HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Checkbox

from mapdata import gazetteer as gazetteers
from mapdata import snapshot
from mapdata.dashboard import cards, data, export, history, markup, search, server, timeline, view, wording
from mapdata.dashboard.table import Row, matches
from mapdata.dashboard.view import Place, Spot, View
from mapdata.errors import ServeError
from mapdata.model import Filters, Gazetteer, Status
from mapdata.outlets import load_outlets
from mapdata.selection import evidence_of
from mapdata.store import Store

MAIN = str(server.SCRIPT)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return gazetteers.load()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dashboard_made.fill(tmp_path_factory.mktemp("dashboard") / "made.sqlite3")


def app(
    monkeypatch: pytest.MonkeyPatch, db: Path | str, gazetteer: str | None = None, **words: str
) -> AppTest:
    monkeypatch.setenv("MAPDATA_DB", str(db))
    if gazetteer:
        monkeypatch.setenv("MAPDATA_GAZETTEER", gazetteer)
    else:
        monkeypatch.delenv("MAPDATA_GAZETTEER", raising=False)
    page = AppTest.from_file(MAIN, default_timeout=90)
    for word, value in words.items():
        page.query_params[word] = value
    return page.run()


def switch(page: AppTest, row: str) -> Checkbox:
    """Its key ends in how often a click elsewhere has set it."""
    (found,) = (box for box in page.checkbox if (box.key or "").startswith(f"switch-{row}-"))
    return found


def html_of(page: AppTest) -> str:
    return "\n".join(element.body for element in page.get("html"))


# --- the address ------------------------------------------------------------------------------------------


def test_a_view_comes_back_from_its_address(gazetteer: Gazetteer) -> None:
    days = some.none() | some.dates(date(2012, 1, 1), date(2026, 12, 31))
    places = some.builds(Place, some.sampled_from([*gazetteer.sites]), some.none()) | some.builds(
        Place,
        some.sampled_from([*gazetteer.sites]),
        some.sampled_from([*gazetteer.actors]),
        some.none() | some.sampled_from(Status),
    )
    spots = some.builds(
        Spot,
        some.floats(-180, 180).map(lambda x: round(x, 3)),
        some.floats(-90, 90).map(lambda x: round(x, 3)),
        some.integers(8, 52).map(lambda quarter: quarter / 4),
    )
    views = some.builds(
        View,
        some.builds(
            Filters,
            from_day=some.none(),
            to_day=days,
            as_of=days,
            actors=some.frozensets(some.sampled_from([*gazetteer.actors]), max_size=3),
            statuses=some.frozensets(some.sampled_from(Status)),
            min_origins=some.integers(1, 9),
            recent=some.none() | some.integers(1, 999),
        ),
        some.none() | places,
        some.none() | spots,
        some.booleans(),
        some.sampled_from(view.NAMES),
        days,
    )

    @settings(max_examples=60, deadline=None)
    @given(views)
    def there_and_back(seen: View) -> None:
        assert view.read(view.to_words(seen), gazetteer) == (seen, ())

    there_and_back()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"status": "perhaps"}, "unknown status 'perhaps'"),
        ({"actor": "XX"}, "'XX'"),
        ({"from": "yesterday"}, "'yesterday' is no day"),
        ({"stautus": "existing"}, "did you mean 'status'?"),
        ({"place": "nowhere"}, "no site 'nowhere'"),
        ({"place": "t4!TR!proposed!x"}, "too many parts"),
        ({"place": "t4!TR!maybe"}, "'maybe' is no status"),
        ({"at": "1,2"}, "'1,2' is no place on the map"),
        ({"at": "nan,2,3"}, "off the globe"),
        ({"at": "38,340,7"}, "off the globe"),
        ({"at": "38,34,99"}, "zoom 99"),
        ({"view": "desk"}, "'desk' is none of map, add, review"),
        ({"since": "last week"}, "since: 'last week' is no day"),
        ({"show": ["map", "globe"]}, "'globe' is neither map nor table"),
    ],
)
def test_a_fault_in_the_address_is_said_and_left_out(
    gazetteer: Gazetteer, words: dict[str, str], said: str
) -> None:
    seen, faults = view.read(words, gazetteer)
    assert seen == View()
    assert len(faults) == 1 and said in faults[0]


def test_filters_reach_the_address_and_the_address_the_filters(
    monkeypatch: pytest.MonkeyPatch, db: Path
) -> None:
    page = app(monkeypatch, db, as_of="2025-02-09", country="TR")
    assert not page.exception
    page.multiselect(key="actors").select("TR").run()
    assert page.query_params["actor"] == "TR"
    assert switch(page, "countries-RU").value is False
    switch(page, "countries-RU").check().run()
    assert page.query_params["country"] == "RU,TR"
    page.number_input(key="min_origins").set_value(2).run()
    page.selectbox(key="recent").set_value(90).run()
    assert page.query_params["min_origins"] == "2" and page.query_params["recent"] == "90"
    labels = [button.label for button in page.button if button.key and button.key.startswith("chip")]
    assert [label.replace("\\", "") for label in labels] == [
        "Türkiye ×",
        "Russia ×",
        "Türkiye ×",
        "at least 2 origins ×",
        "recent 90 days ×",
    ]
    for _ in labels:
        page.button(key="chip-0").click().run()
    assert dict(page.query_params) == {"as_of": "2025-02-09"}
    assert page.number_input(key="min_origins").value == 1


def test_the_last_switch_stays_on(monkeypatch: pytest.MonkeyPatch, db: Path) -> None:
    page = app(monkeypatch, db, as_of="2025-02-09", country="TR")
    switch(page, "countries-TR").uncheck().run()
    assert switch(page, "countries-TR").value is True
    assert page.query_params["country"] == "TR"


def test_what_a_click_elsewhere_switches_is_a_new_widget(monkeypatch: pytest.MonkeyPatch, db: Path) -> None:
    page = app(monkeypatch, db, as_of="2025-02-09")
    before = {row: switch(page, f"countries-{row}").key for row in ("TR", "US")}
    page.button(key="only-countries-US").click().run()
    # The state that a slow browser still sends for the old one reaches nobody.
    assert switch(page, "countries-TR").key != before["TR"]
    assert before["TR"] not in page.session_state
    assert switch(page, "countries-US").key == before["US"]
    # What the reader switches stays the widget that it is, and keeps the focus.
    key = switch(page, "countries-TR").key
    switch(page, "countries-TR").check().run()
    assert switch(page, "countries-TR").key == key
    assert page.query_params["country"] == "TR,US"


def test_search_asks_where_two_places_have_the_name(monkeypatch: pytest.MonkeyPatch, db: Path) -> None:
    page = app(monkeypatch, db, as_of="2025-02-09")
    page.text_input(key="wanted-site").set_value("tartus").run()
    assert "place" not in page.query_params
    page.button(key="found-tartus").click().run()
    assert page.query_params["place"] == "tartus!RU!existing"
    assert page.text_input(key="wanted-site").value == ""
    page.text_input(key="wanted-site").set_value("![x](http://tracker.example)").run()
    assert "No site is called “![x](http://tracker.example)”" in html_of(page)


def test_names_are_found_in_any_spelling_and_script(gazetteer: Gazetteer) -> None:
    names = search.names(gazetteer)
    for typed in ("Khmeimim", "HMEIMIM", "حميميم", "Хмеймим", "khmeymym"):
        assert search.find(typed, names) == ["hmeimim"], typed
    assert search.find("", names) == search.find("—", names) == search.find("xyzzy", names) == []


# --- what is said -------------------------------------------------------------------------------------------


def made_evidence(db: Path, site: str):
    with Store.open(db, readonly=True) as store:
        loaded = store.load()
        found = evidence_of(loaded.claims, loaded.sources, load_outlets())
        texts = {id_: store.article(id_).text for id_ in loaded.sources}
    return [item for item in found if item.claim.site == site], texts


def test_relays_stand_in_the_card_of_their_origin(db: Path) -> None:
    evidence, texts = made_evidence(db, "t4")
    dated, undated = cards.cards(evidence, texts)
    assert [card.day for card in dated] == sorted((card.day for card in dated), reverse=True)
    wire = next(card for card in dated if card.outlet == "Gulf Wire")
    assert (wire.articles, len(wire.said), [said.outlet for said in wire.relays]) == (
        3,
        1,
        ["Coast Post", "Morning Herald"],
    )
    assert wire.day == date(2025, 2, 4)
    assert [card.outlet for card in undated] == ["Old Notes"]
    assert sum(card.articles for card in (*dated, *undated)) == len({e.claim.article for e in evidence})


def test_of_many_origins_the_newest_are_shown_first_and_none_is_lost(db: Path) -> None:
    evidence, texts = made_evidence(db, "t4")
    dated, undated = cards.cards(evidence, texts)
    everything = len(dated) + len(undated)
    some, left = cards.newest(evidence, 2)
    assert cards.cards(some, texts) == (dated[:2], ())
    assert left == everything - 2
    assert cards.newest(evidence, everything) == (evidence, 0)


def test_a_quote_and_its_paragraph_are_cut_where_marks_begin_and_end(db: Path) -> None:
    evidence, texts = made_evidence(db, "t4")
    item = next(item for item in evidence if item.source.outlet == "Gulf Wire")
    said = cards.cards([item], texts)[0][0].said[0]
    assert "".join(piece.text for piece in said.quote) == item.claim.quote
    assert [piece.text for piece in said.quote if piece.cue] == ["under discussion"]
    paragraph = "".join(piece.text for piece in said.paragraph)
    assert paragraph == dashboard_made.PLAN.split("\n\n")[1]
    assert "".join(piece.text for piece in said.paragraph if piece.quote) == item.claim.quote
    # A text that is not the one that the claim was read in shows the quote alone.
    assert cards.paragraph("another text", item.claim) == ()


def test_the_strip_runs_from_the_first_day_known_to_the_day_of_the_view(db: Path) -> None:
    evidence, _ = made_evidence(db, "t4")
    strip = history.strip(evidence, DAY)
    assert strip and (strip.first, strip.last) == (date(2015, 1, 1), DAY)
    rows = {(row.actor, row.status): row for row in strip.rows}
    assert set(rows) == {
        ("TR", Status.PROPOSED),
        ("TR", Status.DENIED),
        ("IR", Status.FORMER),
        ("IR", Status.EXISTING),
    }
    assert rows["IR", Status.EXISTING].held == (0.0, rows["IR", Status.EXISTING].left)
    assert len(rows["TR", Status.PROPOSED].ticks) == 2, "a tick an origin, the relays not"
    assert all(0 <= row.left <= 100 and row.left + row.width <= 100.01 for row in strip.rows)
    assert history.strip(evidence, date(2012, 1, 1)) is None


def test_months_keep_their_places_and_the_window_covers_what_it_touches(db: Path) -> None:
    evidence, _ = made_evidence(db, "t4")
    bars = history.months(evidence, date(2023, 1, 20), DAY)
    assert (bars[0].month, bars[-1].month, len(bars)) == (date(2023, 1, 1), date(2025, 2, 1), 26)
    assert sum(sum(bar.counts) for bar in bars) == sum(1 for e in evidence if e.claim.published)
    edges = [bar.month for bar in bars] + [date(2025, 3, 1)]
    assert timeline.window(Filters(), edges) == (0, 26)
    assert timeline.window(Filters(from_day=date(2025, 2, 4)), edges) == (25, 26)
    assert timeline.window(Filters(to_day=date(2023, 2, 28)), edges) == (0, 2)
    assert timeline.window(Filters(from_day=date(2030, 1, 1)), edges) == (25, 26)


def test_labels_show_every_sign_for_itself() -> None:
    assert wording.plain("a: b") == "a\\: b"
    assert wording.plain("![p](x)") == "\\!\\[p\\]\\(x\\)"
    assert ":smile:" not in wording.plain(":smile:").replace("\\", "")


def test_templates_escape_and_link_to_the_web_alone(db: Path) -> None:
    evidence, texts = made_evidence(db, "qamishli-airport")
    dated, undated = cards.cards(evidence, texts)
    drawn = markup.render("cards.html", dated=dated, undated=undated, names={"SDF": HOSTILE}, several=True)
    assert "<script" not in drawn and "<img" not in drawn and "javascript:" not in drawn
    assert "{{ 6*7 }}" in drawn and "{% x %}" in drawn and "${1}" in drawn
    assert "42" not in drawn


# --- states -------------------------------------------------------------------------------------------------


def test_without_a_database_the_page_says_how_to_fill_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / "none.sqlite3"
    page = app(monkeypatch, missing)
    assert not page.exception
    assert "There is no database yet" in html_of(page) and "mapdata ingest sample/" in html_of(page)
    assert not missing.exists(), "looking at a page makes no file"
    Store.open(missing).close()
    assert "Nothing is in the database yet" in html_of(app(monkeypatch, missing))


def test_what_cannot_be_read_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is no database" * 400)
    page = app(monkeypatch, broken)
    assert not page.exception and "is no SQLite database" in html_of(page)
    faulty = tmp_path / "gazetteer.yaml"
    faulty.write_text("schema: 1\ntheatre: {name: X}\nactors: {NO: {name: <script>}}\n", encoding="utf-8")
    page = app(monkeypatch, broken, str(faulty))
    assert not page.exception
    assert "fault" in html_of(page) and "<script>}" not in html_of(page)


def test_what_is_ingested_while_the_page_is_open_is_there_with_the_next_click(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    made = dashboard_made.articles()
    path = tmp_path / "growing.sqlite3"
    with Store.open(path) as store:
        store.put_many(made[:5], gazetteer)
        page = app(monkeypatch, path, as_of="2025-02-09")
        before = next(e.body for e in page.get("html") if "md-counts" in e.body)
        store.put_many(made[5:], gazetteer)
        page.run()
    after = next(e.body for e in page.get("html") if "md-counts" in e.body)
    assert "6 claims" in before and "18 claims" in after


def test_the_table_has_a_row_a_symbol_and_the_country_as_a_whole(
    monkeypatch: pytest.MonkeyPatch, db: Path
) -> None:
    page = app(monkeypatch, db, as_of="2025-02-09", show="table")
    frame = page.dataframe[0].value
    assert len(frame) == 13
    row = frame[(frame.Place == "T4 (Tiyas) air base") & (frame.Status == "proposed")].iloc[0]
    assert (row.Standing, row.Origins, row.Articles) == ("contested", 2, 4)
    assert "Syria" in set(frame.Place)
    page.text_input(key="table-wanted").set_value("turkiye palmyra").run()
    assert list(page.dataframe[0].value.Place) == ["Palmyra military airport"]


# --- files --------------------------------------------------------------------------------------------------


def test_the_table_is_searched_in_all_columns() -> None:
    row = Row("=1+1", "+cmd", "-x", "@y", "\tz", "ok", 1, 2, None, None, 'a,b\n"c"', "")
    assert matches(row, "CMD") and not matches(row, "cmd other")


def test_the_page_offers_every_snapshot_as_the_command_writes_it(db: Path) -> None:
    scene = data.load(str(db), None)
    chosen = data.select(scene, Filters(actors=frozenset({"RU"})), DAY)
    assert tuple(ending for ending, _, _ in export.FORMS) == snapshot.ENDINGS
    for ending in ("geojson", "csv", "kml", "html", "svg"):
        assert export.made(scene, chosen, ending) == snapshot.render(chosen, scene.gazetteer, ending)
    made = json.loads(export.made(scene, chosen, "geojson"))
    assert made["manifest"]["filters"] == {"actor": "RU"} and made["manifest"]["as_of"] == "2025-02-09"
    assert {f["properties"]["site"] for f in made["features"]} == {"hmeimim", "tartus"}
    assert all(f["properties"]["quotes"] for f in made["features"])


# --- the server -----------------------------------------------------------------------------------------


def test_a_port_in_use_gives_one_line_and_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"port {port} on 127.0.0.1 is in use: choose another"):
            server.serve(None, None, port=port)
    with pytest.raises(ServeError, match="port 99999 is none"):
        server.serve(None, None, port=99999)


def test_options_keep_the_page_to_itself() -> None:
    chosen = server.options("127.0.0.1", 8501)
    assert chosen["server.address"] == "127.0.0.1" and chosen["server.port"] == 8501
    assert chosen["browser.gatherUsageStats"] is False
    assert chosen["server.enableXsrfProtection"] is True
    assert chosen["client.showErrorDetails"] == "none"
    assert chosen["client.disableDataExport"] is True
    assert "127.0.0.1" in chosen["server.allowedHosts"]
    assert server.options("0.0.0.0", 80)["server.allowedHosts"] == []
    assert not any("http" in str(value) for value in chosen.values()), "no font or theme from elsewhere"
