"""What the page shows, and the same as the words of an address, both ways.

Besides the words of `mapdata.filters` an address has `place` (the chosen site, actor and status, joined
by "!", as far as they are chosen), `at` (centre and zoom of the map: lon,lat,zoom), `show` (`table`), `view` (one
of NAMES, the map where it says none) and `since` (the day that changes are counted from).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mapdata import filters as filter_words
from mapdata.errors import FilterError
from mapdata.model import Filters, Gazetteer, Status

NAMES = ("map", "add", "review", "silence", "changes")
"""The views that the page has."""

_SEPARATOR = "!"


@dataclass(frozen=True, slots=True)
class Place:
    """The chosen site; the actor and the status are None where only the site is chosen."""

    site: str
    actor: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """The part of the world that the map shows: its centre in decimal degrees, and Leaflet's zoom."""

    lon: float
    lat: float
    zoom: float


@dataclass(frozen=True, slots=True)
class View:
    """Everything that an address says. spot is None where the map stands as it opens. name: one of NAMES. since:
    None for a month before the as-of day."""

    filters: Filters = field(default_factory=Filters)
    place: Place | None = None
    spot: Spot | None = None
    table: bool = False
    name: str = NAMES[0]
    since: date | None = None


def read(words: Mapping[str, str | Sequence[str]], gazetteer: Gazetteer) -> tuple[View, tuple[str, ...]]:
    """The view that an address asks for, and what could not be understood, a line each.

    Never raises: what is faulty is left out, and filters with any fault are left out altogether, since
    half of what somebody asked for is something that nobody asked for.
    """
    faults: list[str] = []
    ours = {word: _last(words.get(word, "")) for word in ("place", "at", "show", "view", "since")}
    view = View()
    try:
        filters = filter_words.parse({word: value for word, value in words.items() if word not in ours})
        filter_words.check_against(filters, gazetteer)
        view = replace(view, filters=filters)
    except FilterError as error:
        faults.append(str(error))
    if ours["place"]:
        try:
            view = replace(view, place=_place(ours["place"], gazetteer))
        except ValueError as error:
            faults.append(f"place: {error}")
    if ours["at"]:
        try:
            view = replace(view, spot=_spot(ours["at"]))
        except ValueError as error:
            faults.append(f"at: {error}")
    shown = ours["show"]
    if shown not in ("", "map", "table"):
        faults.append(f"show: {shown!r} is neither map nor table")
    name = ours["view"] or NAMES[0]
    if name not in NAMES:
        faults.append(f"view: {name!r} is none of {', '.join(NAMES)}")
        name = NAMES[0]
    if ours["since"]:
        try:
            view = replace(view, since=filter_words.parse({"from": ours["since"]}).from_day)
        except FilterError as error:
            faults.append(str(error).replace("from:", "since:", 1))
    return replace(view, table=shown == "table", name=name), tuple(faults)


def to_words(view: View) -> dict[str, str]:
    """The words of the address, defaults left out; `read` gives the same view back."""
    words = filter_words.to_words(view.filters)
    if view.place:
        parts = (view.place.site, view.place.actor, view.place.status)
        words["place"] = _SEPARATOR.join(part for part in parts if part)
    if view.spot:
        words["at"] = f"{view.spot.lon:.3f},{view.spot.lat:.3f},{view.spot.zoom:g}"
    if view.table:
        words["show"] = "table"
    if view.name != NAMES[0]:
        words["view"] = view.name
    if view.since:
        words["since"] = view.since.isoformat()
    return words


def _last(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else value[-1] if value else ""


def _place(text: str, gazetteer: Gazetteer) -> Place:
    site, actor, status, *rest = [*text.split(_SEPARATOR), None, None]
    if any(rest):
        raise ValueError(f"{text!r} has too many parts: write it as site, site!actor or site!actor!status")
    if site not in gazetteer.sites:
        raise ValueError(f"the gazetteer has no site {site!r}: search it by its name")
    if actor is not None and actor not in gazetteer.actors:
        raise ValueError(f"the gazetteer has no actor {actor!r}: choose the symbol on the map")
    if status is not None and status not in set(Status):
        raise ValueError(f"{status!r} is no status: allowed: {', '.join(Status)}")
    return Place(site, actor, Status(status) if status else None)


def _spot(text: str) -> Spot:
    try:
        lon, lat, zoom = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"{text!r} is no place on the map: write it as lon,lat,zoom") from None
    if not (all(map(math.isfinite, (lon, lat, zoom))) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{text!r} is off the globe: longitude -180 to 180, latitude -90 to 90")
    if not 0 <= zoom <= 24:
        raise ValueError(f"zoom {zoom:g} is not between 0 and 24")
    return Spot(round(lon, 3), round(lat, 3), zoom)
