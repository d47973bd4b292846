"""The pairs of an article as arrays over its tokens, and what their words, classes and cues give as features."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from mapdata.reading.hashing import feature_row, grid, mix
from mapdata.reading.tokens import ACTOR, CUE, SITE, TELLING, Tokens, class_numbers

# Owners (the number of the pair) and rows of features, side by side.
Found = tuple[np.ndarray, np.ndarray]

_UNPLACED = ("loc",)
# Classes of words that say what happens, or how sure it is: those that stand together in the pair's clause.
_HAPPENS = (
    "be_at", "stay", "live", "work", "arrive", "return", "depart", "move", "send", "place", "take", "hold", "lose",
    "give", "lease", "build", "open", "close", "begin", "continue", "finish", "pause", "reduce", "grow", "plan", "want",
    "consider", "negotiate", "ask", "offer", "agree", "allow", "refuse", "deny", "cancel", "expect", "possible",
    "future", "past", "present", "negative", "false", "true", "rumour", "doubt", "strike", "fight", "visit", "exercise",
    "train", "supply", "guard", "host", "object", "fear", "expel", "part", "all",
)  # fmt: skip
_WINDOW = 3
_BETWEEN = 10
# The words beside the names, a line each: before and after the site, before and after the actor.
_BESIDE_TEMPLATES = tuple(template for template in (11, 12, 13, 14) for _ in range(_WINDOW))
_BESIDE_PLACES = np.tile(np.arange(_WINDOW), 4).reshape(-1, 1)
_BESIDE_STEPS = np.array([-1, 1, -1, 1]).reshape(-1, 1, 1) * np.arange(_WINDOW).reshape(1, -1, 1)
# How close, in words, a class or a cue has to be to count as beside a name.
_BESIDE = 3
# Zones of a sentence seen from a pair: between, left, left beyond a clause, right, right beyond a clause.
_LEFT, _LEFT_BEYOND, _RIGHT, _RIGHT_BEYOND = 1, 2, 3, 4
_ZONES = 5
# Signs of the pair's own names and of the sentence's ends in a chain; below those of cues and classes.
_OWN_SITE, _OWN_ACTOR, _BEGIN, _END, _OTHER_ACTOR = 3, 4, 5, 6, 7


def _spread(begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(owner, index): for each of several ranges its indices, one range after the other."""
    size = end - begin
    owner = np.arange(len(size)).repeat(size)
    first = (begin - size.cumsum() + size).repeat(size)
    return owner, first + np.arange(len(owner))


