"""A page of a long list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

Item = TypeVar("Item")


def page(items: Sequence[Item], size: int, key: str) -> Sequence[Item]:
    """The items of the page that is chosen; the field to choose it stands only where there are several."""
    pages = max(1, -(-len(items) // size))
    # The list may have become shorter since the reader chose.
    number = min(max(1, st.session_state.get(key) or 1), pages)
    if pages > 1:
        st.session_state[key] = number
        number = st.number_input(f"Page, of {pages}", min_value=1, max_value=pages, step=1, key=key, width=130) or 1
    return items[(number - 1) * size : number * size]
