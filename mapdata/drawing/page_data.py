"""What the offline page knows, as plain values: the evidence, each text once, and the words of the sentence.

Days are whole numbers, days since 1 January 1970. Rows refer to each other by number, so that an outlet, a title
and an address are written once; tables are lists of columns, since like beside like packs smallest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from babel import Locale

from mapdata.assessment import YEAR_DAYS
from mapdata.assessment.phrases import ENGLISH
from mapdata.assessment.sentence import MONTH_DAYS, RECENT_DAYS
from mapdata.drawing import pill
from mapdata.drawing.legend import country_name
from mapdata.drawing.palette import Colour, colour_of
from mapdata.drawing.theatre import drawn_sites, words
from mapdata.filters import to_words
from mapdata.layers import country_of, is_country_wide
from mapdata.model import Evidence, Gazetteer, SpeakerKind, StandingState, Status
from mapdata.selection import Selection
from mapdata.tables import in_order

EPOCH = date(1970, 1, 1).toordinal()

_STATUSES, _SPEAKERS = tuple(Status), tuple(SpeakerKind)


def packed(selection: Selection, gazetteer: Gazetteer, colours: Mapping[str | None, Colour]) -> dict[str, Any]:
    """All that the page's script needs beside the base layer, as JSON values.

    claims: what the filters chose, with quotes. beside: what else the standings of the same pairs rest on (a
    denial that a filter by status left out still contests a plan), without a quote, an outlet or an address.
    """
    chosen = in_order(selection.evidence)
    beside = _beside(selection)
    sites = list(dict.fromkeys(item.claim.site for item in chosen))
    actors = list(gazetteer.actors)
    # Sorted by id, so that the page compares numbers where the rule compares ids.
    articles = sorted({item.source.id for item in (*chosen, *beside)})
    origins = sorted({item.origin.id for item in (*chosen, *beside)})
    quoted = {item.source.id: item.source for item in chosen}
    days = {item.source.id: item.source.published for item in beside}
    known_origins = {item.origin.id: item.origin for item in (*beside, *chosen)}
    named_origins = {item.origin.id for item in chosen}
    voices = {voice: n for n, voice in enumerate(sorted({one.voice for one in known_origins.values()}))}
    number = {
        "site": {site: n for n, site in enumerate(sites)},
        "actor": {actor: n for n, actor in enumerate(actors)},
        "article": {article: n for n, article in enumerate(articles)},
        "origin": {origin: n for n, origin in enumerate(origins)},
    }

    def head(item: Evidence) -> list[int]:
        claim = item.claim
        return [
            number["site"][claim.site],
            number["actor"][claim.actor],
            _STATUSES.index(claim.status),
            number["article"][claim.article],
            number["origin"][item.origin.id],
            _SPEAKERS.index(claim.attribution.kind),
            claim.start,
        ]

    return {
        "theatre": words(gazetteer),
        "as_of": day_number(selection.as_of),
        "filters": to_words(selection.filters),
        "min_origins": selection.filters.min_origins,
        "recent": selection.filters.recent,
        "rule": {"year": YEAR_DAYS, "recent": RECENT_DAYS, "month": MONTH_DAYS, "age_steps": list(pill.AGE_STEPS)},
        "phrases": phrases(),
        "speakers": [kind.value for kind in SpeakerKind],
        "states": [state.value for state in StandingState],
        "places": _places(sites, gazetteer),
        "actors": [
            [country_of(actor, gazetteer), colour_of(colours, gazetteer.actors[actor].country).slot] for actor in actors
        ],
        "countries": {
            code: country_name(code, gazetteer) for code in sorted({country_of(actor, gazetteer) for actor in actors})
        },
        "articles": columns(
            [id, one.outlet, one.title, one.url, day_number(one.published), int(one.illustrative)]
            if (one := quoted.get(id)) is not None
            else [None, None, None, None, day_number(days[id]), 0]
            for id in articles
        ),
        "origins": columns(
            [
                id if id in named_origins else None,
                known_origins[id].outlet if id in named_origins else None,
                day_number(known_origins[id].day),
                voices[known_origins[id].voice],
            ]
            for id in origins
        ),
        "claims": columns(
            [
                *head(item),
                item.claim.end,
                item.claim.quote,
                cue_spans(item),
                item.claim.attribution.text,
                item.claim.held_from,
                item.claim.held_to,
                item.claim.review.value if item.claim.review else None,
            ]
            for item in chosen
        ),
        "beside": columns(head(item) for item in beside),
        "standings": columns(
            [number["site"][one.site], number["actor"][one.actor], _STATUSES.index(one.status), one.state.value]
            for assessment in selection.assessments
            if assessment.site in number["site"]
            for one in assessment.standings
        ),
    }


def columns(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Rows of one length as their columns; none of no rows."""
    return [list(column) for column in zip(*rows, strict=True)]


def day_number(day: date | None) -> int | None:
    return None if day is None else day.toordinal() - EPOCH


def cue_spans(item: Evidence) -> list[int]:
    """Starts and ends of the deciding words within the quote, in turn: in order, none within another."""
    claim, spans, at = item.claim, [], 0
    for cue in sorted(claim.cues, key=lambda cue: (cue.start, cue.end)):
        start, end = cue.start - claim.start, cue.end - claim.start
        if at <= start < end <= len(claim.quote):
            spans += [start, end]
            at = end
    return spans


def phrases() -> dict[str, Any]:
    """The words of the assessment's sentence for the page's own writer: as in phrases.py, keys as JSON has them."""
    made = {key: value for key, value in ENGLISH.items() if key != "beside"}
    made["beside"] = {f"{status} {state}": forms for (status, state), forms in ENGLISH["beside"].items()}
    made["month_names"] = list(Locale(ENGLISH["locale"]).months["format"]["wide"].values())
    return made


def _beside(selection: Selection) -> list[Evidence]:
    """Evidence of the pairs that are shown which the filters did not choose themselves."""
    mine = {(one.claim.site, one.claim.actor, one.claim.status, one.claim.article) for one in selection.evidence}
    pairs = {(item.claim.site, item.claim.actor) for item in selection.evidence}
    return in_order(
        item
        for item in selection.window
        if (item.claim.site, item.claim.actor) in pairs
        and (item.claim.site, item.claim.actor, item.claim.status, item.claim.article) not in mine
    )


def _places(sites: list[str], gazetteer: Gazetteer) -> list[list[Any]]:
    """Id, name, words for the kind, number among the drawn sites (-1 for none), whether a country as a whole."""
    drawn = {site.id: n for n, site in enumerate(drawn_sites(gazetteer))}
    made = []
    for id in sites:
        site = gazetteer.sites.get(id)
        made.append(
            [
                id,
                site.name if site else id,
                site.kind.value.replace("_", " ") if site else "",
                drawn.get(id, -1),
                int(is_country_wide(id, gazetteer)),
            ]
        )
    return made
