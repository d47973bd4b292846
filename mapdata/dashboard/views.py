"""The views of the page beside the map: which is chosen, and what draws it, loaded when it is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mapdata.dashboard import markup, state
from mapdata.dashboard.data import Scene
from mapdata.dashboard.view import NAMES

MAP = NAMES[0]
_TITLES = {"map": "Map", "add": "Add", "review": "Review", "silence": "Silence", "changes": "Changes"}
_MODULES = {"add": "adding", "review": "reviewing", "silence": "silences", "changes": "changed"}
_WITH_FILTERS = ("review", "silence", "changes")
_RAIL = 256  # pixels


def control() -> None:
    """Chooses the view, in the header."""
    st.segmented_control(
        "View",
        NAMES,
        required=True,
        format_func=_TITLES.__getitem__,
        label_visibility="collapsed",
        **state.mirrored("view-name", state.current().name, state.show_view),
    )


@contextmanager
def columns() -> Iterator[DeltaGenerator | None]:
    """The places of a view: gives that of the filters, where it has them, and is open where the view stands."""
    markup.show("views_style.html")
    body = st.container(key="body", horizontal=True, gap=None, vertical_alignment="top")
    left = None
    if state.current().name in _WITH_FILTERS:
        left = body.container(key="rail", width=_RAIL, gap="xsmall")
    with body.container(key="view", gap="small"):
        yield left


def draw(scene: Scene, db: str | None, today: date) -> None:
    """Draws the chosen view where the page stands. db: as the commands take it, for what is to be written."""
    module = import_module(f"mapdata.dashboard.{_MODULES[state.current().name]}")
    module.draw(scene, db, today)
