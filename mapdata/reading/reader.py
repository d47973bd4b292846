"""From an article to its claims: the steps in their order, and what is settled over the whole article."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

import numpy as np

from mapdata.articles.language import language_of
from mapdata.model import Article, Claim, Cue, Gazetteer, Status
from mapdata.outlets import Outlets
from mapdata.reading import lexicon
from mapdata.reading.attribution import ArticleAttribution, Attributor
from mapdata.reading.candidates import Candidate, CandidateFinder
from mapdata.reading.clauses import breaks, commas
from mapdata.reading.decision import Decision, Ruled, is_meant
from mapdata.reading.discourse import Discourse
from mapdata.reading.features import Seen
from mapdata.reading.folding import fold_in_place, fold_text, folds_evenly
from mapdata.reading.geography import Geography
from mapdata.reading.matcher import PLACE_KINDS, Hit, Matcher
from mapdata.reading.mentions import MentionFinder, settle
from mapdata.reading.names import gazetteer_patterns, names_for, outlet_patterns
from mapdata.reading.roles import BASE_WORDS
from mapdata.reading.sentences import Sentence, split
from mapdata.reading.settling import Found, Settling
from mapdata.reading.unsure import LOW, Unsure
from mapdata.reading.verdict import Verdict
from mapdata.reading.view import WORD, CueHit, View
from mapdata.reading.weights import Weights
from mapdata.reading.weights import load as load_weights
from mapdata.reading.when import held_in

# A sentence that names nothing is looked at for these: it may speak on of a place, or say who says it.
_SPEAKS_ON = frozenset({*BASE_WORDS, "speech", "deny", "former", "withdraw", "exist", "plan", "force"})


class Reader:
    """Reads articles with one gazetteer. Costly to build, cheap to use; keep it and call `read`."""

    def __init__(self, gazetteer: Gazetteer, outlets: Outlets, weights: Weights | None = None) -> None:
        """weights: those of the decision; None for the ones that come with the package."""
        self.gazetteer = gazetteer
        geography = Geography(gazetteer)
        self._names = [*gazetteer_patterns(gazetteer), *outlet_patterns(outlets)]
        self._outlet_names = {outlet.id: outlet.name for outlet in outlets}
        self._matchers: dict[str, Matcher] = {}
        self._mentions = MentionFinder(gazetteer, geography)
        self._candidates = CandidateFinder(gazetteer)
        self.decision = Decision(gazetteer, weights or load_weights())
        self._settling = Settling(gazetteer, geography)
        self._attributor = Attributor(gazetteer, outlets)

    def read(self, article: Article) -> tuple[Claim, ...]:
        """The claims of an article: one for each (site, actor, status), with its clearest quote."""
        lang = article.lang if article.lang in lexicon.LANGUAGES else language_of(article.text)
        views, outlet_places = self._views(article, lang)
        proposed = self._proposed(views)
        ruled = self.decision.ruled(proposed)
        odds, seen = self.decision.weigh(proposed, ruled, lang)
        found = self.findings(proposed, ruled, odds)
        if not found:
            return ()
        attribution = self._attributor.of(article, views, outlet_places, lang)
        return tuple(self._claims(article, (found, seen), attribution, lang))

    def findings(
        self, candidates: list[Candidate], ruled: Ruled, odds: np.ndarray, limits: Weights | None = None
    ) -> Found:
        """Which candidates are claimed, once the whole article is considered. ruled: what rules make of each.
        odds: an array of candidates by classes. limits: weights whose limits count, None for the reader's own."""
        used = limits or self.decision.weights
        # Most candidates are too unlikely whatever else is known of them.
        enough = np.flatnonzero(1.0 - odds[:, 0] >= min(used.ruled, used.claimed))
        found = [
            (candidates[at], verdict)
            for at, likely in zip(enough.tolist(), odds[enough].tolist(), strict=True)
            for verdict in self.decision.verdicts(candidates[at], ruled[at], likely, limits)
        ]
        return self._settling.whole(found)

    def candidates(self, article: Article) -> tuple[list[Candidate], str]:
        """Every pair that an article could speak of, in the order of its sentences, and the language that it
        is read in: for training."""
        lang = article.lang if article.lang in lexicon.LANGUAGES else language_of(article.text)
        views, _ = self._views(article, lang)
        return self._proposed(views), lang

    def _proposed(self, views: list[View]) -> list[Candidate]:
        discourse = Discourse(host=self._host(views))
        return [candidate for view in views for candidate in self._candidates.find(view, discourse)]

    def unsure(self, article: Article, low: float = LOW, high: float | None = None) -> list[Unsure]:
        """What `read` abstained on: pairs whose chance of being claimed is at least `low` and below `high`,
        None for where claims begin. One for each (site, actor, sentence), in the order of the text."""
        lang = article.lang if article.lang in lexicon.LANGUAGES else language_of(article.text)
        views, outlet_places = self._views(article, lang)
        high = high if high is not None else self.decision.weights.claimed
        likeliest: dict[tuple[int, str, str], tuple[float, Candidate]] = {}
        proposed = self._proposed(views)
        ruled = self.decision.ruled(proposed)
        for candidate, odds in zip(proposed, self.decision.odds(proposed, ruled, lang), strict=True):
            chance = 1.0 - float(odds[0])
            key = (candidate.view.sentence.start, candidate.site, candidate.actor)
            if chance > likeliest.get(key, (-1.0, candidate))[0]:
                likeliest[key] = (chance, candidate)
        kept = [likeliest[key] for key in sorted(likeliest) if low <= likeliest[key][0] < high]
        if not kept:
            return []
        said = self._attributor.of(article, views, outlet_places, lang)
        return [
            Unsure(
                one.site,
                one.actor,
                _quote_start(one),
                one.view.sentence.end,
                chance,
                said.find(
                    one.view,
                    one.site_mention.start,
                    self.gazetteer.sites[one.site],
                    self.gazetteer.actors[one.actor],
                ),
            )
            for chance, one in kept
        ]

    def _host(self, views: list[View]) -> str | None:
        """The country on whose ground most of what an article names lies."""
        countries = Counter(self.gazetteer.sites[m.keys[0]].country for view in views for m in view.sites)
        return countries.most_common(1)[0][0] if countries else None

    def _views(self, article: Article, lang: str) -> tuple[list[View], list[tuple[int, int, str]]]:
        """The sentences that name a site, an actor, a base or a speaker, as the rules see them, and where the
        article names outlets. Nothing for an article that names no site."""
        folded = fold_text(article.text)
        hits = self._matcher(lang).find(folded, article.text, placed_only=True)
        if not any(hit.kind in PLACE_KINDS for hit in hits):
            return [], []
        names, cues = settle(hits)
        outlets = [
            (start, end, self._outlet_names[hit.key])
            for start, end, same in names
            for hit in same
            if hit.kind == "outlet"
        ]
        names = [name for name in names if not any(hit.kind == "outlet" for hit in name[2])]
        name_starts, cue_starts = [name[0] for name in names], [hit.start for hit in cues]
        # Where nothing was dropped in folding, every place is already that of the text.
        in_place = folded.text if folded.positions is None else fold_in_place(article.text)
        evenly = folds_evenly(article.text)
        views = []
        for sentence in split(article.text):
            mine = _within(names, name_starts, sentence)
            its_cues = _within(cues, cue_starts, sentence)
            if mine or any(hit.key in _SPEAKS_ON for hit in its_cues):
                views.append(self._view((article.text, in_place, evenly), sentence, mine, its_cues))
        return views, outlets

    def _matcher(self, lang: str) -> Matcher:
        if lang not in self._matchers:
            self._matchers[lang] = Matcher([*names_for(self._names, lang), *lexicon.patterns(lang)])
        return self._matchers[lang]

    def _view(
        self,
        article: tuple[str, str, bool],
        sentence: Sentence,
        names: list[tuple[int, int, list[Hit]]],
        cues: list[Hit],
    ) -> View:
        """article: its text, the same folded in place, and whether it folds evenly."""
        text, folded, evenly = article
        kept = [
            CueHit(hit.start, hit.end, hit.key)
            for hit in _longest(cues)
            if hit.key in BASE_WORDS or not any(s < hit.end and hit.start < e for s, e, _ in names)
        ]
        view = View(sentence, text, folded, kept, [], [], evenly)
        view.words = [m.start() for m in WORD.finditer(text, sentence.start, sentence.end)]
        view.commas = commas(text, sentence.start, sentence.end)
        view.breaks = breaks(text, sentence.start, sentence.end, kept, view.commas)
        self._mentions.fill(view, names)
        return view

    def _claims(
        self, article: Article, read: tuple[Found, Seen], attribution: ArticleAttribution, lang: str
    ) -> list[Claim]:
        """read: what is claimed, and what the decision saw of the article."""
        found, seen = read
        best: dict[tuple[str, str, Status], tuple[float, int, Candidate, Verdict]] = {}
        for order, (candidate, verdict) in enumerate(found):
            sentence = candidate.view.sentence
            clarity = (
                verdict.score
                - 0.01 * candidate.cost
                - (0.3 if sentence.heading else 0.0)
                - (0.2 if _quote_start(candidate) < sentence.start else 0.0)
            )
            key = (candidate.site, candidate.actor, verdict.status)
            if key not in best or clarity > best[key][0]:
                best[key] = (clarity, order, candidate, verdict)
        chosen = sorted(best.values(), key=lambda item: (_quote_start(item[2]), item[1]))
        pairs = [(candidate, verdict) for _, _, candidate, verdict in chosen]
        return [
            self._claim(article, (candidate, verdict), words, attribution, lang)
            for (candidate, verdict), words in zip(pairs, self.decision.words(pairs, seen), strict=True)
            # What a sentence neither names nor has a word for is nothing that it says.
            if words or not is_meant(candidate)
        ]

    def _claim(
        self,
        article: Article,
        pair: tuple[Candidate, Verdict],
        words: list[tuple[int, int]],
        attribution: ArticleAttribution,
        lang: str,
    ) -> Claim:
        candidate, verdict = pair
        start, end = _quote_start(candidate), candidate.view.sentence.end
        held_from, held_to = self._held(article, candidate, verdict, lang)
        return Claim(
            article=article.id,
            site=candidate.site,
            actor=candidate.actor,
            status=verdict.status,
            quote=article.text[start:end],
            start=start,
            end=end,
            attribution=attribution.find(
                candidate.view,
                candidate.site_mention.start,
                self.gazetteer.sites[candidate.site],
                self.gazetteer.actors[candidate.actor],
            ),
            cues=tuple(Cue(a, b, article.text[a:b]) for a, b in words),
            published=article.published,
            held_from=held_from,
            held_to=held_to,
            construction=candidate.construction,
            score=verdict.score,
        )

    @staticmethod
    def _held(article: Article, candidate: Candidate, verdict: Verdict, lang: str) -> tuple[str | None, str | None]:
        """The times in the clause of the pair, credits ("on Monday, X said") left out."""
        return held_in(
            candidate.view, candidate.site_mention.start, verdict.status, lang, article.published
        )


