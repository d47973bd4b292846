"""The figure's pills and writing: matplotlib's twin of templates/pill.svg.j2, in pixels with y down."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch
from matplotlib.path import Path as Shape
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from mapdata.drawing import pill
from mapdata.drawing.palette import Colour
from mapdata.model import SiteKind, Status

PIXELS_AN_INCH = 96
INK, SOFT_INK, RIM = "#1d1d1b", "#6b6862", "#fbfaf6"
# The font that matplotlib brings: the same on every machine, and it has Arabic and Cyrillic letters.
FONT = "DejaVu Sans"


def write(axes: Axes, x: float, y: float, text: str, size: float = 11, **more: Any) -> None:
    """Writing on a baseline; size in pixels."""
    more = {"color": INK, "va": "baseline", **more}
    axes.text(x, y, _printable(text), fontsize=size * 72 / PIXELS_AN_INCH, clip_on=False, **more)


def write_with_rim(axes: Axes, x: float, y: float, text: str, size: float, zorder: float, **style: Any) -> float:
    """Writing with a pale rim that keeps it readable over lines; gives the x where it ends.

    The rim is a shape beneath, so that the writing itself stays writing in SVG and PDF files.
    """
    font = {key: value for key, value in style.items() if key in ("fontweight", "fontstyle")}
    shape = TextPath((0, 0), _printable(text), size=size, prop=_font(**font))
    rim = shape.transformed(Affine2D().scale(1, -1).translate(x, y))
    axes.add_artist(PathPatch(rim, facecolor="none", edgecolor=RIM, lw=points_of(2.5), zorder=zorder - 0.01))
    write(axes, x, y, text, size, zorder=zorder, **style)
    # The points of the curves, which lie on them or beyond: near enough, and quick.
    return x + (float(shape.vertices[:, 0].max()) if len(shape.vertices) else 0.0)


@functools.cache
def _font(fontweight: str = "normal", fontstyle: str = "normal") -> FontProperties:
    return FontProperties(family=FONT, weight=fontweight, style=fontstyle)


def write_parts(axes: Axes, x: float, y: float, parts: Sequence[str], size: float) -> None:
    """A line from left to right out of parts, of which some are names in scripts that run the other way.

    Each of those would turn the line around them, and marks that keep a line in order are misplaced in PDF
    files: so the parts are written one after the other, each where the one before it ends.
    """
    if not any(unicodedata.bidirectional(sign) in ("R", "AL") for part in parts for sign in part):
        write(axes, x, y, "".join(parts), size)
        return
    write(axes, x, y, parts[0].strip(), size)
    before = axes.texts[-1]
    for last, part in pairwise(parts):
        gap = 3 if last.endswith(" ") or part.startswith(" ") else 0
        before = axes.annotate(
            _printable(part.strip()),
            xy=(1, y),
            xycoords=(before, "data"),
            xytext=(gap, 0),
            textcoords="offset points",
            fontsize=points_of(size),
            color=INK,
            va="baseline",
            annotation_clip=False,
        )


def _printable(text: str) -> str:
    """Without signs that are not seen and steer: controls, and marks and overrides of direction."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def points_of(pixels: float) -> float:
    return pixels * 72 / PIXELS_AN_INCH


