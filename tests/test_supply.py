"""What comes along with mapdata: its licences, the browser's code, and what the docs say of it."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mapdata.drawing.assets import leaflet_folder

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"

LEAFLET = {
    # Of XStatic-Leaflet 1.9.3.0. A newer one is looked at before its hash comes here.
    "leaflet.js": "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03",
    "leaflet.css": "90b693d86392a4779c861b28cf307e7e59c3fb35328c4d8b95f58f814d38c722",
}


@pytest.fixture(scope="module")
def sbom():
    given = importlib.util.spec_from_file_location("sbom", ROOT / "scripts" / "sbom.py")
    module = importlib.util.module_from_spec(given)
    given.loader.exec_module(module)
    return module


def test_the_browsers_code_is_the_one_that_we_know() -> None:
    for name, known in LEAFLET.items():
        assert hashlib.sha256((leaflet_folder() / name).read_bytes()).hexdigest() == known, name


def test_no_code_of_others_is_copied_in() -> None:
    ours = [*(ROOT / "mapdata").rglob("*.js"), *(ROOT / "mapdata").rglob("*.css")]
    assert len(ours) > 10
    for path in ours:
        text = path.read_text("utf-8")
        assert not re.search(r"@license|@preserve|\(c\)|Copyright|sourceMappingURL", text), path
        assert max(map(len, text.split("\n"))) < 400, f"{path} looks packed"


def test_every_package_has_a_licence_that_goes_with_ours_and_is_listed(sbom) -> None:
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \|", sbom.LICENCES.read_text("utf-8"), re.MULTILINE))
    found = sbom.closure()
    assert {"streamlit", "folium", "lxml", "jinja2", "starlette"} <= set(found)
    for name, one in found.items():
        said = sbom.licence(name, one)
        assert sbom.is_compatible(said), f"{name} has the licence {said!r}"
        assert name in listed or name == "mapdata", (
            f"{name} is not in docs/licences.md: python scripts/sbom.py --licences"
        )


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("LGPL-3.0-only", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("Proprietary", False),
        ("unknown", False),
    ],
)
def test_which_licences_go_with_ours(sbom, said: str, fits: bool) -> None:
    assert sbom.is_compatible(said) is fits


def test_the_bill_of_materials_names_versions(tmp_path: Path) -> None:
    out = tmp_path / "sbom.json"
    subprocess.run([sys.executable, str(ROOT / "scripts" / "sbom.py"), str(out)], check=True, timeout=60)
    made = json.loads(out.read_text("utf-8"))
    assert made["bomFormat"] == "CycloneDX"
    assert made["metadata"]["component"]["name"] == "mapdata"
    assert len(made["components"]) > 40
    assert all(one["version"] and one["purl"].startswith("pkg:pypi/") for one in made["components"])


def names_in(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_threat_model_names_is_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", text)
    assert len(named) > 40
    known = {path.name: names_in(path) for path in TESTS.glob("test_*.py")}
    assert [f"{file}::{test}" for file, test in named if test not in known.get(file, set())] == []


def test_every_row_of_the_threat_model_names_a_test() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = [line for line in text.split("\n") if line.startswith("|") and "what stops it" not in line]
    parts = [
        row for row in rows if row.count("|") == 4 and not row.startswith(("|---", "| who", "| the ", "| whoever"))
    ]
    threats = [row for row in rows if "`test_" in row]
    assert len(threats) >= 25
    without = [row for row in parts if "`test_" not in row and "| can |" not in row]
    assert [row for row in without if not re.match(r"\| (another website|who passes|nobody)", row)] == []
