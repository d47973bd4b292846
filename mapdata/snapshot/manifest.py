"""What a snapshot says of itself: nothing of the clock or the machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import mapdata
from mapdata.filters import to_words
from mapdata.layers import quote_words
from mapdata.model import Evidence, Gazetteer
from mapdata.selection import Selection
from mapdata.tables import in_order

HASHED = ("article", "start", "end", "quote", "published", "attribution", "speaker", "origin", "origin_day")


def manifest(selection: Selection, gazetteer: Gazetteer) -> dict[str, Any]:
    """Filters, day, versions, counts and the hash of the claims, as plain values."""
    return {
        "mapdata": mapdata.__version__,
        "theatre": gazetteer.theatre.name,
        "gazetteer": gazetteer.version,
        "as_of": selection.as_of.isoformat(),
        "filters": to_words(selection.filters),
        "claims_sha256": claims_hash(selection.evidence),
        "counts": {
            "claims": selection.claims,
            "claims_in_all": selection.total,
            "undated": selection.undated,
            "origins": selection.origins,
            "symbols": len(selection.symbols),
        },
        "illustrative": any(item.source.illustrative for item in selection.evidence),
    }


def claims_hash(evidence: Iterable[Evidence]) -> str:
    """SHA-256 over the claims, whatever their order: site, actor, status and the keys of HASHED of each.

    Each claim is a JSON array on a line of its own, in the order of `tables.in_order`; docs/snapshots.md
    shows how to check it from a file.
    """
    hashed = hashlib.sha256()
    for item in in_order(evidence):
        words = quote_words(item)
        values = [item.claim.site, item.claim.actor, item.claim.status.value, *(words[key] for key in HASHED)]
        line = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
        hashed.update(line.encode("ascii") + b"\n")
    return hashed.hexdigest()


def one_line(made: dict[str, Any]) -> str:
    """The manifest for the foot of a figure and for metadata of files."""
    filters = " ".join(f"{word}={value}" for word, value in made["filters"].items()) or "none"
    return (
        f"mapdata {made['mapdata']}; gazetteer {made['theatre']} {made['gazetteer']}; as of {made['as_of']}; "
        f"filters: {filters}; {made['counts']['claims']} claims, SHA-256 {made['claims_sha256']}"
    )
