"""The left of the page: search, and the filters, each row of them legend, switch and count in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from mapdata.columns import Choice
from mapdata.dashboard import data, markup, search, state, wording
from mapdata.dashboard.data import Scene
from mapdata.dashboard.view import Place, Spot
from mapdata.dashboard.wording import plain
from mapdata.drawing.palette import NEUTRAL, colour_of
from mapdata.drawing.pill import pill_svg
from mapdata.filters import NO_COUNTRY
from mapdata.model import Filters, Site, SiteKind, Status, Symbol

_WANTED = "wanted-site"
_RECENT = (30, 90, 180, 365)
_SITE_ZOOM, _REGION_ZOOM = 9.0, 7.0


def draw(scene: Scene, chosen: Choice) -> None:
    filters = chosen.filters
    _search(scene, chosen.symbols)
    _statuses(scene, chosen)
    _countries(scene, chosen)
    _actors(scene, chosen)
    _evidence(filters)
    markup.show("legend.html")


# --- search ----------------------------------------------------------------------------------------------


def _search(scene: Scene, symbols: Sequence[Symbol]) -> None:
    st.text_input(
        "Site, in any spelling or script",
        placeholder="Site, in any spelling or script",
        label_visibility="collapsed",
        type="search",
        max_chars=100,
        key=_WANTED,
        on_change=_searched,
        args=(scene, symbols),
    )
    wanted = st.session_state[_WANTED]
    if not wanted:
        return
    found = search.find(wanted, data.names(scene))
    if not found:
        markup.show(
            "notice.html",
            title=f"No site is called “{wanted}”.",
            lines=["Try another spelling, or add it to the gazetteer: mapdata gazetteer suggest NAME"],
        )
    for id in found:
        site = scene.gazetteer.sites[id]
        st.button(
            plain(site.name),
            key=f"found-{id}",
            type="tertiary",
            on_click=go,
            args=(site, symbols),
        )


def _searched(scene: Scene, symbols: Sequence[Symbol]) -> None:
    """Goes where only one place can be meant; else the list below the field asks."""
    found = search.find(st.session_state[_WANTED], data.names(scene))
    if len(found) == 1:
        go(scene.gazetteer.sites[found[0]], symbols)


def go(site: Site, symbols: Iterable[Symbol]) -> None:
    """Chooses a site, with the newest of its symbols where it has one, and moves the map there."""
    first = min((s for s in symbols if s.site == site.id), key=lambda s: s.age_days, default=None)
    st.session_state[_WANTED] = ""
    state.choose(Place(site.id, first.actor, first.status) if first else Place(site.id))
    if spot := spot_of(site):
        state.move(spot)


def spot_of(site: Site) -> Spot | None:
    """Where the map shows a site: around its point or its area; None for a country as a whole."""
    if site.kind is SiteKind.COUNTRY:
        return None
    if site.lat is not None and site.lon is not None:
        return Spot(round(site.lon, 3), round(site.lat, 3), _SITE_ZOOM if not site.area else _REGION_ZOOM)
    lons, lats = [lon for lon, _ in site.area], [lat for _, lat in site.area]
    if not lons:
        return None
    return Spot(round((min(lons) + max(lons)) / 2, 3), round((min(lats) + max(lats)) / 2, 3), _REGION_ZOOM)


# --- rows ------------------------------------------------------------------------------------------------


def _statuses(scene: Scene, chosen: Choice) -> None:
    used = scene.claimed
    top = scene.gazetteer.actors[max(used, key=used.__getitem__)] if used else None
    colour = colour_of(scene.colours, top.country) if top else NEUTRAL
    markup.show("heading.html", text="Status")
    _rows(
        "statuses",
        chosen.filters.statuses,
        [
            Row(
                status,
                status.value,
                chosen.facets.statuses.get(status, 0),
                wording.STATUS_HELP[status],
                svg=pill_svg(SiteKind.AIR_BASE, top.code if top else "", status, colour),
            )
            for status in Status
        ],
    )


def _countries(scene: Scene, chosen: Choice) -> None:
    present = layers_of(scene)
    if not present:
        return
    markup.show("heading.html", text="Country")
    _rows(
        "countries",
        chosen.filters.countries,
        [
            Row(
                code,
                wording.country(code, scene.gazetteer),
                chosen.facets.countries.get(code, 0),
                colour=colour_of(scene.colours, None if code == NO_COUNTRY else code).value,
            )
            for code in present
        ],
    )


def layers_of(scene: Scene) -> list[str]:
    """The layers that the evidence has, the most claimed first, the one without a state last."""
    actors = scene.gazetteer.actors
    claimed: Counter[str] = Counter()
    for actor, count in scene.claimed.items():
        claimed[actors[actor].country or NO_COUNTRY] += count
    return sorted(claimed, key=lambda code: (code == NO_COUNTRY, -claimed[code], code))


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a filter. svg or colour: what the legend shows for it."""

    value: str
    name: str
    count: int
    help: str | None = None
    svg: str | None = None
    colour: str | None = None


