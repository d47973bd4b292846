"""The columns themselves, in memory and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from mapdata.model import Origin, Status

Numbers = np.ndarray[Any, np.dtype[Any]]

STATUSES = tuple(Status)
_STATUS_PLACE = {status: place for place, status in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Columns:
    """All claims, sorted by group and, within it, by voice.

    A group is a (site, actor, status): `(site * actors + actor) * 4 + status`, places in the lists `sites` and
    `actors` and in Status. A row is a claim; no two rows of a group are of one article.

    By row: day (of publication), weighed (the day that the claim counts from: its report's), both as proleptic
    ordinals and 0 without a day; origin, article: places in their lists; illustrative; reviewed (by a person); order:
    the place in the order that the store gives claims in.
    Segments: voice_at, the first row of each (group, voice); group_at, the first segment of each group that has any;
    group, its number.
    By origin and by article: what their records hold; outlets and voices are places in `names`, -1 for none.
    """

    sites: Numbers
    actors: Numbers
    day: Numbers
    weighed: Numbers
    origin: Numbers
    article: Numbers
    illustrative: Numbers
    reviewed: Numbers
    order: Numbers
    voice_at: Numbers
    group_at: Numbers
    group: Numbers
    articles: Numbers
    origin_ids: Numbers
    origin_outlet: Numbers
    origin_voice: Numbers
    origin_day: Numbers
    names: Numbers

    def __len__(self) -> int:
        return len(self.day)

    @property
    def row_at(self) -> Numbers:
        """The first row of each group."""
        return self.voice_at[self.group_at]

    def split(self) -> tuple[Numbers, Numbers, Numbers]:
        """Of each group: the places of its site, actor and status."""
        pair, status = np.divmod(self.group, len(STATUSES))
        site, actor = np.divmod(pair, max(len(self.actors), 1))
        return site, actor, status

    def number_of(self, site: str, actor: str, status: Status) -> int:
        """The number of a group. Raises KeyError where no claim names the site or the actor."""
        found = [int(np.searchsorted(names, name)) for names, name in ((self.sites, site), (self.actors, actor))]
        if found[0] >= len(self.sites) or self.sites[found[0]] != site:
            raise KeyError(site)
        if found[1] >= len(self.actors) or self.actors[found[1]] != actor:
            raise KeyError(actor)
        return (found[0] * len(self.actors) + found[1]) * len(STATUSES) + _STATUS_PLACE[status]

    def origin_of(self, place: int) -> Origin:
        """The record of an origin."""
        outlet, day = int(self.origin_outlet[place]), int(self.origin_day[place])
        return Origin(
            id=str(self.origin_ids[place]),
            outlet=str(self.names[outlet]) if outlet >= 0 else None,
            voice=str(self.names[int(self.origin_voice[place])]),
            day=date.fromordinal(day) if day else None,
        )


def save(columns: Columns, path: Path) -> None:
    """Writes the file, whole or not at all. Raises OSError."""
    unfinished = path.with_name(f"{path.stem}.part.npz")
    arrays = {field.name: getattr(columns, field.name) for field in fields(Columns)}
    try:
        np.savez(unfinished, **arrays)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read(path: Path) -> Columns:
    """Reads what `save` wrote. Raises OSError, ValueError, KeyError, EOFError or BadZipFile for another file."""
    with np.load(path, allow_pickle=False) as found:
        return Columns(**{field.name: found[field.name] for field in fields(Columns)})


def texts(values: Sequence[str]) -> Numbers:
    """Strings as an array; never of width 0, which numpy does not store."""
    return np.array(values, dtype=np.str_) if values else np.array([], dtype="<U1")
