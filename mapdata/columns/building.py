"""From evidence to columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mapdata.columns.frame import STATUSES, Columns, texts
from mapdata.model import Evidence, Origin


def build(evidence: Sequence[Evidence]) -> Columns:
    """The columns of all that there is, in the order that the store gives. No two items may have article, site,
    actor and status in common; the store sees to it."""
    sites = sorted({item.claim.site for item in evidence})
    actors = sorted({item.claim.actor for item in evidence})
    site_place, actor_place = _places(sites), _places(actors)
    status_place = {status: place for place, status in enumerate(STATUSES)}
    articles: dict[str, int] = {}
    origins: dict[str, tuple[int, Origin]] = {}
    names: dict[str, int] = {}
    count = len(evidence)
    group, voice = np.empty(count, np.int32), np.empty(count, np.int32)
    day, weighed = np.zeros(count, np.int32), np.zeros(count, np.int32)
    origin, article = np.empty(count, np.int32), np.empty(count, np.int32)
    illustrative, reviewed = np.empty(count, bool), np.empty(count, bool)
    for row, item in enumerate(evidence):
        claim, published = item.claim, item.source.published
        pair = site_place[claim.site] * len(actors) + actor_place[claim.actor]
        group[row] = pair * len(STATUSES) + status_place[claim.status]
        voice[row] = names.setdefault(item.origin.voice, len(names))
        if published is not None:
            day[row] = published.toordinal()
            weighed[row] = (item.origin.day or published).toordinal()
        origin[row] = origins.setdefault(item.origin.id, (len(origins), item.origin))[0]
        article[row] = articles.setdefault(claim.article, len(articles))
        illustrative[row] = item.source.illustrative
        reviewed[row] = claim.review is not None
    known = [found for _, found in origins.values()]
    outlets = [names.setdefault(one.outlet, len(names)) if one.outlet is not None else -1 for one in known]
    voices = [names[one.voice] for one in known]
    order = np.lexsort((voice, group)).astype(np.int32)
    group, voice = group[order], voice[order]
    starts = np.flatnonzero(_changes(group) | _changes(voice)).astype(np.int32)
    groups = group[starts]
    at = np.flatnonzero(_changes(groups)).astype(np.int32)
    return Columns(
        sites=texts(sites),
        actors=texts(actors),
        day=day[order],
        weighed=weighed[order],
        origin=origin[order],
        article=article[order],
        illustrative=illustrative[order],
        reviewed=reviewed[order],
        order=order,
        voice_at=starts,
        group_at=at,
        group=groups[at],
        articles=texts(list(articles)),
        origin_ids=texts([one.id for one in known]),
        origin_outlet=np.array(outlets, np.int32),
        origin_voice=np.array(voices, np.int32),
        origin_day=np.array([one.day.toordinal() if one.day else 0 for one in known], np.int32),
        names=texts(list(names)),
    )


def _places(values: Sequence[str]) -> dict[str, int]:
    return {value: place for place, value in enumerate(values)}


def _changes(values: np.ndarray) -> np.ndarray:
    """Where a value differs from the one before; the first does."""
    changed = np.ones(len(values), bool)
    changed[1:] = values[1:] != values[:-1]
    return changed
