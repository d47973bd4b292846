"""The view "Silence": places without recent evidence, and where the articles come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st
from babel import Locale, UnknownLocaleError

from mapdata.dashboard import markup, records, state, wording
from mapdata.dashboard.data import Scene
from mapdata.dashboard.view import Place
from mapdata.silence import LONG_DAYS, Coverage, Line, Row, Silent, coverage, silent
from mapdata.store import Reviews

_DAYS = (30, 90, 180, 365)
_MONTHS = 24
_OUTLETS = 20


def draw(scene: Scene, db: str | None, today: date) -> None:
    filters = state.current().filters
    as_of = filters.as_of or today
    markup.show(
        "view_head.html",
        title="Silence",
        lines=["Nothing reported is not nobody there: what nobody wrote about, and who writes at all."],
    )
    chosen = records.chosen(scene, filters, today)
    with st.container(key="silence-head", horizontal=True, vertical_alignment="center", gap="small"):
        markup.inline("words.html", text="No report for at least")
        days = st.selectbox(
            "No report for at least",
            _DAYS,
            index=_DAYS.index(LONG_DAYS),
            format_func=lambda days: wording.count(days, "day"),
            label_visibility="collapsed",
            key="silence-days",
            width=130,
        )
        markup.inline("words.html", text=f"as of {wording.day(as_of)}")
    found = silent(chosen.evidence, chosen.assessments, scene.gazetteer, as_of, days)
    wanted = [one for one in found if not filters.sites or one.site in filters.sites]
    _sites(scene, [one for one in wanted if one.newest is not None])
    never = [scene.gazetteer.sites[one.site].name for one in wanted if one.newest is None]
    if never:
        markup.show("never.html", names=never)
    if scene.store is not None:
        _coverage(coverage(_rows(scene.where, scene.revision, scene), as_of, _MONTHS))


@st.cache_data(max_entries=2, show_spinner=False)
def _rows(where: str, revision: int, _scene: Scene) -> list[Row]:
    assert _scene.store is not None
    return Reviews(_scene.store).coverage()


def frame(scene: Scene, found: Sequence[Silent]) -> pd.DataFrame:
    """The silent sites under the names that a reader sees."""
    return pd.DataFrame(
        {
            "Place": [scene.gazetteer.sites[one.site].name for one in found],
            "Kind": [wording.kind(scene.gazetteer.sites[one.site]) for one in found],
            "Newest report": [one.newest for one in found],
            "Days ago": [one.age_days for one in found],
            "Reports in all": [one.origins for one in found],
            "Still stands, as last said": [_said(scene, one) for one in found],
        }
    )


def _said(scene: Scene, one: Silent) -> str:
    return "; ".join(
        f"{scene.gazetteer.actors[actor].name}: {' and '.join(status.value for status in statuses)}"
        for actor, statuses in one.said
    )


def _sites(scene: Scene, found: Sequence[Silent]) -> None:
    if not found:
        markup.show(
            "notice.html",
            title="Every place that was ever written about has a newer report.",
            lines=["Choose fewer days above to see those that are silent for a shorter time."],
        )
        return
    chosen = st.dataframe(
        frame(scene, found),
        key="silent",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="auto" if len(found) < 12 else 420,
        column_config={"Newest report": st.column_config.DateColumn(format="D MMM YYYY")},
    )
    if rows := list(chosen.selection.rows):
        state.open_place(Place(found[rows[0]].site))
        st.rerun()


def _coverage(found: Coverage) -> None:
    markup.show("heading.html", text="Where the articles come from")
    said = [f"{wording.count(found.total, 'article')} up to this day"]
    if found.older:
        said.append(f"{found.older:,} older than {wording.month(found.months[0])}")
    if found.undated:
        said.append(f"{found.undated:,} undated")
    markup.show("words.html", text="; ".join(said))
    for title, lines, named in (
        ("Outlet", found.outlets, lambda name: name or "unknown outlet"),
        ("Language", found.languages, language),
    ):
        most = max((count for line in lines for count in line.counts), default=0)
        shown: Sequence[Line] = lines[:_OUTLETS]
        markup.show(
            "coverage.html",
            title=title,
            months=found.months,
            lines=[(named(line.name), line) for line in shown],
            most=most,
            more=len(lines) - len(shown),
        )


def language(code: str | None) -> str:
    """ "Arabic"; the code itself for one that nobody knows."""
    if code is None:
        return "unknown language"
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code
