"""The invented theatre of docs/another-theatre.md: it loads, and reads what the page says it reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mapdata.articles import from_text
from mapdata.gazetteer import load
from mapdata.outlets import load_outlets
from mapdata.reading.reader import Reader

PAGE = Path(__file__).resolve().parent.parent / "docs" / "another-theatre.md"
OPTIONAL = ("weak_names", "near", "within", "province", "precision_m", "ids")


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader(page, tmp_path_factory):
    block = re.search(r"```yaml\n(.*?)```", page, re.DOTALL).group(1)
    assert not [key for key in OPTIONAL if f"{key}:" in block], "the example has the contract's keys alone"
    path = tmp_path_factory.mktemp("theatre") / "belmora.yaml"
    path.write_text(block, encoding="utf-8")
    return Reader(load(path), load_outlets())


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Karskan forces operate an air base at Calder Field.", ("calder", "XB", "existing")),
        ("Karsk denied that it plans a base in Port Selden.", ("selden-base", "XB", "denied")),
        ("Karskan troops are stationed in the Holm Marches.", ("holm-marches", "XB", "existing")),
    ],
)
def test_the_example_reads_what_the_page_says(page, reader, sentence, claim):
    assert sentence.rstrip(".") in " ".join(page.split())
    claims = reader.read(from_text(sentence))
    assert [(c.site, c.actor, c.status.value) for c in claims] == [claim]


def test_the_page_explains_every_optional_key(page):
    assert not [key for key in (*OPTIONAL, "metonyms", "sources") if f"`{key}`" not in page]
