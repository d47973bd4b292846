"""Candidates for a new site from Nominatim (OpenStreetMap): only when a curator asks for it.

The service's terms: one request a second at most, an own user agent, results under the ODbL.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from geopy.exc import GeocoderTimedOut, GeocoderUnavailable, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

import mapdata
from mapdata.errors import SuggestError
from mapdata.gazetteer.offline_lists import Candidate
from mapdata.model import SiteKind, Theatre

SERVER = "https://nominatim.openstreetmap.org"
USER_AGENT = f"mapdata/{mapdata.__version__}"

_TIMEOUT_S = 10
_PAUSE_S = 1.0
_MOST = 5
_KINDS = {"naval_base": SiteKind.NAVAL_BASE, "airfield": SiteKind.AIR_BASE, "checkpoint": SiteKind.OUTPOST}


@lru_cache(maxsize=8)
def _geocode(server: str) -> RateLimiter:
    """One limiter for the whole process, so that repeated calls keep the pause too."""
    parts = urlsplit(server)
    geocoder = Nominatim(
        user_agent=USER_AGENT, timeout=_TIMEOUT_S, scheme=parts.scheme or "https", domain=parts.netloc
    )
    return RateLimiter(geocoder.geocode, min_delay_seconds=_PAUSE_S, max_retries=0, swallow_exceptions=False)


def ask(name: str, theatre: Theatre, server: str = SERVER) -> list[Candidate]:
    """Places of that name, those in the theatre preferred. Raises SuggestError if there is no answer."""
    west, south, east, north = theatre.bounds
    try:
        found = _geocode(server)(
            name,
            exactly_one=False,
            limit=_MOST,
            addressdetails=True,
            namedetails=True,
            language="en",
            viewbox=[(south, west), (north, east)],
        )
    except GeopyError as error:
        raise SuggestError(
            f"Nominatim at {server} {_why(error)}: try again later, or without --online"
        ) from None
    return [_candidate(place.raw, name) for place in found or ()]


def _why(error: GeopyError) -> str:
    if isinstance(error, GeocoderTimedOut):
        return f"gave no answer within {_TIMEOUT_S} s"
    if isinstance(error, GeocoderUnavailable):
        return "cannot be reached"
    return f"refused the question ({' '.join(str(error).split())[:100] or type(error).__name__})"


def _candidate(raw: dict, asked: str) -> Candidate:
    names = [value for key, value in (raw.get("namedetails") or {}).items() if key.startswith("name")]
    first = raw.get("name") or str(raw.get("display_name", asked)).split(",")[0]
    country = (raw.get("address") or {}).get("country_code", "").upper()
    return Candidate(
        source=f"Nominatim (OpenStreetMap {raw.get('osm_type', '?')} {raw.get('osm_id', '?')})",
        name=first,
        kind=_kind(raw.get("class", raw.get("category", "")), raw.get("type", "")),
        country=country or None,
        lat=round(float(raw["lat"]), 5),
        lon=round(float(raw["lon"]), 5),
        spellings=tuple(dict.fromkeys([first, *names])),
        ids=(("osm", f"{raw.get('osm_type', '?')}/{raw.get('osm_id', '?')}"),),
    )


def _kind(category: str, kind: str) -> SiteKind:
    if kind in _KINDS:
        return _KINDS[kind]
    if category == "aeroway":
        return SiteKind.AIR_BASE
    if category == "military" or kind == "military":
        return SiteKind.ARMY_BASE
    if kind in {"harbour", "port"} or category == "harbour":
        return SiteKind.PORT
    return SiteKind.TOWN
