"""Changes as text for people and programs: a table, JSON, and an Atom feed. No files here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from lxml import etree

from mapdata.changes import Change, Stand
from mapdata.layers import country_of, quote_words
from mapdata.model import Gazetteer
from mapdata.tables import aligned, json_text

FORMATS = ("table", "json", "atom")
TABLE_COLUMNS = (("day", 10), ("site", 26), ("actor", 12), ("change", 19), ("before", 22), ("after", 30), ("quote", 60))
"""Columns of the table for the terminal, and the most signs that each is given."""

_ATOM = "http://www.w3.org/2005/Atom"
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])


def format_changes(found: Sequence[Change], gazetteer: Gazetteer, first: date, last: date, format: str) -> str:
    """The changes between two days as text that ends with a line end. format: one of FORMATS."""
    if format == "json":
        return json_text([record(one, gazetteer) for one in found])
    if format == "atom":
        return atom(found, gazetteer, first, last)
    lines = []
    for one in found:
        values = record(one, gazetteer)
        values["day"] = values["day"] or "-"
        values["quote"] = values["evidence"][0]["quote"] if values["evidence"] else ""
        values |= {"site": values["site_name"], "actor": values["actor_name"]}
        values |= {"before": said(one.before), "after": said(one.after)}
        lines.append(values)
    return aligned(lines, TABLE_COLUMNS)


def record(one: Change, gazetteer: Gazetteer) -> dict[str, Any]:
    """A change as plain values, with all that was published in between."""
    site, actor = gazetteer.sites[one.site], gazetteer.actors[one.actor]
    return {
        "site": one.site,
        "site_name": site.name,
        "actor": one.actor,
        "actor_name": actor.name,
        "country": country_of(one.actor, gazetteer),
        "change": one.kind.value,
        "day": one.day.isoformat() if one.day else None,
        "before": [status.value for status in one.before.statuses],
        "before_contested": one.before.contested,
        "after": [status.value for status in one.after.statuses],
        "after_contested": one.after.contested,
        "assessment": one.sentence,
        "evidence": [{"status": item.claim.status.value, **quote_words(item)} for item in one.evidence],
    }


def said(stand: Stand) -> str:
    """ "existing", "proposed and denied, contested", "nothing"."""
    statuses = " and ".join(status.value for status in stand.statuses)
    return (f"{statuses}, contested" if stand.contested else statuses) or "nothing"


def title(one: Change, gazetteer: Gazetteer) -> str:
    """ "T4 air base, Türkiye: proposed (first reported)"."""
    site, actor = gazetteer.sites[one.site].name, gazetteer.actors[one.actor].name
    what = said(one.after) if one.after.statuses else f"{said(one.before)} stands no longer"
    return f"{site}, {actor}: {what} ({one.kind.value})"


def atom(found: Sequence[Change], gazetteer: Gazetteer, first: date, last: date) -> str:
    """An Atom feed, an entry a change. The same changes give the same feed; nothing of the clock is in it."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    name = f"Military presence in {gazetteer.theatre.name}: what changed"
    _text(feed, "title", name)
    _text(feed, "subtitle", f"from {first.isoformat()} to {last.isoformat()}, by the days of publication")
    _text(feed, "id", _urn("changes", gazetteer.theatre.name))
    _text(feed, "updated", _time(last))
    _text(etree.SubElement(feed, f"{{{_ATOM}}}author"), "name", "mapdata")
    for one in found:
        entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        _text(entry, "title", title(one, gazetteer))
        day = one.day or last
        parts = (one.site, one.actor, one.kind.value, said(one.before), said(one.after), day.isoformat())
        _text(entry, "id", _urn("change", *parts))
        _text(entry, "updated", _time(day))
        _text(entry, "summary", f"Before: {said(one.before)}. Now: {said(one.after)}.")
        for item in one.evidence:
            if url := _linked(item.source.url):
                link = etree.SubElement(entry, f"{{{_ATOM}}}link", rel="related", href=url)
                link.set("title", _clean(item.source.outlet or "source"))
        quotes = [
            f"“{item.claim.quote}” ({item.source.outlet or 'unknown outlet'}, {item.source.published})"
            for item in one.evidence
        ]
        _text(entry, "content", "\n\n".join([one.sentence, *quotes])).set("type", "text")
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True).decode("utf-8")


def _text(parent: Any, name: str, text: str) -> Any:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    made.text = _clean(text)
    return made


def _clean(text: str) -> str:
    """Without the signs that XML has no place for."""
    return text.translate(_CONTROLS)


def _linked(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None


def _urn(*parts: str) -> str:
    return "urn:sha256:" + hashlib.sha256("\n".join(("mapdata", *parts)).encode()).hexdigest()


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
