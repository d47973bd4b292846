"""All that people write: verdicts, claims that were missed, articles with what was made of them, notices.

Every function here goes through `writable`, which refuses where the configuration says readonly.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from mapdata import configuration
from mapdata.errors import InputRefused, ReviewError, StoreError
from mapdata.ingest import program_version
from mapdata.model import Claim, Gazetteer, Notice, VerdictKind
from mapdata.review.drafts import Draft
from mapdata.store import Judgement, Outcome, Reviews, Store, article_faults, sound

Address = str | os.PathLike[str] | None


@contextmanager
def writable(db: Address) -> Iterator[Store]:
    """The store, to be written. Raises ReadonlyError where the configuration refuses it, and StoreError."""
    configuration.check_writable()
    with Store.open(db) as store:
        yield store


def judge(
    db: Address, judgements: Sequence[Judgement], gazetteer: Gazetteer, *, who: str, why: str, at: datetime
) -> list[int]:
    """Writes verdicts, all or none: see `Reviews.judge`."""
    with writable(db) as store:
        return Reviews(store).judge(judgements, gazetteer, who=who, why=why, at=at)


def withdraw(db: Address, verdict: int, *, who: str, why: str, at: datetime) -> int:
    with writable(db) as store:
        return Reviews(store).withdraw(verdict, who=who, why=why, at=at)


def retract(db: Address, article: str, *, who: str, why: str, at: datetime, undo: bool = False) -> int:
    with writable(db) as store:
        return Reviews(store).retract(article, who=who, why=why, at=at, undo=undo)


def erase(db: Address, article: str, *, who: str, why: str, at: datetime) -> Notice:
    with writable(db) as store:
        return Reviews(store).erase(article, who=who, why=why, at=at)


def keep(
    db: Address, drafts: Iterable[Draft], gazetteer: Gazetteer, *, who: str, why: str, at: datetime
) -> list[tuple[Draft, Outcome]]:
    """Stores articles with the claims that were read in them, then what a person made of those.

    An article that is there already keeps the verdicts that it has; those of the draft are added. Raises
    InputRefused for an article that cannot be stored, and StoreError for a claim that cannot stand; the articles
    before it are stored then.
    """
    done = []
    with writable(db) as store:
        for draft in drafts:
            where = draft.article.path or draft.article.title or "text"
            if faults := article_faults(draft.article):
                raise InputRefused(where, "; ".join(faults))
            judgements = list(draft.judgements())
            if judgements and not who.strip():
                raise ReviewError("say who you are: a verdict needs the name of who gives it")
            outcome = _put(store, draft, gazetteer)
            if outcome is Outcome.ERASED:
                raise StoreError(f"{where} was erased on demand, and is not taken again")
            reviews = Reviews(store)
            if needed := _still_needed(reviews.standing(draft.article.id), judgements):
                reviews.judge(needed, gazetteer, who=who, why=why, at=at)
            done.append((draft, outcome))
    return done


def _put(store: Store, draft: Draft, gazetteer: Gazetteer) -> Outcome:
    program = program_version()
    erased = Reviews(store).erased([draft.article])
    if not erased and not store.unread([draft.article], gazetteer, program=program):
        # Read before, perhaps by more than this reader.
        return Outcome.UNCHANGED
    found, _ = sound(draft.article, draft.read, gazetteer)
    return store.put(draft.article, found, gazetteer, program=program)


def _still_needed(claims: Iterable[Claim], judgements: Iterable[Judgement]) -> list[Judgement]:
    """Without verdicts that the article, stored before, has already: the same said twice is said once."""
    standing = {(claim.site, claim.actor, claim.status): claim for claim in claims}
    kept = []
    for one in judgements:
        wanted = one.before if one.kind is VerdictKind.ACCEPTED else one.after
        now = standing.get((wanted.site, wanted.actor, wanted.status)) if wanted else None
        if wanted and now and now.review and (now.start, now.end) == (wanted.start, wanted.end):
            continue
        if one.before is None or (one.before.site, one.before.actor, one.before.status) in standing:
            kept.append(one)
    return kept
