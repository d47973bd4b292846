"""The middle of the page: the map, and what is said of the country as a whole at its edge."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from mapdata.dashboard import curtain, markup, state, wording
from mapdata.dashboard.data import Scene
from mapdata.dashboard.view import Place, Spot
from mapdata.dashboard.wording import plain
from mapdata.drawing import assets, live
from mapdata.drawing.palette import colour_of
from mapdata.drawing.pill import age_step, pill_svg
from mapdata.model import Symbol

_HEIGHT = 640  # pixels, where the page's own style does not stretch the map to the window
_LAST_PICK, _LAST_SEEN = "_last_pick", "_last_seen"


@st.fragment
def draw(scene: Scene, symbols: Sequence[Symbol]) -> None:
    """The map. Moving it runs this function alone; choosing a symbol runs the page.

    The base map is made anew for each run, since st_folium changes what it is given, but is the same to
    the browser, which keeps it; only the layer of symbols changes there.
    """
    view = state.current()
    place, spot = view.place, view.spot
    selected = (place.site, place.actor, place.status) if place and place.actor and place.status else None
    returned = st_folium(
        live.base_map(scene.gazetteer, _url(scene)),
        key="map",
        height=_HEIGHT,
        width=None,
        returned_objects=live.RETURNED,
        feature_group_to_add=live.symbol_layer(
            symbols,
            scene.gazetteer,
            scene.colours,
            selected=selected,
            view=_asked(scene, spot),
            ticket=curtain.ticket(),
        ),
    )
    seen = live.view(returned)
    # What the reader moved to last is answered on every run too, when the page has moved the map since.
    if seen and seen != st.session_state.get(_LAST_SEEN):
        st.session_state[_LAST_SEEN] = seen
        state.moved(Spot(round(_within(seen.lon), 3), round(seen.lat, 3), seen.zoom))
    pick = live.picked(returned, scene.gazetteer)
    if pick and pick != st.session_state.get(_LAST_PICK):
        st.session_state[_LAST_PICK] = pick
        state.choose(Place(pick.site, pick.actor, pick.status))
        st.rerun()


def _asked(scene: Scene, spot: Spot | None) -> live.View | None:
    """The view that the map is to move to; the same turn moves it once, and leaves it to the reader then."""
    asked = st.session_state.setdefault("_asked", (0, None))
    if asked[0] != state.turn():
        if spot is None:
            west, south, east, north = scene.gazetteer.theatre.bounds
            moved = None if asked[0] == 0 else Spot((west + east) / 2, (south + north) / 2, 6.0)
        else:
            moved = spot
        asked = st.session_state["_asked"] = (state.turn(), moved)
    number, moved = asked
    return live.View(moved.lat, moved.lon, moved.zoom, number) if moved else None


def draw_whole(scene: Scene, symbols: Sequence[Symbol]) -> None:
    """What is said of a country as a whole: no point on the map, so a list at its edge."""
    if not symbols:
        return
    with st.container(key="whole", horizontal=True, vertical_alignment="center", gap="small"):
        names = {scene.gazetteer.sites[symbol.site].name for symbol in symbols}
        one = len(names) == 1
        markup.inline("words.html", text=f"Of {names.pop() if one else 'a country'} as a whole:")
        for symbol in symbols:
            pill(scene, symbol, named=not one)


def pill(scene: Scene, symbol: Symbol, named: bool = True) -> None:
    """A symbol outside of the map: its pill, and a button that opens its evidence. named: with its site."""
    site, actor = scene.gazetteer.sites[symbol.site], scene.gazetteer.actors[symbol.actor]
    key = f"pill-{symbol.site}-{symbol.actor}-{symbol.status}"
    with st.container(key=key, horizontal=True, vertical_alignment="center", gap="xxsmall", width="content"):
        markup.inline(
            "picture.html",
            svg=pill_svg(
                site.kind,
                actor.code,
                symbol.status,
                colour_of(scene.colours, symbol.country),
                contested=symbol.contested,
                age=age_step(symbol.age_days),
            ),
        )
        st.button(
            plain(f"{site.name}: {actor.name}, {symbol.status}" if named else f"{actor.name}, {symbol.status}"),
            key=f"open-{key}",
            type="tertiary",
            help=wording.STATUS_HELP[symbol.status],
            on_click=state.choose,
            args=(Place(symbol.site, symbol.actor, symbol.status),),
        )


def _url(scene: Scene) -> str:
    """Where the map's file is served: in a neighbour of the frame that the map is drawn in."""
    folder = assets.folder(scene.gazetteer)
    return f"../{components.declare_component('map_files', path=str(folder)).name}"


def _within(lon: float) -> float:
    return (lon + 180) % 360 - 180
