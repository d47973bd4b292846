"""The dashboard: all of Streamlit, from the view's state to what is drawn of it.

`run` draws the page once, `server.serve` serves it. Both are imported where they are used: whoever only
asks for the one need not load the other.
"""

from __future__ import annotations


def run(db: str | None, gazetteer_path: str | None) -> None:
    """Draws the page once, within a Streamlit session; see `page.run`."""
    from mapdata.dashboard import page

    page.run(db, gazetteer_path)
