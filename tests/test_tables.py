"""Rows and their formats, read back."""

import csv
import io
import json
from datetime import date

import pytest
from evidence_made import GAZETTEER, evidence

from mapdata.layers import quote_words
from mapdata.model import Filters, Status
from mapdata.selection import select
from mapdata.tables import FORMATS, format_claims, harmless, rows

DAY = date(2025, 2, 9)
EVIDENCE = (
    evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 4), article="a", quote='=HYPERLINK("http://x.test")'),
    evidence("t4", "TR", Status.DENIED, date(2025, 2, 6), article="b", outlet="@outlet", quote="-1 نفى"),
    evidence("hmeimim", "RU", Status.PROPOSED, date(2014, 1, 1), article="c", quote="a\nb \x1b[31m"),
    evidence("syria", "US", Status.DENIED, None, article="d"),
)
CHOSEN = select(EVIDENCE, Filters(), GAZETTEER, DAY)


def test_one_row_a_claim_with_the_state_of_its_standing() -> None:
    got = [(row["site"], row["status"], row["state"], row["published"]) for row in rows(CHOSEN, GAZETTEER)]
    assert got == [
        ("hmeimim", "proposed", "lapsed", "2014-01-01"),
        ("syria", "denied", None, None),
        ("t4", "denied", "contested", "2025-02-06"),
        ("t4", "proposed", "contested", "2025-02-04"),
    ]
    assert len({tuple(row) for row in rows(CHOSEN, GAZETTEER)}) == 1


def test_a_country_has_no_coordinates() -> None:
    by_site = {row["site"]: (row["lon"], row["lat"]) for row in rows(CHOSEN, GAZETTEER)}
    assert by_site["syria"] == (None, None)
    assert by_site["t4"] == (37.6299, 34.5226)


def test_json_holds_the_rows() -> None:
    assert json.loads(format_claims(CHOSEN, GAZETTEER, "json")) == rows(CHOSEN, GAZETTEER)


def test_csv_reads_back_and_no_cell_is_a_formula() -> None:
    read = list(csv.DictReader(io.StringIO(format_claims(CHOSEN, GAZETTEER, "csv"), newline="")))
    assert [row["article"] for row in read] == ["c", "d", "b", "a"]
    for row in read:
        for name, cell in row.items():
            assert name in ("lon", "lat") or cell[:1] not in "=+-@\t\r" or not cell
    assert read[3]["quote"] == "'" + EVIDENCE[0].claim.quote
    assert read[0]["quote"] == EVIDENCE[2].claim.quote


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@x", "\t=1", "  =1", "'=1", "＝1"])
def test_a_text_that_could_be_a_formula_gets_one_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("value", ["plain", "'tis", "", "a=b", -1.5, 0])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert harmless(value) == value


def test_geojson_has_every_claim_once() -> None:
    made = json.loads(format_claims(CHOSEN, GAZETTEER, "geojson"))
    quotes = [quote for feature in made["features"] for quote in feature["properties"]["quotes"]]
    assert sorted(item["article"] for item in [*quotes, *made["other_claims"]]) == ["a", "b", "c", "d"]
    assert quote_words(EVIDENCE[0]) in quotes


def test_the_table_has_a_line_a_claim_and_steers_no_terminal() -> None:
    lines = format_claims(CHOSEN, GAZETTEER, "table").splitlines()
    assert len(lines) == 1 + len(EVIDENCE)
    assert lines[0].split() == ["published", "site", "actor", "status", "outlet", "quote"]
    assert lines[2].startswith("undated")
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_found_is_still_a_valid_answer(format: str) -> None:
    nothing = select((), Filters(), GAZETTEER, DAY)
    text = format_claims(nothing, GAZETTEER, format)
    assert text.endswith("\n")
    if format in ("json", "geojson"):
        json.loads(text)
