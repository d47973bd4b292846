"""The corpus of payloads through every place that shows text without a browser: store, terminal, exports, logs."""

from __future__ import annotations

import ast
import csv
import io
import json
import logging
import os
import pty
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import hostile
import pytest
from click.testing import CliRunner
from evidence_made import GAZETTEER, evidence
from store_made import article, claim

from mapdata import gazetteer as gazetteers
from mapdata import snapshot, tables
from mapdata.articles import from_text
from mapdata.cli import main
from mapdata.dashboard import server
from mapdata.errors import GazetteerError, InputRefused
from mapdata.model import Attribution, Filters, SpeakerKind, Status
from mapdata.selection import select
from mapdata.store import Store
from mapdata.terminal import harmless

ROOT = Path(__file__).parent.parent
DAY = date(2025, 2, 9)


def steers(text: str) -> set[str]:
    """The signs of a text that a terminal obeys and does not show."""
    return {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} and sign not in "\n\t\r"}


@pytest.mark.parametrize("text", hostile.ALL)
def test_nothing_steers_a_terminal_and_the_codes_are_json_again(text: str) -> None:
    shown = harmless(text)
    assert steers(shown) == set()
    assert json.loads(harmless(json.dumps(text, ensure_ascii=False))) == text


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_an_article_keeps_the_text_and_the_store_gives_it_back(tmp_path: Path, text: str) -> None:
    told = f"Troops are at the base, {text} said."
    with Store.open(tmp_path / "x.sqlite3") as store:
        one = article(told, outlet=text, title=text)
        said = Attribution(text, SpeakerKind.ANALYST, text)
        store.put(one, [claim(one, told, said=said)], GAZETTEER)
        loaded = store.load()
    assert loaded.claims[0].quote == told and loaded.claims[0].attribution.text == text
    assert loaded.sources[one.id].title == text


@pytest.mark.parametrize("text", hostile.BROKEN)
def test_what_no_store_can_hold_is_refused_at_the_door(text: str) -> None:
    with pytest.raises(InputRefused):
        from_text(f"Troops, {text}, are there.")


@pytest.fixture(scope="module")
def chosen():
    made = [
        evidence(
            "t4",
            "TR",
            Status.PROPOSED,
            DAY,
            article=f"a{number:02}",
            quote=f"{text} is what they said of it.",
            title=text,
            outlet=text,
            speaker=SpeakerKind.ANALYST,
            speaker_text=text,
            url=text,
        )
        for number, text in enumerate(hostile.ALL)
    ]
    return select(tuple(made), Filters(), GAZETTEER, DAY)


def test_every_ending_takes_every_payload(chosen, tmp_path: Path) -> None:
    for ending in snapshot.ENDINGS:
        file = snapshot.write(chosen, GAZETTEER, tmp_path / f"map.{ending}")
        content = file.read_bytes()
        assert content
        # What a browser opens is text without an element that any payload asked for.
        if ending in {"html", "svg", "kml"}:
            text = content.decode("utf-8")
            asked = ["<img", "<iframe", "<link", "<base", "<svg onload", "<image href=http"]
            for sign in [*asked, "<input autofocus", "<details open ontoggle"]:
                assert sign not in text, (ending, sign)


def test_no_cell_of_a_csv_is_a_formula(chosen) -> None:
    text = tables.format_claims(chosen, GAZETTEER, "csv")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert len(cells) > len(hostile.ALL) * 5
    assert [cell for cell in cells if cell.lstrip(" ")[:1] and cell.lstrip(" ")[0] in "=+-@\t\r＝＋－＠"] == []
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_the_table_of_the_terminal_keeps_its_lines(chosen) -> None:
    text = tables.format_claims(chosen, GAZETTEER, "table")
    assert len(text.rstrip("\n").split("\n")) == 1 + len(hostile.ALL)
    assert steers(harmless(text)) == set()


@pytest.mark.parametrize("shape", tables.FORMATS)
def test_claims_on_a_terminal_steer_it_in_no_format(tmp_path: Path, shape: str) -> None:
    told = "Troops are at the base, \x1b]0;owned\x07 \x9b2J \u202e said."
    with Store.open(tmp_path / "x.sqlite3") as store:
        one = article(told, outlet="\x1b[31m\u202ered")
        store.put(one, [claim(one, told, site="t4", actor="TR")], GAZETTEER)
    shown = on_a_terminal("claims", "--db", str(tmp_path / "x.sqlite3"), "--format", shape)
    assert "t4" in shown
    assert steers(shown) == set()


@pytest.mark.parametrize("command", ["text", "extract"])
def test_what_is_read_on_a_terminal_does_not_steer_it(tmp_path: Path, command: str) -> None:
    file = tmp_path / "a.md"
    file.write_text("Turkish troops are at the T4 air base, \x1b]0;owned\x07\u202e officials said.", "utf-8")
    shown = on_a_terminal(command, str(file))
    assert "owned" in shown
    assert steers(shown) == set()


