"""A name that belongs to a strait, a newspaper, a treaty, a ship or an ocean is no site and no actor."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mapdata.gazetteer import load
from mapdata.model import Article
from mapdata.outlets import load_outlets
from mapdata.reading import Reader

GAZETTEER = """\
schema: 1
theatre: {name: Morrow (invented), bounds: [10.0, 40.0, 16.0, 46.0], languages: [en, fr, tr]}
actors:
  AR: {name: Arland, kind: state, country: AR, code: AR, names: {en: [Arland, Arlandian, Arlandians, Marines]}}
sites:
  tarn: {name: Tarn, kind: town, country: MO, lat: 45.0, lon: 15.0, names: {en: [Tarn], fr: [Tarn], tr: [Tarn]}}
  haven: {name: Great Haven, kind: port, country: MO, lat: 44.0, lon: 14.0, names: {en: [Great Haven]}}
"""

Mentions = Callable[[str, str], tuple[list[str], list[str]]]


@pytest.fixture(scope="module")
def mentions(tmp_path_factory: pytest.TempPathFactory) -> Mentions:
    path: Path = tmp_path_factory.mktemp("theatre") / "gazetteer.yaml"
    path.write_text(GAZETTEER, encoding="utf-8")
    reader = Reader(load(path), load_outlets())

    def of(text: str, lang: str) -> tuple[list[str], list[str]]:
        views, _ = reader._views(Article(id="x", text=text, lang=lang), lang)
        return (
            [mention.keys[0] for view in views for mention in view.sites if not mention.blocked],
            [mention.key for view in views for mention in view.actors],
        )

    return of


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The convoy crossed the Tarn Strait at dawn.", "en"),
        ("The weekly Tarn Herald had a drawing of it.", "en"),
        ("The Tarn treaty provides for observers.", "en"),
        ("The frigate Tarn is to be painted.", "en"),
        ("L'accord de Tarn prévoit une trêve.", "fr"),
        ("Tarn mutabakatı yürürlükte.", "tr"),
        ("He called it a great haven for ships.", "en"),
    ],
)
def test_what_a_site_lends_its_name_to(mentions: Mentions, text: str, lang: str) -> None:
    assert mentions(text, lang)[0] == []


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("The men at Tarn agreed with their neighbours.", "tarn"),
        ("Gunners Quit Tarn After Ten Years", "tarn"),
        ("The quay of Great Haven is empty.", "haven"),
        ("They live at Tarn. Arland pays.", "tarn"),
    ],
)
def test_what_is_the_site_all_the_same(mentions: Mentions, text: str, site: str) -> None:
    assert mentions(text, "en")[0] == [site]


def test_what_a_state_lends_its_name_to(mentions: Mentions) -> None:
    assert mentions("Two ships left Tarn for the Arlandian Ocean.", "en")[1] == []
    assert mentions("Two ships left Tarn for the Arlandian Navy.", "en")[1] == ["AR"]


def test_a_name_that_is_a_common_word_needs_its_capital(mentions: Mentions) -> None:
    assert mentions("Bergian marines disembarked at Tarn.", "en")[1] == []
    assert mentions("The Marines disembarked at Tarn.", "en")[1] == ["AR"]
