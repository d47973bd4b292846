"""The map as a figure for print: PNG, SVG and PDF by matplotlib, without a browser.

One unit of the axes is one CSS pixel (1/96 inch), y runs down, so that measures are those of the page.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from mapdata.drawing import pill, still
from mapdata.drawing.credits import Credit, numbered_sources
from mapdata.drawing.figure_map import draw_map
from mapdata.drawing.figure_pill import FONT, PIXELS_AN_INCH, SOFT_INK, draw_badge, draw_pill, write, write_parts
from mapdata.drawing.legend import LegendRow, country_rows, country_wide_words, filter_words, title_of
from mapdata.drawing.palette import NEUTRAL, Colour, colour_of
from mapdata.model import Gazetteer, SiteKind, Status
from mapdata.selection import Selection

WIDTH, MAP_WIDTH, TOP, SIDE = 1180, 880, 76, 20
MAP_HIGHEST = 860
PNG_DPI = 192
PNG_LEVEL = 4  # of zlib: 6 takes a quarter longer for a fiftieth less
MOST_SOURCES = 60
LONGEST_SOURCE = 92
MOST_COUNTRIES = 14
MOST_COUNTRY_WIDE = 8
LEGEND_SIGNS = 31

SETTINGS = {
    "font.family": FONT,
    "svg.hashsalt": "mapdata",  # ids in SVG files depend on it, and on nothing else
    "svg.fonttype": "none",  # text as text: to be found, copied and edited
    "pdf.fonttype": 42,
    "text.usetex": False,
    "text.parse_math": False,  # a "$" in a title is a dollar sign
    "axes.unicode_minus": True,
    "path.simplify": False,
}


def render(
    selection: Selection,
    gazetteer: Gazetteer,
    colours: Mapping[str | None, Colour],
    format: str,
    about: str,
) -> bytes:
    """The bytes of a figure. format: png, svg or pdf. about: one line for the foot and the metadata."""
    frame = still.frame_of(gazetteer.theatre.bounds, MAP_WIDTH, MAP_HIGHEST)
    sources, notes = numbered_sources(selection, MOST_SOURCES, LONGEST_SOURCE)
    height = TOP + max(frame.height, 420) + _foot_height(sources)
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH / PIXELS_AN_INCH, height / PIXELS_AN_INCH), facecolor="white")
        FigureCanvasAgg(figure)
        whole = _axes(figure, 0, 0, WIDTH, height, height)
        _header(whole, selection, gazetteer)
        area = _axes(figure, SIDE, TOP, frame.width, frame.height, height)
        counted = draw_map(area, selection, gazetteer, colours, frame, notes)
        _legend(whole, selection, gazetteer, colours, SIDE + MAP_WIDTH + 24, TOP, counted)
        _foot(whole, sources, selection, about, TOP + max(frame.height, 420) + 22, height)
        out = io.BytesIO()
        more = {"pil_kwargs": {"compress_level": PNG_LEVEL}} if format == "png" else {}
        figure.savefig(out, format=format, dpi=PNG_DPI, metadata=_metadata(format, title_of(gazetteer), about), **more)
    return _with_other_fonts(out.getvalue()) if format == "svg" else out.getvalue()


def _with_other_fonts(svg: bytes) -> bytes:
    """An SVG whose writing falls back to fonts of about the same width where there is no DejaVu Sans."""
    named = f"font-family: '{FONT}'".encode()
    return re.sub(rb'(style="[^"]*' + named + rb")(?=[;\"])", rb"\1, Verdana, Geneva, sans-serif", svg)


def _metadata(format: str, title: str, about: str) -> dict[str, Any]:
    """Nothing of the clock, so that the same input gives the same bytes."""
    if format == "png":
        return {"Title": title, "Description": about, "Software": "mapdata"}
    if format == "svg":
        return {"Title": title, "Description": about, "Date": None, "Creator": "mapdata"}
    return {"Title": title, "Subject": about, "CreationDate": None, "Creator": "mapdata", "Producer": None}


def _axes(figure: Figure, left: float, top: float, width: float, height: float, page: float) -> Axes:
    axes = figure.add_axes((left / WIDTH, 1 - (top + height) / page, width / WIDTH, height / page))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return axes


def _header(axes: Axes, selection: Selection, gazetteer: Gazetteer) -> None:
    write(axes, SIDE, 34, title_of(gazetteer), 19, fontweight="bold")
    write(axes, SIDE, 58, filter_words(selection, gazetteer), 11.5, color=SOFT_INK)


# --- legend and foot -----------------------------------------------------------------------------------


def _legend(
    axes: Axes,
    selection: Selection,
    gazetteer: Gazetteer,
    colours: Mapping[str | None, Colour],
    x: float,
    y: float,
    counted: bool,
) -> None:
    write(axes, x, y + 10, "STATUS", 9.5, color=SOFT_INK, fontweight="bold")
    y += 22
    for status in Status:
        draw_pill(axes, (x, y), SiteKind.AIR_BASE, "AB", status, NEUTRAL)
        count = sum(symbol.status is status for symbol in selection.symbols)
        write(axes, x + 62, y + 15, status.value, 11)
        write(axes, x + 200, y + 15, str(count), 11, color=SOFT_INK, ha="right")
        y += 28
    draw_badge(axes, x + 24, y + 10)
    write(axes, x + 62, y + 14, "contested", 11)
    y += 34
    write(axes, x, y, "Reported, not confirmed. A pale half:", 9.5, color=SOFT_INK)
    write(axes, x, y + 14, f"newest evidence over {pill.AGE_STEPS[0]} days old.", 9.5, color=SOFT_INK)
    if counted:
        y += 14
        write(axes, x, y + 14, "+3: how many more a place has.", 9.5, color=SOFT_INK)
    y += 44
    write(axes, x, y, "COUNTRY", 9.5, color=SOFT_INK, fontweight="bold")
    y += 10
    countries = country_rows(selection, gazetteer)
    shown = countries if len(countries) <= MOST_COUNTRIES else countries[: MOST_COUNTRIES - 1]
    for row in shown:
        _legend_row(axes, row, colour_of(colours, row.country), x, y)
        y += 20
    if rest := countries[len(shown) :]:
        name = f"{len(rest)} more"
        _legend_row(axes, LegendRow(None, name, sum(row.count for row in rest)), NEUTRAL, x, y)
        y += 20
    whole = country_wide_words(selection, gazetteer)
    if whole:
        y += 22
        write(axes, x, y, "OF COUNTRIES AS A WHOLE", 9.5, color=SOFT_INK, fontweight="bold")
    for words in whole[:MOST_COUNTRY_WIDE]:
        y += 4
        for line in textwrap.wrap(words, LEGEND_SIGNS, subsequent_indent="   "):
            y += 13
            write(axes, x, y, line, 10)
    if len(whole) > MOST_COUNTRY_WIDE:
        write(axes, x, y + 17, f"and {len(whole) - MOST_COUNTRY_WIDE} more", 10, color=SOFT_INK)


def _legend_row(axes: Axes, row: LegendRow, colour: Colour, x: float, y: float) -> None:
    axes.add_artist(
        FancyBboxPatch((x, y), 11, 11, boxstyle="round,pad=0,rounding_size=2", facecolor=colour.value, lw=0)
    )
    write(axes, x + 20, y + 10, row.name, 11)
    write(axes, x + 200, y + 10, str(row.count), 11, color=SOFT_INK, ha="right")


COLUMNS, LINE = 2, 15


def _foot_height(sources: Sequence[Credit]) -> float:
    lines = -(-len(sources) // COLUMNS)
    return 22 + 20 + lines * LINE + 44


def _foot(axes: Axes, sources: Sequence[Credit], selection: Selection, about: str, top: float, bottom: float) -> None:
    write(axes, SIDE, top + 6, "SOURCES", 9.5, color=SOFT_INK, fontweight="bold")
    if any(item.source.illustrative for item in selection.evidence):
        write(
            axes,
            SIDE + 80,
            top + 6,
            "Some are illustrative summaries written for this program: do not cite them.",
            9.5,
            color="#a3341f",
        )
    per_column = -(-len(sources) // COLUMNS)
    wide = (WIDTH - 2 * SIDE) / COLUMNS
    for place, source in enumerate(sources):
        column, row = divmod(place, per_column)
        write_parts(axes, SIDE + column * wide, top + 24 + row * LINE, source.parts, 9.5)
    write(axes, SIDE, bottom - 14, about, 8, color=SOFT_INK)
