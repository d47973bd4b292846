"""The decision that was learned from labelled sentences: how likely each status is for a candidate.

The rules' verdicts are among its features, and lower the chance from which it makes a claim. What it is not sure
of is no claim.
"""

from __future__ import annotations

from mapdata.model import Gazetteer, Status
from mapdata.reading.candidates import Candidate
from mapdata.reading.decision import RuleDecision, Verdict
from mapdata.reading.features import Masked, features
from mapdata.reading.view import CueHit
from mapdata.reading.weights import CLASSES, SCALE, Weights

# The labelled articles are harder than news: there a rule that applies is right more often than it is here.
# Chosen on the tune part and the sample together: a pair for which a rule speaks is claimed from this chance
# on, its status counts so many times, and a pair whose site or actor stands in another sentence needs that much.
_RULED = 0.2
_TRUST = 2.0
_MEANT = 0.6
_SURE_SECOND = 0.45
# How many words at most are shown as deciding.
_SHOWN = 3
# Categories of cues that can be shown as the words that decided a status.
_SHOWABLE = frozenset(
    [
        "exist",
        "host",
        "fate",
        "plan",
        "build",
        "built",
        "deny",
        "neg",
        "former",
        "withdraw",
        "partial",
        "presence",
        "force",
        "asset",
        "base",
        "base_air",
        "base_naval",
        "base_army",
    ]
)


class TrainedDecision:
    """Decides by weights; built once for a gazetteer, safe to share between threads."""

    def __init__(self, gazetteer: Gazetteer, weights: Weights) -> None:
        self._gazetteer = gazetteer
        self._rules = RuleDecision(gazetteer)
        self._weights = weights

    def decide(self, candidate: Candidate, masked: Masked) -> list[Verdict]:
        """The likeliest status of a pair that is likely enough to be claimed at all, and a second one that is
        likely beside it (a plan and its denial), each with the words that speak for it."""
        ruled = self._rules.decide(candidate)
        odds = self._weights.probabilities(features(candidate, masked, ruled, self._gazetteer))
        claimed = 1.0 - odds[0]
        if claimed < self._limit(candidate, bool(ruled)):
            return []
        said = {verdict.status.value for verdict in ruled}
        leaning = [
            chance * (_TRUST if name in said else 1.0) for name, chance in zip(CLASSES[1:], odds[1:], strict=True)
        ]
        whole = sum(leaning)
        ranked = sorted(zip(CLASSES[1:], leaning, strict=True), key=lambda item: -item[1])
        found = []
        for place, (name, chance) in enumerate(ranked):
            chance = chance / whole * claimed
            # Where rules and weights agree on the first, the second has to be about as likely.
            enough = _SURE_SECOND if ranked[0][0] in said else self._weights.second
            if place == 0 or chance >= enough:
                status = Status(name)
                score = claimed if place == 0 else chance
                found.append(Verdict(status, self._words(candidate, status, ruled), score))
        return found

    def _limit(self, candidate: Candidate, ruled: bool) -> float:
        """How likely a pair has to be: less where a rule speaks for it, more where site or actor is only meant."""
        if ruled:
            return _RULED
        meant = candidate.actor_mention is None or candidate.site_mention.anaphor in {"there", "the_base", "implied"}
        return max(_MEANT, self._weights.claimed) if meant else self._weights.claimed

    def _words(self, candidate: Candidate, status: Status, ruled: list[Verdict]) -> tuple[CueHit, ...]:
        """The cues whose presence made this status likelier than nothing, by their weights."""
        for verdict in ruled:
            if verdict.status is status and verdict.cues:
                return verdict.cues
        column = CLASSES.index(status.value)
        view = candidate.view
        weighed = []
        for cue in view.cues:
            if cue.category not in _SHOWABLE:
                continue
            zones = (f"{cue.category}@B", f"{cue.category}@L", f"{cue.category}@R")
            gains = [row[column] - row[0] for zone in zones if (row := self._weights.table.get(zone))]
            near = max(0, 60 - min(abs(cue.start - candidate.site_mention.start), 60)) * SCALE // 200
            weighed.append((max(gains, default=0) + near, cue))
        best = sorted(weighed, key=lambda item: (-item[0], item[1].start))[:_SHOWN]
        return tuple(cue for gain, cue in best if gain > 0)
