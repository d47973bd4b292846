"""The bottom of the page: claims by month and status, with the window of days over it."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from mapdata.dashboard import data, history, markup, state, wording
from mapdata.dashboard.data import Scene
from mapdata.model import Filters


def draw(scene: Scene, today: date) -> None:
    filters = state.current().filters
    as_of = filters.as_of or today
    known = data.choose(scene, data.undated_days(filters), today)
    bars = history.bars(known.months, scene.since, as_of)
    if not bars:
        markup.show("words.html", text="No dated claim under these filters.")
        return
    edges = [bar.month for bar in bars] + [history.following(bars[-1].month)]
    start, end = window(filters, edges)
    markup.show(
        "months.html",
        bars=bars,
        most=max(sum(bar.counts) for bar in bars),
        start=start,
        end=end,
        whole=filters.from_day is None and filters.to_day is None,
        total=sum(sum(bar.counts) for bar in bars),
        undated=known.undated,
        years=years(bars),
        said=_said(filters, edges),
    )
    if len(edges) > 2:
        st.select_slider(
            "Days of publication, from and to",
            edges,
            value=(edges[0], edges[-1]),  # two ends; where they stand, the view says
            format_func=wording.month,
            label_visibility="collapsed",
            **state.mirrored("window", (edges[start], edges[end]), lambda chosen: _choose(chosen, edges)),
        )


def window(filters: Filters, edges: list[date]) -> tuple[int, int]:
    """The window as places among the edges of months; it covers every month that it touches."""
    start = max((i for i, edge in enumerate(edges) if filters.from_day and edge <= filters.from_day), default=0)
    end = min(
        (i for i, edge in enumerate(edges) if filters.to_day and edge > filters.to_day),
        default=len(edges) - 1,
    )
    start = min(start, len(edges) - 2)
    return start, max(end, start + 1)


def years(bars: tuple[history.Bar, ...]) -> list[tuple[int, float]]:
    """Years to write below the bars, with their places in per cent; fewer where they would meet."""
    januaries = [(bar.month.year, 100 * i / len(bars)) for i, bar in enumerate(bars) if bar.month.month == 1]
    step = max(1, len(januaries) // 16 + 1) if len(januaries) > 16 else 1
    return januaries[::step]


def _choose(chosen: tuple[date, date], edges: list[date]) -> None:
    first, last = min(chosen), max(chosen)
    if first == last:
        place = min(edges.index(first), len(edges) - 2)
        first, last = edges[place], edges[place + 1]
    state.filter_by(
        from_day=None if first == edges[0] else first,
        to_day=None if last == edges[-1] else last - timedelta(days=1),
    )


def _said(filters: Filters, edges: list[date]) -> str:
    if filters.from_day and filters.to_day:
        return f"{wording.day(filters.from_day)} to {wording.day(filters.to_day)}"
    if filters.from_day:
        return f"since {wording.day(filters.from_day)}"
    return f"until {wording.day(filters.to_day)}" if filters.to_day else "all days"