def _rows(word: str, chosen: frozenset[Any], rows: Sequence[Row]) -> None:
    """For each value a switch, and its name, which leaves only this one on; pictures come by style.

    Two elements a row: at five, as a row would be put together simply, the browser takes a second longer
    to show the page.
    """
    everything = [row.value for row in rows]
    on = {row.value for row in rows if not chosen or row.value in chosen}
    with st.container(key=f"rows-{word}", gap=None):
        markup.show("rows_style.html", word=word, rows=rows, on=on)
        for row in rows:
            st.checkbox(
                f"show {plain(row.name)}",
                label_visibility="collapsed",
                **state.renewed(
                    f"switch-{word}-{row.value}",
                    row.value in on,
                    partial(_switch, word, row.value, everything, chosen),
                ),
            )
            only = chosen == frozenset([row.value])
            st.button(
                f"{plain(row.name)} :gray[{row.count}]",
                key=f"only-{word}-{row.value}",
                type="tertiary",
                help=row.help,
                width="stretch",
                on_click=state.filter_by,
                kwargs={word: frozenset() if only else frozenset([row.value])},
            )


def _switch(word: str, value: Any, everything: list[Any], chosen: frozenset[Any], on: bool) -> None:
    now = set(chosen or everything)
    now = now | {value} if on else now - {value}
    if not now:  # the last one stays on: filters have no word for "nothing"
        return
    state.filter_by(**{word: frozenset() if now >= set(everything) else frozenset(now)})


# --- the others --------------------------------------------------------------------------------------------


def _actors(scene: Scene, chosen: Choice) -> None:
    filters, counts = chosen.filters, Counter(chosen.facets.actors)
    claimed = Counter(scene.claimed)
    options = sorted({*claimed, *filters.actors}, key=lambda id: (-counts[id], -claimed[id], id))
    if not options:
        return
    markup.show("heading.html", text="Actor")
    st.multiselect(
        "Actor",
        options,
        format_func=lambda id: f"{scene.gazetteer.actors[id].name} ({counts[id]})",
        placeholder="All actors",
        label_visibility="collapsed",
        **state.mirrored("actors", sorted(filters.actors), lambda ids: state.filter_by(actors=frozenset(ids))),
    )


def _evidence(filters: Filters) -> None:
    markup.show("heading.html", text="Evidence")
    _field(
        "at least",
        lambda: st.number_input(
            "independent origins, at least",
            min_value=1,
            max_value=99,
            step=1,
            label_visibility="collapsed",
            width=92,
            **state.mirrored("min_origins", filters.min_origins, lambda least: state.filter_by(min_origins=least or 1)),
        ),
        "origins" if filters.min_origins > 1 else "origin",
    )
    options = sorted({*_RECENT, *({filters.recent} if filters.recent is not None else ())})
    _field(
        "newest within",
        lambda: st.selectbox(
            "days since the newest report, at most",
            [0, *options],
            format_func=lambda days: "any time" if not days else wording.count(days, "day"),
            label_visibility="collapsed",
            width=116,
            **state.mirrored("recent", filters.recent or 0, lambda days: state.filter_by(recent=days or None)),
        ),
        "",
    )
    st.checkbox(
        "reviewed only",
        help="Only claims that a person has accepted, corrected or added",
        **state.mirrored("reviewed", filters.reviewed, lambda on: state.filter_by(reviewed=on)),
    )


def _field(before: str, widget: Callable[[], object], after: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        markup.inline("words.html", text=before)
        widget()
        if after:
            markup.inline("words.html", text=after)
