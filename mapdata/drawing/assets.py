"""The one file that the map's page loads, from this machine: no other host is ever asked.

It holds, in this order, Leaflet as the installed package XStatic-Leaflet ships it, the words and shapes of
the theatre, our own scripts and the style sheets (`web/`). One file, since streamlit-folium loads files one
after the other and style sheets after all scripts, which would draw the map twice. Written anew where it is
missing, under a name that changes with its content.

Nothing here knows who serves it. The dashboard serves the folder as the files of a Streamlit component, which
needs neither an own server nor a configured static folder, and works from a read-only installation:

    folder = assets.folder(gazetteer)
    live.base_map(gazetteer, "../" + components.declare_component("map_files", path=str(folder)).name)

The address is relative to the page of streamlit-folium (`component/streamlit_folium.st_folium/`), whose
neighbour that component is, so a base path of the server needs no care.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from mapdata.drawing import basemap, theatre
from mapdata.model import Gazetteer

SCRIPTS = ("style.js", "measures.js", "placing.js", "pills.js", "ground.js", "map.js")
"""Our own, of `web/`, in the order of loading."""


def folder(gazetteer: Gazetteer) -> Path:
    """The folder to serve; it has the file `file_name`.

    Call it before every drawing of the page: it writes the file where a cleaner of temporary files took it
    away, and costs a look at the disk otherwise.
    """
    found = _temporary()
    file = found / file_name(gazetteer)
    if not file.is_file():
        found.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        unfinished.write_text(_Bundle.of(gazetteer).text, encoding="utf-8")
        unfinished.replace(file)
    return found


def file_name(gazetteer: Gazetteer) -> str:
    """The name of the file: it changes with its content, so browsers may keep it."""
    return f"map-{_Bundle.of(gazetteer).mark}.js"


def theatre_script(gazetteer: Gazetteer) -> str:
    """The part of the file that says words of the gazetteer: JSON that cannot leave its strings."""
    words, ground = escaped_json(theatre.words(gazetteer)), escaped_json(basemap.load(gazetteer))
    return f"var mapdataTheatre={words};var mapdataGround={ground};"


def leaflet_folder() -> Path:
    """Where the installed XStatic-Leaflet keeps Leaflet's files."""
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


def escaped_json(value: object) -> str:
    """JSON that is safe inside a script element and a template: strings hold no `<`, `{`, `$` or non-ASCII.

    Only the text within strings can come from outside, and it is that text which is escaped; the braces of
    JSON itself stay.
    """
    return json.dumps(_escape(value), ensure_ascii=True, separators=(",", ":"), allow_nan=False).replace(_MARK, "\\u00")


_MARK = "\\ue000"  # a private-use sign, as json.dumps writes it, that stands for the start of an escape
_TO_ESCAPE = {ord(sign): f"\ue000{ord(sign):02x}" for sign in "<>&{}$`%#'"} | {0xE000: "�"}


def _escape(value: object) -> object:
    if isinstance(value, str):
        return value.translate(_TO_ESCAPE)
    if isinstance(value, Mapping):
        return {_escape(str(key)): _escape(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_escape(item) for item in value]
    return value


@dataclass(frozen=True, slots=True)
class _Bundle:
    """The whole file, and a hash of it."""

    text: str
    mark: str

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> _Bundle:
        return _bundle(gazetteer.version, gazetteer.path, _ByVersion(gazetteer))


@functools.lru_cache(maxsize=4)
def _bundle(version: str, path: str | None, gazetteer: _ByVersion) -> _Bundle:
    leaflet, web = leaflet_folder(), files("mapdata.drawing") / "web"
    # Leaflet's own pictures (markers, a switch of layers) are not used: the addresses of its style sheet
    # are never asked for.
    styles = (leaflet / "leaflet.css").read_text("utf-8") + (web / "map.css").read_text("utf-8")
    parts = [
        re.sub(r"\n//# sourceMappingURL=.*", "", (leaflet / "leaflet.js").read_text("utf-8")),
        theatre_script(gazetteer.value),
        f"var mapdataStyle={escaped_json(styles)};",
        *[(web / name).read_text("utf-8") for name in SCRIPTS],
    ]
    text = "\n;".join(parts)
    return _Bundle(text, hashlib.sha256(text.encode()).hexdigest()[:16])


class _ByVersion:
    """A gazetteer as a key of the cache: its version says all of its content, and mappings do not hash."""

    def __init__(self, value: Gazetteer) -> None:
        self.value = value

    def __hash__(self) -> int:
        return hash(self.value.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByVersion) and other.value.version == self.value.version


@functools.cache
def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="mapdata-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
