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
from mapdata.dashboard import data, markup, table
from mapdata.dashboard.data import Scene
from mapdata.selection import Selection

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def buttons(scene: Scene, chosen: Selection, today: date) -> None:
    markup.show("words.html", text="This view as a file")
    known = data.select(scene, data.days_of(chosen.filters), today)
    for label, ending, mime, make in (
        ("GeoJSON, for maps", "geojson", "application/geo+json", partial(geojson, scene, chosen)),
        ("CSV, for tables", "csv", "text/csv", partial(as_csv, scene, chosen, known)),
    ):
        st.download_button(
            label,
            data=make,  # called when it is asked for, outside of the session
            file_name=f"mapdata-{chosen.as_of.isoformat()}.{ending}",
            mime=mime,
            key=f"download-{ending}",
            on_click="ignore",
            width="stretch",
        )


def geojson(scene: Scene, chosen: Selection) -> bytes:
    """One FeatureCollection: the features of all layers of the view, and the filters that it is of."""
    drawn = layers.layers(chosen.assessments, chosen.window, scene.gazetteer, chosen.filters)
    features = [feature for layer in drawn.values() for feature in layer["features"]]
    words = filter_words.to_words(chosen.filters) | {"as_of": chosen.as_of.isoformat()}
    collection = {"type": "FeatureCollection", "mapdata": {"filters": words}, "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def as_csv(scene: Scene, chosen: Selection, known: Selection) -> bytes:
    """The table as CSV in UTF-8, with cells that a spreadsheet would run made plain text."""
    symbols = [*chosen.symbols, *data.whole_country(scene, chosen)]
    return csv_of(table.rows(scene, symbols, known))


def csv_of(rows: Sequence[table.Row]) -> bytes:
    """Rows as CSV. A cell that begins like a formula gets an apostrophe before it, as OWASP advises."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([field.name for field in fields(table.Row)])
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in astuple(row)]
        writer.writerow([f"'{cell}" if cell.startswith(_RUNS) else cell for cell in cells])
    return file.getvalue().encode("utf-8-sig")
