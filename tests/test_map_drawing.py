"""What the live map is made of, without a browser: colours, pills, the file of words, what folium gets."""

from __future__ import annotations

import itertools
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from map_theatre import HOSTILE, few, symbol, theatre
from streamlit_folium import generate_leaflet_string

from mapdata.drawing import assets, basemap, live, palette, pill
from mapdata.drawing.shapes import label_point
from mapdata.drawing.theatre import drawn_sites, short_label, words
from mapdata.model import SiteKind, Status

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
_SEEN_BY = {
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "full sight": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}
_XYZ = np.array([[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]])


def _linear(value: str) -> np.ndarray:
    c = np.array(palette.channels(value)) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((float(_linear(c) @ _XYZ[1]) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _lab(linear: np.ndarray) -> np.ndarray:
    x, y, z = np.cbrt(_XYZ @ linear / np.array([0.9505, 1.0, 1.089]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("colour", [*palette.COLOURS, palette.NEUTRAL])
def test_writing_on_every_pill_has_a_contrast_of_4_5_to_1(colour: palette.Colour) -> None:
    assert _contrast(colour.value, pill.PAPER) >= 4.5
    assert _contrast(pill.INK, pill.FADED) >= 4.5
    for tone in pill.tones(colour)[1:]:  # the glyph on the paled half is a picture: 3:1 where it is palest
        assert _contrast(colour.value, tone) >= (1.9 if tone == pill.tones(colour)[1] else 3)


@pytest.mark.parametrize("sight", _SEEN_BY)
def test_colours_stay_apart_for_every_reader(sight: str) -> None:
    turned = np.array(_SEEN_BY[sight])
    seen = {
        c.name: _lab(np.clip(turned @ _linear(c.value), 0, 1)) for c in (*palette.COLOURS, palette.NEUTRAL)
    }
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= 15, (one, other)


def test_colours_go_by_use_and_the_ninth_is_grey() -> None:
    used = [(code, 20 - i) for i, code in enumerate("ABCDEFGHIJ")]
    colours = palette.assign(used)
    assert [colours[c].slot for c in "ABCDEFGH"] == list(range(8))
    assert colours["I"] == colours["J"] == palette.NEUTRAL == palette.colour_of(colours, "??")
    assert palette.assign(reversed(used)) == colours
    assert palette.assign([("B", 1), ("A", 1), (None, 1)])[None].slot == 2
    assert palette.assign([("A", 1), ("B", 2), ("A", 2)])["A"].slot == 0


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", list(SiteKind))
def test_a_pill_is_well_formed_and_writes_its_code_as_text(kind: SiteKind, status: Status) -> None:
    for code in ("TR", *HOSTILE):
        drawn = pill.pill_svg(kind, code, status, palette.COLOURS[0], contested=True, age=2, label=code)
        root = ET.fromstring(str(drawn))
        assert [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")] == [code]
        assert root.get("aria-label") == code
        assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_folium_is_given_numbers_and_no_word_of_the_gazetteer() -> None:
    gazetteer = theatre(HOSTILE)
    symbols = [*few(), symbol("extra-1", "SDF", "existing")]
    drawn = live.base_map(gazetteer, "../files")
    group = live.symbol_layer(symbols, gazetteer, {}, selected=("t4", "TR", Status.DENIED))
    group.add_to(drawn)
    script = generate_leaflet_string(drawn)
    for word in (*HOSTILE, "Tiyas", "State TR", "SDF", "Syria", "palmyra"):
        assert word not in script
    rows, chosen, view = json.loads(re.search(r"mapdata\.draw\([^,]+, (\[.*\])\)", script).group(1))
    assert len(rows) == len(symbols) - 1  # a country is no point
    assert all(isinstance(number, int) for row in rows for number in row)
    assert rows[0] == [0, 0, 1, 8, 1, 0, 3, 2, 1] and chosen == [0, 0, 2] and view is None


def test_a_view_is_numbers_too() -> None:
    for view in (live.View("{{ 6*7 }}", 1.0, 2.0), live.View(1.0, 2.0, "x")):
        with pytest.raises(TypeError, match="a view is made of numbers"):
            live.symbol_layer([], theatre(), {}, view=view)


def test_every_address_of_the_page_is_one_of_ours() -> None:
    drawn = live.base_map(theatre(), "../files")
    [(_, address)] = [*drawn.default_js, *drawn.default_css]
    assert re.match(r"\.\./files/map-\w+\.js$", address)
    file = assets.folder(theatre()) / address.split("/")[-1]
    script = file.read_text("utf-8")
    for part in (
        "Leaflet 1.",
        "mapdataTheatre=",
        "leaflet-pane",
        "--theatre",
        "mapdata.place =",
        "mapdata.open =",
    ):
        assert part in script
    assert "sourceMappingURL" not in script


def test_the_map_is_the_same_code_at_every_run() -> None:
    first, second = (generate_leaflet_string(live.base_map(theatre(), "../files")) for _ in range(2))
    assert first == second


def test_the_maps_file_holds_hostile_names_as_text_alone() -> None:
    gazetteer = theatre(HOSTILE)
    script = assets.theatre_script(gazetteer)
    for sign in ("<", "${", "{{", "{%", "`"):
        assert sign not in script
    data = json.loads(re.match(r"var mapdataTheatre=(.*);var mapdataGround=", script).group(1))
    assert [site[1] for site in data["sites"][-len(HOSTILE) :]] == list(HOSTILE)
    folder = assets.folder(gazetteer)
    file = folder / assets.file_name(gazetteer)
    assert script in file.read_text("utf-8")
    file.unlink()
    assert assets.folder(gazetteer) == folder and file.is_file()
    assert assets.file_name(theatre()) != assets.file_name(gazetteer)


def test_escaped_json_is_json_again() -> None:
    value = {"a<b": ["\ue000", "{{x}}", "${1}", "\\u003c", "مطار", None, 1.5, True]}
    text = assets.escaped_json(value)
    assert text.isascii() and "<" not in text and "{{" not in text and "${" not in text
    assert json.loads(text) == {"a<b": ["�", "{{x}}", "${1}", "\\u003c", "مطار", None, 1.5, True]}


def test_answers_of_the_browser_are_read_with_distrust() -> None:
    def answer(properties: object) -> dict[str, object]:
        return {"last_active_drawing": {"properties": properties}}

    gazetteer = theatre()
    assert live.picked(answer({"id": "t4|TR|denied", "turn": 7}), gazetteer) == live.Pick(
        "t4", "TR", Status.DENIED, 7
    )
    bad = ["x|TR|denied", "t4|X|denied", "t4|TR|gone", "t4|TR", "", None, 5]
    for sent in (None, {}, answer(None), *[answer({"id": name}) for name in bad]):
        assert live.picked(sent, gazetteer) is None
    assert live.view({"view": {"lat": 35, "lon": 38, "zoom": 7.25}}) == live.View(35, 38, 7.25)
    for sent in (None, {}, {"view": {"lat": 350, "lon": 1, "zoom": 3}}, {"view": {"lat": "x"}}, {"view": 3}):
        assert live.view(sent) is None
    assert live.view({"view": {"lat": float("nan"), "lon": 1, "zoom": 3}}) is None


def test_the_theatre_says_what_is_drawn_and_how_exactly() -> None:
    gazetteer = theatre()
    data = words(gazetteer)
    sites = {site[0]: site for site in data["sites"]}
    assert "syria" not in sites and len(sites) == len(drawn_sites(gazetteer)) == 16
    assert sites["t4"][2:7] == ["T4 (Tiyas)", "مطار التيفور", "air_base", 37.63, 34.5226]
    assert data["countries"] == ["SY"]
    assert sites["t4"][7] == 0 and sites["al-bab"][7] == 1
    vague = replace(gazetteer.sites["t4"], precision_m=20_000)
    unsure = replace(gazetteer, sites={**gazetteer.sites, "t4": vague}, version="other")
    assert next(s for s in words(unsure)["sites"] if s[0] == "t4")[7] == 1
    assert [short_label(name) for name in ("Base", "Palmyra military airport", "T4 (Tiyas) Air Base")] == [
        "Base",
        "Palmyra",
        "T4 (Tiyas)",
    ]
    assert short_label("Golan buffer zone (area of separation)") == "Golan buffer zone"


def test_the_name_of_a_bent_area_stands_inside_of_it() -> None:
    bent = [(0, 0), (10, 0), (10, 10), (9, 10), (9, 1.5), (0, 1.5)]
    lon, lat = label_point(bent)
    assert (0 < lon < 10 and 0 < lat < 1.5) or (9 < lon < 10 and 0 < lat < 10)
    assert label_point([(1, 1), (1, 1), (1, 1)]) == (1, 1)


def test_the_packaged_base_layer_has_the_world_the_theatre_and_the_disputed_lines() -> None:
    data = basemap.load(theatre())
    assert basemap.path(theatre()).stat().st_size < 700_000
    countries = {country[0] for country in data["countries"]}
    assert len(countries) > 150 and {"SY", "CD", "US", "NZ"} <= countries
    assert [c[0] for c in data["countries"] if c[5]] == ["SY"]
    assert len(data["province_names"]) == 14 and all(local for *_, local in data["province_names"])
    assert data["ceasefires"] and data["disputed"] and data["lakes"] and data["rivers"]
    used = {
        i if i >= 0 else ~i for c in data["countries"] for polygon in c[6] for ring in polygon for i in ring
    }
    assert used == set(range(len(data["arcs"])))
    assert set(data["borders"]).isdisjoint(data["coast"])


def test_an_own_base_layer_beside_the_gazetteer_is_used(tmp_path) -> None:
    own = replace(theatre(), path=str(tmp_path / "kivu.yaml"))
    assert basemap.path(own).name == "basemap.json"
    (tmp_path / "kivu.basemap.json").write_text('{"credits": "own"}')
    assert basemap.load(own) == {"credits": "own"}
