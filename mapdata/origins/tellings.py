"""Tellings: what one article tells as one report, on its own word or on that of one outlet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from mapdata.model import Claim, Source, SpeakerKind
from mapdata.origins.copies import description_of
from mapdata.origins.days import exact
from mapdata.origins.descriptions import Description, describe
from mapdata.outlet_names import outlet_key
from mapdata.outlets import Outlets, host_of

# After so long, the same words of the same outlet are a new report.
SAME_REPORT = timedelta(days=21)
# So much of the shorter telling must be in the other, for both to tell one report.
SHARED = 0.5

# What two statuses of one pair have in common where two articles of one report are read: one may have been
# read wrongly, or one may tell of the plan and the other of what stands. A denial is another report.
_SAME, _NEAR = 1.0, 0.8
# Those who say a thing in their own name or office: every outlet that hears it reports it for itself.
_STATEMENTS = frozenset({SpeakerKind.ACTOR, SpeakerKind.HOST, SpeakerKind.OTHER_STATE, SpeakerKind.ANALYST})

# People who may be of an office that speaks for itself ("the deputy foreign minister", "the general staff").
_IN_OFFICE = frozenset({"lawmaker", "general"})

Key = tuple[str, str, str]  # site, actor, status
Pair = tuple[str, str]  # site, actor
# article, claim, outlet credited, its day, whether somebody's statement
Place = tuple[str, Key, str | None, str | None, bool]


@dataclass(eq=False, slots=True)
class Telling:
    """What `article` tells on the word of `outlet` (a key of OutletKeys), or as its own where `own`.

    keys: the statuses of each pair. said: what its article says of sources and figures. statement: of somebody
    in their own name or office. itself: the outlet says that it was told itself.
    """

    article: str
    outlet: str | None
    own: bool
    published: date | None
    credited_on: str | None = None
    name: str | None = None
    statement: bool = False
    keys: dict[Pair, set[str]] = field(default_factory=dict)
    said: Description = field(default_factory=Description)
    itself: bool = False
    parent: Telling | None = None
    bound: bool = False  # to the article of the outlet that it credits

    @property
    def day(self) -> date | None:
        """The day of the report, as far as this telling knows it; None also where it knows a month only."""
        return exact(self.credited_on) if self.credited_on else self.published

    @property
    def order(self) -> tuple[date, str, bool, bool, str, str]:
        day = self.day or self.published or date.max
        return day, self.article, not self.own, self.statement, self.outlet or "", self.credited_on or ""

    @property
    def joins(self) -> bool:
        """Whether nothing says whose report it is, so that likeness may."""
        return self.own and not self.statement and not self.itself

    @property
    def first_key(self) -> Key:
        pair = min(self.keys)
        return *pair, min(self.keys[pair])

    def shares(self, keys: Mapping[Pair, set[str]]) -> float:
        """How many claims it has in common with others; 0 where they are too few to be one report."""
        common = [_common(mine, keys[pair]) for pair, mine in self.keys.items() if pair in keys]
        many = sum(1 for share in common if share)
        return sum(common) if many and many >= SHARED * min(len(self.keys), len(keys)) else 0.0


def _common(one: set[str], other: set[str]) -> float:
    if one & other:
        return _SAME
    return 0.0 if one == {"denied"} or other == {"denied"} else _NEAR


class Credit(NamedTuple):
    outlet: str
    credited_on: str | None
    name: str | None


class OutletKeys:
    """Keys of outlets that stay equal whatever way they are named; each name is looked up once."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets
        self._keys: dict[tuple[str | None, str | None], str | None] = {}
        self._names: dict[str | None, str] = {}
        # Of outlets that are not listed, one folded spelling, whichever comes first in the alphabet.
        self._spelled: dict[str | None, str] = {}

    def key(self, naming: str | None, url: str | None = None) -> str | None:
        """By the name, else by the address; None where both say nothing."""
        if (naming, url) not in self._keys:
            self._keys[naming, url] = self._look_up(naming, url)
        return self._keys[naming, url]

    def home(self, source: Source) -> str | None:
        """The key of the outlet that published an article."""
        return self.key(source.outlet, source.url)

    def name(self, key: str | None, naming: str | None) -> str | None:
        """As the list of outlets has it, else as it was named."""
        return self._names.get(key, naming)

    def voice(self, key: str | None, fallback: str) -> str:
        if key in self._names:
            return self._outlets.voice(self._names[key], fallback)
        return self._spelled.get(key) or key.removeprefix("name ") if key else fallback

    def _look_up(self, naming: str | None, url: str | None) -> str | None:
        if outlet := self._outlets.find(naming) or self._outlets.find(url):
            self._names[f"id {outlet.id}"] = outlet.name
            return f"id {outlet.id}"
        if naming and not host_of(naming):
            key = f"name {outlet_key(naming)}"
            self._spelled[key] = min(self._spelled.get(key, "~"), self._outlets.voice(naming, ""))
            return key
        host = host_of(naming or "") or host_of(url or "")
        return f"name {host}" if host else None


