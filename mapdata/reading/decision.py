"""The decision: which of an article's candidates are claimed, with which status, and which words say so.

It weighs the features of all candidates of an article at once. It knows candidates and weights only, so that
another way to decide can take its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mapdata.model import Gazetteer, Status
from mapdata.reading.candidates import Candidate
from mapdata.reading.features import FeatureMaker, Features, Seen, telling_words, word_end
from mapdata.reading.ruling import RuleDecision
from mapdata.reading.verdict import Verdict
from mapdata.reading.weights import CLASSES, Weights

Ruled = Sequence[Sequence[Verdict]]

# How many words or phrases at most are shown as deciding.
_SHOWN = 3
# Frames of candidates remembered.
_REMEMBERED = 1 << 15
# What stands in another sentence is only meant by these.
_MEANT = frozenset({"there", "the_base", "implied"})


def is_meant(candidate: Candidate) -> bool:
    """Whether the site or the actor of a pair stands in another sentence."""
    return candidate.actor_mention is None or candidate.site_mention.anaphor in _MEANT


class Decision:
    """Decides by weights; built once for a gazetteer, safe to share between threads."""

    def __init__(self, gazetteer: Gazetteer, weights: Weights) -> None:
        self.weights = weights
        self._features = FeatureMaker(gazetteer)
        self._rules = RuleDecision(gazetteer)
        self._framed: dict[tuple[Callable[..., np.ndarray], tuple[Any, ...]], np.ndarray] = {}

    def ruled(self, candidates: Sequence[Candidate]) -> list[list[Verdict]]:
        """What the rules make of each candidate."""
        return [self._rules.decide(candidate) for candidate in candidates]

    def odds(self, candidates: Sequence[Candidate], ruled: Ruled, lang: str) -> np.ndarray:
        """How likely each candidate is each of CLASSES: an array of candidates by classes."""
        return self.weigh(candidates, ruled, lang)[0]

    def weigh(self, candidates: Sequence[Candidate], ruled: Ruled, lang: str) -> tuple[np.ndarray, Seen]:
        """The odds, and what the decision saw of the candidates (for `words`)."""
        seen = self._features.seen(candidates, ruled, lang)
        if not candidates:
            return self.weights.likely(np.zeros((0, len(CLASSES)))), seen
        framed = np.concatenate([self._of_frame(*part) for frame in seen.frames for part in frame])
        sums = framed.reshape(len(candidates), -1, len(CLASSES)).sum(axis=1)
        sums += self.weights.sums(seen.pairs).take(seen.line, axis=0)
        return self.weights.likely(sums), seen

    def _of_frame(self, rows: Callable[..., np.ndarray], given: tuple[Any, ...]) -> np.ndarray:
        """The weights of what does not depend on words, added up and remembered."""
        found = self._framed.get((rows, given))
        if found is None:
            if len(self._framed) >= _REMEMBERED:
                self._framed.clear()
            found = self.weights.table[rows(*given)].sum(axis=0, dtype=np.int64)
            self._framed[rows, given] = found
        return found

    def features(self, candidates: Sequence[Candidate], ruled: Ruled, lang: str) -> Features:
        """What the weights see of the candidates."""
        return self._features.of(candidates, ruled, lang)

    def verdicts(
        self, candidate: Candidate, ruled: Sequence[Verdict], odds: Sequence[float], limits: Weights | None = None
    ) -> list[Verdict]:
        """The likeliest status of a pair that is likely enough to be claimed at all, and a second one that is
        about as likely beside it (a plan and its denial). odds: the candidate's row. limits: weights whose
        limits count, None for the decision's own."""
        limits = limits or self.weights
        claimed = 1.0 - odds[0]
        if claimed < (limits.ruled if ruled else limits.claimed):
            return []
        if claimed < limits.meant and not ruled and is_meant(candidate):
            return []
        # What the rules say of usual words counts more than the labelled articles, which are not usual, would have it.
        said = {verdict.status.value: verdict for verdict in ruled}
        leaning = [p * (limits.trust if name in said else 1.0) for name, p in zip(CLASSES, odds, strict=True)]
        whole = sum(leaning[1:])
        order = sorted(range(1, len(CLASSES)), key=lambda i: -leaning[i])
        second = leaning[order[1]] / whole * claimed
        chosen = [(order[0], claimed)] + ([(order[1], second)] if second >= limits.second else [])
        return [
            Verdict(Status(CLASSES[i]), said[CLASSES[i]].cues if CLASSES[i] in said else (), score)
            for i, score in chosen
        ]

    def words(self, found: Sequence[tuple[Candidate, Verdict]], seen: Seen) -> list[list[tuple[int, int]]]:
        """For each pair of an article the words that speak most for its status: their places in the text, in the
        order of the text. seen: what `weigh` gave for the article."""
        said = [sorted((cue.start, cue.end) for cue in verdict.cues) for _, verdict in found]
        silent = [number for number, cues in enumerate(said) if not cues]
        if not silent:
            return said
        owner, places, rows = telling_words([found[number][0] for number in silent], seen.words, seen.number)
        gains = self.weights.table[rows].astype(np.int64)
        columns = np.array([CLASSES.index(found[number][1].status.value) for number in silent])[owner]
        line = np.arange(len(gains))
        own = gains[line, :, columns]
        gains[line, :, columns] = -(1 << 15)
        weights = (own - gains.max(axis=2)).sum(axis=1)
        speaking = np.flatnonzero(weights > 0)
        weighed: list[list[tuple[int, int, int, int]]] = [[] for _ in silent]
        for one, at, weight in zip(
            owner[speaking].tolist(), speaking.tolist(), weights[speaking].tolist(), strict=True
        ):
            weighed[one].append((-weight, places[at][0], at, places[at][1]))
        for number, ranked in zip(silent, weighed, strict=True):
            said[number] = _best(ranked, found[number][0].view.text)
        return said


def _best(weighed: list[tuple[int, int, int, int]], text: str) -> list[tuple[int, int]]:
    """The few places that weigh most and do not overlap. weighed: (weight below 0, start, order, end or 0)."""
    best: list[tuple[int, int]] = []
    for _, start, _, stop in sorted(weighed):
        if len(best) == _SHOWN:
            break
        end = stop or word_end(text, start)
        if not any(a < end and start < b for a, b in best):
            best.append((start, end))
    return sorted(best)
