"""An article and what a person makes of its claims before anything is stored. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mapdata.articles import article_id
from mapdata.model import Article, Claim, VerdictKind
from mapdata.store import Judgement


@dataclass(frozen=True, slots=True)
class Draft:
    """read: the claims that were found. said: by the number of a claim in `read`, what a person says of it: the
    verdict, and for a correction the claim that is to stand. missed: claims that a person adds."""

    article: Article
    read: tuple[Claim, ...]
    said: Mapping[int, tuple[VerdictKind, Claim | None]] = field(default_factory=dict)
    missed: tuple[Claim, ...] = ()

    def standing(self) -> list[tuple[int | None, Claim]]:
        """The claims as they would stand, in the order of the text, each with its number in `read`."""
        found: list[tuple[int | None, Claim]] = [(None, claim) for claim in self.missed]
        for number, claim in enumerate(self.read):
            kind, after = self.said.get(number, (None, None))
            if kind is VerdictKind.CORRECTED and after is not None:
                found.append((number, after))
            elif kind is not VerdictKind.REJECTED:
                found.append((number, claim if kind is None else replace(claim, review=kind)))
        return sorted(found, key=lambda one: (one[1].start, one[1].end, one[1].site, one[1].actor))

    def judgements(self) -> Iterator[Judgement]:
        """What is to be written of it. Rejections come first, and make room for what stands instead."""
        order = [VerdictKind.REJECTED, VerdictKind.ACCEPTED, VerdictKind.CORRECTED]
        for number, (kind, after) in sorted(self.said.items(), key=lambda one: (order.index(one[1][0]), one[0])):
            yield Judgement(kind, self.article.id, self.read[number], after)
        for claim in self.missed:
            yield Judgement(VerdictKind.ADDED, self.article.id, None, claim)


def say(draft: Draft, number: int, kind: VerdictKind | None, after: Claim | None = None) -> Draft:
    """The draft with a verdict on a claim that was read; None takes it back."""
    said = {key: value for key, value in draft.said.items() if key != number}
    if kind is not None:
        said[number] = (kind, replace(after, review=kind) if after else None)
    return replace(draft, said=said)


def add(draft: Draft, claim: Claim) -> Draft:
    return replace(draft, missed=(*draft.missed, replace(claim, review=VerdictKind.ADDED)))


def drop(draft: Draft, claim: Claim) -> Draft:
    """The draft without a claim that a person had added."""
    return replace(draft, missed=tuple(one for one in draft.missed if one != claim))


def described(
    draft: Draft,
    *,
    title: str | None,
    outlet: str | None,
    published: date | None,
    url: str | None,
    lang: str | None,
) -> Draft:
    """The draft with other metadata, under the id that goes with them."""
    day_from = draft.article.published_from if published == draft.article.published else "metadata"
    article = replace(
        draft.article,
        id=article_id(outlet, url, draft.article.text),
        title=title,
        outlet=outlet,
        published=published,
        published_from=day_from if published else None,
        url=url,
        lang=lang,
    )

    def moved(claim: Claim) -> Claim:
        return replace(claim, article=article.id, published=published)

    return Draft(
        article=article,
        read=tuple(map(moved, draft.read)),
        said={number: (kind, moved(after) if after else None) for number, (kind, after) in draft.said.items()},
        missed=tuple(map(moved, draft.missed)),
    )