def key_of(claim: Claim) -> Key:
    return claim.site, claim.actor, claim.status.value


def place_of(claim: Claim) -> Place:
    by = claim.attribution
    return claim.article, key_of(claim), by.credited, by.credited_on, _is_statement(claim)


def _is_statement(claim: Claim) -> bool:
    """Somebody's words in their own name or office, and not those of an unnamed source of that side."""
    by = claim.attribution
    unnamed = any(source.who not in _IN_OFFICE for source in describe(by.text or "").sources)
    return by.kind in _STATEMENTS and not unnamed


def may_copy(sources: Mapping[str, Source], book: OutletKeys, one: str, other: str) -> bool:
    """An outlet that prints nearly the same text again after weeks says it again; others copy at any time."""
    first, second = sources[one], sources[other]
    if first.published is None or second.published is None or book.home(first) is None:
        return True
    return book.home(first) != book.home(second) or abs(first.published - second.published) <= SAME_REPORT


def tellings_of(
    claims: Sequence[Claim], sources: Mapping[str, Source], book: OutletKeys, groups: Mapping[str, str]
) -> dict[Place, Telling]:
    """The telling of each claim. A copy that lost the credit of its text is given it back (rule 3)."""
    said: dict[Place, Credit | None] = {}
    in_copies: dict[tuple[str, Key], dict[str, tuple[date, str, str, Credit]]] = defaultdict(dict)
    for claim in claims:
        source, words = sources[claim.article], claim.attribution
        outlet = book.key(words.credited)
        if outlet is None or outlet == book.home(source):
            said[place_of(claim)] = None
            continue
        credit = said[place_of(claim)] = Credit(outlet, words.credited_on, words.credited)
        if claim.article in groups:
            given = in_copies[groups[claim.article], key_of(claim)]
            rank = (source.published or date.max, claim.article, words.credited_on or "", credit)
            given[outlet] = min(given.get(outlet, rank), rank, key=lambda ranked: ranked[:3])

    _give_to_the_credited(said)
    made: dict[tuple[str, str | None, str | None, bool], Telling] = {}
    found = {}
    for place, credit in said.items():
        source = sources[place[0]]
        home = book.home(source)
        if credit is None and place[0] in groups:
            given = in_copies.get((groups[place[0]], place[1]), {})
            # The credited outlet's own text is no copy: the others are copies of it.
            if given and home not in given:
                credit = min(given.values(), key=lambda ranked: (*ranked[:3], ranked[3].outlet))[3]
        if credit is None:
            telling = Telling(source.id, home, True, source.published, None, source.outlet, place[4])
        else:
            telling = Telling(source.id, credit.outlet, False, source.published, *credit[1:])
        place_made = (source.id, credit and credit.outlet, telling.credited_on, telling.statement)
        telling = made.setdefault(place_made, telling)
        telling.name = min(filter(None, (telling.name, credit and credit.name)), default=telling.name)
        telling.keys.setdefault(place[1][:2], set()).add(place[1][2])
        found[place] = telling
    for claim in claims:
        _describe(found[place_of(claim)], claim, sources[claim.article])
    return found


def _give_to_the_credited(said: dict[Place, Credit | None]) -> None:
    """What an article says in its own voice of a force is the credited report's, where that is what the article
    credits one outlet with, at whatever site: the lead above "X reported", the summary below it."""
    credits: dict[tuple[str, str, str], set[Credit]] = defaultdict(set)
    for place, credit in said.items():
        if credit is not None:
            credits[place[0], place[1][1], place[1][2]].add(credit)
    for place, credit in said.items():
        if credit is None and not place[4] and place[2] is None:
            given = credits.get((place[0], place[1][1], place[1][2]), set())
            if len({one.outlet for one in given}) == 1:
                said[place] = min(given, key=lambda one: (one.credited_on or "~", one.name or ""))


def _describe(telling: Telling, claim: Claim, source: Source) -> None:
    """Adds what is said of sources and figures, and whether the outlet says that it was told itself."""
    if not telling.said.sources and not telling.said.numbers:
        telling.said = description_of(source.signature)
    if claim.attribution.text:
        telling.said |= describe(claim.attribution.text)
    telling.itself = telling.itself or telling.said.itself
    if telling.own and source.outlet and not telling.itself:
        name = source.outlet.casefold().removeprefix("the ")
        telling.itself = name in claim.quote.casefold() or name in (claim.attribution.text or "").casefold()
