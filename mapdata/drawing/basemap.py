"""The base layer: where its file is, and what it holds.

A gazetteer `kivu.yaml` uses `kivu.basemap.json` beside it where `scripts/build_basemap.py` made one; every
other uses the packaged file, which is fine within the first theatre and shows the rest of the world coarsely.
"""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from mapdata.model import Gazetteer

CREDITS = "Base map: Natural Earth, public domain"


def path(gazetteer: Gazetteer) -> Path:
    """The file of the base layer for a gazetteer."""
    if gazetteer.path is not None:
        own = Path(gazetteer.path).with_suffix(".basemap.json")
        if own.is_file():
            return own
    return Path(str(files("mapdata") / "data" / "basemap.json"))


def load(gazetteer: Gazetteer) -> dict[str, Any]:
    """The base layer as a dict: `format`, `credits`, and shapes by layer."""
    return read(str(path(gazetteer)))


@functools.lru_cache(maxsize=2)
def read(name: str) -> dict[str, Any]:
    return json.loads(Path(name).read_text("utf-8"))
