"""What the page reads, kept between runs: gazetteer, store, claims, and what a view makes of them.

The page is drawn from columns; records are read for the place that is looked at, for the table's quotes and for a
file that somebody asks for.

Everything is kept for all sessions of the process and is never changed. The keys name the content (the
revision of the store, the version of the gazetteer), so that what `mapdata ingest` writes while the page
is open is there with the reader's next click.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import streamlit as st

from mapdata import columns, selection
from mapdata import filters as filter_words
from mapdata import gazetteer as gazetteers
from mapdata.columns import Choice, Columns, choosing, records
from mapdata.columns.standings import Standings, standings
from mapdata.dashboard import search
from mapdata.drawing import palette
from mapdata.drawing.palette import Colour
from mapdata.errors import StoreError
from mapdata.model import Evidence, Filters, Gazetteer
from mapdata.outlets import load_outlets
from mapdata.selection import Selection
from mapdata.store import Store, connect


@dataclass(frozen=True, slots=True)
class Scene:
    """All that there is to look at. store is None where there is no database yet; where: its address.

    claimed: claims by actor, whatever the filters. since: the first day of
    publication of any claim. busiest: the first day of the month of most claims, the later one of equals.
    """

    gazetteer: Gazetteer
    store: Store | None
    where: str
    revision: int
    columns: Columns | None
    colours: Mapping[str | None, Colour]
    claimed: Mapping[str, int] = field(default_factory=dict)
    since: date | None = None
    busiest: date | None = None


def load(db: str | None, gazetteer_path: str | None) -> Scene:
    """The scene as it is now. Raises GazetteerError and StoreError."""
    path = Path(gazetteer_path) if gazetteer_path else gazetteers.default_path()
    gazetteer = _gazetteer(str(path), _changed(path))
    url = connect.parse_address(db)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return Scene(gazetteer, None, connect.shown(url), 0, None, {})
    store = _store(db)
    revision = store.revision()
    found, claimed, months = _columns(db, revision, gazetteer.version, store, gazetteer)
    counted = ((gazetteer.actors[actor].country, count) for actor, count in claimed.items())
    days = found.day[found.day > 0]
    return Scene(
        gazetteer=gazetteer,
        store=store,
        where=store.address,
        revision=revision,
        columns=found,
        colours=_colours(db, revision, gazetteer.version, tuple(counted)),
        claimed=claimed,
        since=date.fromordinal(int(days.min())) if len(days) else None,
        busiest=max(months, key=lambda month: (sum(months[month]), month), default=None),
    )


def choose(scene: Scene, filters: Filters, today: date) -> Choice:
    """What these filters leave of the scene, as of their day, in numbers."""
    words = tuple(filter_words.to_words(filters).items())
    return _choice(scene.where, scene.revision, scene.gazetteer.version, words, today, scene, filters)


def select(scene: Scene, filters: Filters, today: date) -> Selection:
    """The same as records, for a file: all of them are read."""
    if scene.store is None:
        return selection.select((), filters, scene.gazetteer, today)
    loaded = scene.store.load()
    claims = selection.known_claims(loaded.claims, scene.gazetteer)
    evidence = selection.evidence_of(claims, loaded.sources, load_outlets())
    return selection.select(evidence, filters, scene.gazetteer, today)


def at(scene: Scene, site: str, filters: Filters, today: date) -> Selection:
    """All that is known of a site in the days of the filters, as records, whatever else the filters leave out."""
    evidence = _place(scene.where, scene.revision, scene.gazetteer.version, site, scene)
    return selection.select(evidence, choosing.days_of(filters), scene.gazetteer, today)


def weighed(scene: Scene, filters: Filters, today: date) -> Standings:
    """The standings in the days of the filters, whatever else they leave out."""
    as_of = filters.as_of or today
    words = tuple(filter_words.to_words(choosing.days_of(filters)).items())
    return _weighed(scene.where, scene.revision, scene.gazetteer.version, words, as_of, scene, filters)


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
def _columns(
    db: str | None, revision: int, version: str, _store: Store, _gazetteer: Gazetteer
) -> tuple[Columns, dict[str, int], dict[date, tuple[int, ...]]]:
    found = columns.load(_store, db, _gazetteer)
    return found, choosing.claims_by_actor(found), choosing.months_of(found)


@st.cache_resource(max_entries=2, show_spinner=False)
def _colours(
    db: str | None, revision: int, version: str, counted: tuple[tuple[str | None, int], ...]
) -> dict[str | None, Colour]:
    by_country: Counter[str | None] = Counter()
    for country, count in counted:
        by_country[country] += count
    return palette.assign(by_country.items())


@st.cache_resource(max_entries=8, show_spinner=False)
def _weighed(
    where: str,
    revision: int,
    version: str,
    words: tuple[tuple[str, str], ...],
    as_of: date,
    _scene: Scene,
    _filters: Filters,
) -> Standings:
    assert _scene.columns is not None
    return standings(_scene.columns, _filters, as_of)


@st.cache_resource(max_entries=16, show_spinner=False)
def _place(where: str, revision: int, version: str, site: str, _scene: Scene) -> tuple[Evidence, ...]:
    if _scene.store is None or _scene.columns is None:
        return ()
    return records.of_site(_scene.columns, _scene.store, site)


@st.cache_resource(max_entries=64, show_spinner=False)
def _choice(
    where: str,
    revision: int,
    version: str,
    words: tuple[tuple[str, str], ...],
    today: date,
    _scene: Scene,
    _filters: Filters,
) -> Choice:
    if _scene.columns is None:
        return columns.choose(columns.build(()), _filters, _scene.gazetteer, today)
    known = weighed(_scene, _filters, today)
    return columns.choose(_scene.columns, _filters, _scene.gazetteer, today, known)


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
