"""Candidates as the trained decision sees them: numbers of features, made for all of an article at once.

Features speak of the construction, of the cues around the pair, of the words beside it and of the classes that
these words belong to. Each is hashed to a row of the table of weights (feature hashing), so that no list of
features has to be kept, and all of it is arithmetic on arrays: this is where reading would spend its time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from mapdata.model import Gazetteer, SiteKind
from mapdata.reading.candidates import Candidate
from mapdata.reading.hashing import feature_row
from mapdata.reading.pairs import Found, Pairs
from mapdata.reading.tokens import Tokens, tokens
from mapdata.reading.verdict import Verdict
from mapdata.reading.view import WORD, View

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
_BUCKETS = (0, 1, 2, 4, 7, 12, 20, 35)
_EMPTY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Features:
    """rows: the rows of the weights' table for all candidates, one candidate after the other; begin: where each
    begins, and one more at the end."""

    rows: np.ndarray
    begin: np.ndarray

    def of(self, candidate: int) -> np.ndarray:
        """The rows of one candidate."""
        return self.rows[self.begin[candidate] : self.begin[candidate + 1]]


Framed = tuple[Callable[..., np.ndarray], tuple[Any, ...]]
"""What does not depend on the words of a sentence: what makes its rows, and of what."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The features of an article's candidates, those that several have in common once. frames: of each candidate what
    its words have no part in. line: for each the number of its pair in `pairs`; candidates whose actor stands in
    another sentence share that of their site. words, number: the tokens of the article's sentences, and which sentence
    (by id) is which of them."""

    frames: list[tuple[Framed, Framed]]
    line: np.ndarray
    pairs: Features
    words: Tokens
    number: dict[int, int]


def _of_pairs(words: Tokens, lines: Iterable[tuple[int, ...]]) -> Features:
    table = np.array(list(lines), dtype=np.int64)
    if not len(table):
        return Features(_EMPTY, np.zeros(1, dtype=np.int64))
    pairs = Pairs(words, table)
    found: list[Found] = [*pairs.beside(), *pairs.between(), *pairs.meaning(), *pairs.cues()]
    owner = np.concatenate([owners for owners, _ in found])
    rows = np.concatenate([rows for _, rows in found])
    # A feature that a pair has twice counts twice.
    # Sorting short integers takes a fraction of the time.
    short = owner.astype(np.uint16) if len(table) < 1 << 16 else owner
    order = short.argsort(kind="stable")
    return Features(rows[order], np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=len(table))))))


def _bucket(number: float) -> int:
    return bisect_left(_BUCKETS, number)


@lru_cache(maxsize=1 << 15)
def _frame(
    construction: str, role: str, kind: str, anaphor: str, noun: str, order: str, rule: str, flags: tuple[bool, ...]
) -> np.ndarray:
    """What does not depend on the words of the sentence."""
    is_host, chosen, heading, described, has_noun, metonym, pronoun = flags
    names = [
        "bias",
        f"con={construction}",
        f"con={construction}|kind={kind}",
        f"role={role}",
        f"kind={kind}",
        f"anaphor={anaphor}",
        f"rule={rule}",
        f"rule={rule}|con={construction}",
        f"rule={rule}|role={role}",
        f"host={is_host}|role={role}",
        f"chosen={chosen}",
        f"chosen={chosen}|con={construction}",
        f"chosen={chosen}|kind={kind}|role={role}",
    ]
    if order:
        names += [f"order={order}", f"order={order}|role={role}|noun={noun}"]
    names += [
        name
        for name, there in (
            ("heading", heading),
            ("described", described),
            ("noun", has_noun),
            ("metonym", metonym),
            ("pronoun", pronoun),
        )
        if there
    ]
    return _rows(*names)


def _rows(*names: str) -> np.ndarray:
    return np.array([feature_row(name) for name in names], dtype=np.int64)


@lru_cache(maxsize=1 << 15)
def _reckoned(order: str, cost: int, distance: int, breaks: int, commas: int, rivals: int) -> np.ndarray:
    return _rows(
        f"cost={cost}",
        f"distance={order}{distance}",
        f"breaks={breaks}",
        f"commas={commas}",
        f"rivals={rivals}|{order}",
    )


@lru_cache(maxsize=1 << 14)
def _remembered(cost: int, construction: str, ago: int, rank: int, here: int) -> np.ndarray:
    return _rows(
        f"cost={cost}",
        f"ago={ago}",
        f"rank={rank}",
        f"ago={ago}|con={construction}",
        f"ago={ago}|rank={rank}|here={here}",
    )


class FeatureMaker:
    """Makes the features of candidates; built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._kinds = {key: _KIND[site.kind] for key, site in gazetteer.sites.items()}

    def of(self, candidates: Sequence[Candidate], ruled: Sequence[Sequence[Verdict]], lang: str) -> Features:
        """The features of an article's candidates, which stand in the order of their sentences. ruled: what the
        rules make of each, features like others."""
        seen = self.seen(candidates, ruled, lang)
        framed = [np.concatenate((frame(*key), more(*other))) for (frame, key), (more, other) in seen.frames]
        parts = [
            part for rows, at in zip(framed, seen.line.tolist(), strict=True) for part in (rows, seen.pairs.of(at))
        ]
        size = np.array([len(part) for part in parts], dtype=np.int64).reshape(-1, 2).sum(axis=1)
        rows = np.concatenate(parts) if parts else _EMPTY
        return Features(rows, np.concatenate(([0], np.cumsum(size))))

    def seen(self, candidates: Sequence[Candidate], ruled: Sequence[Sequence[Verdict]], lang: str) -> Seen:
        """The same, with what candidates have in common made once for all of them."""
        views: list[View] = []
        number: dict[int, int] = {}
        frames: list[tuple[Framed, Framed]] = []
        line_of: dict[tuple[int, ...], int] = {}
        line: list[int] = []
        for candidate, said in zip(candidates, ruled, strict=True):
            view = candidate.view
            at = number.get(id(view))
            if at is None:
                at = number[id(view)] = len(views)
                views.append(view)
            rule = "+".join(sorted(verdict.status.value for verdict in said)) if said else "none"
            frame, beside, places = self._frame_of(candidate, rule)
            frames.append((frame, beside))
            line.append(line_of.setdefault((at, *places), len(line_of)))
        words = tokens(views, lang)
        return Seen(frames, np.array(line, dtype=np.int64), _of_pairs(words, line_of), words, number)

    def _frame_of(self, candidate: Candidate, rule: str) -> tuple[Framed, Framed, tuple[int, ...]]:
        """(rows, more rows, places), rows as what makes them: places are the starts and ends of site and actor, of
        the site's own words, and whether there is an actor in the sentence."""
        view, site, actor = candidate.view, candidate.site_mention, candidate.actor_mention
        s_start = site.start
        s_end = max(site.end, site.noun[1] if site.noun and site.noun[0] >= s_start else 0)
        kind = self._kinds[candidate.site]
        own_start, own_end = (s_start, site.end) if not site.anaphor else (-1, -1)
        flags = (
            candidate.is_host,
            candidate.chosen,
            view.sentence.heading,
            site.described,
            site.noun is not None,
            actor is not None and actor.metonym,
            actor is not None and actor.pronoun,
        )
        if actor is None:
            key = (candidate.construction, "none", kind, site.anaphor, "", "", rule, flags)
            more = (
                _bucket(candidate.cost),
                candidate.construction,
                min(candidate.ago, 6),
                min(candidate.rank, 4),
                min(2, len(view.actors)),
            )
            return (_frame, key), (_remembered, more), (s_start, s_end, s_start, s_start, 0, own_start, own_end, 0)
        a_start, a_end = actor.start, actor.end
        order = "as" if a_start < s_start else "sa"
        low, high = (a_end, s_start) if order == "as" else (s_end, a_start)
        if low > high:
            low, high = high, low
        noun = actor.noun_category
        key = (candidate.construction, actor.role, kind, site.anaphor, noun, order, rule, flags)
        rivals = sum(1 for a in view.actors if a.group != actor.group and low <= a.start < high)
        reckoned = (
            order,
            _bucket(candidate.cost),
            _bucket(view.distance(low, high)),
            min(3, view.breaks_between(low, high)),
            min(3, view.commas_between(low, high)),
            min(2, rivals),
        )
        places = (s_start, s_end, a_start, a_end, 1, own_start, own_end, 1 if order == "as" else 2)
        return (_frame, key), (_reckoned, reckoned), places


