"""How well articles are grouped by origin: precision, recall and F1 over pairs of articles. Pure.

A pair counts where both articles have an `origin` in the gold: it is right where both the reader and the
annotator say that they go back to one report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from mapdata.evaluation.scores import Tally

Pair = tuple[str, str]
ACROSS = "across"


@dataclass(slots=True)
class OriginResult:
    """pairs: of articles with one origin. joined: pairs put together that the annotator keeps apart;
    parted: pairs kept apart that go back to one report. Both by the ids of the gold, each pair sorted."""

    pairs: Tally = field(default_factory=Tally)
    joined: list[Pair] = field(default_factory=list)
    parted: list[Pair] = field(default_factory=list)
    articles: int = 0

    def add(self, other: OriginResult) -> None:
        self.pairs.add(other.pairs)
        self.joined += other.joined
        self.parted += other.parted
        self.articles += other.articles


def score_origins(
    wanted: Mapping[str, str],
    groups: Iterable[Iterable[str]],
    among: Callable[[str, str], bool] = lambda one, other: True,
) -> OriginResult:
    """Compare groups of article ids with the annotator's label of each article.

    `wanted`: id to label, of the articles that have one; others in `groups` are not counted. An article
    that is in no group stands alone. among: which pairs are looked at.
    """
    group_of = {id: number for number, group in enumerate(groups) for id in group}
    result = OriginResult(articles=len(wanted))
    for one, other in combinations(sorted(wanted), 2):
        if not among(one, other):
            continue
        together = one in group_of and group_of[one] == group_of.get(other)
        if wanted[one] == wanted[other]:
            if together:
                result.pairs.right += 1
            else:
                result.pairs.missed += 1
                result.parted.append((one, other))
        elif together:
            result.pairs.surplus += 1
            result.joined.append((one, other))
    return result


def by_language(
    wanted: Mapping[str, str], groups: Iterable[Iterable[str]], langs: Mapping[str, str]
) -> dict[str, OriginResult]:
    """The same for pairs within each language, and for pairs of two languages (ACROSS)."""
    listed = [list(group) for group in groups]
    found = {}
    for lang in sorted({langs[id] for id in wanted}):
        mine = {id: label for id, label in wanted.items() if langs[id] == lang}
        found[lang] = score_origins(mine, listed)
    found[ACROSS] = score_origins(wanted, listed, lambda one, other: langs[one] != langs[other])
    return found
