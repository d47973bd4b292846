"""What rules make of a candidate pair: one of the statuses, several, or nothing.

Rules over the cues that reach the pair. They are right where a report uses the usual words; the decision weighs
what they say with everything else.
"""

from __future__ import annotations

from mapdata.model import Gazetteer, Status
from mapdata.reading.candidates import Candidate
from mapdata.reading.geography import AREAS
from mapdata.reading.roles import BASE_WORDS, PRESENCE_WORDS
from mapdata.reading.verdict import Verdict
from mapdata.reading.view import CueHit, View


class RuleDecision:
    """Speaks by the cues in the clauses of site and actor and in what governs them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def decide(self, candidate: Candidate) -> list[Verdict]:
        """The verdicts on a pair; none for one that no rule would take."""
        view, actor = candidate.view, candidate.actor_mention
        if actor is not None and actor.role == "owner":
            ended = [c for c in view.of("former") if 0 < actor.start - c.end <= 2]
            if ended and view.distance(candidate.site_mention.end, actor.start) <= 4:
                return [Verdict(Status.FORMER, tuple(ended), 0.8)]
        if actor is not None and actor.role == "speaker" and (own := self._denies_its_own(candidate)):
            return [Verdict(Status.DENIED, own, 0.6)]
        if not candidate.chosen:
            return []
        view, actor, site = candidate.view, candidate.actor_mention, candidate.site_mention
        places = [site.start, site.end]
        if actor is not None:
            places += [actor.start, actor.noun[1] if actor.noun else actor.end]
        low, high = min(places), max(places)
        reach = [c for c in view.cues if self._reaches(view, c, low, high)]
        named = {c.category for c in reach}
        has_noun = (
            (actor is not None and actor.noun is not None)
            or site.noun is not None
            or not named.isdisjoint(PRESENCE_WORDS)
            or self._gazetteer.sites[candidate.site].kind not in AREAS
        )
        if candidate.construction == "owner of the site":
            return self._owner_of_site(candidate, reach)
        if actor is not None and actor.role == "speaker":
            return []
        if not has_noun:
            return []

        outside: dict[str, list[CueHit]] = {}
        for cue in reach:
            if not self._inside(cue, candidate):
                outside.setdefault(cue.category, []).append(cue)

        def near(category: str) -> list[CueHit]:
            return outside.get(category, [])

        deny, former, plan = (
            near("deny"),
            self._own_past(candidate, near("former")),
            self._own_plans(candidate, near("plan")),
        )
        withdraw, partial, fate = near("withdraw"), near("partial"), near("fate")
        exist, host, build, built = near("exist"), near("host"), near("build"), near("built")
        strike, visit = near("strike"), near("visit")
        negated = near("neg")
        verdicts: list[Verdict] = []
        if view.of("no_comment") and not exist:
            deny = [c for c in deny if not any(n.start <= c.start < n.end for n in view.of("no_comment"))]
        if deny:
            if withdraw or (former and any(d.start < f.start for d in deny for f in former)):
                return [Verdict(Status.EXISTING, tuple((deny + withdraw)[:3]), 0.6)]
            return [Verdict(Status.DENIED, tuple(deny[:2]), 0.7)]
        if negated and (exist or plan or withdraw or host):
            if withdraw:
                return [Verdict(Status.EXISTING, tuple((negated + withdraw)[:2]), 0.6)]
            if any(self._governs(view, n, c) for n in negated for c in exist + plan + host + build):
                return [Verdict(Status.DENIED, tuple(negated[:1] + (plan or exist or host)[:1]), 0.5)]
        if former and not (fate and not near("which")):
            if partial and not any(c.end <= low for c in former if c.category == "former"):
                return [Verdict(Status.EXISTING, tuple((partial + former)[:2]), 0.5)]
            return [Verdict(Status.FORMER, tuple(former[:2]), 0.7)]
        if withdraw and not plan and not partial and not fate and not exist:
            return [Verdict(Status.EXISTING, tuple(withdraw[:1]), 0.4)]
        if fate or (withdraw and (plan or partial)):
            return [Verdict(Status.EXISTING, tuple((fate + withdraw + plan)[:2]), 0.7)]
        if (strike or visit) and not (exist or plan or host):
            return []
        strong = [c for c in exist if view.text[c.start : c.end].lower() in _STRONG]
        if strong and self._nearest(strong, low, high) <= self._nearest(plan, low, high):
            return [Verdict(Status.EXISTING, tuple(strong[:2]), 0.8)]
        if plan or (build and not built):
            if plan or candidate.construction != "hosting":
                verdicts.append(Verdict(Status.PROPOSED, tuple((plan + build)[:3]), 0.7 if plan else 0.5))
            return verdicts
        if exist or host or built:
            return [Verdict(Status.EXISTING, tuple((exist + host + built)[:2]), 0.7)]
        if actor is not None and actor.role == "owner" and not strike and not visit:
            return [Verdict(Status.EXISTING, self._noun_cue(view, actor.noun), 0.5)]
        return verdicts

    def _owner_of_site(self, candidate: Candidate, reach: list[CueHit]) -> list[Verdict]:
        """ "the A army's X base" says that it is A's, whatever else the sentence says of the base."""
        view, actor, site = candidate.view, candidate.actor_mention, candidate.site_mention
        begin = max(view.sentence.start, (actor.start if actor else site.start) - 14)
        old = [c for c in view.of("former") if begin <= c.start and c.end <= site.end + 12 and c.category == "former"]
        if old:
            return [Verdict(Status.FORMER, tuple(old[:1]), 0.7)]
        host = self._gazetteer.sites[candidate.site].country
        if actor is not None and self._gazetteer.actors[actor.key].country != host:
            for categories, status in (
                (("deny",), Status.DENIED),
                (("fate",), Status.EXISTING),
                (("former",), Status.FORMER),
                (("plan",), Status.PROPOSED),
            ):
                cues = [c for c in reach if c.category in categories]
                if cues:
                    return [Verdict(status, tuple(cues[:2]), 0.5)]
            if actor.role == "speaker":
                return []
        return [Verdict(Status.EXISTING, self._noun_cue(view, site.noun), 0.4)]

    @staticmethod
    def _denies_its_own(candidate: Candidate) -> tuple[CueHit, ...]:
        """ "X's ministry denied that it planned a base at Y": the one who speaks is the one whose base it would be.

        Only where nobody else is named whose it could be, and where it is a plan or a base that is denied.
        """
        view, actor = candidate.view, candidate.actor_mention
        if actor is None or candidate.is_host or candidate.site_mention.anaphor == "implied":
            return ()
        others = [
            a
            for a in view.actors
            if a.group != actor.group and a.key != actor.key and a.role not in {"backer", "striker"}
        ]
        deny = [c for c in view.of("deny") if c.start > actor.end and view.distance(actor.end, c.start) <= 5]
        about = [
            c for c in view.of("plan", "build", *BASE_WORDS, "force", "presence") if deny and c.start > deny[0].end
        ]
        stays = view.of("stays", "withdraw", "former", "no_comment")
        return (deny[0], about[0]) if deny and about and not others and not stays else ()

    @staticmethod
    def _own_past(candidate: Candidate, past: list[CueHit]) -> list[CueHit]:
        """What has ended for the pair: "a former X garrison" says it of X, and of nobody else there."""
        view, actor = candidate.view, candidate.actor_mention
        kept = []
        for cue in past:
            named = [a for a in view.actors if 0 < a.start - cue.end <= 2]
            if not named or (actor is not None and any(a.group == actor.group for a in named)):
                kept.append(cue)
        return kept

    def _own_plans(self, candidate: Candidate, plans: list[CueHit]) -> list[CueHit]:
        """Plans that are the pair's: not those of another, foreign actor who acts on a force that is there."""
        view, actor = candidate.view, candidate.actor_mention
        if actor is None or actor.noun_category in BASE_WORDS or actor.role not in {"owner", "force"}:
            return plans
        host = self._gazetteer.sites[candidate.site].country
        others = [
            a
            for a in view.actors
            if a.group != actor.group
            and a.role in {"state", "government", "owner"}
            and a.end <= actor.start
            and self._gazetteer.actors[a.key].country != host
        ]
        return [c for c in plans if not any(o.end <= c.start and c.end <= actor.start for o in others)]

    @staticmethod
    def _noun_cue(view: View, noun: tuple[int, int] | None) -> tuple[CueHit, ...]:
        return (CueHit(noun[0], noun[1], "presence"),) if noun else ()

    @staticmethod
    def _inside(cue: CueHit, candidate: Candidate) -> bool:
        site = candidate.site_mention
        return site.start <= cue.start and cue.end <= site.end

    @staticmethod
    def _nearest(cues: list[CueHit], low: int, high: int) -> int:
        return min((max(low - c.end, c.start - high, 0) for c in cues), default=10_000)

    @staticmethod
    def _reaches(view: View, cue: CueHit, low: int, high: int) -> bool:
        """A cue reaches what stands in its own clause; a denial or a plan also what it governs after "that"."""
        if low <= cue.start <= high:
            return True
        if cue.end <= low:
            crossed = view.breaks_between(cue.end, low)
            return crossed == 0 or (
                cue.category in {"deny", "plan"} and crossed == 1 and " that " in view.between(cue.end, low)[:30]
            )
        return view.breaks_between(high, cue.start) == 0

    @staticmethod
    def _governs(view: View, negation: CueHit, cue: CueHit) -> bool:
        return 0 <= cue.start - negation.end <= 30 and view.breaks_between(negation.end, cue.start) == 0


_STRONG = frozenset(
    {
        "existing",
        "current",
        "currently",
        "continue to",
        "continues to",
        "maintain",
        "maintains",
        "maintaining",
        "remains",
        "remain",
        "still",
        "retains",
        "stationed",
        "deployed",
    }
)
_BASES = BASE_WORDS