def draw_pill(
    axes: Axes,
    at: tuple[float, float],
    kind: SiteKind,
    code: str,
    status: Status,
    colour: Colour,
    *,
    contested: bool = False,
    age: int = 0,
) -> float:
    """A pill with its upper left corner at `at`, as `pill.pill_svg` draws it. Gives its width in pixels."""
    g = pill.GEOMETRY
    x, y = at
    width, height, tones = pill.width(code), g["height"], pill.tones(colour)
    line, aged = tones[0], status is Status.EXISTING and age > 0
    fill, ink = (line, pill.PAPER) if status is Status.EXISTING else (pill.PAPER, line)
    picture = line if aged else ink
    if status is Status.FORMER:
        fill, ink, picture = pill.FADED, pill.INK, pill.INK
    dashes = {Status.PROPOSED: (0, (3, 2)), Status.FORMER: (0, (0.8, 1.6))}.get(status, "solid")
    body = FancyBboxPatch(
        (x + 0.75, y + 0.75),
        width - 1.5,
        height - 1.5,
        boxstyle=f"round,pad=0,rounding_size={height / 2 - 0.75}",
        facecolor=fill,
        edgecolor=line,
        lw=points_of(1.5),
        linestyle=dashes,
        zorder=6,
    )
    axes.add_artist(body)
    if aged:
        half = FancyBboxPatch(
            (x + 1.5, y + 1.5),
            g["pad"] + g["glyph"] + g["gap"] / 2 - 1.5,
            height - 3,
            boxstyle=f"round,pad=0,rounding_size={min(height / 2 - 1.5, 9)}",
            facecolor=tones[age],
            edgecolor="none",
            lw=0,
            zorder=6.1,
        )
        axes.add_artist(half)
    scale = g["glyph"] / 16
    place = Affine2D().scale(scale).translate(x + g["pad"], y + (height - g["glyph"]) / 2)
    axes.add_artist(PathPatch(glyph(kind).transformed(place), facecolor=picture, edgecolor="none", lw=0, zorder=6.2))
    write(
        axes,
        x + g["pad"] + g["glyph"] + g["gap"] + pill.text_width(code) / 2,
        y + height / 2,
        code,
        g["font"] * 0.94,
        color=ink,
        fontweight="bold",
        ha="center",
        va="center_baseline",
        zorder=6.3,
    )
    if status is Status.DENIED:
        for stroke, lw, zorder in ((pill.PAPER, 2.8, 6.4), (line, 1.4, 6.5)):
            axes.plot(
                [x + 3.5, x + width - 3.5],
                [y + height - 2.5, y + 2.5],
                color=stroke,
                lw=points_of(lw),
                zorder=zorder,
            )
    if contested:
        draw_badge(axes, x + width - 3, y + height - 3)
    return width


def draw_count(axes: Axes, at: tuple[float, float], text: str, width: float) -> None:
    """ "+3" in place of the pills that have no room."""
    height = pill.GEOMETRY["height"]
    body = FancyBboxPatch(
        (at[0] + 0.75, at[1] + 0.75),
        width - 1.5,
        height - 1.5,
        boxstyle=f"round,pad=0,rounding_size={height / 2 - 0.75}",
        facecolor=pill.PAPER,
        edgecolor=INK,
        lw=points_of(1.2),
        zorder=6,
    )
    axes.add_artist(body)
    middle = (at[0] + width / 2, at[1] + height / 2)
    style = {"fontweight": "bold", "ha": "center", "va": "center_baseline", "zorder": 6.3}
    write(axes, *middle, text, pill.GEOMETRY["font"] * 0.94, **style)


def draw_badge(axes: Axes, x: float, y: float) -> None:
    axes.add_artist(Circle((x, y), pill.GEOMETRY["badge"], facecolor=INK, edgecolor="white", lw=points_of(1), zorder=7))
    for xs, ys in (((-3.2, 3.2), (-1.4, -1.4)), ((-3.2, 3.2), (1.4, 1.4)), ((1.8, -1.8), (-3.8, 3.8))):
        axes.plot([x + dx for dx in xs], [y + dy for dy in ys], color="white", lw=points_of(1.2), zorder=7.1)


@functools.cache
def glyph(kind: SiteKind) -> Shape:
    """The glyph of a kind of site in its box of 16 × 16, from the path that the page uses."""
    pen = RecordingPen()
    parse_path(pill.GEOMETRY["glyphs"][kind.value], pen)
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for step, ends in pen.value:
        if step in ("closePath", "endPath"):
            points.append(points[-1])
            codes.append(Shape.CLOSEPOLY if step == "closePath" else Shape.LINETO)
            continue
        code = {
            "moveTo": Shape.MOVETO,
            "lineTo": Shape.LINETO,
            "curveTo": Shape.CURVE4,
            "qCurveTo": Shape.CURVE3,
        }
        points += ends
        codes += [code[step]] * len(ends)
    return Shape(points, codes)
