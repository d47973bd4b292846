"""KML by the standard library's XML writer, which escapes; folders by country and status, like the layers."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from jinja2 import Environment, PackageLoader, StrictUndefined

from mapdata.drawing.links import web_address
from mapdata.drawing.palette import Colour, colour_of
from mapdata.filters import NO_COUNTRY
from mapdata.layers import features, layers
from mapdata.model import Gazetteer
from mapdata.selection import Selection

NAMESPACE = "http://www.opengis.net/kml/2.2"

# What XML 1.0 cannot hold, in whatever form; an article may.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kml(
    selection: Selection,
    gazetteer: Gazetteer,
    manifest: Mapping[str, Any],
    colours: Mapping[str | None, Colour],
    about: str,
    carried: str,
) -> bytes:
    """The symbols as placemarks, quotes in their descriptions.

    about: one line on the file as a whole. carried: the whole manifest as JSON, for `mapdata verify`.
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("kml"))
    document = _put(root, "Document")
    _put(document, "name", f"Reported military presence: {gazetteer.theatre.name}")
    _put(document, "description", about)
    by_layer = layers(selection.assessments, selection.evidence, gazetteer, selection.filters)
    for country in dict.fromkeys(country for country, _ in by_layer):
        _style(document, country, colour_of(colours, None if country == NO_COUNTRY else country))
    # The order is that of KML's schema: styles, data, then what is drawn.
    extended = _put(document, "ExtendedData")
    for key in ("mapdata", "theatre", "gazetteer", "as_of", "filters", "claims_sha256"):
        _data(extended, key, _words(manifest[key]))
    _data(extended, "manifest", carried)
    for country in dict.fromkeys(country for country, _ in by_layer):
        folder = _put(document, "Folder")
        _put(folder, "name", country)
        for (code, status), collection in by_layer.items():
            if code != country:
                continue
            layer = _put(folder, "Folder")
            _put(layer, "name", status.value)
            for feature in collection["features"]:
                _placemark(layer, feature, country)
    placeless = [
        feature
        for _, feature in features(selection.assessments, selection.evidence, gazetteer, selection.filters)
        if feature["geometry"] is None
    ]
    if placeless:
        folder = _put(document, "Folder")
        _put(folder, "name", "without a place, such as countries as a whole")
        for feature in placeless:
            _placemark(folder, feature, None)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _placemark(layer: ET.Element, feature: Mapping[str, Any], style: str | None) -> None:
    said = feature["properties"]
    mark = _put(layer, "Placemark", id="symbol-" + re.sub(r"[^\w.-]", "_", feature["id"]))
    _put(mark, "name", f"{said['site_name']}: {said['actor_name']}, {said['status']}")
    # Viewers take a description for HTML: it is made by a template that escapes, then escaped as XML.
    _put(mark, "description", _description().render(said=said, web_address=web_address))
    if style is not None:
        _put(mark, "styleUrl", f"#{style}")
    extended = _put(mark, "ExtendedData")
    for key in ("site", "actor", "country", "status", "state", "origins", "articles", "newest", "age_days"):
        _data(extended, key, str(said[key]))
    geometry = feature["geometry"]
    if geometry is None:
        return
    if geometry["type"] == "Point":
        _put(_put(mark, "Point"), "coordinates", _pair(geometry["coordinates"]))
    else:
        ring = _put(_put(_put(mark, "Polygon"), "outerBoundaryIs"), "LinearRing")
        _put(ring, "coordinates", " ".join(map(_pair, geometry["coordinates"][0])))


def _style(document: ET.Element, country: str, colour: Colour) -> None:
    style = _put(document, "Style", id=country)
    # KML writes colours as alpha, blue, green, red.
    bgr = colour.value[5:7] + colour.value[3:5] + colour.value[1:3]
    _put(_put(style, "IconStyle"), "color", "ff" + bgr)
    line = _put(style, "LineStyle")
    _put(line, "color", "cc" + bgr)
    _put(line, "width", "2")
    _put(_put(style, "PolyStyle"), "color", "33" + bgr)


def _data(extended: ET.Element, key: str, value: str) -> None:
    _put(_put(extended, "Data", name=key), "value", value)


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}={item}" for key, item in value.items())
    return str(value)


def _pair(point: list[float]) -> str:
    return f"{point[0]},{point[1]}"


def _put(parent: ET.Element, name: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, _tag(name), attributes)
    if text is not None:
        element.text = _NOT_XML.sub("\ufffd", text)
    return element


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


@functools.cache
def _description() -> Any:
    environment = Environment(loader=PackageLoader("mapdata.snapshot"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("placemark.html.j2")