def test_a_name_of_a_file_does_not_steer_the_terminal_that_it_is_refused_on(tmp_path: Path) -> None:
    for text in (*hostile.TERMINAL, *hostile.UNICODE[:3], "two\nlines"):
        name = text.replace("/", "_")[:80]
        (tmp_path / f"{name}.txt").write_bytes(b"")
    done = CliRunner().invoke(main, ["extract", str(tmp_path)])
    assert done.exit_code == 1
    assert steers(done.output) == set()
    assert len(done.output.strip().split("\n")) == len(hostile.TERMINAL) + 4


def test_errors_that_quote_do_not_steer_the_terminal(tmp_path: Path) -> None:
    for words in (["--actor", "\x1b[2J"], ["--from", "\x1b[2J\u202e"], ["--site", "\x9b2J"]):
        done = CliRunner().invoke(main, ["claims", "--db", str(tmp_path / "none.sqlite3"), *words])
        assert done.exit_code == 2
        assert steers(done.output) == set()


def test_a_fault_of_the_page_does_not_steer_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "mapdata"):
        try:
            raise ValueError("\x1b]0;owned\x07 \x9b2J \u202e quote")
        except ValueError as fault:
            server.say_fault(fault)
    assert "ValueError" in caplog.text and "Traceback" in caplog.text
    assert steers("".join(record.getMessage() for record in caplog.records)) == set()
    assert all(record.exc_info is None for record in caplog.records)


@pytest.mark.parametrize("text", hostile.ALL)
def test_a_gazetteer_takes_a_payload_as_a_name_or_says_in_a_line_why_not(tmp_path: Path, text: str) -> None:
    book = tmp_path / "hostile.yaml"
    name = json.dumps(text)
    book.write_text(
        "schema: 1\n"
        "theatre: {name: Nowhere, bounds: [35.0, 32.0, 42.6, 37.6], languages: [en]}\n"
        f"actors: {{TR: {{name: {name}, kind: state, country: TR, code: TR, names: {{en: [Ruritania]}}}}}}\n"
        f"sites: {{base: {{name: {name}, kind: air_base, country: SY, lat: 34.5, lon: 37.6, names: {{en: "
        "[Basewood]}, sources: [invented]}}\n",
        encoding="utf-8",
    )
    try:
        loaded = gazetteers.load(book)
    except GazetteerError as fault:
        assert steers(harmless(str(fault))) == set()
        assert len(str(fault)) < 1000 + len(str(book)) * 4
    else:
        assert loaded.sites["base"].name.strip() == text.strip()
        assert not any(sign in text for sign in "\x00\x1b\x08\x9b\u202e\ud83d"), "refused, written as escapes, too"


def on_a_terminal(*words: str) -> str:
    """What a command shows where its standard output is a terminal."""
    outer, inner = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "mapdata", *words],
            stdout=inner,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        os.close(inner)
        parts = []
        try:
            while part := os.read(outer, 65_536):
                parts.append(part)
        except OSError:
            pass  # Linux says so where the other end is closed
        assert process.wait(timeout=60) == 0
    finally:
        os.close(outer)
    return b"".join(parts).decode("utf-8")


# --- folium ---------------------------------------------------------------------------------------------------


FOLIUM = ("folium", "branca")


def test_only_one_file_knows_folium_and_only_numbers_go_in() -> None:
    """Every call of folium's in the package, argument by argument: constants, numbers that are computed, our own
    two elements, and one name of a file of ours."""
    package = ROOT / "mapdata"
    knows = [
        path
        for path in package.rglob("*.py")
        if any(
            name.split(".")[0] in FOLIUM
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        )
    ]
    assert [path.relative_to(package).as_posix() for path in knows] == ["drawing/live.py"]
    tree = ast.parse(knows[0].read_text("utf-8"))
    given = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.startswith("folium.") or called in {"_Symbols", "_Ground", "Template"}:
                values = [*node.args, *(word.value for word in node.keywords)]
                given += [(called, ast.unparse(value)) for value in values if not isinstance(value, ast.Constant)]
            # Nothing is added to a map but our own two elements.
            if called.endswith(".add_child"):
                (child,) = node.args
                assert ast.unparse(child).split("(")[0] in {"_Ground", "_Symbols"}
            assert not called.endswith(("add_to", "Popup", "Tooltip", "GeoJson", "Marker", "Element", "Html"))
    assert sorted(given) == [
        ("_Symbols", "json.dumps(said, separators=(',', ':'), allow_nan=False)"),
        ("folium.Map", "((south + north) / 2, (west + east) / 2)"),
    ]
    # What `said` is made of is checked where it is drawn (test_folium_is_given_numbers_and_no_word_of_the_gazetteer).
