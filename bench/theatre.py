"""A gazetteer of 150 made-up sites on a grid over the theatre, and six actors."""

from __future__ import annotations

from pathlib import Path

import yaml

from mapdata import gazetteer as gazetteers
from mapdata.model import Gazetteer

SITES, ACTORS = 150, 6
_ACROSS = 15
_KINDS = ("air_base", "army_base", "outpost", "town", "port", "naval_base")


def write(path: Path) -> Gazetteer:
    """Writes the file, and reads it back as `mapdata` does."""
    packaged = gazetteers.load()
    west, south, east, north = packaged.theatre.bounds
    down = -(-SITES // _ACROSS)
    sites = {
        f"site-{number}": {
            "name": f"Bench site {number}",
            "kind": _KINDS[number % len(_KINDS)],
            "country": "SY",
            "lat": round(south + (north - south) * (number // _ACROSS + 0.5) / down, 4),
            "lon": round(west + (east - west) * (number % _ACROSS + 0.5) / _ACROSS, 4),
            "names": {"en": [f"Bench site {number}"]},
            "sources": ["made up for measurements"],
        }
        for number in range(SITES)
    }
    actors = {
        actor.id: {
            "name": actor.name,
            "kind": actor.kind.value,
            "country": actor.country,
            "code": actor.code,
            "names": {language: list(names) for language, names in actor.names.items()},
        }
        for actor in list(packaged.actors.values())[:ACTORS]
    }
    theatre = {"name": "Bench", "bounds": list(packaged.theatre.bounds), "languages": ["en"]}
    text = yaml.safe_dump({"schema": 1, "theatre": theatre, "actors": actors, "sites": sites}, allow_unicode=True)
    path.write_text(text, encoding="utf-8")
    return gazetteers.load(path)
