"""Tellings: what one article tells as one report, on its own word or on that of one outlet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from mapdata.model import Claim, Source
from mapdata.origins.days import exact
from mapdata.outlets import Outlets, host_of

# After so long, the same words of the same outlet are a new report.
SAME_REPORT = timedelta(days=21)
# So much of the shorter telling must be in the other, for both to tell one report.
SHARED = 0.5

Key = tuple[str, str, str]  # site, actor, status
Place = tuple[str, Key, str | None, str | None]  # article, claim, outlet credited, its day


@dataclass(eq=False, slots=True)
class Telling:
    """What `article` tells on the word of `outlet` (a key of OutletKeys), or as its own where `own`."""

    article: str
    outlet: str | None
    own: bool
    published: date | None
    credited_on: str | None = None
    name: str | None = None
    keys: set[Key] = field(default_factory=set)
    parent: Telling | None = None
    bound: bool = False  # to the article of the outlet that it credits

    @property
    def day(self) -> date | None:
        """The day of the report, as far as this telling knows it; None also where it knows a month only."""
        return exact(self.credited_on) if self.credited_on else self.published

    @property
    def order(self) -> tuple[date, str, bool, str, str]:
        day = self.day or self.published or date.max
        return day, self.article, not self.own, self.outlet or "", self.credited_on or ""

    def shares(self, keys: set[Key]) -> int:
        """How many claims it has in common with others; 0 where they are too few to be one report."""
        common = len(self.keys & keys)
        return common if common >= SHARED * min(len(self.keys), len(keys)) else 0


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
        return key.removeprefix("name ") if key else fallback

    def _look_up(self, naming: str | None, url: str | None) -> str | None:
        if outlet := self._outlets.find(naming) or self._outlets.find(url):
            self._names[f"id {outlet.id}"] = outlet.name
            return f"id {outlet.id}"
        unlisted = self._outlets.voice(naming, "") or host_of(url or "")
        return f"name {unlisted}" if unlisted else None


def key_of(claim: Claim) -> Key:
    return claim.site, claim.actor, claim.status.value


def place_of(claim: Claim) -> Place:
    return claim.article, key_of(claim), claim.attribution.credited, claim.attribution.credited_on


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

    made: dict[tuple[str, str | None, str | None], Telling] = {}
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
            telling = Telling(source.id, home, True, source.published, None, source.outlet)
        else:
            telling = Telling(source.id, credit.outlet, False, source.published, *credit[1:])
        telling = made.setdefault((source.id, credit and credit.outlet, telling.credited_on), telling)
        telling.name = min(filter(None, (telling.name, credit and credit.name)), default=telling.name)
        telling.keys.add(place[1])
        found[place] = telling
    return found
