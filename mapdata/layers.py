"""From assessments to what is drawn: symbols, and GeoJSON features by layer.

Coordinates are (lon, lat), WGS84.

A claim about a country as a whole is no point: it makes no symbol and stands in no layer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from mapdata.assessment import LIVE_STATES
from mapdata.filters import NO_COUNTRY
from mapdata.model import (
    Assessment,
    Evidence,
    Filters,
    Gazetteer,
    Site,
    SiteKind,
    Standing,
    StandingState,
    Status,
    Symbol,
)

DECIMALS = 6
"""Of a degree, in exports: about a tenth of a metre, below any gazetteer's precision."""

NO_FILTERS = Filters()

Key = tuple[str, str, Status]


def country_of(actor: str, gazetteer: Gazetteer) -> str:
    """The layer of an actor: the code of its country, "none" for one without a state."""
    known = gazetteer.actors.get(actor)
    return (known.country if known else None) or NO_COUNTRY


def is_country_wide(site: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.sites.get(site)
    return known is not None and known.kind is SiteKind.COUNTRY


def shown_standings(
    assessment: Assessment, gazetteer: Gazetteer, filters: Filters = NO_FILTERS
) -> tuple[Standing, ...]:
    """The standings of an assessment that are current or contested and that the filters let through."""
    if not _pair_is_asked_for(assessment, gazetteer, filters):
        return ()
    return tuple(
        standing
        for standing in assessment.standings
        if standing.state in LIVE_STATES
        and is_firm_enough(standing, filters)
        and (not filters.statuses or standing.status in filters.statuses)
    )


def is_firm_enough(standing: Standing, filters: Filters) -> bool:
    """Whether a standing has the origins and the freshness that the filters ask for."""
    return len(standing.origins) >= filters.min_origins and (
        filters.recent is None or standing.age_days <= filters.recent
    )


def _pair_is_asked_for(assessment: Assessment, gazetteer: Gazetteer, filters: Filters) -> bool:
    return (
        (not filters.sites or assessment.site in filters.sites)
        and (not filters.actors or assessment.actor in filters.actors)
        and (not filters.countries or country_of(assessment.actor, gazetteer) in filters.countries)
    )


def symbols(
    assessments: Iterable[Assessment], gazetteer: Gazetteer, filters: Filters = NO_FILTERS
) -> tuple[Symbol, ...]:
    """One symbol a standing that is current or contested, in the order of the assessments.

    A site without a place in the gazetteer, and a country, have none.
    """
    return tuple(
        _symbol(standing, gazetteer)
        for assessment in assessments
        if is_drawn(gazetteer.sites.get(assessment.site))
        for standing in shown_standings(assessment, gazetteer, filters)
    )


def country_wide_symbols(
    assessments: Iterable[Assessment], gazetteer: Gazetteer, filters: Filters = NO_FILTERS
) -> tuple[Symbol, ...]:
    """The same of countries as a whole, which no map draws: for a list beside it."""
    return tuple(
        _symbol(standing, gazetteer)
        for assessment in assessments
        if is_country_wide(assessment.site, gazetteer)
        for standing in shown_standings(assessment, gazetteer, filters)
    )


def _symbol(standing: Standing, gazetteer: Gazetteer) -> Symbol:
    actor = gazetteer.actors.get(standing.actor)
    return Symbol(
        site=standing.site,
        actor=standing.actor,
        status=standing.status,
        country=actor.country if actor else None,
        contested=standing.state is StandingState.CONTESTED,
        origins=len(standing.origins),
        articles=standing.articles,
        age_days=standing.age_days,
    )


def is_drawn(site: Site | None) -> bool:
    return site is not None and site.kind is not SiteKind.COUNTRY and geometry(site) is not None


def layers(
    assessments: Iterable[Assessment],
    evidence: Iterable[Evidence],
    gazetteer: Gazetteer,
    filters: Filters = NO_FILTERS,
) -> dict[tuple[str, Status], dict[str, Any]]:
    """GeoJSON FeatureCollections by (country or "none", status), sorted by country, statuses in their order.

    The features are those of `features`, without the claims about whole countries.
    """
    grouped: dict[tuple[str, Status], list[dict[str, Any]]] = defaultdict(list)
    for standing, feature in features(assessments, evidence, gazetteer, filters):
        if feature["geometry"] is not None:
            grouped[country_of(standing.actor, gazetteer), standing.status].append(feature)
    order = {status: place for place, status in enumerate(Status)}
    return {
        key: {"type": "FeatureCollection", "features": grouped[key]}
        for key in sorted(grouped, key=lambda key: (key[0] == NO_COUNTRY, key[0], order[key[1]]))
    }


def features(
    assessments: Iterable[Assessment],
    evidence: Iterable[Evidence],
    gazetteer: Gazetteer,
    filters: Filters = NO_FILTERS,
) -> Iterator[tuple[Standing, dict[str, Any]]]:
    """Standings that are shown, each with its GeoJSON feature, in the order of the assessments.

    evidence: all that the assessments rest on; each feature carries the quotes of its own site, actor and
    status. The geometry is None for what has no place: a claim about a country as a whole.
    """
    quotes = quotes_of(evidence)
    for assessment in assessments:
        site = gazetteer.sites.get(assessment.site)
        shape = geometry(site) if site is not None and site.kind is not SiteKind.COUNTRY else None
        for standing in shown_standings(assessment, gazetteer, filters):
            key = (standing.site, standing.actor, standing.status)
            yield (
                standing,
                {
                    "type": "Feature",
                    "id": feature_id(*key),
                    "geometry": shape,
                    "properties": _properties(assessment, standing, site, quotes.get(key, []), gazetteer),
                },
            )


def feature_id(site: str, actor: str, status: Status) -> str:
    return f"{site}|{actor}|{status.value}"


def geometry(site: Site) -> dict[str, Any] | None:
    """A GeoJSON geometry: the area where the gazetteer draws one, else the point, None without a place."""
    if site.area:
        return {"type": "Polygon", "coordinates": [ring(site.area)]}
    if site.lat is None or site.lon is None:
        return None
    return {"type": "Point", "coordinates": [round(site.lon, DECIMALS), round(site.lat, DECIMALS)]}


def ring(area: Sequence[tuple[float, float]]) -> list[list[float]]:
    """An outer ring as RFC 7946 wants it: closed, and counter-clockwise, whichever way it was drawn."""
    points = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in area]
    if points[0] != points[-1]:
        points.append(points[0])
    twice_the_area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points))
    return points if twice_the_area >= 0 else points[::-1]


