"""Makers of articles and claims, for the tests of the store, of origins and of ingest."""

from dataclasses import replace
from datetime import date

from evidence_made import GAZETTEER

from mapdata.articles import article_id
from mapdata.model import Article, Attribution, Claim, Cue, SpeakerKind, Status

NEWER = replace(GAZETTEER, version="fedcba987654")
SITE, OTHER_SITE = sorted(GAZETTEER.sites)[:2]
ACTOR, OTHER_ACTOR = sorted(GAZETTEER.actors)[:2]
DAY = date(2025, 2, 4)


def article(
    text: str = "Troops are at the base, an official said. There is no plan to leave it.",
    *,
    outlet: str | None = "Orontes Wire",
    url: str | None = None,
    published: date | None = DAY,
    **more,
) -> Article:
    return Article(
        id=article_id(outlet, url, text), text=text, outlet=outlet, url=url, published=published, **more
    )


def claim(
    of: Article,
    quote: str = "Troops are at the base",
    *,
    site: str = SITE,
    actor: str = ACTOR,
    status: Status = Status.EXISTING,
    cue: str | None = None,
    said: Attribution | None = None,
    **more,
) -> Claim:
    """A claim whose quote stands in the article, at its first place there."""
    start = of.text.index(quote)
    cues = (Cue(of.text.index(cue), of.text.index(cue) + len(cue), cue),) if cue else ()
    return Claim(
        article=of.id,
        site=site,
        actor=actor,
        status=status,
        quote=quote,
        start=start,
        end=start + len(quote),
        attribution=said or Attribution(None, SpeakerKind.MEDIUM),
        cues=cues,
        published=of.published,
        **more,
    )


def crediting(outlet: str, on: str | None = None) -> Attribution:
    return Attribution(f"an official, to {outlet}", SpeakerKind.UNNAMED_OFFICIAL, outlet, on)
