"""What the evidence panel shows of one site: a card an origin, its quotes within their paragraphs.

Pure: evidence and texts in, records for the templates out. All claims about the site that are known under
the days of the view stand here, whatever the other filters leave on the map: disagreement stays visible.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mapdata.dashboard.wording import SPEAKERS, right_to_left
from mapdata.model import Claim, Evidence, Status

_PARAGRAPH_AT_MOST = 1600  # code points on each side of a quote; a text without line ends is one paragraph


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text. quote: within the claim's quote; cue: among the words that decided its status."""

    text: str
    quote: bool = False
    cue: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One claim as it is shown: quote, paragraph, who says it, where it stands."""

    actor: str
    status: Status
    quote: tuple[Piece, ...]
    paragraph: tuple[Piece, ...]
    rtl: bool
    lang: str | None
    attribution: str
    speaker: str
    held: str
    outlet: str
    title: str | None
    day: date | None
    url: str | None
    illustrative: bool
    review: str


@dataclass(frozen=True, slots=True)
class Card:
    """One origin. said: one claim a status and actor, the clearest; relays: the other articles' claims."""

    outlet: str
    day: date | None
    articles: int
    said: tuple[Said, ...]
    relays: tuple[Said, ...]

    @property
    def illustrative(self) -> bool:
        return any(said.illustrative for said in (*self.said, *self.relays))


def cards(evidence: Iterable[Evidence], texts: Mapping[str, str]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The dated cards, newest first, and the undated ones. texts: of the articles, by id.

    An article whose text is not there shows its quote alone.
    """
    by_origin: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_origin.setdefault(item.origin.id, []).append(item)
    made = [_card(items, texts) for items in by_origin.values()]
    dated = [card for card in made if card.day]
    dated.sort(key=lambda card: (card.day, card.outlet), reverse=True)
    return tuple(dated), tuple(card for card in made if not card.day)


def newest(evidence: Sequence[Evidence], most: int) -> tuple[list[Evidence], int]:
    """The evidence of the first `most` cards, in the order given, and how many cards that leaves out."""
    days = {item.origin.id: item.origin.day for item in evidence}
    ordered = sorted(days, key=lambda id: days[id] or date.min, reverse=True)
    kept = set(ordered[:most])
    return [item for item in evidence if item.origin.id in kept], len(ordered) - len(kept)


def _card(items: Sequence[Evidence], texts: Mapping[str, str]) -> Card:
    origin = items[0].origin
    # The outlet whose report it is speaks first, then the earliest, then the clearest reading.
    ordered = sorted(
        items,
        key=lambda item: (
            item.source.outlet != origin.outlet,
            item.claim.published or date.max,
            -item.claim.score,
            item.claim.start,
        ),
    )
    shown: dict[tuple[str, Status], Evidence] = {}
    for item in ordered:
        shown.setdefault((item.claim.actor, item.claim.status), item)
    first = [item for item in ordered if item in shown.values()]
    leading = {item.claim.article for item in first}
    relays = {item.claim.article: item for item in reversed(ordered) if item.claim.article not in leading}
    return Card(
        outlet=origin.outlet or items[0].source.outlet or "unknown outlet",
        day=origin.day,
        articles=len({item.claim.article for item in items}),
        said=tuple(_said(item, texts) for item in first),
        relays=tuple(
            sorted(
                (_said(item, texts) for item in relays.values()),
                key=lambda said: (said.day or date.max, said.outlet),
            )
        ),
    )


def _said(item: Evidence, texts: Mapping[str, str]) -> Said:
    claim, source = item.claim, item.source
    outlet = source.outlet or "unknown outlet"
    credited = claim.attribution.credited
    attribution = claim.attribution.text or (f"{credited}, as credited here" if credited else outlet)
    return Said(
        actor=claim.actor,
        status=claim.status,
        quote=pieces(claim.quote, claim.start, claim, claim.start, claim.end),
        paragraph=paragraph(texts.get(claim.article), claim),
        rtl=right_to_left(claim.quote),
        lang=source.lang,
        attribution=attribution,
        speaker=SPEAKERS[claim.attribution.kind],
        held=_held(claim),
        outlet=outlet,
        title=source.title,
        day=claim.published,
        url=source.url,
        illustrative=source.illustrative,
        review=claim.review.value if claim.review else "",
    )


def paragraph(text: str | None, claim: Claim) -> tuple[Piece, ...]:
    """The paragraph that holds the quote, in pieces; empty where it says no more than the quote does."""
    if text is None or text[claim.start : claim.end] != claim.quote:
        return ()
    parting = "\n\n" if "\n\n" in text else "\n"
    before = text.rfind(parting, 0, claim.start)
    start = 0 if before < 0 else before + len(parting)
    after = text.find(parting, claim.end)
    end = len(text) if after < 0 else after
    cut_start, cut_end = (
        max(start, claim.start - _PARAGRAPH_AT_MOST),
        min(end, claim.end + _PARAGRAPH_AT_MOST),
    )
    if not text[cut_start : claim.start].strip() and not text[claim.end : cut_end].strip():
        return ()
    found = pieces(text[cut_start:cut_end], cut_start, claim, claim.start, claim.end)
    ellipsis = Piece("…")
    return (*([ellipsis] if cut_start > start else []), *found, *([ellipsis] if cut_end < end else []))


def pieces(text: str, offset: int, claim: Claim, start: int, end: int) -> tuple[Piece, ...]:
    """`text`, which begins at `offset` of the article, cut where the quote and the cues begin and end."""
    marks = [(max(cue.start, offset), min(cue.end, offset + len(text))) for cue in claim.cues]
    marks = [(a, b) for a, b in marks if a < b]
    edges = {offset, offset + len(text)}
    edges |= {edge for pair in [*marks, (start, end)] for edge in pair if offset < edge < offset + len(text)}
    ordered = sorted(edges)
    return tuple(
        Piece(
            text[a - offset : b - offset],
            quote=start <= a and b <= end,
            cue=any(m <= a and b <= n for m, n in marks),
        )
        for a, b in itertools.pairwise(ordered)
    )


def _held(claim: Claim) -> str:
    """What the sentence says of the time of the presence, as it was read: EDTF, a plain day or year."""
    if claim.held_from and claim.held_to:
        return f"held {claim.held_from} to {claim.held_to}"
    if claim.held_from:
        return f"held since {claim.held_from}"
    return f"held until {claim.held_to}" if claim.held_to else ""
