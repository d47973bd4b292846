"""The view as files: the snapshots of `mapdata snapshot`, each made when it is asked for."""

from __future__ import annotations

import threading
from datetime import date
from functools import partial

import streamlit as st

from mapdata.columns import Choice
from mapdata.dashboard import data, markup
from mapdata.dashboard.data import Scene
from mapdata.drawing.embedding import embed_code
from mapdata.drawing.legend import title_of
from mapdata.model import Filters
from mapdata.selection import Selection

FORMS = (
    ("html", "text/html", "Page to hand on (HTML)"),
    ("png", "image/png", "Picture (PNG)"),
    ("svg", "image/svg+xml", "Picture to edit (SVG)"),
    ("pdf", "application/pdf", "Picture for print (PDF)"),
    ("geojson", "application/geo+json", "For maps (GeoJSON)"),
    ("kml", "application/vnd.google-earth.kml+xml", "For globes (KML)"),
    ("csv", "text/csv", "For tables (CSV)"),
    ("zip", "application/zip", "Data package (ZIP)"),
)
"""Ending, media type and label of each file that the page offers."""

# Files are made in threads of their own, and matplotlib is not made for several at once.
_ONE_AT_A_TIME = threading.Lock()


def buttons(scene: Scene, chosen: Choice, today: date) -> None:
    markup.show("words.html", text="This view as a file, to be cited and checked")
    for ending, mime, label in FORMS:
        st.download_button(
            label,
            # Called when it is asked for, outside of the session.
            data=partial(_file, scene, chosen.filters, today, ending),
            file_name=f"mapdata-{chosen.as_of.isoformat()}.{ending}",
            mime=mime,
            key=f"download-{ending}",
            on_click="ignore",
            width="stretch",
        )
    markup.show("words.html", text="To show the page (HTML) within a page of your own, once it is on your server")
    name = f"https://your.server/mapdata-{chosen.as_of.isoformat()}.html"
    st.code(embed_code(name, title_of(scene.gazetteer)), language="html", wrap_lines=True)


def _file(scene: Scene, filters: Filters, today: date, ending: str) -> bytes:
    return made(scene, data.select(scene, filters, today), ending)


def made(scene: Scene, chosen: Selection, ending: str) -> bytes:
    """The bytes of the file with this ending: what `mapdata snapshot` writes for the same filters."""
    # Here, since matplotlib takes a second to load, and few readers ask for a file.
    from mapdata import snapshot

    with _ONE_AT_A_TIME:
        return snapshot.render(chosen, scene.gazetteer, ending, colours=scene.colours)
