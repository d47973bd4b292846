"""The files that the map's page loads, all of them from this machine: no other host is ever asked.

Three folders hold them: Leaflet as the installed package XStatic-Leaflet ships it, our own scripts and
styles (`web/`), and one file with the words and shapes of the theatre, written anew where it is missing.
Nothing here knows who serves them. The dashboard serves a folder as the files of a Streamlit component, which
needs neither an own server nor a configured static folder, and works from a read-only installation:

    urls = {
        name: "../" + components.declare_component(f"map_{name}", path=str(folder)).name
        for name, folder in assets.folders(gazetteer).items()
    }
    live.base_map(gazetteer, urls)

The addresses are relative to the page of streamlit-folium (`component/streamlit_folium.st_folium/`), whose
neighbours those components are, so a base path of the server needs no care.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from mapdata.drawing import basemap, theatre
from mapdata.model import Gazetteer

FOLDERS = ("leaflet", "web", "theatre")


def folders(gazetteer: Gazetteer) -> dict[str, Path]:
    """The folders to serve, by the names that `scripts` and `styles` use.

    Call it before every drawing of the page: it writes the theatre's file where a cleaner of temporary
    files took it away, and costs a look at the disk otherwise.
    """
    folder = _temporary()
    file = folder / theatre_file(gazetteer)
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        unfinished.write_text(_theatre_script(gazetteer), encoding="ascii")
        unfinished.replace(file)
    return {"leaflet": leaflet_folder(), "web": web_folder(), "theatre": folder}


def scripts(gazetteer: Gazetteer, urls: Mapping[str, str]) -> list[tuple[str, str]]:
    """(name, address) of the page's scripts in the order of loading; urls: where each folder is served."""
    return [
        ("leaflet", f"{urls['leaflet']}/leaflet.js"),
        ("theatre", f"{urls['theatre']}/{theatre_file(gazetteer)}"),
        *[(name, f"{urls['web']}/{name}?{_mark(name)}") for name in SCRIPTS],
    ]


def styles(urls: Mapping[str, str]) -> list[tuple[str, str]]:
    """(name, address) of the page's style sheets."""
    return [
        ("leaflet_css", f"{urls['leaflet']}/leaflet.css"),
        ("map_css", f"{urls['web']}/map.css?{_mark('map.css')}"),
    ]


SCRIPTS = ("placing.js", "pills.js", "ground.js", "map.js")


def leaflet_folder() -> Path:
    """Where the installed XStatic-Leaflet keeps Leaflet's files."""
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


def web_folder() -> Path:
    """Our own script and styles."""
    return Path(str(files("mapdata.drawing") / "web"))


def theatre_file(gazetteer: Gazetteer) -> str:
    """The name of the theatre's file: it changes with its content, so browsers may keep it."""
    return f"theatre-{hashlib.sha256(_theatre_script(gazetteer).encode()).hexdigest()[:16]}.js"


def escaped_json(value: object) -> str:
    """JSON that is safe inside a script element and a template: strings hold no `<`, `{`, `$` or non-ASCII.

    Only the text within strings can come from outside, and it is that text which is escaped; the braces of
    JSON itself stay.
    """
    return json.dumps(_escape(value), ensure_ascii=True, separators=(",", ":"), allow_nan=False).replace(
        _MARK, "\\u00"
    )


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


@functools.lru_cache(maxsize=4)
def _script_of(version: str, path: str | None, gazetteer: _ByVersion) -> str:
    words = escaped_json(theatre.words(gazetteer.value))
    ground = escaped_json(basemap.load(gazetteer.value))
    return f"var mapdataTheatre={words};var mapdataGround={ground};\n"


def _theatre_script(gazetteer: Gazetteer) -> str:
    return _script_of(gazetteer.version, gazetteer.path, _ByVersion(gazetteer))


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


@functools.cache
def _mark(name: str) -> str:
    return hashlib.sha256((web_folder() / name).read_bytes()).hexdigest()[:8]
