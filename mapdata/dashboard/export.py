"""The result as files: GeoJSON for maps, CSV for tables. Made when they are asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import date
from functools import partial

import streamlit as st

from mapdata import filters as filter_words
from mapdata import layers
from mapdata.dashboard import data, markup, state, table
from mapdata.dashboard.data import Scene
from mapdata.selection import Selection

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def buttons(scene: Scene, chosen: Selection, today: date) -> None:
    markup.show("words.html", text="This view as a file")
    for kind, mime, make in (
        ("geojson", "application/geo+json", geojson),
        ("csv", "text/csv", as_csv),
    ):
        st.download_button(
            "GeoJSON, for maps" if kind == "geojson" else "CSV, for tables",
            data=partial(make, scene, chosen, today),
            file_name=f"mapdata-{(state.current().filters.as_of or today).isoformat()}.{kind}",
            mime=mime,
            key=f"download-{kind}",
            on_click="ignore",
            width="stretch",
        )


def geojson(scene: Scene, chosen: Selection, today: date) -> bytes:
    """One FeatureCollection: the features of all layers of the view, and the filters that it is of."""
    filters = state.current().filters
    features = [
        feature
        for layer in layers.layers(chosen.assessments, chosen.window, scene.gazetteer, filters).values()
        for feature in layer["features"]
    ]
    words = filter_words.to_words(filters) | {"as_of": (filters.as_of or today).isoformat()}
    collection = {"type": "FeatureCollection", "mapdata": {"filters": words}, "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def as_csv(scene: Scene, chosen: Selection, today: date) -> bytes:
    """The table as CSV in UTF-8, with cells that a spreadsheet would run made plain text."""
    symbols = [*chosen.symbols, *data.whole_country(scene, chosen)]
    return csv_of(table.rows(scene, symbols, today))


def csv_of(rows: Sequence[table.Row]) -> bytes:
    """Rows as CSV. A cell that begins like a formula gets an apostrophe before it, as OWASP advises."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([field.name for field in fields(table.Row)])
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in astuple(row)]
        writer.writerow([f"'{cell}" if cell.startswith(_RUNS) else cell for cell in cells])
    return file.getvalue().encode("utf-8-sig")
