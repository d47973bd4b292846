"""From a selection to the bytes of a file, by the file's ending, and onto the disk in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mapdata.drawing import figure, page, palette
from mapdata.drawing.palette import Colour
from mapdata.errors import SnapshotError
from mapdata.model import Gazetteer
from mapdata.selection import Selection
from mapdata.snapshot.kml import kml
from mapdata.snapshot.manifest import manifest, one_line
from mapdata.tables import csv_text, feature_collection, json_text, rows

ENDINGS = ("html", "png", "svg", "pdf", "geojson", "kml", "csv")


def write(
    selection: Selection,
    gazetteer: Gazetteer,
    path: str | os.PathLike[str],
    *,
    colours: Mapping[str | None, Colour] | None = None,
) -> Path:
    """Writes the snapshot that the ending of `path` asks for, and gives the path back.

    The file is there whole or not at all. Raises SnapshotError for an ending that we do not write and for
    a place that cannot be written to.
    """
    target = Path(path)
    content = render(selection, gazetteer, ending_of(target), colours=colours)
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
    made = manifest(selection, gazetteer)
    about = one_line(made)
    if ending == "geojson":
        return json_text(feature_collection(selection, gazetteer, made)).encode("utf-8", "replace")
    if ending == "csv":
        columns = {
            "snapshot_as_of": made["as_of"],
            "snapshot_filters": " ".join(f"{word}={value}" for word, value in made["filters"].items()),
            "snapshot_mapdata": made["mapdata"],
            "snapshot_gazetteer": made["gazetteer"],
            "snapshot_claims": made["counts"]["claims"],
            "snapshot_claims_sha256": made["claims_sha256"],
        }
        # The mark at the start tells spreadsheets that the file is UTF-8.
        return csv_text(rows(selection, gazetteer), columns).encode("utf-8-sig", "replace")
    if ending == "kml":
        return kml(selection, gazetteer, made, colours, about)
    if ending == "html":
        return page.render(selection, gazetteer, colours, made, about).encode("utf-8", "replace")
    return figure.render(selection, gazetteer, colours, ending, about)
