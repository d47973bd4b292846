"""Snapshots opened by the libraries that people use, without a warning; hostile text inert in each format."""

from __future__ import annotations

import base64
import csv
import io
import json
import logging
import re
import unicodedata
import warnings
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import fastkml
import frictionless
import geopandas
import pyogrio
import pytest
from click.testing import CliRunner
from evidence_made import GAZETTEER, evidence
from lxml import etree, html
from pypdf import PdfReader

from mapdata import snapshot
from mapdata.cli import main
from mapdata.model import Cue, Filters, SpeakerKind, Status
from mapdata.selection import select
from mapdata.snapshot.excerpts import excerpt

DAY = date(2025, 2, 9)
RLO = "\u202e"
HOSTILE = (
    "</script><script>alert(1)</script>",
    "{{ 6*7 }} {% raise %} ${1} $x_1$ \\frac{1}{2}",
    '<img src=x onerror=alert(2)> "><svg onload=alert(3)>',
    '=HYPERLINK("http://tracker.example";"x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "\t=1",
    f"{RLO}txt.exe",
    "]]> <!ENTITY x SYSTEM 'file:///etc/passwd'> &x;",
    "nul \x00 and \x1b[31m and half \ud83d",
)

EVIDENCE = (
    *(
        evidence(
            "t4",
            "TR",
            status,
            date(2025, 1, 1 + n),
            article=f"a{n:02}{status.value}",
            quote=text,
            title=text,
            outlet=text,
            speaker=SpeakerKind.ANALYST,
            speaker_text=text,
            url=text,
        )
        for n, text in enumerate(HOSTILE)
        for status in (Status.PROPOSED, Status.DENIED)
    ),
    evidence("badiya", "SDF", Status.EXISTING, date(2024, 6, 1), article="c", outlet="صدى الفرات", title="الجيش هنا"),
    evidence("tartus", "RU", Status.EXISTING, date(2025, 1, 1), article="d", url="https://news.test/d?x=1&y=2"),
    evidence("syria", "US", Status.DENIED, date(2025, 1, 1), article="f"),
    evidence("tartus", "TR", Status.EXISTING, None, article="g"),
)
CHOSEN = select(EVIDENCE, Filters(), GAZETTEER, DAY)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    return {ending: snapshot.write(CHOSEN, GAZETTEER, folder / f"map.{ending}") for ending in snapshot.ENDINGS}


def as_text(text: str) -> str:
    """As a file in UTF-8 has it: no half of a pair of surrogates."""
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("ending", snapshot.ENDINGS)
def test_made_twice_it_is_the_same(files, ending: str) -> None:
    again = select(tuple(reversed(EVIDENCE)), Filters(), GAZETTEER, DAY)
    assert snapshot.render(again, GAZETTEER, ending) == files[ending].read_bytes()


def test_geojson_opens_in_gdal_with_points_and_areas(files, recwarn, caplog) -> None:
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        frame = geopandas.read_file(files["geojson"], engine="pyogrio")
    assert caplog.records == []
    placed = frame[frame.geometry.notna()]
    assert dict(zip(placed["id"], placed.geometry.geom_type, strict=True)) == {
        "t4|TR|proposed": "Point",
        "t4|TR|denied": "Point",
        "badiya|SDF|existing": "Polygon",
        "tartus|RU|existing": "Point",
    }
    assert frame.crs.to_epsg() == 4326
    assert placed.geometry.is_valid.all()
    t4 = placed.set_index("id").geometry["t4|TR|proposed"]
    assert (t4.x, t4.y) == pytest.approx((37.6299, 34.5226))
    # What is said of a country as a whole has no place.
    assert list(frame[frame.geometry.isna()]["site"]) == ["syria"]


def test_geojson_has_every_hostile_quote_as_it_was(files) -> None:
    made = json.loads(files["geojson"].read_bytes())
    quotes = {quote["quote"] for feature in made["features"] for quote in feature["properties"]["quotes"]}
    assert {as_text(text) for text in HOSTILE} <= quotes


