"""A candidate as the trained decision sees it: names masked, so that nothing learns who is usually where.

Features are short strings. They speak of the construction, of the cues around the pair and of the words beside
it; sites and actors appear in them as signs alone (s and a for the pair's own, S and A for others).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence

from mapdata.model import Gazetteer, SiteKind
from mapdata.reading.candidates import Candidate
from mapdata.reading.decision import Verdict
from mapdata.reading.folding import fold_in_place
from mapdata.reading.view import WORD, View
from mapdata.reading.wordclasses import classes

# Cues whose order around a pair tells its status; the others only count by place.
_TELLING = frozenset(
    [
        "exist",
        "host",
        "fate",
        "plan",
        "build",
        "built",
        "deny",
        "neg",
        "no_comment",
        "former",
        "withdraw",
        "partial",
        "strike",
        "visit",
        "support",
        "oppose",
        "stays",
    ]
)
_PLACED = _TELLING | frozenset(
    [
        "base",
        "base_air",
        "base_naval",
        "base_army",
        "force",
        "asset",
        "presence",
        "person",
        "speech",
        "near",
        "backed",
        "contrast",
        "settlement",
        "there",
        "the_base",
        "which",
        "its",
        "future",
        "past",
        "now",
        "final",
        "rumour",
    ]
)
_KIND = {
    SiteKind.AIR_BASE: "base",
    SiteKind.NAVAL_BASE: "base",
    SiteKind.ARMY_BASE: "base",
    SiteKind.OUTPOST: "base",
    SiteKind.TOWN: "place",
    SiteKind.PORT: "place",
    SiteKind.REGION: "area",
    SiteKind.COUNTRY: "country",
}
_STEM = 6
_WINDOW = 3
_BETWEEN = 10


class Masked:
    """A sentence's words, folded and masked once for all of its candidates."""

    def __init__(self, view: View, lang: str = "en") -> None:
        start, end = view.sentence.start, view.sentence.end
        folded = fold_in_place(view.text[start:end])
        hidden = [(m.start, m.end, "S") for m in view.sites if not m.anaphor]
        hidden += [(a.start, a.end, "A") for a in view.actors if not a.pronoun]
        hidden.sort()
        self.starts: list[int] = []
        self.words: list[str] = []
        # (place, classes of the word there), for the words that have a class, and for names.
        self.classed: list[tuple[int, tuple[str, ...]]] = []
        known = classes(lang)
        at = 0
        for match in WORD.finditer(folded):
            place = start + match.start()
            while at < len(hidden) and hidden[at][1] <= place:
                at += 1
            if at < len(hidden) and hidden[at][0] <= place:
                if not self.words or self.starts[-1] < hidden[at][0]:
                    self.starts.append(hidden[at][0])
                    self.words.append(hidden[at][2])
                    self.classed.append((hidden[at][0], (hidden[at][2],)))
                continue
            word = match.group()
            found = known.of(word)
            if found:
                self.classed.append((place, found))
            self.starts.append(place)
            self.words.append("#" if word[0].isdigit() else word[:_STEM])

    def before(self, place: int, number: int = _WINDOW) -> list[str]:
        """The words before a place, the nearest first."""
        at = bisect_left(self.starts, place)
        return self.words[max(0, at - number) : at][::-1]

    def after(self, place: int, number: int = _WINDOW) -> list[str]:
        at = bisect_left(self.starts, place)
        return self.words[at : at + number]

    def between(self, low: int, high: int) -> list[str]:
        return self.words[bisect_left(self.starts, low) : bisect_left(self.starts, high)][:_BETWEEN]


def _bucket(number: float) -> str:
    for limit in (0, 1, 2, 4, 7, 12, 20, 35):
        if number <= limit:
            return str(limit)
    return "far"


