"""The naive map: st_folium with a marker and a popup a claim, and radio buttons that filter by actor.

NAIVE says how: "one" shows one actor alone, "without" all but one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from html import escape
from pathlib import Path

import folium
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from mapdata import gazetteer as gazetteers
from mapdata.drawing.assets import leaflet_folder
from mapdata.store import Store

# folium asks other hosts for Leaflet and jQuery; here Leaflet comes from the installed package, and of jQuery the one
# use that a popup makes of it.
_JQUERY = """window.$ = (text) => {
  const made = document.createElement("template");
  made.innerHTML = text;
  return [made.content.firstElementChild];
};
L.Icon.Default.imagePath = "../naive_app.naive_files/images/";"""


@st.cache_resource
def _files() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    (folder / "leaflet.js").write_text((leaflet_folder() / "leaflet.js").read_text("utf-8") + "\n" + _JQUERY, "utf-8")
    (folder / "leaflet.css").write_text((leaflet_folder() / "leaflet.css").read_text("utf-8"), "utf-8")
    shutil.copytree(leaflet_folder() / "images", folder / "images")
    return folder


@st.cache_resource
def _read():
    with Store.open(os.environ["MAPDATA_DB"], readonly=True) as store:
        return gazetteers.load(os.environ["MAPDATA_GAZETTEER"]), store.claims()


st.set_page_config(layout="wide")
gazetteer, claims = _read()
url = "../" + components.declare_component("naive_files", path=str(_files())).name
actor = st.radio("Actor", sorted(gazetteer.actors), horizontal=True)
world = folium.Map(location=(35, 38.5), zoom_start=7, tiles=None)
world.default_js = [("leaflet", f"{url}/leaflet.js")]
world.default_css = [("leaflet", f"{url}/leaflet.css")]
for claim in claims:
    if (claim.actor == actor) == (os.environ.get("NAIVE", "one") == "one"):
        site = gazetteer.sites[claim.site]
        folium.Marker((site.lat, site.lon), popup=escape(claim.quote)).add_to(world)
st_folium(world, key="map", height=700, width=None, returned_objects=[])