def test_kml_opens_in_gdal_and_in_fastkml(files, caplog) -> None:
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        layers = dict(pyogrio.list_layers(files["kml"]))
        kinds = {}
        for layer in layers:
            frame = geopandas.read_file(files["kml"], layer=layer, engine="pyogrio")
            kinds |= dict(zip(frame["Name"], frame.geometry.geom_type, strict=True))
        document = fastkml.KML.parse(files["kml"], strict=True)
    assert caplog.records == []
    assert kinds["The Badiya: Syrian Democratic Forces, existing"] == "Polygon"
    assert kinds["T4 (Tiyas) Air Base: Türkiye, proposed"] == "Point"
    marks = list(fastkml.utils.find_all(document, of_type=fastkml.Placemark))
    assert len(marks) == 5
    assert {mark.name for mark in marks if mark.geometry is None} == {"Syria: United States, denied"}


def test_kml_descriptions_hold_hostile_text_as_text(files) -> None:
    root = etree.parse(files["kml"]).getroot()
    space = {"k": "http://www.opengis.net/kml/2.2"}
    said = [one.text for one in root.iterfind(".//k:Placemark/k:description", space)]
    allowed = {"p", "blockquote", "bdi", "a", "div", "body", "html"}
    quotes = set()
    for text in said:
        page = html.document_fromstring(text)
        assert {element.tag for element in page.iter()} <= allowed
        assert all(link.startswith("https://news.test/") for link in page.xpath("//@href"))
        assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
        quotes |= {element.text_content() for element in page.iter("blockquote")}
    assert {HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[8]} <= quotes


def cells(content: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]


def test_no_cell_is_a_formula(files) -> None:
    with zipfile.ZipFile(files["zip"]) as archive:
        tables = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")]
    tables.append(files["csv"].read_bytes().decode("utf-8-sig"))
    assert len(tables) == 5
    for table in tables:
        for cell in cells(table):
            number = re.fullmatch(r"-?[0-9.]+", cell)
            assert number or not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")), cell
    # Nothing but the apostrophe was put in: each text is there.
    assert {as_text(text) for text in HOSTILE} <= {cell.removeprefix("'") for cell in cells(tables[-1])}


def test_csv_opens_in_pandas_with_a_row_a_claim(files) -> None:
    import pandas

    frame = pandas.read_csv(files["csv"], keep_default_na=False)
    assert len(frame) == len(EVIDENCE)
    assert set(frame["snapshot_claims_sha256"]) == {snapshot.claims_hash(EVIDENCE)}


def test_the_package_is_valid_for_frictionless(files, tmp_path) -> None:
    with zipfile.ZipFile(files["zip"]) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert report.valid, report.flatten(["title", "message"])
    assert report.warnings == []
    package = frictionless.Package(tmp_path / "datapackage.json")
    assert {one.name for one in package.resources} == {"claims", "sites", "origins", "sources"}
    for resource in package.resources:
        assert resource.hash and resource.bytes
        assert all(field.description for field in resource.schema.fields)
    claims = package.get_resource("claims").read_rows()
    assert len(claims) == len(EVIDENCE)
    assert {str(row["published"]) for row in claims if row["article"] == "d"} == {"2025-01-01"}
    sites = {row["id"]: row for row in package.get_resource("sites").read_rows()}
    assert sites["badiya"]["geometry"]["type"] == "Polygon" and sites["badiya"]["lon"] is None
    assert float(sites["t4"]["lon"]) == 37.6299
    assert sites["syria"]["geometry"] is None


def test_the_package_is_refused_where_a_claim_has_no_source(files, tmp_path) -> None:
    """The schema says how tables belong together, and its readers check it."""
    with zipfile.ZipFile(files["zip"]) as archive:
        archive.extractall(tmp_path)
    sources = tmp_path / "sources.csv"
    kept = [line for line in sources.read_bytes().split(b"\r\n") if not line.startswith(b"d,")]
    sources.write_bytes(b"\r\n".join(kept))
    assert not frictionless.validate(tmp_path / "datapackage.json").valid


def test_the_svg_holds_its_writing_as_text(files) -> None:
    root = etree.parse(files["svg"]).getroot()
    texts = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Reported military presence: Syria" in texts
    assert any("T4" in text for text in texts)
    # Arabic in the order of its letters: the browser joins them.
    assert "صدى الفرات" in texts and "الجيش هنا" in texts
    assert any("{{ 6*7 }}" in text and "$x_1$" in text for text in texts)
    tags = {element.tag.rpartition("}")[2] for element in root.iter(etree.Element)}
    assert not tags & {"script", "image", "foreignObject", "a"}
    assert not [name for element in root.iter(etree.Element) for name in element.attrib if name.startswith("on")]


