"""The view of one session: the one place where it is kept, changed and written to the address.

The view rules, widgets follow: each is set from the view before it is drawn, and its callback changes the
view. So a filter that is taken away by a button reaches the widget and the address as one that is changed
in the widget does. An address that was changed by hand, or by the browser's way back, is read again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from mapdata.dashboard import view as views
from mapdata.dashboard.view import Place, Spot, View
from mapdata.model import Gazetteer

_VIEW, _WRITTEN, _TOUCHED, _FAULTS, _TURN = "_view", "_written", "_touched", "_faults", "_turn"
_RENEWED = "_renewed"


def open_view(gazetteer: Gazetteer) -> View:
    """The view for this run: of the session, or of the address where that is new."""
    state = st.session_state
    address = _address()
    touched = state.pop(_TOUCHED, False)
    # A click that came before the browser had taken over the last address brings an old one along: what
    # the reader has just changed counts, then.
    if _VIEW not in state or (address != state[_WRITTEN] and not touched):
        seen, faults = views.read(address, gazetteer)
        if _VIEW not in state or seen.spot != state[_VIEW].spot:
            state[_TURN] = state.get(_TURN, 0) + 1
        state[_VIEW], state[_FAULTS] = seen, faults
    elif touched:
        state[_FAULTS] = ()
    write_address()
    return state[_VIEW]


def current() -> View:
    return st.session_state[_VIEW]


def faults() -> tuple[str, ...]:
    """What the address asked for and could not be understood, until the reader changes something."""
    return st.session_state.get(_FAULTS, ())


def turn() -> int:
    """A number that rises whenever the map is to be moved by other means than the reader's hand."""
    return st.session_state.get(_TURN, 0)


def write_address() -> None:
    words = views.to_words(current())
    if words != _address():
        st.query_params.from_dict(words)
    st.session_state[_WRITTEN] = words


def filter_by(**changes: Any) -> None:
    """Changes filters; for callbacks of widgets."""
    _change(filters=replace(current().filters, **changes))


def choose(place: Place | None) -> None:
    _change(place=place)


def show_table(table: bool) -> None:
    _change(table=table)


def show_view(name: str) -> None:
    """Another view of the page: one of `view.NAMES`."""
    _change(name=name)


def open_place(place: Place) -> None:
    """The map, with the evidence of a place."""
    _change(name=views.NAMES[0], place=place, table=False)


def review_site(site: str) -> None:
    """The view that judges claims, with those about a site."""
    _change(name="review", filters=replace(current().filters, sites=frozenset([site])))


def count_from(since: date | None) -> None:
    """The day that changes are counted from; None for a month before the as-of day."""
    _change(since=since)


def move(spot: Spot | None) -> None:
    """The map is to show this; None for the whole theatre."""
    st.session_state[_TURN] = turn() + 1
    _change(spot=spot)


def moved(spot: Spot) -> None:
    """The reader has moved the map: kept and written, and the map is left as it is."""
    if spot != current().spot:
        st.session_state[_VIEW] = replace(current(), spot=spot)
        write_address()


def clear() -> None:
    """No filter any more; the as-of day stays, since it is a point of view and no restriction."""
    _change(filters=replace(View().filters, as_of=current().filters.as_of))


def mirrored(key: str, value: Any, changed: Callable[[Any], None]) -> dict[str, Any]:
    """Arguments for a widget that shows `value` and hands what the reader makes of it to `changed`."""
    st.session_state[key] = value
    return {"key": key, "on_change": lambda: changed(st.session_state[key])}


def renewed(key: str, value: Any, changed: Callable[[Any], None]) -> dict[str, Any]:
    """As `mirrored`, for widgets that a click elsewhere sets: one that is set so is a new widget.

    A browser sends the states of all its widgets with every click. One that it has not yet drawn anew would
    send the state from before and so take back what the click elsewhere did; of a widget that is gone,
    nothing counts. The class of the element stays: `key` is its beginning.
    """
    state = st.session_state
    turns: dict[str, int] = state.setdefault(_RENEWED, {})
    named = f"{key}-{turns.get(key, 0)}"
    if state.get(named, value) != value:
        turns[key] = turns.get(key, 0) + 1
        named = f"{key}-{turns[key]}"
    return mirrored(named, value, changed)


def _address() -> dict[str, str | list[str]]:
    """The words of the address; a word that is repeated has all its values."""
    found = {word: st.query_params.get_all(word) for word in st.query_params}
    return {word: values[0] if len(values) == 1 else values for word, values in found.items()}


def _change(**changes: Any) -> None:
    st.session_state[_VIEW] = replace(current(), **changes)
    st.session_state[_TOUCHED] = True
