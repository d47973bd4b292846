"""Precision, recall and F1 against annotated articles, with what careful readers differ on left out.

Pure: takes claims and gold, gives counts and misses. A claim about the host's own army or about a country as
a whole is neither asked for nor counted against, unless the annotator asks for it (docs/annotation.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from mapdata.evaluation.details import same_quote, same_speaker, same_time
from mapdata.evaluation.gold import GoldArticle, GoldClaim, Key, key
from mapdata.model import Claim, Gazetteer, SiteKind, Status

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
class Share:
    """How many of so many were right; `value` is None where none was asked."""

    right: int = 0
    asked: int = 0

    def add(self, other: Share) -> None:
        self.right += other.right
        self.asked += other.asked

    def count(self, right: bool) -> None:
        self.asked += 1
        self.right += right

    @property
    def value(self) -> float | None:
        return self.right / self.asked if self.asked else None


@dataclass(slots=True)
class Measures:
    """claims: whole claims. pairs: (site, actor), whatever the status. status: right, given the pair. The rest is
    of claims that were read rightly and of which the annotator wrote it down. speaker: the words for who says
    it. kind: of speaker. dates: of the presence, from and to. quotes: the same sentences."""

    claims: Tally = field(default_factory=Tally)
    pairs: Tally = field(default_factory=Tally)
    status: Share = field(default_factory=Share)
    speaker: Share = field(default_factory=Share)
    kind: Share = field(default_factory=Share)
    dates: Tally = field(default_factory=Tally)
    quotes: Share = field(default_factory=Share)

    def add(self, other: Measures) -> None:
        for one in fields(self):
            getattr(self, one.name).add(getattr(other, one.name))


@dataclass(frozen=True, slots=True)
class Differs:
    """A claim that was read, with something about it that was not: what ("speaker", "kind", "from", "to",
    "quote"), what the annotator has and what was read, as words."""

    claim: Claim
    what: str
    wanted: str
    read: str


@dataclass(slots=True)
class Result:
    """What one article gave: measures of all claims and by status, and the misses themselves."""

    article: str
    lang: str | None
    all: Measures = field(default_factory=Measures)
    by_status: dict[Status, Measures] = field(default_factory=dict)
    surplus: list[Claim] = field(default_factory=list)
    missed: list[tuple[Key, str | None]] = field(default_factory=list)
    differs: list[Differs] = field(default_factory=list)

    @property
    def claims(self) -> Tally:
        return self.all.claims

    @property
    def pairs(self) -> Tally:
        return self.all.pairs

    def of(self, status: Status) -> Measures:
        return self.by_status.setdefault(Status(status), Measures())


def _wanted(gold: GoldArticle, got: set[Key]) -> tuple[set[Key], set[Key]]:
    """(asked for, allowed): of each any_of the whole alternative that the reader came nearest to."""
    wanted = {key(claim) for claim in gold.claims}
    allowed = {key(claim) for claim in gold.optional}
    for choice in gold.any_of:
        alternatives = [{key(claim) for claim in one} for one in choice]
        full = [one for one in alternatives if one <= got]
        chosen = max(full, key=len) if full else min(alternatives, key=lambda one: (len(one - got), sorted(one)))
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
    for k in wanted:
        for measures in (result.all, result.of(k[2])):
            measures.claims.right += k in got
            measures.claims.missed += k not in got
    for k in surplus:
        for measures in (result.all, result.of(k[2])):
            measures.claims.surplus += 1
    _pairs(result, wanted, got, surplus, {k[:2] for k in allowed})
    _details(gold, by_key, wanted, result)
    result.surplus = [by_key[k] for k in sorted(surplus)]
    quotes = {key(claim): claim.quote for claim in _every(gold)}
    result.missed = [(k, quotes.get(k)) for k in sorted(wanted - got)]
    return result


def _pairs(result: Result, wanted: set[Key], got: set[Key], surplus: set[Key], allowed: set[Pair]) -> None:
    """Pairs over all statuses; by status, a pair is asked for under those that the annotator gave it."""
    got_pairs = {k[:2] for k in got}
    wanted_pairs = {k[:2] for k in wanted}
    extra = {k for k in surplus if k[:2] not in wanted_pairs | allowed}
    result.pairs.right = len(wanted_pairs & got_pairs)
    result.pairs.missed = len(wanted_pairs - got_pairs)
    result.pairs.surplus = len({k[:2] for k in extra})
    for k in wanted:
        found = k[:2] in got_pairs
        result.of(k[2]).pairs.right += found
        result.of(k[2]).pairs.missed += not found
        if found:
            for measures in (result.all, result.of(k[2])):
                measures.status.count(k in got)
    for k in extra:
        result.of(k[2]).pairs.surplus += 1


def _every(gold: GoldArticle) -> Iterable[GoldClaim]:
    yield from gold.claims
    for choice in gold.any_of:
        for one in choice:
            yield from one


def _details(gold: GoldArticle, by_key: dict[Key, Claim], wanted: set[Key], result: Result) -> None:
    """Who, since when and in which words, of the claims that were read and asked for. A claim that the annotator
    quotes from several places is compared with the one that the reader quotes, else with the first."""
    answers: dict[Key, list[GoldClaim]] = {}
    for claim in _every(gold):
        if key(claim) in wanted and key(claim) in by_key:
            answers.setdefault(key(claim), []).append(claim)
    for k, given in answers.items():
        read = by_key[k]
        both = (result.all, result.of(k[2]))
        quoted = [claim for claim in given if claim.quote is not None]
        same = [claim for claim in quoted if same_quote(claim.quote or "", read.quote)]
        if quoted:
            for measures in both:
                measures.quotes.count(bool(same))
            if not same:
                result.differs.append(Differs(read, "quote", quoted[0].quote or "", read.quote))
        one = (same or given)[0]
        if one.known is not None:
            _who(one, read, gold.outlet, both, result)
            _when(one, read, both, result)


def _who(one: GoldClaim, read: Claim, outlet: str | None, both: Iterable[Measures], result: Result) -> None:
    assert one.known is not None
    # An annotator who gives neither words nor a kind has written down a date alone.
    asked = one.known.by is not None or one.known.kind is not None
    said = not asked or same_speaker(one.known.by, read.attribution, outlet)
    kind = one.known.kind is None or one.known.kind is read.attribution.kind
    for measures in both:
        if asked:
            measures.speaker.count(said)
        if one.known.kind is not None:
            measures.kind.count(kind)
    if not said:
        own = "the article's own outlet"
        result.differs.append(Differs(read, "speaker", one.known.by or own, read.attribution.text or own))
    if not kind:
        result.differs.append(Differs(read, "kind", str(one.known.kind), str(read.attribution.kind)))


def _when(one: GoldClaim, read: Claim, both: Iterable[Measures], result: Result) -> None:
    assert one.known is not None
    for what, asked, found in (
        ("from", one.known.held_from, read.held_from),
        ("to", one.known.held_to, read.held_to),
    ):
        right = asked is not None and found is not None and same_time(asked, found)
        for measures in both:
            measures.dates.right += right
            measures.dates.missed += asked is not None and not right
            measures.dates.surplus += found is not None and not right
        if not right and (asked or found):
            result.differs.append(Differs(read, what, asked or "no date", found or "no date"))


def total(results: Iterable[Result]) -> Result:
    """All articles as one, without their misses."""
    whole = Result("all", None)
    for result in results:
        whole.all.add(result.all)
        for status, measures in result.by_status.items():
            whole.of(status).add(measures)
    return whole