def _places(candidate: Candidate) -> tuple[int, ...]:
    """A line of the table of pairs without its sentence, for what tells the status of a pair."""
    site, actor = candidate.site_mention, candidate.actor_mention
    a, a_end = (actor.start, actor.end) if actor else (site.start, site.start)
    own = (site.start, site.end) if not site.anaphor else (-1, -1)
    return site.start, site.end, a, a_end, int(actor is not None), *own, 1


def telling_words(
    candidates: Sequence[Candidate], words: Tokens, number: Mapping[int, int]
) -> tuple[np.ndarray, list[tuple[int, int]], np.ndarray]:
    """(owner, places, rows) for some candidates of one article: the place of each cue and of each word of a class in a
    candidate's sentence, and the rows of the two features that it stands for alone: an array of places by 2.

    The end of a word is 0; `word_end` finds it. words, number: as `FeatureMaker.seen` made them for the article.
    """
    table = np.array([(number[id(one.view)], *_places(one)) for one in candidates], dtype=np.int64)
    owner, start, end, rows = Pairs(words, table).telling()
    return owner, list(zip(start.tolist(), end.tolist(), strict=True)), rows


def word_end(text: str, start: int) -> int:
    """Where the word ends that begins at `start`."""
    match = WORD.match(text, start)
    return match.end() if match else start + 1
