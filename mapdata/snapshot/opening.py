"""Snapshots read back: the manifest, and the claims as far as the file has them. Files come from anywhere."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mapdata.errors import SnapshotError
from mapdata.filters import parse as parse_filters
from mapdata.model import SpeakerKind, Status
from mapdata.snapshot import carrying, package, seal
from mapdata.snapshot.manifest import FORMAT, Ledger, ledger_of, lines_hash, one_line, read_ledger, sort_key
from mapdata.tables import as_it_was

MANIFEST_COLUMN = "snapshot_manifest"
"""Of a .csv: filled in one row alone, since it is long."""

_MOST = 512_000_000  # bytes that a compressed part may unpack to
_KML = "{http://www.opengis.net/kml/2.2}"
_NUMBERS = ("start", "end")


@dataclass(frozen=True, slots=True)
class Opened:
    """A snapshot as it was found.

    sealed: whether the file has the bytes that it was made with. claims_hold: whether its claims still have the
    hash that the manifest gives, None for a file that has no claims to hash (a picture, a .kml).
    """

    manifest: Mapping[str, Any]
    ledger: Ledger
    sealed: bool
    claims_hold: bool | None


def opened(content: bytes, ending: str) -> Opened:
    """A snapshot from its bytes, and the ending that says its form.

    Raises SnapshotError for what is no snapshot with that ending, or is too broken to say what it was.
    """
    try:
        made = _READERS[ending](content)
        _check(made.manifest)
    except SnapshotError:
        raise
    except _NoManifest as fault:
        raise SnapshotError(f"no snapshot of mapdata's: {fault}") from fault
    except Exception as fault:  # whatever a broken file makes of its parts
        reason = f"what it says of itself cannot be read ({type(fault).__name__})"
        raise SnapshotError(f"no snapshot of mapdata's that could be checked: {reason}") from fault
    return made


class _NoManifest(ValueError):
    """There is nothing to check a file by."""


def _check(manifest: Mapping[str, Any]) -> None:
    """Raises for a manifest that is of another shape than ours, or of a newer one."""
    if int(manifest["format"]) > FORMAT:
        raise SnapshotError(f"made by a newer mapdata ({manifest['mapdata']!r}): use that to check it")
    parse_filters(manifest["filters"])
    date.fromisoformat(manifest["as_of"])
    one_line(manifest)


def _html(content: bytes) -> Opened:
    text = content.decode("utf-8")
    manifest = json.loads(_block(text, "manifest", "application/json"))
    data = json.loads(_unpacked(_block(text, "data", "application/octet-stream")))
    return _with_claims(content, manifest, list(_page_claims(data)))


def _page_claims(data: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The claims of the offline page as plain values: drawing/page_data.py packs them."""
    places, actors = data["places"], data["theatre"]["actors"]
    articles, origins = _rows(data["articles"]), _rows(data["origins"])
    states = {(site, actor, status): state for site, actor, status, state in _rows(data["standings"])}
    for site, actor, status, article, origin, speaker, start, end, quote, _, attribution, *_ in _rows(data["claims"]):
        yield {
            "site": places[site][0],
            "actor": actors[actor][0],
            "status": list(Status)[status].value,
            "state": states.get((site, actor, status)),
            "article": articles[article][0],
            "start": start,
            "end": end,
            "quote": quote,
            "published": _day(articles[article][4]),
            "attribution": attribution,
            "speaker": list(SpeakerKind)[speaker].value,
            "origin": origins[origin][0],
            "origin_day": _day(origins[origin][2]),
        }


def _geojson(content: bytes) -> Opened:
    made = json.loads(content)
    claims = [
        {**quote, **{key: feature["properties"][key] for key in ("site", "actor", "status", "state")}}
        for feature in made["features"]
        for quote in feature["properties"]["quotes"]
    ]
    return _with_claims(content, made["manifest"], [*claims, *made["other_claims"]])


