"""How sure is sure enough: limits chosen on the tune part for the best F1 of whole claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

import numpy as np

from mapdata.evaluation.gold import GoldArticle
from mapdata.evaluation.scores import Result, score, total
from mapdata.model import Article, Status
from mapdata.reading.candidates import Candidate
from mapdata.reading.decision import Ruled
from mapdata.reading.reader import Reader
from mapdata.reading.weights import Weights

# Plain news has fewer claims a sentence than the tune part: lower limits would do there, and not elsewhere.
_CLAIMED = (0.4, 0.45, 0.5, 0.55)
_MEANT = (0.51, 0.55, 0.6)
_SECOND = (0.35, 0.4, 0.45)

Labelled = tuple[GoldArticle, Article, Reader]


class Found(NamedTuple):
    """As much of a claim as its score needs."""

    site: str
    actor: str
    status: Status
    quote: str = ""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A labelled article with its candidates and their odds, so that limits can be tried one after the other."""

    gold: GoldArticle
    reader: Reader
    candidates: list[Candidate]
    ruled: Ruled
    odds: np.ndarray

    def result(self, limits: Weights) -> Result:
        found = self.reader.findings(self.candidates, self.ruled, self.odds, limits)
        keys = {Found(candidate.site, candidate.actor, verdict.status) for candidate, verdict in found}
        return score(self.gold, sorted(keys), self.reader.gazetteer)


def _bare(gold: GoldArticle) -> GoldArticle:
    """An annotated article with its claims alone: limits are chosen by them, not by who says what and when."""
    less = {"quote": None, "known": None}
    claims = [claim.model_copy(update=less) for claim in gold.claims]
    any_of = [[[claim.model_copy(update=less) for claim in one] for one in choice] for choice in gold.any_of]
    return gold.model_copy(update={"claims": claims, "any_of": any_of})


def weigh(weights: Weights, articles: Iterable[Labelled]) -> list[_Weighed]:
    """The candidates of labelled articles and how likely these weights hold them."""
    found = []
    for gold, article, reader in articles:
        candidates, lang = reader.candidates(article)
        ruled = reader.decision.ruled(candidates)
        odds = weights.odds(reader.decision.features(candidates, ruled, lang))
        found.append(_Weighed(_bare(gold), reader, candidates, ruled, odds))
    return found


def results(weights: Weights, weighed: Sequence[_Weighed]) -> list[Result]:
    """The scores of articles under the limits of these weights; their table is not looked at."""
    return [one.result(weights) for one in weighed]


def choose(weights: Weights, articles: Sequence[Labelled]) -> Weights:
    """The weights with the limits that do best on these articles."""
    if not articles:
        return weights
    weighed = weigh(weights, articles)
    tried = {
        limits: total(results(_with(weights, limits), weighed)).claims.f1
        for limits in product(_CLAIMED, _MEANT, _SECOND)
    }
    top = max(tried.values())
    # Of limits that do about as well those in the middle: the tune part is small.
    good = [limits for limits, value in tried.items() if value >= top - 0.003]
    middle = (0.5, 0.5, 0.35)
    return _with(weights, min(good, key=lambda one: sum(abs(a - b) for a, b in zip(one, middle, strict=True))))


def _with(weights: Weights, limits: tuple[float, float, float]) -> Weights:
    claimed, meant, second = limits
    return replace(weights, claimed=claimed, meant=meant, second=second)
