"""Our own HTML: from templates that escape, never from strings put together."""

from __future__ import annotations

import functools
import re
from base64 import b64encode
from typing import Any

import streamlit as st
from jinja2 import Environment, PackageLoader, StrictUndefined

from mapdata.dashboard import wording
from mapdata.drawing.links import web_address


def render(name: str, /, **values: Any) -> str:
    """A template of this room, filled; whatever comes from a text or a gazetteer stays text."""
    return _environment().get_template(name).render(**values)


def show(name: str, /, **values: Any) -> None:
    """Draws a template where the page stands. A template has no element that fetches anything."""
    st.html(render(name, **values))


def inline(name: str, /, **values: Any) -> None:
    """The same, no wider than what it holds: among others in a row."""
    st.html(render(name, **values), width="content")


def picture(svg: str) -> str:
    """An `<svg>` of ours as the address of an image, since Streamlit takes SVG elements out of HTML."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")


def show_script(name: str) -> None:
    """Draws one of our own templates that has a script. It takes no values, so nothing foreign is in it."""
    st.html(render(name), width="content", unsafe_allow_javascript=True)


_OVERRIDES = re.compile("[\u202a\u202b\u202d\u202e]")


def _in_order(value: Any) -> Any:
    """A text whose overrides of direction are shown as codes: obeyed, they make it read as another text."""
    if type(value) is not str:
        return value
    return _OVERRIDES.sub(lambda found: f"[U+{ord(found.group()):04X}]", value)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mapdata.dashboard"),
        autoescape=True,
        auto_reload=False,  # our templates do not change while we run: no look at each file for each element
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_in_order,
    )
    environment.filters |= {
        "day": wording.day,
        "counted": wording.count,
        "web": web_address,
        "picture": picture,
        "short_day": wording.short_day,
        "month": wording.month,
    }
    environment.globals |= {"SPEAKERS": wording.SPEAKERS}
    return environment
