"""The data package: claims, sites, origins and sources as tables with a described schema, in one .zip.

It follows Frictionless' Data Package (https://specs.frictionlessdata.io), which says in `datapackage.json` what
each column means and how the tables belong together.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from mapdata.layers import geometry
from mapdata.model import Evidence, Gazetteer, SiteKind, SpeakerKind, StandingState, Status
from mapdata.selection import Selection
from mapdata.snapshot import seal
from mapdata.snapshot.manifest import one_line
from mapdata.tables import csv_text, in_order, json_text, rows

MANIFEST, DESCRIPTION = "manifest.json", "datapackage.json"

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # that a .zip can say: no clock goes in
_TEXT = "A text that a spreadsheet could take for a formula has one apostrophe in front, which is not part of it."

Field = tuple[str, str, str, dict[str, Any]]
"""Name, type, description, constraints."""

_CLAIMS: tuple[Field, ...] = (
    ("site", "string", "Where: id in sites.csv", {"required": True}),
    ("actor", "string", "Whose force it is said to be: id in the gazetteer", {"required": True}),
    ("actor_name", "string", "The actor's name", {}),
    ("country", "string", "Layer: ISO 3166-1 alpha-2 of the actor's country, or none", {}),
    ("status", "string", "What is said of a presence", {"required": True, "enum": [one.value for one in Status]}),
    (
        "state",
        "string",
        "What the claims known on the as-of day make of this (site, actor, status); empty without a dated claim",
        {"enum": [one.value for one in StandingState]},
    ),
    ("published", "date", "Day of publication; empty where it is not known", {}),
    ("quote", "string", f"Verbatim from the article. {_TEXT}", {"required": True}),
    ("start", "integer", "Where the quote starts in the article's text, in code points", {"minimum": 0}),
    ("end", "integer", "Where it ends", {"minimum": 0}),
    ("cues", "string", f"The words that decided the status. {_TEXT}", {}),
    ("attribution", "string", f"Whom the article makes responsible. {_TEXT}", {}),
    ("speaker", "string", "Who says it, by kind", {"enum": [one.value for one in SpeakerKind]}),
    ("held_from", "string", "Since when, as the sentence says it (EDTF)", {}),
    ("held_to", "string", "Until when, as the sentence says it (EDTF)", {}),
    (
        "reviewed",
        "string",
        "What a person made of it; empty where nobody has judged it",
        {"enum": ["accepted", "corrected", "added"]},
    ),
    ("article", "string", "Source: id in sources.csv", {"required": True}),
    ("origin", "string", "The report that it goes back to: id in origins.csv", {"required": True}),
)

_SITES: tuple[Field, ...] = (
    ("id", "string", "Id in the gazetteer", {"required": True, "unique": True}),
    ("name", "string", "The site's name", {"required": True}),
    ("kind", "string", "What it is", {"enum": [one.value for one in SiteKind]}),
    ("country", "string", "ISO 3166-1 alpha-2 of the country that it lies in", {}),
    ("lon", "number", "Longitude, WGS84, decimal degrees; empty for a region and a country", {}),
    ("lat", "number", "Latitude, WGS84, decimal degrees", {}),
    ("precision_m", "integer", "How far off the point may be, in metres", {}),
    ("geometry", "geojson", "The point or, of a region, the area; empty for a country as a whole", {}),
)

_ORIGINS: tuple[Field, ...] = (
    ("id", "string", "Id of the report", {"required": True, "unique": True}),
    ("outlet", "string", f"Whose report it is; empty where nobody knows. {_TEXT}", {}),
    ("day", "date", "The first day on which it is known", {}),
    ("claims", "integer", "How many claims of claims.csv go back to it", {"minimum": 1}),
)

_SOURCES: tuple[Field, ...] = (
    ("id", "string", "Id of the article: a hash of outlet, address and text", {"required": True, "unique": True}),
    ("outlet", "string", f"Who published it. {_TEXT}", {}),
    ("title", "string", f"Its title. {_TEXT}", {}),
    ("published", "date", "Day of publication; empty where it is not known", {}),
    ("url", "string", f"Its address. {_TEXT}", {}),
    ("lang", "string", "Its language", {}),
    ("illustrative", "boolean", "A summary written for this program: not to be cited", {}),
)

_KEYS = (("site", "sites"), ("article", "sources"), ("origin", "origins"))


def package(selection: Selection, gazetteer: Gazetteer, manifest: Mapping[str, Any]) -> bytes:
    """The bytes of the .zip. manifest: with its blank seal, which is filled in over the other files' hashes."""
    tables = {
        "claims": (_CLAIMS, [{name: row[name] for name, *_ in _CLAIMS} for row in rows(selection, gazetteer)]),
        "sites": (_SITES, _sites(selection.evidence, gazetteer)),
        "origins": (_ORIGINS, _origins(selection.evidence)),
        "sources": (_SOURCES, _sources(selection.evidence)),
    }
    made = {
        f"{name}.csv": csv_text(found, header=[field[0] for field in fields]).encode("utf-8", "replace")
        for name, (fields, found) in tables.items()
    }
    resources = [_resource(name, fields, made[f"{name}.csv"]) for name, (fields, _) in tables.items()]
    made[DESCRIPTION] = _json(_described(resources, manifest))
    made[MANIFEST] = seal.closed(_json({**manifest, "files": hashes(made)}), manifest["seal"])
    return zipped(made)


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: "sha256:" + hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def zipped(made: Mapping[str, bytes]) -> bytes:
    """A .zip of files in the order of their names, the same on every machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted(made.items()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, content, compresslevel=6)
    return out.getvalue()


def _described(resources: list[dict[str, Any]], manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "mapdata-snapshot",
        "title": f"Reported military presence: {manifest['theatre']}",
        "description": (
            "Claims that articles make on military presence, as quotes with their sources: what is reported, not "
            f"what is confirmed. {one_line(manifest)}. The quotes belong to their authors and publishers."
        ),
        "version": manifest["mapdata"],
        "resources": resources,
    }


def _resource(name: str, fields: Sequence[Field], content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": key, "type": kind, "description": said, **({"constraints": limits} if limits else {})}
            for key, kind, said, limits in fields
        ],
        "missingValues": [""],
    }
    if name == "claims":
        schema["primaryKey"] = ["article", "site", "actor", "status"]
        schema["foreignKeys"] = [
            {"fields": [key], "reference": {"resource": table, "fields": ["id"]}} for key, table in _KEYS
        ]
    else:
        schema["primaryKey"] = ["id"]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _sites(evidence: Sequence[Evidence], gazetteer: Gazetteer) -> list[dict[str, Any]]:
    made = []
    for id in sorted({item.claim.site for item in evidence}):
        site = gazetteer.sites.get(id)
        shape = geometry(site) if site is not None and site.kind is not SiteKind.COUNTRY else None
        point = shape is not None and shape["type"] == "Point"
        made.append(
            {
                "id": id,
                "name": site.name if site else id,
                "kind": site.kind.value if site else None,
                "country": site.country if site else None,
                "lon": shape["coordinates"][0] if shape is not None and point else None,
                "lat": shape["coordinates"][1] if shape is not None and point else None,
                "precision_m": site.precision_m if site else None,
                "geometry": json.dumps(shape, separators=(",", ":")) if shape else None,
            }
        )
    return made


def _origins(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for item in evidence:
        one = item.origin
        day = one.day.isoformat() if one.day else None
        made.setdefault(one.id, {"id": one.id, "outlet": one.outlet, "day": day, "claims": 0})["claims"] += 1
    return [made[id] for id in sorted(made)]


def _sources(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    sources = {item.source.id: item.source for item in in_order(evidence)}
    return [
        {
            "id": id,
            "outlet": one.outlet,
            "title": one.title,
            "published": one.published.isoformat() if one.published else None,
            "url": one.url,
            "lang": one.lang,
            "illustrative": "true" if one.illustrative else "false",
        }
        for id, one in sorted(sources.items())
    ]


def _json(value: object) -> bytes:
    return json_text(value).encode("utf-8", "replace")
