"""All evidence as records, for the views that look at each claim; read when the first of them is chosen."""

from __future__ import annotations

from datetime import date

import streamlit as st

from mapdata import filters as filter_words
from mapdata import selection
from mapdata.dashboard.data import Scene
from mapdata.model import Evidence, Filters
from mapdata.outlets import load_outlets
from mapdata.selection import Selection


def evidence(scene: Scene) -> tuple[Evidence, ...]:
    """Every claim that stands, with its article and origin."""
    return _evidence(scene.where, scene.revision, scene.gazetteer.version, scene)


def chosen(scene: Scene, filters: Filters, today: date) -> Selection:
    """What these filters leave of it, as of their day."""
    words = tuple(filter_words.to_words(filters).items())
    return _chosen(scene.where, scene.revision, scene.gazetteer.version, words, today, scene, filters)


@st.cache_resource(max_entries=1, show_spinner="Reading the claims …")
def _evidence(where: str, revision: int, version: str, _scene: Scene) -> tuple[Evidence, ...]:
    if _scene.store is None:
        return ()
    loaded = _scene.store.load()
    claims = selection.known_claims(loaded.claims, _scene.gazetteer)
    return selection.evidence_of(claims, loaded.sources, load_outlets())


@st.cache_resource(max_entries=8, show_spinner=False)
def _chosen(
    where: str,
    revision: int,
    version: str,
    words: tuple[tuple[str, str], ...],
    today: date,
    _scene: Scene,
    _filters: Filters,
) -> Selection:
    return selection.select(evidence(_scene), _filters, _scene.gazetteer, today)