def features(candidate: Candidate, masked: Masked, verdicts: Sequence[Verdict], gazetteer: Gazetteer) -> list[str]:
    """The features of a candidate. verdicts: what the rules make of it, a feature like others."""
    view, site, actor = candidate.view, candidate.site_mention, candidate.actor_mention
    kind = _KIND[gazetteer.sites[candidate.site].kind]
    role = actor.role if actor else "none"
    rule = "+".join(sorted(v.status.value for v in verdicts)) or "none"
    found = [
        "bias",
        f"con={candidate.construction}",
        f"role={role}",
        f"kind={kind}",
        f"cost={_bucket(candidate.cost)}",
        f"anaphor={site.anaphor}",
        f"rule={rule}",
        f"rule={rule}|con={candidate.construction}",
        f"rule={rule}|role={role}",
        f"host={candidate.is_host}|role={role}",
        f"chosen={candidate.chosen}",
        f"chosen={candidate.chosen}|kind={kind}|role={role}",
    ]
    if view.sentence.heading:
        found.append("heading")
    if site.described:
        found.append("described")
    if site.noun:
        found.append("noun")
    s_start, s_end = (
        site.start,
        max(site.end, site.noun[1] if site.noun and site.noun[0] >= site.start else 0),
    )
    if actor is None:
        a_start, a_end = s_start, s_start
    else:
        a_start, a_end = actor.start, actor.end
        order = "as" if a_start < s_start else "sa"
        low, high = (a_end, s_start) if order == "as" else (s_end, a_start)
        if low > high:
            low, high = high, low
        found += [
            f"order={order}",
            f"order={order}|role={role}|noun={actor.noun_category}",
            f"distance={order}{_bucket(view.distance(low, high))}",
            f"breaks={min(3, view.breaks_between(low, high))}",
            f"commas={min(3, view.commas_between(low, high))}",
        ]
        if actor.metonym:
            found.append("metonym")
        if actor.pronoun:
            found.append("pronoun")
        rivals = sum(1 for a in view.actors if a.group != actor.group and low <= a.start < high)
        found.append(f"rivals={min(2, rivals)}|{order}")
        between = masked.between(low, high)
        found += [f"b:{word}" for word in between]
        found += [f"b2:{x}_{y}" for x, y in itertools.pairwise(between)]
        found += [f"a-{i}:{word}" for i, word in enumerate(masked.before(a_start))]
        found += [f"a+{i}:{word}" for i, word in enumerate(masked.after(a_end))]
        if len(between) <= 5:
            found.append(f"B:{order}:{'_'.join(between)}")
    left, right = masked.before(s_start), masked.after(s_end)
    found += [f"s-{i}:{word}" for i, word in enumerate(left)]
    found += [f"s+{i}:{word}" for i, word in enumerate(right)]
    found.append(f"s-:{'_'.join(left[:2])}")
    found.append(f"s+:{'_'.join(right[:2])}")
    found += _meaning(candidate, masked, min(a_start, s_start), max(a_end, s_end), a_start, s_start)
    found += _cues(candidate, min(a_start, s_start), max(a_end, s_end), a_start, s_start)
    return found


def _meaning(candidate: Candidate, masked: Masked, low: int, high: int, a_start: int, s_start: int) -> list[str]:
    """The classes of the words around a pair: words of one meaning count as one, in every language."""
    view = candidate.view
    found: list[str] = []
    chain: list[str] = ["^"]
    for place, kinds in masked.classed:
        if place == a_start and candidate.actor_mention is not None:
            chain.append("a")
            continue
        if place == s_start:
            chain.append("s")
            continue
        if low <= place <= high:
            zone = "B"
        elif place < low:
            zone = "L" if view.breaks_between(place, low) == 0 else "Lx"
        else:
            zone = "R" if view.breaks_between(high, place) == 0 else "Rx"
        for kind in kinds:
            found.append(f"k:{kind}@{zone}")
            found.append(f"k:{kind}")
            if len(zone) == 1:
                if view.distance(place, s_start) <= 3:
                    found.append(f"k:{kind}~s")
                if candidate.actor_mention is not None and view.distance(place, a_start) <= 3:
                    found.append(f"k:{kind}~a{'+' if place > a_start else '-'}")
        if len(zone) == 1:
            chain.append(kinds[0])
    chain.append("$")
    found += [f"kk:{x}_{y}" for x, y in itertools.pairwise(chain)]
    return found


def _cues(candidate: Candidate, low: int, high: int, a_start: int, s_start: int) -> list[str]:
    """Where the cues stand to the pair: between, left or right of it, in its clause or beyond; and in which order."""
    view = candidate.view
    site = candidate.site_mention
    found: list[str] = []
    order: list[tuple[int, str]] = []
    if candidate.actor_mention is not None:
        order.append((a_start, "a"))
    order.append((s_start, "s"))
    for cue in view.cues:
        category = cue.category
        if category not in _PLACED or (site.start <= cue.start and cue.end <= site.end and not site.anaphor):
            continue
        if low <= cue.start <= high:
            zone, far = "B", False
        elif cue.end <= low:
            zone, far = "L", view.breaks_between(cue.end, low) > 0
        else:
            zone, far = "R", view.breaks_between(high, cue.start) > 0
        found.append(f"{category}@{zone}{'x' if far else ''}")
        if category in _TELLING:
            word = fold_in_place(view.text[cue.start : cue.end])
            found.append(f"w:{word}@{'x' if far else 'c'}")
            if not far:
                found.append(f"w:{word}@{zone}")
                edge = min(abs(cue.start - a_start), abs(cue.start - s_start))
                if edge < 25:
                    found.append(f"{category}@{zone}near")
                order.append((cue.start, category))
    for actor in view.actors:
        if actor is not candidate.actor_mention and not (
            low <= actor.start <= high and actor.start in {a_start, s_start}
        ):
            order.append((actor.start, "A"))
    order.sort()
    signs = ["^", *(sign for _, sign in order), "$"]
    found += [f"q:{x}_{y}" for x, y in itertools.pairwise(signs)]
    found += [f"q3:{x}_{y}_{z}" for x, y, z in zip(signs, signs[1:], signs[2:], strict=False)]
    telling = sorted({sign for _, sign in order if sign in _TELLING})
    found.append("all:" + "+".join(telling[:4]))
    found += [f"pair:{x}+{y}" for i, x in enumerate(telling) for y in telling[i + 1 :]]
    if not telling:
        found.append("nothing telling")
    return found
