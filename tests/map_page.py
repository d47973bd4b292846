"""A Streamlit page with nothing but the map, for the browser's tests: ?case=few|hostile|all|crowd."""

import streamlit as st
import streamlit.components.v1 as components
from map_theatre import HOSTILE, few, many, symbol, theatre
from streamlit_folium import st_folium

from mapdata.drawing import assets, live, palette, pill

st.set_page_config(layout="wide")
case = st.query_params.get("case", "few")
hostile = [symbol(f"extra-{i}", "TR", "existing") for i in range(len(HOSTILE))]
gazetteer = theatre(HOSTILE if case == "hostile" else ())
symbols = {"few": few, "all": lambda: many(150), "crowd": lambda: many(400), "hostile": lambda: hostile}[
    case
]()
if st.checkbox("less"):
    symbols = symbols[:5]
away = live.View(36.2, 37.2, 9.0) if st.checkbox("away") else None
if st.checkbox("home"):
    away = live.View(0, 0, None)

colours = palette.assign([("TR", 9), ("RU", 6), ("US", 5), ("IR", 4), ("IL", 3), ("FR", 2), (None, 1)])
url = "../" + components.declare_component("map_files", path=str(assets.folder(gazetteer))).name
before = live.picked(st.session_state.get("map"), gazetteer)
returned = st_folium(
    live.base_map(gazetteer, url),
    key="map",
    height=700,
    width=None,
    returned_objects=live.RETURNED,
    feature_group_to_add=live.symbol_layer(
        symbols, gazetteer, colours, before and (before.site, before.actor, before.status), away
    ),
)
pick, seen = live.picked(returned, gazetteer), live.view(returned)
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(f"picked: {pick.site} {pick.actor} {pick.status}" if pick else "picked: none")
st.text(f"view: {seen.lat:.2f} {seen.lon:.2f} {seen.zoom:.2f}" if seen else "view: none")
st.text(f"runs: {st.session_state['runs']}")
st.html(pill.pill_svg("air_base", "TR", "denied", colours["TR"], contested=True))
