"""From a selection to the bytes of a file, by the file's ending, and onto the disk in one step."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mapdata.drawing import figure, page, palette
from mapdata.drawing.palette import Colour
from mapdata.errors import SnapshotError
from mapdata.model import Gazetteer
from mapdata.selection import Selection
from mapdata.snapshot import carrying, seal
from mapdata.snapshot.excerpts import excerpted
from mapdata.snapshot.kml import kml
from mapdata.snapshot.manifest import ledger, manifest, one_line, written_ledger
from mapdata.snapshot.opening import MANIFEST_COLUMN
from mapdata.snapshot.package import package
from mapdata.tables import EMPTY_COLUMNS, csv_text, feature_collection, json_text, rows

ENDINGS = ("html", "png", "svg", "pdf", "geojson", "kml", "csv", "zip")


def write(
    selection: Selection,
    gazetteer: Gazetteer,
    path: str | os.PathLike[str],
    *,
    colours: Mapping[str | None, Colour] | None = None,
    sign: Callable[[bytes], bytes] | None = None,
) -> Path:
    """Writes the snapshot that the ending of `path` asks for, and gives the path back.

    sign: makes a signature of the file's bytes (signing.signer), which is written beside it.

    The file is there whole or not at all. Raises SnapshotError for an ending that we do not write and for
    a place that cannot be written to.
    """
    target = Path(path)
    content = render(selection, gazetteer, ending_of(target), colours=colours)
    if sign is None:
        return put(target, content)
    # Both are made before either is written: no file without its signature.
    signature = sign(content)
    put(target, content)
    put(signature_path(target), signature)
    return target


def signature_path(path: str | os.PathLike[str]) -> Path:
    """Where the signature of a file stands: beside it, as FILE.sig."""
    return Path(f"{os.fspath(path)}.sig")


def put(target: Path, content: bytes) -> Path:
    """Writes a file in one step. Raises SnapshotError for a place that cannot be written to."""
    try:
        handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".mapdata-", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            mask = os.umask(0)
            os.umask(mask)
            Path(unfinished).chmod(0o666 & ~mask)
            Path(unfinished).replace(target)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or error
        raise SnapshotError(
            f"{target}: cannot be written ({reason}): choose a folder that exists and is yours to write"
        ) from error
    return target


def ending_of(path: str | os.PathLike[str]) -> str:
    """The ending without its dot. Raises SnapshotError with what is allowed."""
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise SnapshotError(
            f"{os.fspath(path)}: the ending says what is written; use one of "
            + ", ".join(f".{known}" for known in ENDINGS)
        )
    return ending


def render(
    selection: Selection,
    gazetteer: Gazetteer,
    ending: str,
    *,
    colours: Mapping[str | None, Colour] | None = None,
) -> bytes:
    """The bytes of a snapshot. ending: one of ENDINGS. colours: by country, else by use over all claims.

    The same selection and gazetteer give the same bytes, on any day (and, of one version of the drawing
    library, on any machine).
    """
    if colours is None:
        colours = palette.assign(selection.used.items())
    selection = excerpted(selection)
    made = manifest(selection, gazetteer)
    made["seal"] = seal.blank(made)
    content = _MAKERS[ending](selection, gazetteer, made, colours)
    # The package has its seal in its manifest alone, over the hashes of its files.
    return content if ending == "zip" else seal.closed(content, made["seal"])


Made = dict[str, Any]
Colours = Mapping[str | None, Colour]


def _html(selection: Selection, gazetteer: Gazetteer, made: Made, colours: Colours) -> bytes:
    return page.render(selection, gazetteer, colours, made, one_line(made)).encode("utf-8", "replace")


def _geojson(selection: Selection, gazetteer: Gazetteer, made: Made, _: Colours) -> bytes:
    return json_text(feature_collection(selection, gazetteer, made)).encode("utf-8", "replace")


def _kml(selection: Selection, gazetteer: Gazetteer, made: Made, colours: Colours) -> bytes:
    return kml(selection, gazetteer, made, colours, one_line(made), _carried(selection, made))


def _csv(selection: Selection, gazetteer: Gazetteer, made: Made, _: Colours) -> bytes:
    columns = {
        "snapshot_as_of": made["as_of"],
        "snapshot_filters": " ".join(f"{word}={value}" for word, value in made["filters"].items()),
        "snapshot_mapdata": made["mapdata"],
        "snapshot_gazetteer": made["gazetteer"],
        "snapshot_claims": made["counts"]["claims"],
        "snapshot_claims_sha256": made["claims_sha256"],
        MANIFEST_COLUMN: None,
    }
    # A table without a claim has one row, which is empty but for the manifest.
    found = [{**row, **columns} for row in rows(selection, gazetteer) or [dict.fromkeys(EMPTY_COLUMNS)]]
    found[0][MANIFEST_COLUMN] = _ascii(made)
    # The mark at the start tells spreadsheets that the file is UTF-8.
    return csv_text(found).encode("utf-8-sig", "replace")


def _zip(selection: Selection, gazetteer: Gazetteer, made: Made, _: Colours) -> bytes:
    return package(selection, gazetteer, made)


def _picture(ending: str) -> Callable[[Selection, Gazetteer, Made, Colours], bytes]:
    def picture(selection: Selection, gazetteer: Gazetteer, made: Made, colours: Colours) -> bytes:
        drawn = figure.render(selection, gazetteer, colours, ending, one_line(made))
        return carrying.put(drawn, ending, _carried(selection, made))

    return picture


_MAKERS = {
    "html": _html,
    "geojson": _geojson,
    "kml": _kml,
    "csv": _csv,
    "zip": _zip,
    **{ending: _picture(ending) for ending in ("png", "svg", "pdf")},
}


def _carried(selection: Selection, made: Made) -> str:
    """The manifest with the ledger of the claims, for files that do not have all of the claims themselves."""
    return _ascii({**made, "ledger": written_ledger(ledger(selection))})


def _ascii(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
