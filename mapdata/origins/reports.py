"""Reports from claims: what a text credits, what it copies, and what is its own.

A *telling* is what one article tells as one report: its own claims, or those for which it credits one
outlet. Tellings are bound together, and each group of them is one origin:

1. A telling that credits an outlet goes to the article of that outlet, where one tells the same within the
   days that a relay may take.
2. Otherwise it goes to the other tellings that credit this outlet with the same within close days.
3. A copy of a text tells the same report as the text, whichever of the two kept the credit.
4. Everything else is a report of its own.

All loops run in sorted order: the result does not depend on the order of the input.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from mapdata.model import Article, Claim, Origin, Source
from mapdata.origins.binding import bind_copies, bind_relays, root_of
from mapdata.origins.copies import copies, signature
from mapdata.origins.days import exact
from mapdata.origins.resemblance import bind_alike
from mapdata.origins.tellings import OutletKeys, Telling, key_of, may_copy, place_of, tellings_of
from mapdata.outlets import Outlets


def source_of(article: Article) -> Source:
    """What origins need of an article that is in no store."""
    return Source(
        id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        lang=article.lang,
        signature=signature(article.text),
        illustrative=article.illustrative,
    )


def assign(claims: Sequence[Claim], sources: Mapping[str, Source], outlets: Outlets) -> list[Origin]:
    """The origin of each claim, in the order of the claims.

    `sources` holds the article of each claim; a KeyError tells of one that is missing. An origin's id is a
    hash of the article that is the report, where it is among the sources, so that it does not depend on
    who relays it. Of a report that is known from relays alone it is a hash of the outlet, of the day that
    the relays give for it (else of the earliest relay), and of its first claim.
    """
    book = OutletKeys(outlets)
    told = {claim.article for claim in claims}
    groups = copies({id: sources[id].signature for id in told}, lambda one, other: may_copy(sources, book, one, other))
    telling_of = tellings_of(claims, sources, book, groups)
    tellings = sorted(set(telling_of.values()), key=lambda telling: telling.order)
    bind_copies(tellings, groups)
    bind_relays(tellings, sources, book)
    bind_alike(tellings)
    origins = _origins(tellings, book)
    return [origins[root_of(telling_of[place_of(claim)])] for claim in claims]


def group_articles(
    claims: Sequence[Claim], sources: Mapping[str, Source | Article], outlets: Outlets
) -> list[tuple[str, list[str]]]:
    """The articles by the origin that most of their claims go back to: (origin id, article ids), sorted.

    Where two origins have as many claims of an article, that of its earliest claim has it. In an article that
    credits a report, what it says besides without naming anybody is background and has no vote, and what
    several people tell it counts by the one who tells most: an analysis that opens with a report and then asks
    four people goes back to the report. An article without claims goes with the text that it copies, else it
    stands alone.
    """
    known = {id: source_of(found) if isinstance(found, Article) else found for id, found in sources.items()}
    book = OutletKeys(outlets)
    ordered = sorted(claims, key=lambda claim: (claim.article, claim.start, claim.end, key_of(claim)))
    told: dict[str, list[tuple[Claim, str]]] = defaultdict(list)
    for claim, origin in zip(ordered, assign(ordered, known, outlets), strict=True):
        told[claim.article].append((claim, origin.id))
    chosen = {id: _most(found) for id, found in told.items()}

    groups = copies(
        {id: source.signature for id, source in known.items()},
        lambda one, other: may_copy(known, book, one, other),
    )
    copied: dict[str, str] = {}
    for id in sorted(chosen, key=lambda id: (known[id].published or date.max, id)):
        copied.setdefault(groups.get(id, id), chosen[id])
    grouped: dict[str, list[str]] = defaultdict(list)
    for id in sorted(known):
        group = groups.get(id, id)
        grouped[chosen.get(id) or copied.get(group) or _hash("report", group)].append(id)
    return sorted(grouped.items(), key=lambda item: item[1])


def _most(told: list[tuple[Claim, str]]) -> str:
    """The origin that most claims of an article go back to; `told` in the order of their places."""
    credited = {origin for claim, origin in told if claim.attribution.credited}
    votes: Counter[tuple[str, str]] = Counter()
    for claim, origin in told:
        by = claim.attribution
        if origin in credited:
            votes[origin, ""] += 1
        elif not credited or by.text:
            votes[origin, (by.text or "") if credited else ""] += 1
    # Counter keeps the order of its first entries, and most_common the order of equals.
    return votes.most_common(1)[0][0][0]


def _origins(tellings: Sequence[Telling], book: OutletKeys) -> dict[Telling, Origin]:
    """The origin of each root. `tellings` are in their order, and so are the members of each group."""
    members: dict[Telling, list[Telling]] = defaultdict(list)
    for telling in tellings:
        members[root_of(telling)].append(telling)
    origins: dict[Telling, Origin] = {}
    taken: set[str] = set()
    for root, group in members.items():
        own = [telling for telling in group if telling.own]
        # Without an own text: who credits an outlet that has no article here. Two that credit each other
        # leave nobody, and the earliest stands for both.
        head = (own or [telling for telling in group if not telling.bound] or group)[0]
        day = _first_day(head, own, group)
        if own:
            id = _hash("report", head.article)
        else:
            parts = (head.outlet or "", str(day or head.credited_on or ""), *head.first_key)
            id = _hash("credited", *parts)
            if id in taken:
                id = _hash("credited", *parts, head.article)
        taken.add(id)
        origins[root] = Origin(
            id=id,
            outlet=book.name(head.outlet, head.name),
            voice=book.voice(head.outlet, head.article),
            day=day,
        )
    return origins


def _first_day(head: Telling, own: list[Telling], group: list[Telling]) -> date | None:
    """Of the report itself, else as the relays give it, else of the first that is known to tell it."""
    written = [telling.published for telling in own if telling.published]
    given = [exact(telling.credited_on) for telling in group if telling.outlet == head.outlet]
    known = [telling.published for telling in group if telling.published]
    for days in (written, [day for day in given if day], known):
        if days:
            return min(days)
    return None


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode("utf-8"), digest_size=6).hexdigest()
