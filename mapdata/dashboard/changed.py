"""The view "Changes": what is said otherwise than on an earlier day, as a list, a table and a feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from mapdata import filters as filter_words
from mapdata.changes import Change, Stand, changes
from mapdata.changes_feed import format_changes, said, title
from mapdata.dashboard import cards, markup, pager, records, state, wording
from mapdata.dashboard.data import Scene
from mapdata.dashboard.view import Place
from mapdata.drawing.palette import colour_of
from mapdata.drawing.pill import pill_svg
from mapdata.model import Filters

_MONTH = timedelta(days=30)
_A_PAGE = 25
_QUOTES = 3
_FORMS = ("List", "Table")


def draw(scene: Scene, db: str | None, today: date) -> None:
    view = state.current()
    last = view.filters.as_of or today
    first = min(view.since or last - _MONTH, last)
    markup.show(
        "view_head.html",
        title=f"What changed from {wording.day(first)} to {wording.day(last)}",
        lines=["By the days of publication: what could be read on the one day, and on the other."],
    )
    with st.container(key="changes-head", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.date_input(
            "From",
            min_value=date(1900, 1, 1),
            max_value=last,
            format="YYYY-MM-DD",
            width=150,
            **state.mirrored("since", first, lambda day: state.count_from(day)),
        )
        for days, label in ((7, "Week"), (30, "Month"), (365, "Year")):
            st.button(label, key=f"since-{days}", on_click=state.count_from, args=(last - timedelta(days=days),))
        form = st.segmented_control(
            "As", _FORMS, default=_FORMS[0], required=True, label_visibility="collapsed", key="changes-form"
        )
        found = _found(scene, view.filters, first, last, today)
        for shape, mime, name in (("atom", "application/atom+xml", "Atom feed"), ("json", "application/json", "JSON")):
            st.download_button(
                name,
                data=format_changes(found, scene.gazetteer, first, last, shape),
                file_name=f"mapdata-changes-{first}-{last}.{'xml' if shape == 'atom' else shape}",
                mime=mime,
                key=f"changes-{shape}",
                on_click="ignore",
            )
    if not found:
        markup.show(
            "notice.html",
            title="Nothing is said otherwise.",
            lines=["Choose an earlier day, or take a filter away."],
        )
    elif form == "Table":
        _table(scene, found)
    else:
        for one in pager.page(found, _A_PAGE, "changes-page"):
            _change(scene, one)


def _found(scene: Scene, filters: Filters, first: date, last: date, today: date) -> tuple[Change, ...]:
    words = tuple(filter_words.to_words(filters).items())
    return _kept(scene.where, scene.revision, scene.gazetteer.version, words, first, last, scene, filters)


@st.cache_resource(max_entries=8, show_spinner="Comparing the two days …")
def _kept(
    where: str,
    revision: int,
    version: str,
    words: tuple[tuple[str, str], ...],
    first: date,
    last: date,
    _scene: Scene,
    _filters: Filters,
) -> tuple[Change, ...]:
    return changes(records.evidence(_scene), _filters, _scene.gazetteer, first, last)


def _change(scene: Scene, one: Change) -> None:
    with st.container(key=f"change-{one.site}-{one.actor}", gap=None):
        markup.show(
            "change.html",
            change=one,
            title=title(one, scene.gazetteer),
            before=_pills(scene, one, one.before),
            after=_pills(scene, one, one.after),
            quotes=[
                (item, cards.pieces(item.claim.quote, item.claim.start, item.claim, item.claim.start, item.claim.end),
                 wording.right_to_left(item.claim.quote))
                for item in one.evidence[:_QUOTES]
            ],
            more=max(0, len(one.evidence) - _QUOTES),
        )  # fmt: skip
        status = one.after.statuses[0] if one.after.statuses else None
        st.button(
            "On the map",
            key=f"to-{one.site}-{one.actor}",
            type="tertiary",
            on_click=state.open_place,
            args=(Place(one.site, one.actor, status),),
        )


def _pills(scene: Scene, one: Change, stand: Stand) -> list[tuple[str, str]]:
    """The symbols of what stood, each with its status in words."""
    site, actor = scene.gazetteer.sites[one.site], scene.gazetteer.actors[one.actor]
    colour = colour_of(scene.colours, actor.country)
    return [
        (pill_svg(site.kind, actor.code, status, colour, contested=stand.contested), status.value)
        for status in stand.statuses
    ]


def frame(scene: Scene, found: Sequence[Change]) -> pd.DataFrame:
    """The changes under the names that a reader sees."""
    return pd.DataFrame(
        {
            "Newest report": [one.day for one in found],
            "Place": [scene.gazetteer.sites[one.site].name for one in found],
            "Actor": [scene.gazetteer.actors[one.actor].name for one in found],
            "Change": [one.kind.value for one in found],
            "Before": [said(one.before) for one in found],
            "Now": [said(one.after) for one in found],
            "New reports": [len({item.origin.id for item in one.evidence}) for one in found],
            "Newest quote": [one.evidence[0].claim.quote if one.evidence else "" for one in found],
        }
    )


def _table(scene: Scene, found: Sequence[Change]) -> None:
    chosen = st.dataframe(
        frame(scene, found),
        key="changed",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="auto" if len(found) < 16 else 560,
        column_config={
            "Newest report": st.column_config.DateColumn(format="D MMM YYYY"),
            "Newest quote": st.column_config.TextColumn(width="large"),
        },
    )
    if rows := list(chosen.selection.rows):
        one = found[rows[0]]
        state.open_place(Place(one.site, one.actor, one.after.statuses[0] if one.after.statuses else None))
        st.rerun()
