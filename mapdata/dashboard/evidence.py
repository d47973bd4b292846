"""The right of the page: what a symbol rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from mapdata.dashboard import cards, data, history, mapview, markup, state, wording
from mapdata.dashboard.data import Scene
from mapdata.dashboard.view import Place
from mapdata.dashboard.wording import plain
from mapdata.drawing.palette import colour_of
from mapdata.model import Assessment, Evidence, Site, StandingState, Symbol

_NEWEST_SHOWN = 8
_CARDS, _PAGES = 100, "_pages"  # cards that are shown at first, and with each click for older ones

_STATES = {
    StandingState.CURRENT: "stands",
    StandingState.CONTESTED: "contested",
    StandingState.SUPERSEDED: "superseded",
    StandingState.LAPSED: "lapsed",
}


_MEANINGS = {
    StandingState.CURRENT: "newest reports say so, and none says otherwise",
    StandingState.CONTESTED: "other reports of the same time say otherwise",
    StandingState.SUPERSEDED: "newer reports say otherwise",
    StandingState.LAPSED: "no new report for a year",
}


def draw(scene: Scene, symbols: Sequence[Symbol], today: date) -> None:
    place = state.current().place
    if place is None:
        _invite(scene, symbols, today)
        return
    filters = state.current().filters
    known = data.at(scene, place.site, filters, today)
    here, assessed = known.window, known.assessments
    site = scene.gazetteer.sites[place.site]
    _head(scene, site, place)
    if not here:
        markup.show(
            "notice.html",
            title="Nothing is reported of this place in these days.",
            lines=["Widen the days at the bottom of the page, or ingest articles that name it."],
        )
        return
    _actors(scene, assessed, place)
    shown = [found for found in assessed if place.actor in (None, found.actor)]
    mine = [item for item in here if place.actor in (None, item.claim.actor)]
    for found in shown:
        markup.show(
            "assessment.html",
            assessment=found,
            states=_STATES,
            meanings=_MEANINGS,
            several=len(shown) > 1,
            actor=scene.gazetteer.actors[found.actor].name,
        )
    as_of = filters.as_of or today
    if strip := history.strip(mine, as_of):
        markup.show("strip.html", strip=strip, styles=_styles(scene, assessed), codes=_codes(scene))
    _cards(scene, mine, place)


def _head(scene: Scene, site: Site, place: Place) -> None:
    local = [
        names[0]
        for language in scene.gazetteer.theatre.languages
        if language != "en" and (names := site.names.get(language))
    ]
    markup.show(
        "place.html",
        name=site.name,
        facts=[fact for fact in (wording.kind(site), site.province, wording.position(site)) if fact],
        local=[(name, wording.right_to_left(name)) for name in local[:2]],
    )
    filters = state.current().filters
    with st.container(key="place-actions", horizontal=True, gap="small"):
        if filters.sites == frozenset([site.id]):
            st.button("Show all places", type="tertiary", on_click=state.filter_by, kwargs={"sites": frozenset()})
        else:
            st.button(
                "Only this place",
                type="tertiary",
                on_click=state.filter_by,
                kwargs={"sites": frozenset([site.id])},
            )
        st.button("Review", type="tertiary", key="review-site", on_click=state.review_site, args=(site.id,))
        st.button("Close", type="tertiary", key="close", on_click=state.choose, args=(None,))


def _actors(scene: Scene, assessed: Sequence[Assessment], place: Place) -> None:
    """The actors that something is said of at this place: one is looked at, or all."""
    if len(assessed) < 2:
        return
    options = [None, *(found.actor for found in assessed)]
    names = {found.actor: plain(scene.gazetteer.actors[found.actor].name) for found in assessed}

    def chosen(actor: str | None) -> None:
        headline = next((found.headline for found in assessed if found.actor == actor), None)
        state.choose(Place(place.site, actor, headline if actor else None))

    st.pills(
        "Actor",
        options,
        format_func=lambda actor: "All" if actor is None else names[actor],
        label_visibility="collapsed",
        **state.mirrored("place-actor", place.actor if place.actor in names else None, chosen),
    )


def _cards(scene: Scene, evidence: Sequence[Evidence], place: Place) -> None:
    pages = st.session_state.setdefault(_PAGES, {})
    shown, left = cards.newest(evidence, _CARDS * pages.get(place, 1))
    texts = data.texts(scene, (item.claim.article for item in shown))
    dated, undated = cards.cards(shown, texts)
    names = {actor.id: actor.name for actor in scene.gazetteer.actors.values()}
    several = len({item.claim.actor for item in evidence}) > 1
    markup.show("cards.html", dated=dated, undated=undated, names=names, several=several)
    if left:
        st.button(
            f"Older reports: {wording.count(left, 'origin')}",
            key="older",
            type="tertiary",
            on_click=_more,
            args=(place,),
        )


def _more(place: Place) -> None:
    pages = st.session_state[_PAGES]
    pages[place] = pages.get(place, 1) + 1


def _invite(scene: Scene, symbols: Sequence[Symbol], today: date) -> None:
    markup.show("invite.html")
    newest = sorted(symbols, key=lambda symbol: (symbol.age_days, symbol.site, symbol.actor))
    if newest:
        markup.show("heading.html", text="Newest reports")
        for symbol in newest[:_NEWEST_SHOWN]:
            mapview.pill(scene, symbol)
    _busiest(scene, today)


def _busiest(scene: Scene, today: date) -> None:
    """The month of most claims, as a place to start from: on a quiet day plans and denials have lapsed."""
    as_of = state.current().filters.as_of
    month = scene.busiest
    if month is None:
        return
    last = history.following(month) - timedelta(days=1)
    if (as_of or today).replace(day=1) == month or last > today:
        return
    st.button(
        plain(f"Most was reported in {wording.month(month)}: the map as of {wording.day(last)}"),
        key="busiest",
        type="tertiary",
        on_click=state.filter_by,
        kwargs={"as_of": last},
    )


def _styles(scene: Scene, assessed: Sequence[Assessment]) -> dict[str, str]:
    """The colour of each actor's layer."""
    return {
        found.actor: colour_of(scene.colours, scene.gazetteer.actors[found.actor].country).value for found in assessed
    }


def _codes(scene: Scene) -> dict[str, str]:
    return {actor.id: actor.code for actor in scene.gazetteer.actors.values()}