def _quote_start(candidate: Candidate) -> int:
    """Where a quote for a pair begins: with the earlier sentence that it needs, if that is close."""
    sentence, since = candidate.view.sentence, candidate.since
    if since is not None and since.sentence.paragraph >= sentence.paragraph - 1:
        return since.sentence.start
    return sentence.start


def _within(items: list, starts: list[int], sentence: Sentence) -> list:
    """The items that begin in a sentence. starts: where they all begin, in order."""
    low = bisect_left(starts, sentence.start)
    return items[low : bisect_left(starts, sentence.end, low)]


_UNSAID = frozenset({"deny", "neg", "withdraw", "former"})
_UNSAYING = ("exist", "plan", "no_comment")


def _longest(cues: list[Hit]) -> list[Hit]:
    """Of cues inside a longer cue of the same kind of word, the longer alone ("air base", not "base").

    Nor does a refusal or an exit count inside a phrase that says the contrary ("does not rule out", "will not
    leave", "لا تزال").
    """
    kept: list[Hit] = []
    reach: dict[str, int] = {}
    for hit in cues:
        key, end = hit.key, hit.end
        family = "base" if key in BASE_WORDS else key
        if end <= reach.get(family, -1):
            continue
        if family in _UNSAID and any(end <= reach.get(other, -1) for other in _UNSAYING):
            continue
        reach[family] = end
        kept.append(hit)
    return kept
