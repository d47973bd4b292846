"""Between the records of mapdata.model and the rows of the tables: no SQL is run here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row

from mapdata.model import (
    Article,
    Attribution,
    Claim,
    Cue,
    Notice,
    NoticeKind,
    Source,
    SpeakerKind,
    Status,
    Verdict,
    VerdictKind,
)
from mapdata.store import schema
from mapdata.store.overlay import Ruling

# What can be corrected without the article becoming another one: its id does not depend on it.
CORRECTABLE = ("title", "published", "published_from", "lang", "illustrative")

ARTICLE_COLUMNS = [
    schema.articles.c[name]
    for name in (
        "id", "text", "title", "outlet", "published", "published_from", "url", "lang", "path", "illustrative"
    )
]  # fmt: skip

SOURCE_COLUMNS = [
    schema.articles.c[name]
    for name in ("id", "title", "outlet", "published", "url", "lang", "signature", "illustrative")
]

# The article's day comes last, from its own table.
_CLAIM_NAMES = [column.name for column in schema.claims.c if column.name != "position"]
CLAIM_COLUMNS = [schema.claims.c[name] for name in _CLAIM_NAMES]

_STATUS = {status.value: status for status in Status}
_SPEAKER = {kind.value: kind for kind in SpeakerKind}


def series(article: Article) -> str:
    """What the versions of one article have in common: outlet and address, or nothing but its own id."""
    if not article.url:
        return article.id
    key = f"{article.outlet or ''}\n{article.url}"
    return hashlib.blake2b(key.encode("utf-8"), digest_size=10).hexdigest()


def printable_path(path: str | None) -> str | None:
    """A file's name may hold bytes that are no text; no database takes those as they are."""
    return None if path is None else path.encode("utf-8", "backslashreplace").decode("utf-8")


def corrections(article: Article, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a stored article that a new reading of it changes.

    What is known replaces what was known. What is missing takes a value away only where the same file
    says so: a barer copy found elsewhere is no correction.
    """
    path = printable_path(article.path)
    same_file = path is not None and path == stored["path"]
    changed = {}
    for name in CORRECTABLE:
        new = getattr(article, name)
        if new != stored[name] and (new is not None or same_file):
            changed[name] = new
    # The day and what it was taken from are one statement.
    if "published" not in changed and article.published != stored["published"]:
        changed.pop("published_from", None)
    if changed and path is not None and not same_file:
        changed["path"] = path
    return changed


def claim_row(claim: Claim, position: int) -> dict[str, Any]:
    return {
        "article": claim.article,
        "position": position,
        "site": claim.site,
        "actor": claim.actor,
        "status": claim.status.value,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "attribution": claim.attribution.text,
        "speaker": claim.attribution.kind.value,
        "credited": claim.attribution.credited,
        "credited_on": claim.attribution.credited_on,
        "cues": [[cue.start, cue.end, cue.text] for cue in claim.cues],
        "held_from": claim.held_from,
        "held_to": claim.held_to,
        "construction": claim.construction,
        "score": claim.score,
    }


def claim_of(row: Row[Any] | Sequence[Any]) -> Claim:
    """A claim from CLAIM_COLUMNS and the article's day behind them."""
    (
        article, site, actor, status, quote, start, end, said, speaker, credited, credited_on, cues,
        held_from, held_to, construction, score, published,
    ) = row  # fmt: skip
    return Claim(
        article=article,
        site=site,
        actor=actor,
        status=_STATUS[status],
        quote=quote,
        start=start,
        end=end,
        attribution=Attribution(said, _SPEAKER[speaker], credited, credited_on),
        cues=tuple(Cue(*cue) for cue in cues),
        published=published,
        held_from=held_from,
        held_to=held_to,
        construction=construction,
        score=score,
    )


def article_of(row: Row[Any]) -> Article:
    """An article from ARTICLE_COLUMNS."""
    return Article(**row._mapping)


def source_of(row: Row[Any]) -> Source:
    """A source from SOURCE_COLUMNS."""
    return Source(*row)


def claim_json(claim: Claim | None) -> dict[str, Any] | None:
    """A claim as it is kept in a verdict; its day stays its article's."""
    return None if claim is None else {**claim_row(claim, 0), "review": claim.review and claim.review.value}


def claim_of_json(kept: Mapping[str, Any] | None, published: date | None) -> Claim | None:
    """The claim again. published: the day of its article."""
    if kept is None:
        return None
    values = {column: kept[column] for column in _CLAIM_NAMES}
    review = kept.get("review")
    return replace(claim_of((*values.values(), published)), review=VerdictKind(review) if review is not None else None)


def verdict_of(row: Row[Any], published: date | None) -> Verdict:
    return Verdict(
        id=row.id,
        article=row.article,
        kind=VerdictKind(row.kind),
        before=claim_of_json(row.before, published),
        after=claim_of_json(row.after, published),
        who=row.who,
        why=row.why,
        at=_with_zone(row.at),
        replaces=row.replaces,
        carried=row.carried,
        live=row.live,
    )


def ruling_of(row: Row[Any], published: date | None) -> Ruling:
    return Ruling(
        id=row.id,
        article=row.article,
        kind=VerdictKind(row.kind),
        anchors=tuple((site, actor, status, start, end) for site, actor, status, start, end in row.anchors),
        after=claim_of_json(row.after, published),
    )


def notice_of(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        kind=NoticeKind(row.kind),
        article=row.article,
        outlet=row.outlet,
        who=row.who,
        why=row.why,
        at=_with_zone(row.at),
        versions=row.versions,
        claims=row.claims,
        verdicts=row.verdicts,
    )


def _with_zone(when: datetime) -> datetime:
    # SQLite keeps no zone: what is written is UTC.
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
