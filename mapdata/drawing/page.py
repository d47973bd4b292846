"""The offline page: one file with the map, the quotes and the filters, that asks nobody for anything.

All text goes in through a template that escapes. A content policy forbids every request, and every script
and style but the two that are named by their hashes. Without scripts the page still shows the map and all
quotes: a symbol is a link to its site's section.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mapdata.assessment.sentence import day_in_words
from mapdata.drawing import basemap, pill, still
from mapdata.drawing.assets import escaped_json
from mapdata.drawing.legend import country_rows, filter_words, title_of
from mapdata.drawing.links import web_address
from mapdata.drawing.palette import Colour, colour_of
from mapdata.drawing.theatre import theatre_countries
from mapdata.layers import country_of, is_country_wide
from mapdata.model import Assessment, Evidence, Gazetteer, SiteKind, Status
from mapdata.selection import Selection
from mapdata.tables import in_order, rows

MAP_WIDTH, MAP_HIGHEST = 960, 900


@dataclass(frozen=True, slots=True)
class Card:
    """A quote as the page shows it. parts: (text, whether it decided the status), the quote in order."""

    status: str
    country: str
    actor: str
    parts: tuple[tuple[str, bool], ...]
    outlet: str
    day: str
    title: str
    attribution: str
    url: str
    url_text: str
    origin: int
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A site with its sentences and quotes. id: of the section in the page."""

    id: str
    name: str
    kind: str
    sentences: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]


def render(
    selection: Selection,
    gazetteer: Gazetteer,
    colours: Mapping[str | None, Colour],
    manifest: Mapping[str, Any],
    about: str,
) -> str:
    """The page as text. manifest: plain values that the page carries; about: one line for its foot."""
    frame = still.frame_of(gazetteer.theatre.bounds, MAP_WIDTH, MAP_HIGHEST)
    style, script = _file("page.css"), _file("page.js")
    shapes = still.ground(basemap.load(gazetteer), frame, theatre_countries(gazetteer), margin=200)
    sites = still.placed(selection.symbols, gazetteer, frame)
    km, bar = still.scale_bar(frame)
    return _template().render(
        title=title_of(gazetteer),
        subtitle=filter_words(selection, gazetteer),
        about=about,
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(escaped_json({"manifest": manifest, "claims": rows(selection, gazetteer)})),
        frame=frame,
        ground=_ground(shapes),
        names=still.free_names(shapes, sites),
        sites=sites,
        path=_path,
        pill=lambda one, site: _pill(one.symbol, one.code, site.site.kind, colours),
        colour_of=lambda symbol: colour_of(colours, symbol.country).value,
        country_of=lambda symbol: country_of(symbol.actor, gazetteer),
        section_id=section_id,
        statuses=[
            (status.value, pill.pill_svg(SiteKind.AIR_BASE, "AB", status, colour_of({}, None))) for status in Status
        ],
        countries=[
            (row.country or "none", row.name, row.count, colour_of(colours, row.country).value)
            for row in country_rows(selection, gazetteer)
        ],
        sections=sections(selection, gazetteer),
        scale=(km, bar),
        credits=basemap.CREDITS,
        illustrative=any(item.source.illustrative for item in selection.evidence),
    )


def policy(style: str, script: str) -> str:
    """The content security policy: nothing from anywhere but the one style and the one script."""

    def mark(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; script-src {mark(script)}; style-src {mark(style)}; base-uri 'none'; form-action 'none'"
    )


def section_id(site: str) -> str:
    return f"site-{site}"


