"""Files of the map as it stood for given filters and data, to be cited and checked: docs/snapshots.md."""

from mapdata.snapshot.manifest import claims_hash, manifest
from mapdata.snapshot.writing import ENDINGS, render, write

__all__ = ["ENDINGS", "claims_hash", "manifest", "render", "write"]
