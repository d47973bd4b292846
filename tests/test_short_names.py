# ruff: noqa: E501 (a gazetteer reads best with a line an entry)
"""What stands for a site counts where nothing else can be meant: short names, places near a base, datelines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mapdata.gazetteer import load
from mapdata.model import Article
from mapdata.outlets import load_outlets
from mapdata.reading import Reader

GAZETTEER = """\
schema: 1
theatre: {name: Morrow (invented), bounds: [10.0, 40.0, 16.0, 46.0], languages: [en, ru]}
actors:
  AR: {name: Arland, kind: state, country: AR, code: AR, names: {en: [Arland, Arlandian, Arlandians]}}
sites:
  orrin: {name: Camp Orrin, kind: army_base, country: MO, lat: 43.0, lon: 13.0, names: {en: [Camp Orrin]}}
  pelk: {name: Pelk Island, kind: outpost, country: MO, lat: 42.0, lon: 12.0, names: {en: [Pelk Island]}}
  king: {name: King Adam Air Base, kind: air_base, country: MO, lat: 41.0, lon: 11.0, names: {en: [King Adam Air Base, King Adam airbase]}}
  vell: {name: Vellin airport, kind: air_base, country: MO, lat: 44.0, lon: 14.0, names: {en: [Vellin airport, Vellin air base]}}
  south: {name: South Base, kind: army_base, country: MO, lat: 44.5, lon: 14.5, names: {en: [South Base]}}
  tarn: {name: Tarn, kind: town, country: MO, lat: 45.0, lon: 15.0, names: {en: [Tarn]}}
  tarn-camp: {name: Tarn camp, kind: army_base, country: MO, lat: 45.3, lon: 15.3, names: {en: [Camp Tarn]}}
"""

Mentions = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mentions:
    path: Path = tmp_path_factory.mktemp("theatre") / "gazetteer.yaml"
    path.write_text(GAZETTEER, encoding="utf-8")
    reader = Reader(load(path), load_outlets())

    def of(text: str) -> list[tuple[str, str]]:
        views, _ = reader._views(Article(id="x", text=text, lang="en"), "en")
        return [(m.keys[0], text[m.start : m.end]) for view in views for m in view.sites if not m.blocked]

    return of


@pytest.mark.parametrize(
    ("text", "site", "words"),
    [
        ("Arlandian troops are stationed at Orrin.", "orrin", "Orrin"),
        ("Arlandian troops left Orrin in May.", "orrin", "Orrin"),
        ("A station on Pelk is manned by Arlandians.", "pelk", "Pelk"),
        ("Arlandian drones fly from King Adam.", "king", "King Adam"),
        ("Arlandian troops are stationed at Tarn.", "tarn", "Tarn"),
    ],
)
def test_a_site_is_named_in_short(sites: Mentions, text: str, site: str, words: str) -> None:
    assert sites(text) == [(site, words)]


@pytest.mark.parametrize(
    "text",
    [
        "The Arlandian colonel Orrin spoke.",  # a person
        "Arlandian troops found pelk at pelk.",  # a word
        "Arlandian shops opened in Vellin.",  # a field that civil aircraft use goes by its town
        "Arlandian troops are in the South.",
        "Arlandian troops look at South Street.",
    ],
)
def test_what_is_no_site_in_short(sites: Mentions, text: str) -> None:
    assert sites(text) == []


@pytest.mark.parametrize(
    ("text", "site", "words"),
    [
        ("Arlandian engineers handed over their camp outside Camp Orrin.", "orrin", "Camp Orrin"),
        ("CAMP ORRIN (News) - The Arlandian gunners leave in May.", "orrin", "CAMP ORRIN"),
    ],
)
def test_a_place_that_a_base_is_near_or_a_report_comes_from(
    sites: Mentions, text: str, site: str, words: str
) -> None:
    assert sites(text) == [(site, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell outside Camp Orrin.",
        "The Arlandian base at Harrow, north of Camp Orrin, is empty.",
        "TARN (News) - The Arlandian gunners leave in May.",
    ],
)
def test_a_place_that_is_only_near_something_or_where_a_report_was_filed(sites: Mentions, text: str) -> None:
    assert sites(text) == []
