"""The columns of a store: kept as a file where making them takes long.

Finding the origins of a million claims takes minutes and gigabytes. So that is done in a process of its own, once
for each state of a database, and the result stands in the user's folder of caches; it can be thrown away at any
time. Small databases need no file.
"""

from __future__ import annotations

import functools
import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

from platformdirs import user_cache_path

import mapdata
from mapdata.columns import frame
from mapdata.columns.building import build
from mapdata.columns.frame import Columns
from mapdata.errors import StoreError
from mapdata.model import Gazetteer
from mapdata.outlets import load_outlets
from mapdata.selection import evidence_of, known_claims
from mapdata.store import Store

LARGE = 50_000
"""Claims from which the columns are kept."""

_UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)
_CODE = (
    "columns/building.py",
    "columns/frame.py",
    "selection.py",
    "outlets.py",
    "outlet_names.py",
    "folding.py",
    "data/outlets.yaml",
)


def load(store: Store, url: str | os.PathLike[str] | None, gazetteer: Gazetteer) -> Columns:
    """The columns of all claims that the gazetteer has names for.

    url: what the store was opened with, for the process that makes large ones. Raises StoreError.
    """
    home = Path(os.environ.get("MAPDATA_CACHE") or user_cache_path("mapdata"))
    path = path_of(store, gazetteer, home)
    with suppress(*_UNREADABLE):
        return frame.read(path)
    if store.counts().claims < LARGE:
        return made(store, gazetteer)
    command = [sys.executable, "-m", "mapdata.columns", str(path), gazetteer.version, gazetteer.path or ""]
    # In the environment, since an address can hold a password.
    given = {"MAPDATA_DB": str(url)} if url is not None else {}
    with suppress(*_UNREADABLE, subprocess.CalledProcessError):
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, env={**os.environ, **given}, check=True)
        _forget_others(path)
        return frame.read(path)
    # No folder to write to: slow, and the same.
    return made(store, gazetteer)


def made(store: Store, gazetteer: Gazetteer) -> Columns:
    """The columns, made anew."""
    loaded = store.load()
    return build(evidence_of(known_claims(loaded.claims, gazetteer), loaded.sources, load_outlets()))


def write(store: Store, gazetteer: Gazetteer, path: Path) -> None:
    """Makes the columns and keeps them, where the store is still what `path` was named for.

    Raises StoreError where it has changed in the meantime.
    """
    columns = made(store, gazetteer)
    if path_of(store, gazetteer, path.parent) != path:
        raise StoreError("the database changed while its columns were made")
    frame.save(columns, path)


def path_of(store: Store, gazetteer: Gazetteer, home: Path) -> Path:
    """The file of the columns in a folder: a name for the database, and one for its state and for what reads it."""
    state = "\n".join((store.mark(), gazetteer.version, _program()))
    return home / f"columns-{_short(store.address)}-{_short(state)}.npz"


def _forget_others(path: Path) -> None:
    """Files of older states of the same database."""
    kept_for = path.name.rsplit("-", 1)[0]
    for other in path.parent.glob(f"{kept_for}-*.npz"):
        if other != path:
            with suppress(OSError):
                other.unlink()


@functools.cache
def _program() -> str:
    """A hash of the code and the data that decide origins: a version is too coarse while both are worked on."""
    package = files("mapdata")
    found = hashlib.sha256(mapdata.__version__.encode())
    origins = sorted((package / "origins").iterdir(), key=lambda entry: entry.name)
    for part in [*origins, *(package / name for name in _CODE)]:
        if part.is_file():
            found.update(part.read_bytes())
    return found.hexdigest()


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
