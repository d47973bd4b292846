"""The same result as a table, for those who would rather read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import pandas as pd
import streamlit as st

from mapdata.columns import records
from mapdata.columns.records import Newest
from mapdata.dashboard import data, markup, state, wording
from mapdata.dashboard.data import Scene
from mapdata.dashboard.view import Place
from mapdata.folding import fold
from mapdata.model import Symbol


@dataclass(frozen=True, slots=True)
class Row:
    """A symbol as it is read: every column of the table and of the file."""

    place: str
    kind: str
    actor: str
    layer: str
    status: str
    state: str
    origins: int
    articles: int
    first: date | None
    newest: date | None
    quote: str
    said_by: str


_HEADS = {
    "place": "Place",
    "actor": "Actor",
    "status": "Status",
    "state": "Standing",
    "origins": "Origins",
    "newest": "Newest report",
    "quote": "Newest quote",
    "said_by": "Said by",
    "first": "First report",
    "articles": "Articles",
    "kind": "Kind",
    "layer": "Country of the layer",
}


def rows(scene: Scene, symbols: Sequence[Symbol], today: date) -> list[Row]:
    """A row a symbol, in the order of the symbols, each with the newest quote of the view's days."""
    if scene.columns is None or scene.store is None:
        return []
    known = data.weighed(scene, state.current().filters, today)
    keys = [(symbol.site, symbol.actor, symbol.status) for symbol in symbols]
    newest = records.newest(scene.columns, scene.store, known, keys)
    return [_row(scene, symbol, newest[key]) for symbol, key in zip(symbols, keys, strict=True)]


def draw(scene: Scene, symbols: Sequence[Symbol], today: date) -> None:
    found = rows(scene, symbols, today)
    with st.container(key="table-search", horizontal=True, vertical_alignment="center"):
        wanted = st.text_input(
            "Search the table",
            placeholder="Search the table: any word of any column",
            label_visibility="collapsed",
            type="search",
            key="table-wanted",
            width=360,
        )
        kept = [index for index, row in enumerate(found) if matches(row, wanted or "")]
        markup.inline("words.html", text=wording.count(len(kept), "row"))
    if not kept:
        if found:
            markup.show("notice.html", title="No row has these words.", lines=["Try fewer words."])
        return
    chosen = st.dataframe(
        frame([found[index] for index in kept]),
        key="table",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="stretch",
        column_config={
            "Place": st.column_config.TextColumn(width=190),
            "First report": st.column_config.DateColumn(format="D MMM YYYY"),
            "Newest report": st.column_config.DateColumn(format="D MMM YYYY"),
            "Newest quote": st.column_config.TextColumn(width="large"),
        },
    )
    picked = list(chosen.selection.rows)
    if picked and picked != st.session_state.get("_table_picked"):
        symbol = symbols[kept[picked[0]]]
        st.session_state["_table_picked"] = picked
        state.choose(Place(symbol.site, symbol.actor, symbol.status))
        st.rerun()
    st.session_state["_table_picked"] = picked


def matches(row: Row, wanted: str) -> bool:
    """Whether every word stands in some column, whatever its accents and letter case."""
    text = fold(" ".join(str(getattr(row, field.name)) for field in fields(row)))
    return all(word in text for word in fold(wanted).split())


def frame(found: Sequence[Row]) -> pd.DataFrame:
    """The rows under the names that a reader sees."""
    return pd.DataFrame(
        {head: [getattr(row, name) for row in found] for name, head in _HEADS.items()},
        columns=[*_HEADS.values()],
    )


def _row(scene: Scene, symbol: Symbol, newest: Newest) -> Row:
    site, actor = scene.gazetteer.sites[symbol.site], scene.gazetteer.actors[symbol.actor]
    claim, source = newest.claim, newest.source
    said_by = (claim.attribution.text if claim else None) or (source.outlet if source else None) or ""
    return Row(
        place=site.name,
        kind=wording.kind(site),
        actor=actor.name,
        layer=wording.country(symbol.country, scene.gazetteer),
        status=symbol.status.value,
        state=newest.state.value,
        origins=symbol.origins,
        articles=symbol.articles,
        first=newest.first,
        newest=newest.newest,
        quote=claim.quote if claim else "",
        said_by=said_by,
    )
