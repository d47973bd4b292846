"""Precision, recall and F1 against annotated articles, with what careful readers differ on left out.

Pure: takes claims and gold, gives counts and misses. A claim about the host's own army or about a country as
a whole is neither asked for nor counted against, unless the annotator asks for it (docs/annotation.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mapdata.evaluation.gold import GoldArticle, GoldClaim, Key, key
from mapdata.model import Claim, Gazetteer, SiteKind

Pair = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """Counts of right, surplus and missed answers."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.surplus += other.surplus
        self.missed += other.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.surplus + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(slots=True)
class Result:
    """What one article gave: claims and pairs counted, and the misses themselves."""

    article: str
    lang: str | None
    claims: Tally = field(default_factory=Tally)
    pairs: Tally = field(default_factory=Tally)
    by_status: dict[str, Tally] = field(default_factory=dict)
    status_right: int = 0
    status_asked: int = 0
    quotes_right: int = 0
    quotes_asked: int = 0
    surplus: list[Claim] = field(default_factory=list)
    missed: list[tuple[Key, str | None]] = field(default_factory=list)


def _wanted(gold: GoldArticle, got: set[Key]) -> tuple[set[Key], set[Key]]:
    """(asked for, allowed): of each any_of the whole alternative that the reader came nearest to."""
    wanted = {key(claim) for claim in gold.claims}
    allowed = {key(claim) for claim in gold.optional}
    for choice in gold.any_of:
        alternatives = [{key(claim) for claim in one} for one in choice]
        full = [one for one in alternatives if one <= got]
        chosen = (
            max(full, key=len) if full else min(alternatives, key=lambda one: (len(one - got), sorted(one)))
        )
        wanted |= chosen
        for one in alternatives:
            allowed |= one - chosen
    return wanted, allowed - wanted


def _left_out(claim_key: Key, gazetteer: Gazetteer) -> bool:
    site, actor = gazetteer.sites.get(claim_key[0]), gazetteer.actors.get(claim_key[1])
    if site is None or actor is None:
        return False
    return site.kind is SiteKind.COUNTRY or (actor.country is not None and actor.country == site.country)


def score(gold: GoldArticle, claims: Sequence[Claim], gazetteer: Gazetteer) -> Result:
    """Compare what was read in one article with what is asked for."""
    by_key = {(claim.site, claim.actor, claim.status): claim for claim in claims}
    got = set(by_key)
    wanted, allowed = _wanted(gold, got)
    surplus = {k for k in got - wanted - allowed if not _left_out(k, gazetteer)}
    result = Result(gold.id, gold.lang)
    result.claims = Tally(len(got & wanted), len(surplus), len(wanted - got))
    wanted_pairs, got_pairs = {k[:2] for k in wanted}, {k[:2] for k in got}
    allowed_pairs = {k[:2] for k in allowed}
    extra_pairs = {k[:2] for k in surplus} - wanted_pairs - allowed_pairs
    result.pairs = Tally(len(wanted_pairs & got_pairs), len(extra_pairs), len(wanted_pairs - got_pairs))
    for k in got & wanted:
        result.by_status.setdefault(k[2], Tally()).right += 1
    for k in surplus:
        result.by_status.setdefault(k[2], Tally()).surplus += 1
    for k in wanted - got:
        result.by_status.setdefault(k[2], Tally()).missed += 1
    result.status_asked = sum(1 for k in wanted if k[:2] in got_pairs)
    result.status_right = len(got & wanted)
    _quotes(gold, by_key, result)
    result.surplus = [by_key[k] for k in sorted(surplus)]
    quotes = {key(claim): claim.quote for claim in _every(gold)}
    result.missed = [(k, quotes.get(k)) for k in sorted(wanted - got)]
    return result


def _every(gold: GoldArticle) -> Iterable[GoldClaim]:
    yield from gold.claims
    for choice in gold.any_of:
        for one in choice:
            yield from one


def _quotes(gold: GoldArticle, by_key: dict[Key, Claim], result: Result) -> None:
    """A quote is right when it and the annotator's share a whole sentence or most of one."""
    for claim in gold.claims:
        read = by_key.get(key(claim))
        if claim.quote is None or read is None:
            continue
        result.quotes_asked += 1
        shorter, longer = sorted((claim.quote, read.quote), key=len)
        if (
            shorter in longer
            or longer[: len(shorter) // 2] in shorter
            or shorter[len(shorter) // 2 :] in longer
        ):
            result.quotes_right += 1


def total(results: Iterable[Result]) -> Result:
    """All articles as one."""
    whole = Result("all", None)
    for result in results:
        whole.claims.add(result.claims)
        whole.pairs.add(result.pairs)
        for status, tally in result.by_status.items():
            whole.by_status.setdefault(status, Tally()).add(tally)
        whole.status_right += result.status_right
        whole.status_asked += result.status_asked
        whole.quotes_right += result.quotes_right
        whole.quotes_asked += result.quotes_asked
    return whole
