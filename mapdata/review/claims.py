"""Claims as people name and make them: short ids, and quotes found in a text. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mapdata.errors import ReviewError
from mapdata.model import Article, Attribution, Claim, SpeakerKind, Status

CONSTRUCTION = "review"
"""What a claim that a person made has instead of the name of a rule."""

_SHORTEST = 4  # signs of an id that may be given instead of all of it


def claim_id(claim: Claim) -> str:
    """12 hexadecimal digits: the same for this (site, actor, status) of this article whatever read it."""
    key = "\n".join((claim.article, claim.site, claim.actor, claim.status.value))
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def named(claims: Iterable[Claim], ids: Sequence[str]) -> list[Claim]:
    """The claims of these ids, in the order of the ids; the beginning of an id is enough where it is one's alone.

    Raises ReviewError for one that is no claim's or several claims'.
    """
    known: Mapping[str, Claim] = {claim_id(claim): claim for claim in claims}
    found = []
    for id in ids:
        fitting = [key for key in known if key.startswith(id.lower())] if len(id) >= _SHORTEST else []
        if len(fitting) != 1:
            many = f"begins the ids of {len(fitting)} claims" if fitting else "is no claim's id"
            raise ReviewError(f"{id!r} {many}: `mapdata review list` shows them")
        found.append(known[fitting[0]])
    return list(dict.fromkeys(found))


def span_of(text: str, quote: str) -> tuple[int, int]:
    """Where a text has these words: as they are written, else whatever white space stands between them.

    Raises ReviewError where it does not have them, or has them more than once.
    """
    words = quote.split()
    if not words:
        raise ReviewError("the quote is empty: copy the words out of the text")
    shown = repr(quote if len(quote) <= 60 else quote[:59] + "…")
    exact = [match.span() for match in re.finditer(re.escape(quote.strip()), text)]
    spans = exact or [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    if not spans:
        raise ReviewError(f"the text does not have {shown}: a quote is verbatim")
    if len(spans) > 1:
        raise ReviewError(f"the text has {shown} {len(spans)} times: quote more of the sentence")
    return spans[0]


def made(
    article: Article,
    site: str,
    actor: str,
    status: Status,
    span: tuple[int, int],
    *,
    said_by: str | None = None,
    kind: SpeakerKind = SpeakerKind.MEDIUM,
) -> Claim:
    """A claim that a person makes of an article. span: of the quote in its text, in code points."""
    start, end = span
    return Claim(
        article=article.id,
        site=site,
        actor=actor,
        status=status,
        quote=article.text[start:end],
        start=start,
        end=end,
        attribution=Attribution(said_by or None, kind),
        published=article.published,
        construction=CONSTRUCTION,
    )


def corrected(
    claim: Claim,
    text: str,
    *,
    site: str | None = None,
    actor: str | None = None,
    status: Status | None = None,
    span: tuple[int, int] | None = None,
) -> Claim:
    """The claim with what a person says otherwise; what is None stays. Cues outside of a new quote go."""
    start, end = span or (claim.start, claim.end)
    return replace(
        claim,
        site=site or claim.site,
        actor=actor or claim.actor,
        status=status or claim.status,
        quote=text[start:end],
        start=start,
        end=end,
        cues=tuple(cue for cue in claim.cues if start <= cue.start and cue.end <= end),
        construction=CONSTRUCTION,
        score=1.0,
    )
