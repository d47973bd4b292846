"""A selection as rows, for those who would rather read: a table, JSON, CSV and GeoJSON. No files here."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mapdata.layers import country_of, feature_id, features, is_country_wide, quote_words
from mapdata.model import Evidence, Gazetteer, Status
from mapdata.selection import Selection

FORMATS = ("table", "json", "csv", "geojson")

TABLE_COLUMNS = (("published", 10), ("site", 22), ("actor", 9), ("status", 8), ("outlet", 20), ("quote", 60))
"""Columns of the table for the terminal, and the most signs that each is given."""

UNDATED = "undated"


def in_order(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Evidence in the order of every export: by site, actor, status, day (undated last), article, place."""
    return sorted(
        evidence,
        key=lambda item: (
            item.claim.site,
            item.claim.actor,
            item.claim.status.value,
            item.source.published is None,
            item.source.published.isoformat() if item.source.published else "",
            item.claim.article,
            item.claim.start,
        ),
    )


def rows(selection: Selection, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """One dict a claim, with the same keys in the same order: plain values, None where nothing is known.

    `state` is that of the claim's standing as of the day, None where no dated claim makes one. `lon` and
    `lat` are decimal degrees, None for a site without a point of its own.
    """
    states = states_of(selection)
    made = []
    for item in in_order(selection.evidence):
        claim = item.claim
        site = gazetteer.sites.get(claim.site)
        actor = gazetteer.actors.get(claim.actor)
        point = site is not None and not is_country_wide(claim.site, gazetteer)
        words = quote_words(item)
        words["cues"] = "; ".join(words["cues"])
        made.append(
            {
                "site": claim.site,
                "site_name": site.name if site else claim.site,
                "lon": site.lon if site and point else None,
                "lat": site.lat if site and point else None,
                "actor": claim.actor,
                "actor_name": actor.name if actor else claim.actor,
                "country": country_of(claim.actor, gazetteer),
                "status": claim.status.value,
                "state": states.get((claim.site, claim.actor, claim.status)),
                "published": words.pop("published"),
                **words,
            }
        )
    return made


def states_of(selection: Selection) -> dict[tuple[str, str, Status], str]:
    """The state of each standing of a selection, as its word."""
    return {
        (standing.site, standing.actor, standing.status): standing.state.value
        for assessment in selection.assessments
        for standing in assessment.standings
    }


def format_claims(selection: Selection, gazetteer: Gazetteer, format: str) -> str:
    """The claims of a selection as text that ends with a line end. format: one of FORMATS."""
    made = {
        "table": _table,
        "json": _json,
        "csv": lambda chosen, places: csv_text(rows(chosen, places)),
        "geojson": lambda chosen, places: json_text(feature_collection(chosen, places)),
    }
    return made[format](selection, gazetteer)


def feature_collection(
    selection: Selection, gazetteer: Gazetteer, manifest: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """GeoJSON of all that is shown. What has no place has the geometry None, as RFC 7946 allows.

    Two further members keep the rest of the selection: `other_claims` has the evidence that no feature
    carries (superseded, lapsed, undated), `manifest` is as given.
    """
    drawn = [
        feature
        for _, feature in features(selection.assessments, selection.evidence, gazetteer, selection.filters)
    ]
    ids, states = {feature["id"] for feature in drawn}, states_of(selection)
    others = [
        {
            "site": item.claim.site,
            "actor": item.claim.actor,
            "status": item.claim.status.value,
            "state": states.get((item.claim.site, item.claim.actor, item.claim.status)),
            **quote_words(item),
        }
        for item in in_order(selection.evidence)
        if feature_id(item.claim.site, item.claim.actor, item.claim.status) not in ids
    ]
    made = {"type": "FeatureCollection", "features": drawn, "other_claims": others}
    return made if manifest is None else {**made, "manifest": dict(manifest)}


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


EMPTY_COLUMNS = ("site", "actor", "status", "published", "quote")
"""The header of a CSV without a claim, so that a reader finds the columns that matter."""


def csv_text(made: Sequence[Mapping[str, Any]], header: Sequence[str] = EMPTY_COLUMNS) -> str:
    """Rows of the same keys as CSV, harmless in a spreadsheet. header: of a table without rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(made[0] if made else header)
    writer.writerows([harmless(value) for value in row.values()] for row in made)
    return out.getvalue()

_FORMULA = "=+-@\t\r\n＝＋－＠"


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: a text that could be one gets a leading apostrophe.

    A text that begins with apostrophes and goes on like a formula gets one more, so that taking one away
    gives the text back.
    """
    if isinstance(value, str) and value.lstrip("' ")[:1] and value.lstrip("' ")[0] in _FORMULA:
        return "'" + value
    return "" if value is None else value


def as_it_was(cell: str) -> str:
    """The text of a cell that `harmless` wrote."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("' ")[:1] and cell.lstrip("' ")[0] in _FORMULA else cell


def _json(selection: Selection, gazetteer: Gazetteer) -> str:
    return json_text(rows(selection, gazetteer))


def _table(selection: Selection, gazetteer: Gazetteer) -> str:
    made = rows(selection, gazetteer)
    for row in made:
        row["published"] = row["published"] or UNDATED
    return aligned(made, TABLE_COLUMNS)


def aligned(made: Iterable[Mapping[str, Any]], columns: Sequence[tuple[str, int]]) -> str:
    """Rows as a table for a terminal. columns: keys of the rows, and the most signs that each is given."""
    lines = [tuple(name for name, _ in columns)]
    for row in made:
        lines.append(tuple(_shortened(_one_line(str(row[name] or "")), most) for name, most in columns))
    widths = [max(_columns(line[place]) for line in lines) for place in range(len(columns))]
    text = "\n".join(
        "  ".join(
            cell + " " * (width - _columns(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )
    return text + "\n"


def _one_line(text: str) -> str:
    """Text without line ends and without signs that would steer a terminal."""
    return " ".join("".join(" " if unicodedata.category(s) == "Cc" else s for s in text).split())


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _columns(text: str) -> int:
    """Columns that a terminal gives a text: wide signs take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(s) else 2 if unicodedata.east_asian_width(s) in "WF" else 1 for s in text
    )
