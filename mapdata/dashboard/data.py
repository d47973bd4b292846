"""What the page reads, kept between runs: gazetteer, store, evidence, and what a view makes of them.

Everything is kept for all sessions of the process and is never changed. The keys name the content (the
revision of the store, the version of the gazetteer), so that what `mapdata ingest` writes while the page
is open is there with the reader's next click.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import streamlit as st

from mapdata import filters as filter_words
from mapdata import gazetteer as gazetteers
from mapdata import layers, selection
from mapdata.dashboard import search
from mapdata.drawing import palette
from mapdata.drawing.palette import Colour
from mapdata.errors import StoreError
from mapdata.model import Evidence, Filters, Gazetteer, Symbol
from mapdata.outlets import load_outlets
from mapdata.selection import Selection
from mapdata.store import Store, connect


@dataclass(frozen=True, slots=True)
class Scene:
    """All that there is to look at. store is None where there is no database yet; where: its address.

    since: the first day of publication of any claim. busiest: the first day of the month of most claims, the
    later one of equals.
    """

    gazetteer: Gazetteer
    store: Store | None
    where: str
    revision: int
    evidence: tuple[Evidence, ...]
    colours: Mapping[str | None, Colour]
    since: date | None = None
    busiest: date | None = None


def load(db: str | None, gazetteer_path: str | None) -> Scene:
    """The scene as it is now. Raises GazetteerError and StoreError."""
    path = Path(gazetteer_path) if gazetteer_path else gazetteers.default_path()
    gazetteer = _gazetteer(str(path), _changed(path))
    url = connect.parse_address(db)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return Scene(gazetteer, None, connect.shown(url), 0, (), {})
    store = _store(db)
    revision = store.revision()
    evidence, colours, busiest = _evidence(db, revision, gazetteer.version, store, gazetteer)
    # The store gives claims by day.
    since = evidence[0].claim.published if evidence else None
    return Scene(gazetteer, store, store.address, revision, evidence, colours, since, busiest)


def select(scene: Scene, filters: Filters, today: date) -> Selection:
    """What these filters leave of the scene, as of their day."""
    words = tuple(filter_words.to_words(filters).items())
    return _selection(scene.where, scene.revision, scene.gazetteer.version, words, today, scene, filters)


def whole_country(scene: Scene, chosen: Selection) -> tuple[Symbol, ...]:
    """What stands of countries as a whole, which the map draws nowhere, as symbols for a list."""
    return layers.country_wide_symbols(chosen.assessments, scene.gazetteer, chosen.filters)


def days_of(filters: Filters) -> Filters:
    """The filters that decide what was known, without those that choose among it."""
    return Filters(from_day=filters.from_day, to_day=filters.to_day, as_of=filters.as_of, reviewed=filters.reviewed)


def undated_days(filters: Filters) -> Filters:
    """The filters without their range of days: what the histogram counts."""
    return replace(filters, from_day=None, to_day=None)


def names(scene: Scene) -> search.Names:
    """The names that sites are searched by."""
    return _names(scene.gazetteer.version, scene.gazetteer)


def texts(scene: Scene, articles: Iterable[str]) -> dict[str, str]:
    """The texts of articles, by id; one that has gone in the meantime is left out."""
    found = {}
    for id in dict.fromkeys(articles):
        if text := _text(scene.where, scene.revision, id, scene):
            found[id] = text
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _gazetteer(path: str, changed: int) -> Gazetteer:
    return gazetteers.load(path)


@st.cache_resource(max_entries=4, show_spinner=False)
def _names(version: str, _gazetteer: Gazetteer) -> search.Names:
    return search.names(_gazetteer)


@st.cache_resource(max_entries=4, show_spinner=False, on_release=lambda store: store.close())
def _store(db: str | None) -> Store:
    return Store.open(db, readonly=True)


@st.cache_resource(max_entries=2, show_spinner="Reading the database …")
def _evidence(
    db: str | None, revision: int, version: str, _store: Store, _gazetteer: Gazetteer
) -> tuple[tuple[Evidence, ...], dict[str | None, Colour], date | None]:
    loaded = _store.load()
    claims = selection.known_claims(loaded.claims, _gazetteer)
    evidence = selection.evidence_of(claims, loaded.sources, load_outlets())
    colours = palette.assign(selection.used_by_country(evidence, _gazetteer).items())
    months = Counter(claim.published.replace(day=1) for claim in claims if claim.published)
    return evidence, colours, max(months, key=lambda month: (months[month], month), default=None)


@st.cache_resource(max_entries=64, show_spinner=False)
def _selection(
    where: str,
    revision: int,
    version: str,
    words: tuple[tuple[str, str], ...],
    today: date,
    _scene: Scene,
    _filters: Filters,
) -> Selection:
    return selection.select(_scene.evidence, _filters, _scene.gazetteer, today)


@st.cache_data(max_entries=2000, show_spinner=False)
def _text(where: str, revision: int, id: str, _scene: Scene) -> str | None:
    if _scene.store is None:
        return None
    try:
        return _scene.store.article(id).text
    except StoreError:
        return None


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
