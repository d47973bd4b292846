"""The live map: the one room that knows folium.

folium compiles whatever it is given as a template on the server, so it gets numbers here and nothing else:
the place of a site and of an actor in the page's own lists (see `theatre`), the number of a status, a
colour's slot. All words reach the page as a file that the page loads (see `assets`) and are set as text.

The base map is the same for every run of the page; only the layer changes:

    base = live.base_map(gazetteer, url)
    layer = live.symbol_layer(symbols, gazetteer, colours, selected=("t4", "TR", Status.PROPOSED))
    returned = st_folium(base, key="map", height=700, width=None, returned_objects=live.RETURNED,
                         feature_group_to_add=layer)
    live.picked(returned), live.view(returned)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from mapdata.drawing import assets, pill
from mapdata.drawing.palette import Colour, colour_of
from mapdata.drawing.theatre import drawn_sites
from mapdata.model import Gazetteer, Status, Symbol

RETURNED = ("last_active_drawing",)
"""What to ask st_folium for. Not `center` or `zoom`: the page reports a view itself, and only a reader's."""

_STATUSES = tuple(Status)


@dataclass(frozen=True, slots=True)
class View:
    """What part of the world is shown: the centre in decimal degrees and Leaflet's zoom.

    zoom: None shows the whole theatre in place of the centre. turn: raise it to show the same view once
    more, after the reader has moved the map.
    """

    lat: float
    lon: float
    zoom: float | None
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Pick:
    """A pill that was chosen. turn: a number that is another one at each choice, so that a repeated choice of
    one pill can be told from the old answer that st_folium returns on every run."""

    site: str
    actor: str
    status: Status
    turn: int


class _Ground(MacroElement):
    """Tells the page to draw the base layer; the page has its data already."""

    _template = Template("{% macro script(this, kwargs) %}mapdata.open({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()
        self._name = "Ground"


class _Symbols(MacroElement):
    """Hands the rows to the page; `rows` is JSON of numbers alone."""

    _template = Template(
        "{% macro script(this, kwargs) %}mapdata.draw({{ this._parent.get_name() }}, {{ this.rows }});{% endmacro %}"
    )

    def __init__(self, rows: str) -> None:
        super().__init__()
        self._name = "Symbols"
        self.rows = rows


def base_map(gazetteer: Gazetteer, url: str) -> folium.Map:
    """The map without symbols, at the theatre's bounds.

    url: where `assets.folder` is served. st_folium changes the map that it is given: make a new one for
    each run; it is the same to the page, which therefore keeps it.
    """
    west, south, east, north = gazetteer.theatre.bounds
    drawn = folium.Map(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=6,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
        zoom_animation=False,
        fade_animation=False,
        min_zoom=2,
        max_zoom=13,
        world_copy_jump=False,
        bounce_at_zoom_limits=False,
    )
    # On the instance: other sessions of the process run at the same time and share the class.
    drawn.default_js = [("mapdata", f"{url}/{assets.file_name(gazetteer)}")]
    drawn.default_css = []
    drawn.add_child(_Ground())
    return drawn


def symbol_layer(
    symbols: Iterable[Symbol],
    gazetteer: Gazetteer,
    palette: Mapping[str | None, Colour],
    selected: tuple[str, str, Status] | None = None,
    view: View | None = None,
    ticket: int | None = None,
) -> folium.FeatureGroup:
    """The pills, as st_folium's `feature_group_to_add`.

    A symbol of a site that is no point and no area (a country) is left out: it belongs into a list. view:
    moves the map when it is another than in the run before; leave it None to leave the reader's view. ticket:
    a number that the page sends to `_mapdata/drawn` when the first layer with it is drawn.
    """
    sites = {site.id: index for index, site in enumerate(drawn_sites(gazetteer))}
    actors = {actor: index for index, actor in enumerate(gazetteer.actors)}
    rows = [
        row(symbol, sites[symbol.site], actors[symbol.actor], colour_of(palette, symbol.country))
        for symbol in symbols
        if symbol.site in sites and symbol.actor in actors
    ]
    chosen = None
    if selected is not None and selected[0] in sites and selected[1] in actors:
        chosen = [sites[selected[0]], actors[selected[1]], _STATUSES.index(Status(selected[2]))]
    move = None if view is None else [view.lat, view.lon, view.zoom, view.turn]
    if not all(number is None or isinstance(number, int | float) for number in move or ()):
        raise TypeError(f"a view is made of numbers, not {view}")
    said = [rows, chosen, move] if ticket is None else [rows, chosen, move, int(ticket)]
    group = folium.FeatureGroup()
    group.add_child(_Symbols(json.dumps(said, separators=(",", ":"), allow_nan=False)))
    return group


def row(symbol: Symbol, site: int, actor: int, colour: Colour) -> list[int]:
    """A symbol as numbers: site, actor, status, slot, contested, step of age, days, origins, articles."""
    return [
        site,
        actor,
        _STATUSES.index(symbol.status),
        colour.slot,
        int(symbol.contested),
        pill.age_step(symbol.age_days),
        int(symbol.age_days),
        int(symbol.origins),
        int(symbol.articles),
    ]


def picked(returned: Mapping[str, Any] | None, gazetteer: Gazetteer) -> Pick | None:
    """The pill that was clicked last, from what st_folium returns; None where there is none.

    What the browser sends is foreign: ids that the gazetteer does not have are no pick.
    """
    feature = (returned or {}).get("last_active_drawing")
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    if not isinstance(properties, Mapping):
        return None
    parts = str(properties.get("id", "")).split("|")
    if len(parts) != 3 or parts[0] not in gazetteer.sites or parts[1] not in gazetteer.actors:
        return None
    try:
        return Pick(parts[0], parts[1], Status(parts[2]), int(properties.get("turn", 0)))
    except (TypeError, ValueError):
        return None


def view(returned: Mapping[str, Any] | None) -> View | None:
    """The view that the reader moved the map to; None as long as nobody moved it."""
    sent = (returned or {}).get("view")
    if not isinstance(sent, Mapping):
        return None
    try:
        seen = View(float(sent["lat"]), float(sent["lon"]), float(sent["zoom"]))
    except (KeyError, TypeError, ValueError):
        return None
    inside = -90 <= seen.lat <= 90 and -360 <= seen.lon <= 360 and 0 <= seen.zoom <= 24
    return seen if inside else None
