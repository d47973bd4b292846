"""The page's frame: header, rail, map or table, evidence, months; and what stands there instead of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import streamlit as st

from mapdata.columns import Choice
from mapdata.dashboard import (
    curtain,
    data,
    evidence,
    header,
    mapview,
    markup,
    rail,
    state,
    table,
    timeline,
    views,
    wording,
)
from mapdata.dashboard.data import Scene
from mapdata.dashboard.views import MAP
from mapdata.errors import GazetteerError, MapdataError

_ICON = Path(__file__).with_name("icon.svg")  # a file: an emoji or an icon by name is fetched from a CDN
_RAIL, _EVIDENCE = 256, 384  # pixels


def run(db: str | None, gazetteer_path: str | None) -> None:
    """Draws the page once. db, gazetteer_path: as the commands take them; None for the defaults.

    Nothing that is wrong with the files or the address ends in a traceback: the page says it in a line.
    """
    st.set_page_config(page_title="mapdata", page_icon=str(_ICON), layout="wide")
    markup.show("style.html")
    today = datetime.now().astimezone().date()
    try:
        scene = data.load(db, gazetteer_path)
        _page(scene, today, db)
    except GazetteerError as error:
        first, *rest = str(error).splitlines()
        markup.show("notice.html", title=f"The {first}", lines=[*rest, "Mend the file and load the page again."])
    except MapdataError as error:
        markup.show("notice.html", title="The page cannot be drawn.", lines=[str(error)])


def _page(scene: Scene, today: date, db: str | None) -> None:
    view = state.open_view(scene.gazetteer)
    chosen = data.choose(scene, view.filters, today)
    # Places first, in the order of reading; then the map before all else, since its frame takes longest to
    # load and everything around it can wait for it.
    head, notices = st.container(key="top", gap=None), st.container(key="notices", gap=None)
    if view.name != MAP:
        with head, header.title(scene):
            header.draw(scene, chosen, today)
        with notices:
            _notices(scene, chosen)
        with views.columns() as left:
            if left is not None:
                with left:
                    rail.draw(scene, chosen)
            views.draw(scene, db, today)
        return
    if not chosen.total:
        with head, header.title(scene):
            header.draw(scene, chosen, today)
        with notices:
            _notices(scene, chosen)
        markup.show("first.html", missing=scene.store is None, where=scene.where)
        return
    body = st.container(key="body", horizontal=True, gap=None, vertical_alignment="top")
    left = body.container(key="rail", width=_RAIL, gap="xsmall")
    middle = body.container(key="middle", gap=None)
    right = body.container(key="evidence", width=_EVIDENCE, gap="small")
    with head:
        title = header.title(scene)
    with notices:
        _notices(scene, chosen)
    for column in (left, right):
        with column:
            markup.show("blank.html")  # holds the column's place
    with middle:
        _middle(scene, chosen, today)
    curtain.wait(with_map=not view.table)
    with title:
        header.draw(scene, chosen, today)
    with left:
        rail.draw(scene, chosen)
    with right:
        evidence.draw(scene, chosen.symbols, today)
    with st.container(key="months", gap=None):
        timeline.draw(scene, today)


def _middle(scene: Scene, chosen: Choice, today: date) -> None:
    with st.container(key="modes"):
        st.segmented_control(
            "Show as",
            ["Map", "Table"],
            required=True,
            label_visibility="collapsed",
            **state.mirrored(
                "mode",
                "Table" if state.current().table else "Map",
                lambda mode: state.show_table(mode == "Table"),
            ),
        )
    # Always there, empty or not: the map keeps its place in the page, or the browser would draw it anew.
    with st.container(key="nothing"):
        if not chosen.symbols:
            markup.show(
                "notice.html",
                title="No symbol stands under these filters.",
                lines=_why_nothing(chosen),
            )
            st.button("Clear all filters", on_click=state.clear)
    if state.current().table:
        table.draw(scene, [*chosen.symbols, *chosen.whole], today)
    else:
        mapview.draw(scene, chosen.symbols)
        mapview.draw_whole(scene, chosen.whole)


def _why_nothing(chosen: Choice) -> list[str]:
    """What is known all the same, and what to do next."""
    lines = ["Take a filter away above, choose another day, or start again:"]
    if chosen.claims:
        kept = wording.count(chosen.claims, "claim")
        what = f"{kept} of these filters stand no longer as of {wording.day(chosen.as_of)}"
        lines.insert(
            0,
            f"{what}: newer reports say otherwise, a plan had no new report for a year, or no day is known.",
        )
    return lines


def _notices(scene: Scene, chosen: Choice) -> None:
    if faults := state.faults():
        markup.show(
            "notice.html",
            title="The address asks for something that cannot be shown; here is the view without it.",
            lines=faults,
        )
    if chosen.illustrative:
        markup.show("illustrative.html", all=chosen.illustrative == chosen.claims)
