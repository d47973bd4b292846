"""The top of the page: what it is, as of which day, under which filters, how much of it, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mapdata.columns import Choice
from mapdata.dashboard import export, markup, state, views, wording
from mapdata.dashboard.data import Scene
from mapdata.dashboard.wording import plain
from mapdata.filters import NO_COUNTRY
from mapdata.model import Filters, Status

_CHIPS_A_WORD = 3  # more values of one filter than these stand in one chip


def title(scene: Scene) -> DeltaGenerator:
    """What the page is. Returns the row that it stands in, for `draw`."""
    row = st.container(key="head", horizontal=True, vertical_alignment="center", gap="small")
    with row:
        markup.inline("title.html", theatre=scene.gazetteer.theatre.name)
    return row


def draw(scene: Scene, chosen: Choice, today: date) -> None:
    """All that stands beside the title, in the row that is open."""
    filters = state.current().filters
    st.date_input(
        "as of",
        label_visibility="collapsed",
        min_value=date(1900, 1, 1),
        max_value=max(today, filters.as_of or today),
        format="YYYY-MM-DD",
        width=140,
        help="The map as it stood for a reader of that day",
        **state.mirrored(
            "as_of",
            filters.as_of or today,
            lambda day: state.filter_by(as_of=None if day in (None, today) else day),
        ),
    )
    with st.container(key="chips", horizontal=True, gap="xsmall", vertical_alignment="center"):
        for number, (label, remove) in enumerate(chips(filters, scene)):
            st.button(
                f"{plain(label)} ×",
                key=f"chip-{number}",
                on_click=remove,
                help="Take this filter away",
            )
    markup.inline(
        "counts.html",
        shown=chosen.claims,
        claims=chosen.total,
        origins=chosen.origins,
    )
    views.control()
    markup.show_script("copy_link.html")
    with st.popover("Download", key="download"):
        export.buttons(scene, chosen, today)


def chips(filters: Filters, scene: Scene) -> Iterator[tuple[str, Callable[[], None]]]:
    """A label and what takes it away, for each filter that is set."""
    gazetteer = scene.gazetteer
    if filters.from_day:
        yield f"from {wording.day(filters.from_day)}", partial(state.filter_by, from_day=None)
    if filters.to_day:
        yield f"to {wording.day(filters.to_day)}", partial(state.filter_by, to_day=None)
    names = {actor.id: actor.name for actor in gazetteer.actors.values()}
    yield from _of_set("actors", filters.actors, set(names), names.__getitem__)
    layers = {actor.country or NO_COUNTRY for actor in gazetteer.actors.values()}
    yield from _of_set("countries", filters.countries, layers, lambda code: wording.country(code, gazetteer))
    yield from _of_set("statuses", filters.statuses, set(Status), str)
    sites = {site.id: site.name for site in gazetteer.sites.values()}
    yield from _of_set("sites", filters.sites, set(sites), sites.__getitem__)
    if filters.min_origins > 1:
        yield f"at least {filters.min_origins} origins", partial(state.filter_by, min_origins=1)
    if filters.recent is not None:
        yield f"recent {filters.recent} days", partial(state.filter_by, recent=None)
    if filters.reviewed:
        yield "reviewed only", partial(state.filter_by, reviewed=False)


def _of_set(
    word: str, values: frozenset[str], everything: set[str], named: Callable[[str], str]
) -> Iterator[tuple[str, Callable[[], None]]]:
    if not values:
        return
    missing = sorted(everything - values)
    if len(values) <= _CHIPS_A_WORD:
        for value in sorted(values):
            yield named(value), partial(state.filter_by, **{word: values - {value}})
    elif len(missing) <= _CHIPS_A_WORD:
        for value in missing:
            left = values | {value}
            full = everything <= left
            yield f"without {named(value)}", partial(state.filter_by, **{word: frozenset() if full else left})
    else:
        yield f"{len(values)} of {len(everything)} {word}", partial(state.filter_by, **{word: frozenset()})
