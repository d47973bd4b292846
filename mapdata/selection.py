"""Evidence and assessments for given filters, for the command line, the snapshot and the dashboard.

Three kinds of filter, in this order. `from`, `to`, `as_of` and `reviewed` decide what is known: the
assessments rest on it. `site`, `actor`, `country` and `status` choose among what is known and never change
a standing: a plan stays contested when its denial is out of view. `min_origins` and `recent` leave standings
out that are not firm or not fresh enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mapdata import origins
from mapdata.assessment import assess
from mapdata.filters import NO_COUNTRY
from mapdata.layers import (
    NO_FILTERS,
    country_of,
    is_country_wide,
    is_firm_enough,
    shown_standings,
    symbols,
)
from mapdata.model import (
    Assessment,
    Claim,
    Evidence,
    Filters,
    Gazetteer,
    Source,
    Status,
    Symbol,
)
from mapdata.outlets import Outlets


@dataclass(frozen=True, slots=True)
class Facets:
    """How many standings are current or contested, by value, each under the *other* filters.

    Values that the evidence of the window has and that the other filters leave nothing of count 0. Claims
    about whole countries are among them: they are shown too, in a list.
    """

    statuses: Mapping[Status, int]
    countries: Mapping[str, int]
    actors: Mapping[str, int]
    sites: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """What given filters leave.

    window: all that could be read in the days chosen, undated evidence included, whatever the other filters:
    what the assessments rest on. evidence: the part of it that the filters choose, in the order given.
    assessments: of the pairs that are shown, whole. country_wide: the evidence about countries as a whole.
    claims, origins: how many claims and reports `evidence` has. total: how many claims there are at all.
    undated: how many of `evidence` have no day. used: claims by country (None without a state) over all that
    there is, whatever the filters: what colours are given by, so that a filter never changes one.
    """

    filters: Filters
    as_of: date
    window: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]
    assessments: tuple[Assessment, ...]
    symbols: tuple[Symbol, ...]
    facets: Facets
    country_wide: tuple[Evidence, ...]
    claims: int
    total: int
    origins: int
    undated: int
    used: Mapping[str | None, int]


def known_claims(claims: Iterable[Claim], gazetteer: Gazetteer) -> list[Claim]:
    """Without those that were read with another gazetteer and name what this one does not have."""
    return [c for c in claims if c.site in gazetteer.sites and c.actor in gazetteer.actors]


def evidence_of(
    claims: Sequence[Claim], sources: Mapping[str, Source], outlets: Outlets
) -> tuple[Evidence, ...]:
    """Claims joined with their articles' metadata and their origins, in the order of the claims.

    Raises KeyError for a claim whose article is not among the sources.
    """
    found = origins.assign(claims, sources, outlets)
    return tuple(
        Evidence(claim, sources[claim.article], origin) for claim, origin in zip(claims, found, strict=True)
    )


def select(
    evidence: Sequence[Evidence],
    filters: Filters,
    gazetteer: Gazetteer,
    today: date,
) -> Selection:
    """What the filters leave of the evidence as of their day, or of `today` where they name none."""
    as_of = filters.as_of or today
    window = tuple(item for item in evidence if _in_window(item, filters, as_of))
    known = assess(window, as_of, gazetteer)
    chosen = _chosen_evidence(window, known, filters, gazetteer)
    pairs = {(item.claim.site, item.claim.actor) for item in chosen}
    shown = tuple(one for one in known if (one.site, one.actor) in pairs)
    return Selection(
        filters=filters,
        as_of=as_of,
        window=window,
        evidence=chosen,
        assessments=shown,
        symbols=symbols(shown, gazetteer, filters),
        facets=_facets(known, filters, gazetteer),
        country_wide=tuple(item for item in chosen if is_country_wide(item.claim.site, gazetteer)),
        claims=len(chosen),
        total=len(evidence),
        origins=len({item.origin.id for item in chosen}),
        undated=sum(item.source.published is None for item in chosen),
        used=used_by_country(evidence, gazetteer),
    )


def used_by_country(evidence: Iterable[Evidence], gazetteer: Gazetteer) -> dict[str | None, int]:
    """Claims by the country of their actor's layer: `Selection.used`, for whoever draws before selecting."""
    by_country: Counter[str | None] = Counter()
    for actor, count in Counter(item.claim.actor for item in evidence).items():
        if actor in gazetteer.actors:
            by_country[gazetteer.actors[actor].country] += count
    return dict(by_country)


def _in_window(item: Evidence, filters: Filters, as_of: date) -> bool:
    if filters.reviewed and item.claim.review is None:
        return False
    day = item.source.published
    if day is None:
        # It may or may not lie in the window: it is listed as undated and moves no status.
        return True
    return (
        day <= as_of
        and (filters.from_day is None or filters.from_day <= day)
        and (filters.to_day is None or day <= filters.to_day)
    )


def _chosen_evidence(
    window: Iterable[Evidence], known: Iterable[Assessment], filters: Filters, gazetteer: Gazetteer
) -> tuple[Evidence, ...]:
    """Evidence of what is chosen; of a status that has no standing (undated alone) only where nothing asks
    for origins or freshness, since an undated claim can show neither."""
    demanding = filters.min_origins > 1 or filters.recent is not None
    firm = {
        (standing.site, standing.actor, standing.status)
        for assessment in known
        if demanding
        for standing in assessment.standings
        if is_firm_enough(standing, filters)
    }
    countries = {actor: country_of(actor, gazetteer) for actor in gazetteer.actors}

    def is_chosen(claim: Claim) -> bool:
        return (
            (not filters.sites or claim.site in filters.sites)
            and (not filters.actors or claim.actor in filters.actors)
            and (not filters.statuses or claim.status in filters.statuses)
            and (not filters.countries or countries.get(claim.actor, NO_COUNTRY) in filters.countries)
            and (not demanding or (claim.site, claim.actor, claim.status) in firm)
        )

    if filters == replace(NO_FILTERS, from_day=filters.from_day, to_day=filters.to_day, as_of=filters.as_of):
        return tuple(window)
    return tuple(item for item in window if is_chosen(item.claim))


def _facets(known: Iterable[Assessment], filters: Filters, gazetteer: Gazetteer) -> Facets:
    firm = replace(
        filters, sites=frozenset(), actors=frozenset(), countries=frozenset(), statuses=frozenset()
    )
    counts: tuple[Counter, ...] = (Counter(), Counter(), Counter(), Counter())
    counts[0].update(dict.fromkeys(Status, 0))
    chosen = (filters.statuses, filters.countries, filters.actors, filters.sites)
    for assessment in known:
        country = country_of(assessment.actor, gazetteer)
        for counter, value in zip(counts[1:], (country, assessment.actor, assessment.site), strict=True):
            counter[value] += 0
        for standing in shown_standings(assessment, gazetteer, firm):
            values = (standing.status, country, standing.actor, standing.site)
            misses = [
                bool(wanted) and value not in wanted for wanted, value in zip(chosen, values, strict=True)
            ]
            for counter, value, missed in zip(counts, values, misses, strict=True):
                # Left out by its own filter alone, or by none.
                if sum(misses) - missed == 0:
                    counter[value] += 1
    statuses, countries, actors, sites = (dict(counter) for counter in counts)
    return Facets(statuses, countries, actors, sites)