def test_no_figure_lets_a_name_turn_the_line(files) -> None:
    root = etree.parse(files["svg"]).getroot()
    written = "".join(element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text"))
    assert not [sign for sign in written if unicodedata.category(sign) in {"Cf", "Cc"}]


def test_the_pdf_holds_its_writing_as_text(files) -> None:
    reader = PdfReader(files["pdf"])
    text = reader.pages[0].extract_text()
    assert "Reported military presence: Syria" in text and "9 February 2025" in text
    for word in ("صدى", "الفرات"):
        assert word in text
    assert "{{ 6*7 }}" in text
    root = reader.trailer["/Root"]
    assert "/OpenAction" not in root and "/AA" not in root and "/JavaScript" not in root.get("/Names", {})
    assert list(reader.attachments) == ["mapdata-manifest.json"]


def test_arabic_is_shaped_in_the_figure() -> None:
    """Letters that join have other shapes than letters alone: the glyphs of a word are not those of its letters."""
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font, LoadFlags

    font = FT2Font(font_manager.findfont("DejaVu Sans"))
    alone = {font.get_char_index(ord(letter)) for letter in "الفرات"}
    shaped = {item.glyph_index for item in font._layout("الفرات", LoadFlags.DEFAULT)}
    assert shaped - alone


def test_full_articles_never_go_into_a_snapshot(tmp_path) -> None:
    """From an article to every file: the quote goes in, and nothing of what stands around it."""
    article = tmp_path / "report.md"
    article.write_text(
        "---\noutlet: Levant Courier\npublished: 2025-02-04\n---\nZanzibar was quiet at night.\n\n"
        "Russian forces remain at the Hmeimim air base, residents said.\n\nXylophones could be heard until morning.\n",
        "utf-8",
    )
    endless = tmp_path / "endless.md"
    endless.write_text(
        "---\noutlet: Levant Courier\npublished: 2025-02-05\n---\nRussian forces remain at the Tartus naval base "
        + "and the wind blew over the long road " * 60
        + "to a xylophone",
        "utf-8",
    )
    run = CliRunner()
    database = str(tmp_path / "my.sqlite3")
    assert run.invoke(main, ["ingest", str(article), str(endless), "--db", database]).exit_code == 0
    for ending in snapshot.ENDINGS:
        file = tmp_path / f"map.{ending}"
        done = run.invoke(main, ["snapshot", "--db", database, "--as-of", "2025-02-09", "-o", str(file)])
        assert done.exit_code == 0, done.output
        assert run.invoke(main, ["verify", str(file), "--db", database]).output.count("the same claims") == 1
        inside = everything(file)
        assert ("Russian forces remain" in inside) == (ending not in ("png", "svg", "pdf")), ending
        assert "Levant Courier" in inside or ending == "png"
        assert not re.search("zanzibar|xylophone", inside, re.IGNORECASE), ending


def test_an_excerpt_is_verbatim_and_has_the_words_that_decided() -> None:
    words = "the wind blew over the long road and " * 100
    item = evidence("t4", "TR", Status.EXISTING, DAY, quote=words)
    for at in (0, 500, 2000, len(words) - 20):
        cue = Cue(item.claim.start + at, item.claim.start + at + 12, words[at : at + 12])
        given = replace(item, claim=replace(item.claim, cues=(cue,)))
        cut = excerpt(given).claim
        assert 900 < len(cut.quote) <= 1000 and cut.end - cut.start == len(cut.quote)
        assert cut.quote == words[cut.start - item.claim.start : cut.end - item.claim.start]
        assert cut.cues == (cue,)
    assert excerpt(EVIDENCE[0]) is EVIDENCE[0]


def everything(file: Path) -> str:
    """All text in a file, whatever is packed within it."""
    content = file.read_bytes()
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    if file.suffix == ".pdf":
        return PdfReader(file).pages[0].extract_text() + content.decode("latin-1")
    text = content.decode("latin-1" if file.suffix == ".png" else "utf-8")
    packed = re.findall('type="application/octet-stream" id="data">([^<]*)<', text)
    return text + "".join(zlib.decompress(base64.b64decode(one)).decode() for one in packed)