class Pairs:
    """The pairs of an article as arrays over its tokens."""

    def __init__(self, words: Tokens, table: np.ndarray) -> None:
        self.t = words
        self.count = len(table)
        view, self.s, self.s_end, self.a, self.a_end, self.has, self.own, self.own_end, self.order = table.T
        self.low, self.high = np.minimum(self.s, self.a), np.maximum(self.s_end, self.a_end)
        self.start, self.stop = words.begin[view], words.begin[view + 1]
        self.view = view
        self.named = self.has == 1
        # Places grow from sentence to sentence, so that one search finds every pair's words.
        self.s_at = self._at(self.s)
        self.s_after = self._at(self.s_end)
        self.a_at = self._at(self.a)
        self.a_after = self._at(self.a_end)
        self.all_words = _spread(self.start, self.stop)
        self.low_clause, self.high_clause = self._clause(self.low), self._clause(self.high)

    def _at(self, place: np.ndarray) -> np.ndarray:
        """The first word of a pair's sentence at or behind a place."""
        return np.minimum(np.maximum(self.t.place.searchsorted(place), self.start), self.stop)

    def _clause(self, place: np.ndarray) -> np.ndarray:
        """The clause of a place: that of the word there, or of the last before it."""
        at = np.clip(self.t.place.searchsorted(place, side="right") - 1, self.start, np.maximum(self.stop - 1, 0))
        return self.t.clause[at] if len(self.t.clause) else np.zeros(self.count, dtype=np.int64)

    def beside(self) -> list[Found]:
        """The words before and after the site and the actor."""
        if not len(self.t.word):
            return []
        at = np.stack((self.s_at - 1, self.s_after, self.a_at - 1, self.a_after))
        at = (at[:, None, :] + _BESIDE_STEPS).reshape(len(_BESIDE_PLACES), self.count)
        words = self.t.word[np.minimum(np.maximum(at, 0), len(self.t.word) - 1)]
        words *= (at >= self.start) & (at < self.stop)
        kept = words != 0
        kept[len(kept) // 2 :] &= self.named
        line, owner = kept.nonzero()
        rows = mix(_BESIDE_TEMPLATES, words, _BESIDE_PLACES)
        two = mix((15, 16), words[[0, _WINDOW]], words[[1, _WINDOW + 1]])
        every = np.arange(self.count)
        return [(owner, rows[line, owner]), (every, two[0]), (every, two[1])]

    def between(self) -> list[Found]:
        """The words between actor and site: one by one, by twos, and all of them where they are few."""
        first_order = self.order == 1
        begin = np.where(first_order, self.a_after, self.s_after)
        end = np.where(first_order, self.s_at, self.a_at)
        begin, end = np.minimum(begin, end), np.maximum(begin, end)
        begin = np.where(self.named, begin, end)
        short = np.minimum(end, begin + _BETWEEN)
        owner, at = _spread(begin, short)
        words = self.t.word
        found = [(owner, mix(21, words[at]))]
        following = at + 1 < short[owner]
        pairs = at[following]
        found.append((owner[following], mix(22, words[pairs], words[pairs + 1])))
        few = (self.named & (end - begin <= 5)).nonzero()[0]
        whole = self.order[few] + 3
        first, last = begin[few], end[few]
        for i in range(5):
            whole = whole * 0x10001 ^ np.where(first + i < last, self._pick(first + i), 0)
            whole &= 0x7FFFFFFFFFFF
        found.append((few, mix(23, whole)))
        return found

    def _pick(self, at: np.ndarray) -> np.ndarray:
        return self.t.word[np.minimum(np.maximum(at, 0), max(0, len(self.t.word) - 1))]

    def _zone(self, owner: np.ndarray, start: np.ndarray, end: np.ndarray, opens, closes) -> np.ndarray:
        """Where something of the pair's sentence stands, seen from the pair."""
        left, right = end <= self.low[owner], start > self.high[owner]
        before = np.where(closes == self.low_clause[owner], _LEFT, _LEFT_BEYOND)
        after = np.where(opens == self.high_clause[owner], _RIGHT, _RIGHT_BEYOND)
        return np.where(left, before, np.where(right, after, 0))

    def telling(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """(owner, start, end, rows): the places of the cues and the words of a pair's sentence that can tell its
        status, first all cues and then all words; 0 for the end of a word. rows: those of the two features that
        each stands for alone, side by side."""
        t = self.t
        owner, at = _spread(t.cue_begin[self.view], t.cue_begin[self.view + 1])
        told = telling()[t.cue[at]]
        owner, at = owner[told], at[told]
        cue, start, end = t.cue[at], t.cue_start[at], t.cue_end[at]
        zone = self._zone(owner, start, end, t.opens[at], t.closes[at])
        cue_rows = np.stack((_by_cue(41)[cue, zone], mix(43, t.phrase[at], zone)), axis=1)
        word_owner, at = self.all_words
        happens = happening()[t.first[at]] >= 0
        word_owner, at = word_owner[happens], at[happens]
        place, sign = t.place[at], t.first[at]
        zone = self._zone(word_owner, place, place + 1, t.clause[at], t.clause[at])
        word_rows = np.stack((_by_class(31)[sign, zone], _by_class(32)[sign, 0]), axis=1)
        return (
            np.concatenate((owner, word_owner)),
            np.concatenate((start, place)),
            np.concatenate((end, 0 * place)),
            np.concatenate((cue_rows, word_rows)),
        )

    def meaning(self) -> list[Found]:
        """The classes of the words around a pair: words of one meaning count as one, in every language."""
        t = self.t
        owner, at = self.all_words
        first = t.first[at]
        # The pair's own names are no news.
        own_actor = self.named[owner] & (at == self.a_at[owner])
        kept = (
            (first > 0) & ~((at == self.s_at[owner]) & (first == SITE)) & ~(own_actor & (first == ACTOR))
        ).nonzero()[0]
        owner, at, first = owner[kept], at[kept], first[kept]
        place, clause, second = t.place[at], t.clause[at], t.second[at]
        zone = self._zone(owner, place, place + 1, clause, clause)
        near = (zone == 0) | (zone == _LEFT) | (zone == _RIGHT)
        by_site = near & (np.abs(at - self.s_at[owner]) <= _BESIDE)
        by_actor = near & self.named[owner] & (np.abs(at - self.a_at[owner]) <= _BESIDE)
        found = []
        for signs in (first, second):
            there = signs > 0
            o, k, z = owner[there], signs[there], zone[there]
            found += [(o, _by_class(31)[k, z]), (o, _by_class(32)[k, 0])]
            close = (there & by_site).nonzero()[0]
            found.append((owner[close], _by_class(33)[signs[close], 0]))
            close = (there & by_actor).nonzero()[0]
            o = owner[close]
            after = (place[close] > self.a[o]).astype(np.int64)
            found.append((o, _by_class(34)[signs[close], after]))
        owner, first = owner[near], first[near]
        chain = self._chain(owner, place[near], first)
        found.append((chain[0], grid(35, _classes(), _classes())[chain[1], chain[2]]))
        found.append(self._together(owner, first, second[near]))
        return found

    def _together(self, owner: np.ndarray, first: np.ndarray, second: np.ndarray) -> Found:
        """Two things that happen in one clause, in whatever order."""
        there = np.zeros((self.count, len(_HAPPENS)), dtype=bool)
        for signs in (first, second):
            column = happening()[signs]
            told = column >= 0
            there[owner[told], column[told]] = True
        who, one, two = _twos(there)
        return who, grid(36, len(_HAPPENS), len(_HAPPENS))[one, two]

    def _chain(self, owner: np.ndarray, place: np.ndarray, sign: np.ndarray) -> tuple[np.ndarray, ...]:
        """(owner, sign, next sign, the one after or 0): the order of signs, the pair's own names among them."""
        every, named = np.arange(self.count), self.named.nonzero()[0]
        ones = np.ones(self.count, dtype=np.int64)
        owner = np.concatenate((owner, every, named, every, every))
        place = np.concatenate((place, self.s, self.a[named], 0 * ones, ones << 40))
        sign = np.concatenate((sign, _OWN_SITE * ones, _OWN_ACTOR * ones[: len(named)], _BEGIN * ones, _END * ones))
        order = ((owner << 44) + (place << 3)).argsort(kind="stable")
        owner, sign = owner[order], sign[order]
        third = np.concatenate((sign[2:], [0, 0]))
        third[:-2][owner[2:] != owner[:-2]] = 0
        goes_on = (owner[1:] == owner[:-1]).nonzero()[0]
        return owner[goes_on], sign[goes_on], sign[goes_on + 1], third[goes_on]

    def cues(self) -> list[Found]:
        """Where the cues stand to the pair, and in which order."""
        t = self.t
        owner, at = _spread(t.cue_begin[self.view], t.cue_begin[self.view + 1])
        own = (t.cue_start[at] >= self.own[owner]) & (t.cue_end[at] <= self.own_end[owner])
        counts = (_placed()[t.cue[at]] & ~own).nonzero()[0]
        owner, at = owner[counts], at[counts]
        start, cue = t.cue_start[at], t.cue[at]
        zone = self._zone(owner, start, t.cue_end[at], t.opens[at], t.closes[at])
        found = [(owner, _by_cue(41)[cue, zone])]
        tells = telling()[cue].nonzero()[0]
        owner, cue, start, zone, phrase = owner[tells], cue[tells], start[tells], zone[tells], t.phrase[at[tells]]
        far = (zone == _LEFT_BEYOND) | (zone == _RIGHT_BEYOND)
        found.append((owner, mix(42, phrase, far.astype(np.int64))))
        here = (~far).nonzero()[0]
        owner, cue, start, zone = owner[here], cue[here], start[here], zone[here]
        found.append((owner, mix(43, phrase[here], zone)))
        edge = np.minimum(np.abs(start - self.a[owner]), np.abs(start - self.s[owner]))
        close = (edge < 25).nonzero()[0]
        found.append((owner[close], _by_cue(44)[cue[close], zone[close]]))
        others, places = self._other_actors()
        chain = self._chain(
            np.concatenate((owner, others)),
            np.concatenate((start, places)),
            np.concatenate((cue + 200, np.full(len(others), _OTHER_ACTOR))),
        )
        found.append((chain[0], mix(45, chain[1], chain[2])))
        triple = chain[3].nonzero()[0]
        found.append((chain[0][triple], mix(46, *(part[triple] for part in chain[1:]))))
        there = np.zeros((self.count, _cues()), dtype=bool)
        there[owner, cue] = True
        who, one, two = _twos(there)
        found.append((who, grid(47, _cues(), _cues())[one, two]))
        silent = (~there.any(axis=1)).nonzero()[0]
        found.append((silent, np.full(len(silent), feature_row("nothing telling"))))
        return found

    def _other_actors(self) -> tuple[np.ndarray, np.ndarray]:
        owner, at = self.all_words
        actors = (self.t.first[at] == ACTOR).nonzero()[0]
        owner, at = owner[actors], at[actors]
        other = ~(self.named[owner] & (at == self.a_at[owner]))
        return owner[other], self.t.place[at[other]]


def _twos(there: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(line, column, another column behind it): all twos of true columns of each line, in order."""
    line, column = there.nonzero()
    after = np.bincount(line, minlength=len(there)).cumsum()[line]
    one, two = _spread(np.arange(1, len(line) + 1), after)
    return line[one], column[one], column[two]


@cache
def _cues() -> int:
    return max(CUE.values()) + 1


@cache
def _classes() -> int:
    return max(class_numbers().values()) + 1


@cache
def _by_cue(template: int) -> np.ndarray:
    """Rows by the number of a cue and its zone."""
    return grid(template, _cues(), _ZONES)


@cache
def _by_class(template: int) -> np.ndarray:
    """Rows by the sign of a class and what goes with it: its zone (31), whether it stands after (34), nothing."""
    sizes = {31: (_ZONES,), 34: (2,)}.get(template)
    return grid(template, _classes(), *sizes) if sizes else grid(template, _classes())[:, None]


@lru_cache(maxsize=1)
def telling() -> np.ndarray:
    return np.isin(np.arange(_cues()), [CUE[name] for name in TELLING])


@lru_cache(maxsize=1)
def _placed() -> np.ndarray:
    return ~np.isin(np.arange(_cues()), [CUE[name] for name in _UNPLACED])


@lru_cache(maxsize=1)
def happening() -> np.ndarray:
    numbers = class_numbers()
    column = np.full(_classes(), -1, dtype=np.int64)
    for place, name in enumerate(_HAPPENS):
        column[numbers[name]] = place
    return column