def _csv(content: bytes) -> Opened:
    found = _table(content.decode("utf-8-sig"))
    # In the first row as we write it, in any other once somebody has sorted the rows.
    manifest = next((row[MANIFEST_COLUMN] for row in found if row.get(MANIFEST_COLUMN)), None)
    if manifest is None:
        raise _NoManifest("it has no manifest")
    return _with_claims(content, json.loads(manifest), [row for row in found if row["site"] is not None])


def _zip(content: bytes) -> Opened:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if len(set(names)) != len(names) or sum(entry.file_size for entry in archive.infolist()) > _MOST:
            raise ValueError("it is no package of mapdata's")
        files = {name: archive.read(name) for name in names}
    written = files.pop(package.MANIFEST)
    manifest = json.loads(written)
    hashes = manifest.pop("files")
    days = {row["id"]: row["day"] for row in _table(files["origins.csv"].decode())}
    claims = [{**row, "origin_day": days.get(row["origin"])} for row in _table(files["claims.csv"].decode())]
    made = _with_claims(written, manifest, claims)
    return Opened(manifest, made.ledger, made.sealed and package.hashes(files) == hashes, made.claims_hold)


def _kml(content: bytes) -> Opened:
    root = carrying.parsed(content)
    for data in root.iterfind(f"{_KML}Document/{_KML}ExtendedData/{_KML}Data"):
        if data.get("name") == "manifest":
            return _with_ledger(content, data.findtext(f"{_KML}value"))
    raise _NoManifest("it has no manifest")


def _picture(content: bytes, ending: str) -> Opened:
    return _with_ledger(content, carrying.found(content, ending))


_READERS = {
    "html": _html,
    "geojson": _geojson,
    "csv": _csv,
    "zip": _zip,
    "kml": _kml,
    "png": lambda content: _picture(content, "png"),
    "svg": lambda content: _picture(content, "svg"),
    "pdf": lambda content: _picture(content, "pdf"),
}


def _with_claims(content: bytes, manifest: dict[str, Any], claims: list[dict[str, Any]]) -> Opened:
    claims.sort(key=sort_key)
    hold = lines_hash(claims) == manifest["claims_sha256"]
    return Opened(manifest, ledger_of(claims), _sealed(content, manifest), hold)


def _with_ledger(content: bytes, text: str | None) -> Opened:
    if not text:
        raise _NoManifest("it has no manifest")
    manifest = json.loads(text)
    return Opened(manifest, read_ledger(manifest.pop("ledger")), _sealed(content, manifest), None)


def _sealed(content: bytes, manifest: Mapping[str, Any]) -> bool:
    own = manifest.get("seal")
    return seal.is_seal(own) and seal.holds(content, str(own))


def _block(text: str, id: str, kind: str) -> str:
    # What stands in the blocks has no "<": they are JSON with escapes, and base64.
    found = re.search(f'<script type="{re.escape(kind)}" id="{id}">([^<]*)</script>', text)
    if not found:
        raise _NoManifest("it has no manifest")
    return found[1]


def _unpacked(text: str) -> bytes:
    try:
        unpacker = zlib.decompressobj()
        found = unpacker.decompress(base64.b64decode(text, validate=True), _MOST)
    except (binascii.Error, zlib.error) as fault:
        raise ValueError(f"its claims cannot be unpacked ({fault})") from fault
    if not unpacker.eof:
        raise ValueError("its claims cannot be unpacked (they end early)")
    return found


def _rows(columns: list[list[Any]]) -> list[tuple[Any, ...]]:
    return list(zip(*columns, strict=True))


def _table(text: str) -> list[dict[str, Any]]:
    """A CSV of ours as plain values: None for empty cells, texts as they were."""
    made = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        values: dict[str, Any] = {key: as_it_was(cell) or None if cell else None for key, cell in row.items()}
        values |= {key: int(values[key]) for key in _NUMBERS if values.get(key) is not None}
        made.append(values)
    return made


def _day(number: int | None) -> str | None:
    return None if number is None else (date(1970, 1, 1) + timedelta(days=number)).isoformat()