def sections(selection: Selection, gazetteer: Gazetteer) -> list[Section]:
    """All that is shown, a section a site, by name; claims about countries as a whole at the end."""
    evidence: dict[str, list[Evidence]] = {}
    for item in in_order(selection.evidence):
        evidence.setdefault(item.claim.site, []).append(item)
    assessments: dict[str, list[Assessment]] = {}
    for assessment in selection.assessments:
        assessments.setdefault(assessment.site, []).append(assessment)
    made = []
    for site, items in evidence.items():
        known = gazetteer.sites.get(site)
        numbers = {origin: n for n, origin in enumerate(dict.fromkeys(i.origin.id for i in _newest_first(items)), 1)}
        made.append(
            Section(
                id=section_id(site),
                name=known.name if known else site,
                kind=known.kind.value.replace("_", " ") if known else "",
                sentences=tuple((country_of(one.actor, gazetteer), one.sentence) for one in assessments.get(site, [])),
                cards=tuple(_card(item, numbers[item.origin.id], gazetteer) for item in _newest_first(items)),
            )
        )
    return sorted(
        made,
        key=lambda one: (
            is_country_wide(one.id.removeprefix("site-"), gazetteer),
            one.name.casefold(),
            one.id,
        ),
    )


def _newest_first(items: Sequence[Evidence]) -> list[Evidence]:
    return sorted(
        items,
        key=lambda item: item.source.published.toordinal() if item.source.published else 0,
        reverse=True,
    )


def _card(item: Evidence, origin: int, gazetteer: Gazetteer) -> Card:
    claim, source = item.claim, item.source
    actor = gazetteer.actors.get(claim.actor)
    return Card(
        status=claim.status.value,
        country=country_of(claim.actor, gazetteer),
        actor=actor.name if actor else claim.actor,
        parts=quote_parts(item),
        outlet=source.outlet or "outlet unknown",
        day=day_in_words(source.published) if source.published else "undated",
        title=source.title or "",
        attribution=claim.attribution.text or "",
        url=web_address(source.url) or "",
        url_text=source.url or "",
        origin=origin,
        illustrative=source.illustrative,
    )


def quote_parts(item: Evidence) -> tuple[tuple[str, bool], ...]:
    """The quote cut at its deciding words: the texts together are the quote, sign for sign."""
    claim, parts, at = item.claim, [], 0
    for cue in sorted(claim.cues, key=lambda cue: (cue.start, cue.end)):
        start, end = cue.start - claim.start, cue.end - claim.start
        if at <= start < end <= len(claim.quote):
            parts += [(claim.quote[at:start], False), (claim.quote[start:end], True)]
            at = end
    parts.append((claim.quote[at:], False))
    return tuple((text, marked) for text, marked in parts if text)


def _pill(symbol: Any, code: str, kind: SiteKind, colours: Mapping[str | None, Colour]) -> Markup:
    return pill.pill_svg(
        kind,
        code,
        symbol.status,
        colour_of(colours, symbol.country),
        contested=symbol.contested,
        age=pill.age_step(symbol.age_days),
    )


def _ground(shapes: still.Ground) -> list[tuple[str, str]]:
    """(class, SVG path) of the base layer, in the order of painting."""
    polygons = [("land", shapes.land), ("theatre", shapes.theatre), ("lake", shapes.lakes)]
    lines = [
        ("river", shapes.rivers),
        ("province", shapes.provinces),
        ("coast", shapes.coast),
        ("border", shapes.borders),
        ("ceasefire", shapes.ceasefires),
        ("disputed", shapes.disputed),
    ]
    made = [(name, "".join(_path(ring, True) for rings in found for ring in rings)) for name, found in polygons]
    made += [(name, "".join(_path(line) for line in found)) for name, found in lines]
    return [(name, path) for name, path in made if path]


def _path(line: Iterable[tuple[float, float]], closed: bool = False) -> str:
    """An SVG path in tenths of a pixel; points that fall together are left out."""
    points: list[str] = []
    for x, y in line:
        point = f"{x:.1f} {y:.1f}"
        if not points or points[-1] != point:
            points.append(point)
    return "M" + "L".join(points) + ("z" if closed else "")


@functools.cache
def _file(name: str) -> str:
    return (files("mapdata.drawing") / "templates" / name).read_text("utf-8")


@functools.cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("mapdata.drawing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
