"""The pill: glyph of a kind of site and code of an actor, in the colour of a country, dressed by status.

Its measures and glyphs are data (`web/pill.json`), read here for the legend, the figure and the offline page,
and by the page's own script for the map, so that all of them show the same pill.
"""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from mapdata.drawing.palette import Colour, mixed
from mapdata.model import SiteKind, Status

GEOMETRY: dict[str, Any] = json.loads((files("mapdata.drawing") / "web" / "pill.json").read_text("utf-8"))
"""Measures in pixels; `glyphs`: SVG paths in a box of 16 × 16, by kind of site."""

INK = "#3c3c38"
"""The dark grey of what is written on pale pills."""

AGE_STEPS = (90, 365)
"""Days from which a pill is drawn a step paler."""

PAPER = "#ffffff"
FADED = "#f1f0ec"

_NARROW, _WIDE = "fijlrtIJ1.,'|-()", "mwMWШЩЖЮМ@"


def text_width(code: str) -> float:
    """Pixels that a code gets in a pill; renderers squeeze or stretch the writing to exactly this."""
    size = GEOMETRY["font"]
    wide = sum(0.42 if sign in _NARROW else 0.95 if sign in _WIDE else 0.72 for sign in code)
    return round(max(wide, 0.72) * size, 1)


def width(code: str) -> float:
    """Pixels from end to end of a pill with this code."""
    return round(GEOMETRY["pad"] * 2 + GEOMETRY["glyph"] + GEOMETRY["gap"] + text_width(code) + 1, 1)


def age_step(days: int) -> int:
    """How pale a pill is whose newest evidence is so old: 0 fresh, 1 or 2 paler."""
    return sum(days >= step for step in AGE_STEPS)


def tones(colour: Colour) -> list[str]:
    """The colour, and the two paler ones that the glyph's half of an ageing pill is filled with."""
    return [colour.value, mixed(colour.value, PAPER, 0.62), mixed(colour.value, PAPER, 0.86)]


def pill_svg(
    kind: SiteKind | str,
    code: str,
    status: Status | str,
    colour: Colour,
    *,
    contested: bool = False,
    age: int = 0,
    label: str = "",
) -> Markup:
    """A pill as an inline `<svg>` element, escaped and safe to put into HTML.

    age: 0 fresh, 1 or 2 paler. label: what a screen reader says; an empty one hides the picture from it.
    """
    return Markup(
        _template().render(
            g=GEOMETRY,
            glyph=GEOMETRY["glyphs"][SiteKind(kind).value],
            code=code,
            status=Status(status).value,
            tones=tones(colour),
            width=width(code),
            text=text_width(code),
            contested=contested,
            age=max(0, min(2, age)),
            label=label,
            ink=INK,
            paper=PAPER,
            faded=FADED,
        )
    )


@functools.cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("mapdata.drawing"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("pill.svg.j2")