def quotes_of(evidence: Iterable[Evidence]) -> dict[Key, list[Evidence]]:
    """Evidence by (site, actor, status): newest publication first, the undated last."""
    grouped: dict[Key, list[Evidence]] = defaultdict(list)
    for item in evidence:
        grouped[item.claim.site, item.claim.actor, item.claim.status].append(item)
    for items in grouped.values():
        items.sort(key=lambda item: (item.claim.article, item.claim.start))
        items.sort(
            key=lambda item: item.source.published.toordinal() if item.source.published else 0, reverse=True
        )
    return dict(grouped)


def _properties(
    assessment: Assessment,
    standing: Standing,
    site: Site | None,
    quotes: Sequence[Evidence],
    gazetteer: Gazetteer,
) -> dict[str, Any]:
    actor = gazetteer.actors.get(standing.actor)
    return {
        "id": feature_id(standing.site, standing.actor, standing.status),
        "site": standing.site,
        "site_name": site.name if site else standing.site,
        "site_kind": site.kind.value if site else None,
        "precision_m": site.precision_m if site else None,
        "actor": standing.actor,
        "actor_name": actor.name if actor else standing.actor,
        "country": country_of(standing.actor, gazetteer),
        "status": standing.status.value,
        "state": standing.state.value,
        "contested": standing.state is StandingState.CONTESTED,
        "origins": len(standing.origins),
        "articles": standing.articles,
        "speakers": {kind.value: count for kind, count in standing.speakers},
        "first": standing.first.isoformat(),
        "newest": standing.newest.isoformat(),
        "age_days": standing.age_days,
        "as_of": assessment.as_of.isoformat(),
        "sentence": assessment.sentence,
        "quotes": [quote_words(item) for item in quotes],
    }


def quote_words(item: Evidence) -> dict[str, Any]:
    """One piece of evidence as plain values, the quote verbatim and with its place in the article's text."""
    claim, source = item.claim, item.source
    return {
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "cues": [cue.text for cue in claim.cues],
        "attribution": claim.attribution.text,
        "speaker": claim.attribution.kind.value,
        "article": claim.article,
        "title": source.title,
        "outlet": source.outlet,
        "published": source.published.isoformat() if source.published else None,
        "url": source.url,
        "origin": item.origin.id,
        "origin_outlet": item.origin.outlet,
        "origin_day": item.origin.day.isoformat() if item.origin.day else None,
        "held_from": claim.held_from,
        "held_to": claim.held_to,
        "illustrative": source.illustrative,
        "reviewed": claim.review.value if claim.review else None,
    }
