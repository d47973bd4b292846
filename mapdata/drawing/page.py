"""The offline page: one file with the map, the quotes, the filters and the timeline, that asks nobody for anything.

It shows the live map (`web/`) with the days and filters moved by its own script (`offline/`). Evidence and base
layer are in it as compressed data, which the browser opens itself (DecompressionStream); text reaches the page
as data and is set with textContent. A content policy forbids every request, and every script and style but the
two that are named by their hashes.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mapdata.drawing import basemap, palette, pill
from mapdata.drawing.assets import SCRIPTS, escaped_json, leaflet_folder
from mapdata.drawing.legend import filter_words, title_of
from mapdata.drawing.page_data import packed
from mapdata.drawing.palette import Colour
from mapdata.layers import is_country_wide
from mapdata.model import Gazetteer, SiteKind, Status
from mapdata.selection import Selection

MAP_SCRIPTS = tuple(name for name in SCRIPTS if name != "style.js")
"""Of `web/`. The style sheets stand in the page itself: its policy lets no script add one."""

PAGE_SCRIPTS = (
    "elements.js",
    "rule.js",
    "sentence.js",
    "choosing.js",
    "evidence.js",
    "timeline.js",
    "rail.js",
    "citation.js",
    "page.js",
)
"""Of `offline/`, in the order of loading; the last of them starts."""

MOST_LISTED = 100
"""Sentences that are shown where no script runs."""

_LEVEL = 6
"""Of zlib: 9 takes seven times as long for a twentieth less."""


def render(
    selection: Selection,
    gazetteer: Gazetteer,
    colours: Mapping[str | None, Colour],
    manifest: Mapping[str, Any],
    about: str,
) -> str:
    """The page as text. manifest: plain values that the page carries; about: one line for its foot."""
    style, script = style_text(), script_text()
    listed, not_listed = _listed(selection, gazetteer)
    return _template().render(
        title=title_of(gazetteer),
        subtitle=filter_words(selection, gazetteer),
        about=about,
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        manifest=Markup(escaped_json(manifest)),
        data=compressed(packed(selection, gazetteer, colours)),
        ground=_ground(str(basemap.path(gazetteer))),
        statuses=[(status.value, pill.pill_svg(SiteKind.AIR_BASE, "AB", status, palette.NEUTRAL)) for status in Status],
        listed=listed,
        not_listed=not_listed,
        illustrative=any(item.source.illustrative for item in selection.evidence),
    )


def compressed(value: object) -> str:
    """JSON as base64 of zlib's format ("deflate" to a browser)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Half a pair of surrogates, which no encoding has, becomes the escape that JSON has for it.
    return base64.b64encode(zlib.compress(text.encode("utf-8", "backslashreplace"), _LEVEL)).decode("ascii")


def policy(style: str, script: str) -> str:
    """The content security policy: nothing from anywhere but the one style and the one script."""

    def mark(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; script-src {mark(script)}; style-src {mark(style)}; base-uri 'none'; form-action 'none'"
    )


@functools.cache
def style_text() -> str:
    """Leaflet's style sheet, the map's and the page's. Leaflet's pictures (markers, a switch of layers) are not
    used, and their addresses are taken out."""
    leaflet = (leaflet_folder() / "leaflet.css").read_text("utf-8")
    leaflet = re.sub(r"[\w-]+:\s*url\([^)]*\);?", "", leaflet)
    return leaflet + _file("web", "map.css") + _file("offline", "page.css")


@functools.cache
def script_text() -> str:
    leaflet = (leaflet_folder() / "leaflet.js").read_text("utf-8")
    parts = [
        re.sub(r"\n//# sourceMappingURL=.*", "", leaflet),
        *(_file("web", name) for name in MAP_SCRIPTS),
        *(_file("offline", name) for name in PAGE_SCRIPTS),
    ]
    # A browser makes "\n" of every other line end before it takes the hash.
    return "\n;".join(parts).replace("\r\n", "\n")


def _listed(selection: Selection, gazetteer: Gazetteer) -> tuple[list[tuple[str, str]], int]:
    """(site, sentence) by the site's name, for a reader whose browser runs no script; and how many are left out."""
    shown = {(one.site, one.actor) for one in selection.symbols}
    said = [
        (gazetteer.sites[one.site].name if one.site in gazetteer.sites else one.site, one.sentence)
        for one in selection.assessments
        if (one.site, one.actor) in shown or is_country_wide(one.site, gazetteer)
    ]
    said.sort(key=lambda pair: pair[0].casefold())
    return said[:MOST_LISTED], max(0, len(said) - MOST_LISTED)


@functools.lru_cache(maxsize=2)
def _ground(path: str) -> str:
    return compressed(json.loads(Path(path).read_text("utf-8")))


def _file(folder: str, name: str) -> str:
    return (files("mapdata.drawing") / folder / name).read_text("utf-8")


@functools.cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("mapdata.drawing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
