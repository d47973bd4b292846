"""The pairs of an article as arrays over its tokens, and what their words, classes and cues give as features."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from mapdata.reading.hashing import feature_row, mix
from mapdata.reading.tokens import ACTOR, CUE, SITE, Tokens, class_numbers

# Owners (the number of the pair) and rows of features, side by side.
Found = tuple[np.ndarray, np.ndarray]

# Cues whose order around a pair tells its status; the others only count by place.
_TELLING = (
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
)
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
# How close, in words, a class or a cue has to be to count as beside a name.
_BESIDE = 3
# Zones of a sentence seen from a pair: between, left, left beyond a clause, right, right beyond a clause.
_LEFT, _LEFT_BEYOND, _RIGHT, _RIGHT_BEYOND = 1, 2, 3, 4
# Signs of the pair's own names and of the sentence's ends in a chain; below those of cues and classes.
_OWN_SITE, _OWN_ACTOR, _BEGIN, _END, _OTHER_ACTOR = 3, 4, 5, 6, 7


def _spread(begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(owner, index): for each of several ranges its indices, one range after the other."""
    size = end - begin
    owner = np.repeat(np.arange(len(size)), size)
    first = np.repeat(begin - np.concatenate(([0], np.cumsum(size)[:-1])), size)
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
        self.low_clause, self.high_clause = self._clause(self.low), self._clause(self.high)

    def _at(self, place: np.ndarray) -> np.ndarray:
        """The first word of a pair's sentence at or behind a place."""
        return np.clip(np.searchsorted(self.t.place, place), self.start, self.stop)

    def _clause(self, place: np.ndarray) -> np.ndarray:
        """The clause of a place: that of the word there, or of the last before it."""
        at = np.clip(np.searchsorted(self.t.place, place, side="right") - 1, self.start, np.maximum(self.stop - 1, 0))
        return self.t.clause[at] if len(self.t.clause) else np.zeros(self.count, dtype=np.int64)

    def _words(self, at: np.ndarray) -> np.ndarray:
        """The words at indices; 0 outside the pair's sentence."""
        inside = (at >= self.start) & (at < self.stop)
        return np.where(inside, self.t.word[np.clip(at, 0, max(0, len(self.t.word) - 1))], 0)

    def beside(self) -> list[Found]:
        """The words before and after the site and the actor."""
        if not len(self.t.word):
            return []
        every, named = np.arange(self.count), np.flatnonzero(self.named)
        found = []
        sides: dict[int, list[np.ndarray]] = {}
        for template, first, step, mine in (
            (11, self.s_at - 1, -1, every),
            (12, self.s_after, 1, every),
            (13, self.a_at - 1, -1, named),
            (14, self.a_after, 1, named),
        ):
            for i in range(_WINDOW):
                words = self._words(first + step * i)
                sides.setdefault(template, []).append(words)
                kept = mine[words[mine] != 0]
                found.append((kept, mix(template, words[kept], i)))
        for template, side in ((15, 11), (16, 12)):
            found.append((every, mix(template, sides[side][0], sides[side][1])))
        return found

    def between(self) -> list[Found]:
        """The words between actor and site: one by one, by twos, and all of them where they are few."""
        begin = np.where(self.order == 1, self.a_after, self.s_after)
        end = np.where(self.order == 1, self.s_at, self.a_at)
        begin, end = np.minimum(begin, end), np.maximum(begin, end)
        begin = np.where(self.named, begin, end)
        short = np.minimum(end, begin + _BETWEEN)
        owner, at = _spread(begin, short)
        words = self.t.word
        found = [(owner, mix(21, words[at]))]
        following = at + 1 < short[owner]
        found.append((owner[following], mix(22, words[at[following]], words[at[following] + 1])))
        few = np.flatnonzero(self.named & (end - begin <= 5))
        whole = self.order[few] + 3
        for i in range(5):
            whole = whole * 0x10001 ^ np.where(begin[few] + i < end[few], self._pick(begin[few] + i), 0)
            whole &= 0x7FFFFFFFFFFF
        found.append((few, mix(23, whole)))
        return found

    def _pick(self, at: np.ndarray) -> np.ndarray:
        return self.t.word[np.clip(at, 0, max(0, len(self.t.word) - 1))]

    def _zone(self, owner: np.ndarray, start: np.ndarray, end: np.ndarray, opens, closes) -> np.ndarray:
        """Where something of the pair's sentence stands, seen from the pair."""
        low, high = self.low[owner], self.high[owner]
        left, right = end <= low, start > high
        zone = np.zeros(len(owner), dtype=np.int64)
        zone[left] = np.where(closes[left] == self.low_clause[owner][left], _LEFT, _LEFT_BEYOND)
        zone[right] = np.where(opens[right] == self.high_clause[owner][right], _RIGHT, _RIGHT_BEYOND)
        zone[(start >= low) & (start <= high)] = 0
        return zone

    def zones(self, start: np.ndarray, end: np.ndarray, opens: np.ndarray, closes: np.ndarray) -> np.ndarray:
        """The zones of several places, seen from the only pair."""
        return self._zone(np.zeros(len(start), dtype=np.int64), start, end, opens, closes)

    def meaning(self) -> list[Found]:
        """The classes of the words around a pair: words of one meaning count as one, in every language."""
        t = self.t
        owner, at = _spread(self.start, self.stop)
        classed = t.first[at] > 0
        owner, at = owner[classed], at[classed]
        # The pair's own names are no news.
        mine = (at == self.s_at[owner]) & (t.first[at] == SITE)
        mine |= self.named[owner] & (at == self.a_at[owner]) & (t.first[at] == ACTOR)
        owner, at = owner[~mine], at[~mine]
        place = t.place[at]
        zone = self._zone(owner, place, place + 1, t.clause[at], t.clause[at])
        near = (zone == 0) | (zone == _LEFT) | (zone == _RIGHT)
        found = []
        for signs in (t.first[at], t.second[at]):
            there = signs > 0
            o, k, z = owner[there], signs[there], zone[there]
            found += [(o, mix(31, k, z)), (o, mix(32, k))]
            close = there & near & (np.abs(at - self.s_at[owner]) <= _BESIDE)
            found.append((owner[close], mix(33, signs[close])))
            close = there & near & self.named[owner] & (np.abs(at - self.a_at[owner]) <= _BESIDE)
            after = (place[close] > self.a[owner[close]]).astype(np.int64)
            found.append((owner[close], mix(34, signs[close], after)))
        chain = self._chain(owner[near], place[near], t.first[at][near])
        found.append((chain[0], mix(35, chain[1], chain[2])))
        found.append(self._together(owner[near], t.first[at][near], t.second[at][near]))
        return found

    def _together(self, owner: np.ndarray, first: np.ndarray, second: np.ndarray) -> Found:
        """Two things that happen in one clause, in whatever order."""
        there = np.zeros((self.count, len(_HAPPENS)), dtype=bool)
        for signs in (first, second):
            column = happening()[signs]
            told = column >= 0
            there[owner[told], column[told]] = True
        one, two = np.triu_indices(len(_HAPPENS), 1)
        who, which = np.nonzero(there[:, one] & there[:, two])
        return who, mix(36, one[which], two[which])

    def _chain(self, owner: np.ndarray, place: np.ndarray, sign: np.ndarray) -> tuple[np.ndarray, ...]:
        """(owner, sign, next sign, the one after or 0): the order of signs, the pair's own names among them."""
        every, named = np.arange(self.count), np.flatnonzero(self.named)
        ones = np.ones(self.count, dtype=np.int64)
        owner = np.concatenate((owner, every, named, every, every))
        place = np.concatenate((place, self.s, self.a[named], 0 * ones, ones << 40))
        sign = np.concatenate((sign, _OWN_SITE * ones, _OWN_ACTOR * ones[: len(named)], _BEGIN * ones, _END * ones))
        order = np.argsort((owner << 44) + (place << 3), kind="stable")
        owner, sign = owner[order], sign[order]
        third = np.concatenate((sign[2:], [0, 0]))
        third[:-2][owner[2:] != owner[:-2]] = 0
        goes_on = owner[1:] == owner[:-1]
        return owner[:-1][goes_on], sign[:-1][goes_on], sign[1:][goes_on], third[:-1][goes_on]

    def cues(self) -> list[Found]:
        """Where the cues stand to the pair, and in which order."""
        t = self.t
        owner, at = _spread(t.cue_begin[self.view], t.cue_begin[self.view + 1])
        start, end, cue = t.cue_start[at], t.cue_end[at], t.cue[at]
        counts = _placed()[cue] & ~((start >= self.own[owner]) & (end <= self.own_end[owner]))
        owner, at, start, end, cue = (array[counts] for array in (owner, at, start, end, cue))
        zone = self._zone(owner, start, end, t.opens[at], t.closes[at])
        far = (zone == _LEFT_BEYOND) | (zone == _RIGHT_BEYOND)
        found = [(owner, mix(41, cue, zone))]
        tells = telling()[cue]
        phrase = t.phrase[at]
        found.append((owner[tells], mix(42, phrase[tells], far[tells].astype(np.int64))))
        here = tells & ~far
        found.append((owner[here], mix(43, phrase[here], zone[here])))
        edge = np.minimum(np.abs(start - self.a[owner]), np.abs(start - self.s[owner]))
        close = here & (edge < 25)
        found.append((owner[close], mix(44, cue[close], zone[close])))
        others, places = self._other_actors()
        chain = self._chain(
            np.concatenate((owner[here], others)),
            np.concatenate((start[here], places)),
            np.concatenate((cue[here] + 200, np.full(len(others), _OTHER_ACTOR))),
        )
        found.append((chain[0], mix(45, chain[1], chain[2])))
        triple = chain[3] > 0
        found.append((chain[0][triple], mix(46, *(part[triple] for part in chain[1:]))))
        there = np.zeros((self.count, max(CUE.values()) + 1), dtype=bool)
        there[owner[here], cue[here]] = True
        one, two = np.triu_indices(there.shape[1], 1)
        who, which = np.nonzero(there[:, one] & there[:, two])
        found.append((who, mix(47, one[which], two[which])))
        silent = np.flatnonzero(~there.any(axis=1))
        found.append((silent, np.full(len(silent), feature_row("nothing telling"))))
        return found

    def _other_actors(self) -> tuple[np.ndarray, np.ndarray]:
        owner, at = _spread(self.start, self.stop)
        other = (self.t.first[at] == ACTOR) & ~(self.named[owner] & (at == self.a_at[owner]))
        return owner[other], self.t.place[at[other]]


@lru_cache(maxsize=1)
def telling() -> np.ndarray:
    return np.isin(np.arange(max(CUE.values()) + 1), [CUE[name] for name in _TELLING])


@lru_cache(maxsize=1)
def _placed() -> np.ndarray:
    return ~np.isin(np.arange(max(CUE.values()) + 1), [CUE[name] for name in _UNPLACED])


@lru_cache(maxsize=1)
def happening() -> np.ndarray:
    numbers = class_numbers()
    column = np.full(max(numbers.values()) + 1, -1, dtype=np.int64)
    for place, name in enumerate(_HAPPENS):
        column[numbers[name]] = place
    return column
