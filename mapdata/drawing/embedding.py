"""The code that shows an offline page within another page."""

from __future__ import annotations

import functools

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


def embed_code(address: str, title: str, height: int = 640) -> str:
    """HTML of a frame around a snapshot's .html at an address of one's own. height: pixels.

    The frame may run the page's own script and open the sources that a reader clicks on, and nothing else: it
    has no part in the page around it, its cookies or its storage.
    """
    return _template().render(address=address, title=title, height=height).strip()


@functools.cache
def _template() -> Template:
    environment = Environment(loader=PackageLoader("mapdata.drawing"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("embed.html.j2")
