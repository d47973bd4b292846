"""From an article to its claims: the steps in their order, and what is settled over the whole article."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from mapdata.model import Article, Attribution, Claim, Cue, Gazetteer, SiteKind, SpeakerKind, Status

if TYPE_CHECKING:
    from mapdata.outlets import Outlets
from mapdata.reading import lexicon
from mapdata.reading.candidates import Candidate, CandidateFinder, Discourse
from mapdata.reading.clauses import breaks, commas
from mapdata.reading.decision import RuleDecision, Verdict
from mapdata.reading.folding import fold_text
from mapdata.reading.geography import Geography
from mapdata.reading.matcher import Hit, Matcher
from mapdata.reading.mentions import BASE_WORDS, MentionFinder, settle
from mapdata.reading.names import gazetteer_patterns
from mapdata.reading.sentences import Sentence, split
from mapdata.reading.view import WORD, CueHit, View


class Reader:
    """Reads articles with one gazetteer. Costly to build, cheap to use; keep it and call `read`."""

    def __init__(self, gazetteer: Gazetteer, outlets: Outlets) -> None:
        self._gazetteer = gazetteer
        self._outlets = outlets
        self._geography = Geography(gazetteer)
        self._names = gazetteer_patterns(gazetteer)
        self._matchers: dict[str, Matcher] = {}
        self._mentions = MentionFinder(gazetteer, self._geography)
        self._candidates = CandidateFinder(gazetteer)
        self._decision = RuleDecision(gazetteer)

    def read(self, article: Article) -> tuple[Claim, ...]:
        """The claims of an article: one for each (site, actor, status), with its clearest quote."""
        views = self.views(article)
        found: list[tuple[Candidate, Verdict]] = []
        discourse = Discourse()
        for view in views:
            for candidate in self._candidates.find(view, discourse):
                for verdict in self._decision.decide(candidate):
                    found.append((candidate, verdict))
            self._remember(view, found, discourse)
        found = self._settle_headings(found)
        found = self._drop_wider(found)
        return tuple(self._claims(article, found))

    def views(self, article: Article) -> list[View]:
        """The sentences of an article that name a site, an actor or a base, as the rules see them."""
        lang = article.lang if article.lang in lexicon.LANGUAGES else "en"
        folded = fold_text(article.text)
        hits = self._matcher(lang).find(folded, article.text)
        if not any(hit.kind in {"site", "weak", "near"} for hit in hits):
            return []
        names, cues = settle(hits)
        views = []
        for sentence in split(article.text):
            mine = _within(names, sentence, key=lambda name: name[0])
            its_cues = _within(cues, sentence, key=lambda hit: hit.start)
            if mine or any(hit.key in BASE_WORDS for hit in its_cues):
                views.append(self._view(article.text, sentence, mine, its_cues))
        return views

    def _matcher(self, lang: str) -> Matcher:
        if lang not in self._matchers:
            self._matchers[lang] = Matcher([*self._names, *lexicon.patterns(lang)])
        return self._matchers[lang]

    def _view(
        self, text: str, sentence: Sentence, names: list[tuple[int, int, list[Hit]]], cues: list[Hit]
    ) -> View:
        kept = [
            CueHit(hit.start, hit.end, hit.key)
            for hit in _longest(cues)
            if not any(s < hit.end and hit.start < e and hit.key not in BASE_WORDS for s, e, _ in names)
        ]
        view = View(sentence, text, kept, [], [])
        view.words = [m.start() for m in WORD.finditer(text, sentence.start, sentence.end)]
        view.commas = commas(text, sentence.start, sentence.end)
        view.breaks = breaks(text, sentence.start, sentence.end, kept, view.commas)
        self._mentions.fill(view, names)
        return view

    def _remember(self, view: View, found: list[tuple[Candidate, Verdict]], discourse: Discourse) -> None:
        """Carry on what later sentences may refer to."""
        here = [(c, v) for c, v in found if c.view is view]
        hosts = self._gazetteer.sites
        for candidate, verdict in here:
            if (
                candidate.construction == "antecedent"
                or self._gazetteer.actors[candidate.actor].country == hosts[candidate.site].country
            ):
                continue
            discourse.owners[verdict.status] = (candidate.actor, view)
        exact = [c for c, _ in here if hosts[c.site].kind not in {SiteKind.REGION, SiteKind.COUNTRY}]
        if exact:
            last = exact[-1].site_mention.group
            mentions = {m.keys[0]: m for m in (c.site_mention for c in exact) if m.group == last}
            discourse.sites, discourse.sites_view = list(mentions.values()), view
        subject = next((a for a in view.actors if a.role not in {"backer", "striker"}), None)
        if subject is not None:
            discourse.subject, discourse.subject_view = subject.key, view

    def _settle_headings(self, found: list[tuple[Candidate, Verdict]]) -> list[tuple[Candidate, Verdict]]:
        """A heading has the status that its wording has beside the text: "X bases in Y" over talks is a plan."""
        body: dict[tuple[str, str], set[Status]] = {}
        by_actor: dict[str, set[Status]] = {}
        for candidate, verdict in found:
            if not candidate.view.sentence.heading:
                body.setdefault((candidate.site, candidate.actor), set()).add(verdict.status)
                by_actor.setdefault(candidate.actor, set()).add(verdict.status)
        settled = []
        for candidate, verdict in found:
            known = body.get((candidate.site, candidate.actor)) or by_actor.get(candidate.actor, set())
            if candidate.view.sentence.heading and known and verdict.status not in known:
                continue
            settled.append((candidate, verdict))
        return settled

    def _drop_wider(self, found: list[tuple[Candidate, Verdict]]) -> list[tuple[Candidate, Verdict]]:
        """A country is a site only where its statement has no narrower place; a region not beside the bases it is."""
        kept = []
        for candidate, verdict in found:
            kind = self._gazetteer.sites[candidate.site].kind
            if kind is SiteKind.COUNTRY and any(
                other.view is candidate.view and other.actor == candidate.actor and v.status is verdict.status
                and self._gazetteer.sites[other.site].kind is not SiteKind.COUNTRY
                for other, v in found
            ):  # fmt: skip
                continue
            if kind is SiteKind.REGION and self._listed_bases(candidate, verdict, found):
                continue
            kept.append((candidate, verdict))
        return kept

    def _listed_bases(
        self, candidate: Candidate, verdict: Verdict, found: list[tuple[Candidate, Verdict]]
    ) -> bool:
        """ "its two bases in the north-west, at A and B": the bases are named, and no doubt with them."""
        view, region = candidate.view, candidate.site_mention
        inner = [
            c.site_mention
            for c, v in found
            if c.view is view and c.actor == candidate.actor and v.status is verdict.status and c.site_mention.start > region.end
            and self._geography.lies_in(c.site, candidate.site)
        ]  # fmt: skip
        if not inner:
            return False
        gap = view.between(region.end, min(m.start for m in inner))
        hedged = any(region.end <= cue.start <= max(m.end for m in inner) for cue in view.of("plan"))
        return len(gap) < 40 and gap.lstrip()[:1] in {",", ":", "—", "–", "-", "(", "،"} and not hedged

    def _claims(self, article: Article, found: list[tuple[Candidate, Verdict]]) -> list[Claim]:
        best: dict[tuple[str, str, Status], tuple[float, int, Claim]] = {}
        for order, (candidate, verdict) in enumerate(found):
            sentence = candidate.view.sentence
            start = sentence.start
            if candidate.since is not None and candidate.since.sentence.paragraph >= sentence.paragraph - 1:
                start = candidate.since.sentence.start
            claim = Claim(
                article=article.id,
                site=candidate.site,
                actor=candidate.actor,
                status=verdict.status,
                quote=article.text[start : sentence.end],
                start=start,
                end=sentence.end,
                attribution=Attribution(None, SpeakerKind.MEDIUM),
                cues=tuple(
                    Cue(c.start, c.end, article.text[c.start : c.end])
                    for c in sorted(verdict.cues, key=lambda c: c.start)
                ),
                published=article.published,
                construction=candidate.construction,
                score=verdict.score,
            )
            clarity = (
                verdict.score
                - 0.01 * candidate.cost
                - (0.3 if sentence.heading else 0.0)
                - (0.2 if start < sentence.start else 0.0)
            )
            key = (claim.site, claim.actor, claim.status)
            if key not in best or clarity > best[key][0]:
                best[key] = (clarity, order, claim)
        return [claim for _, _, claim in sorted(best.values(), key=lambda item: (item[2].start, item[1]))]


def _within(items: list, sentence: Sentence, key) -> list:
    low = bisect_left(items, sentence.start, key=key)
    high = bisect_left(items, sentence.end, key=key)
    return items[low:high]


def _longest(cues: list[Hit]) -> list[Hit]:
    """Of cues inside a longer cue of the same kind of word, the longer alone ("air base", not "base")."""
    kept: list[Hit] = []
    reach: dict[str, int] = {}
    for hit in cues:
        family = "base" if hit.key.startswith("base") else hit.key
        if hit.end <= reach.get(family, -1):
            continue
        reach[family] = hit.end
        kept.append(hit)
    return kept
