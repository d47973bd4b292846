"""Candidates: which (site, actor) pairs a sentence may speak of. Whether it does, and how, is for `decision`.

Every pair that a sentence could mean is proposed, by a named construction, so that every claim can say what
proposed it. `chosen` marks those that a rule would take: the nearest actor in a fitting role.
"""

from __future__ import annotations

from dataclasses import dataclass

from mapdata.model import Gazetteer, Status
from mapdata.reading.discourse import Discourse, DiscourseReader
from mapdata.reading.geography import AREAS
from mapdata.reading.roles import BASE_WORDS
from mapdata.reading.view import ActorMention, SiteMention, View

# What a rule takes costs no more than this, and what is proposed no more than that; the units are words of
# distance, see _cost.
_MOST = 34.0
_FAR = 70.0
_ROLE_COST = {"owner": 0.0, "force": 1.0, "state": 3.0, "government": 5.0, "speaker": 26.0}
_HOST_COST = 12.0
_BREAK_COST = 14.0
_COMMA_COST = 2.0
_RIVAL_COST = 9.0
# A verb or preposition between an actor and a site's name keeps the name from being the actor's own.
_PARTS = (
    "loc",
    "exist",
    "plan",
    "deny",
    "near",
    "strike",
    "visit",
    "former",
    "withdraw",
    "build",
    "built",
    "host",
    "oppose",
    "support",
)
_UNFIT = frozenset({"backer", "striker"})


@dataclass(slots=True)
class Candidate:
    """A pair with the mentions that it rests on; the actor's is None where it is carried over from an earlier
    sentence. since: the first sentence that its quote needs, if an earlier one. cost: how far apart the two
    stand, in words and obstacles. chosen: whether a rule would take it. ago, rank: of an actor carried over, how many
    sentences ago it was named, and how many others were named since."""

    view: View
    site: str
    actor: str
    site_mention: SiteMention
    actor_mention: ActorMention | None
    construction: str
    cost: float = 0.0
    since: View | None = None
    chosen: bool = True
    is_host: bool = False
    ago: int = 0
    rank: int = 0


class CandidateFinder:
    """Proposes pairs; built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._actors = gazetteer.actors
        self._sites = gazetteer.sites
        self._discourse = DiscourseReader(gazetteer)

    def find(self, view: View, discourse: Discourse) -> list[Candidate]:
        """The pairs of a sentence; the discourse then takes the sentence in."""
        self._discourse.resolve_pronouns(view, discourse)
        named = [m for m in view.sites if not m.blocked]
        found: list[Candidate] = []
        for group in _grouped(named + self._discourse.anaphors(view, discourse, named)):
            found += self._pairs_of(view, group, discourse)
        self._discourse.remember(view, discourse)
        return found

    def _pairs_of(self, view: View, group: list[SiteMention], discourse: Discourse) -> list[Candidate]:
        first, last = group[0], group[-1]
        host = self._sites[first.keys[0]].country
        own = self._owner_of_site(view, group)
        scored = [
            (self._cost(view, first, last, actor, host), actor)
            for actor in view.actors
            if not any(m.start <= actor.start < m.end for m in group)
        ]
        scored.sort(key=lambda item: (item[0], item[1].start))
        since = discourse.sites_view if first.anaphor in {"there", "the_base", "implied"} else None
        found: list[Candidate] = []
        taken: set[int] = set()
        proposed: set[tuple[str, int]] = set()
        for cost, actor in scored:
            if cost > _FAR:
                continue
            is_host = host is not None and self._actors[actor.key].country == host
            linked = self._linked(view, first, last, actor)
            fit = actor.role not in _UNFIT and cost <= _MOST and first.anaphor != "implied"
            # One owner group a site group, but for links of their own ("A's base at X, used by B").
            rival = bool(taken - {actor.group}) and not linked and not (is_host and actor in own)
            unfit_host = is_host and not self._stands_for_itself(actor, first, own)
            chosen = fit and not rival and not unfit_host
            if chosen:
                taken.add(actor.group)
            for mention in group:
                if (actor.key, mention.start) in proposed and not chosen:
                    continue
                proposed.add((actor.key, mention.start))
                name = self._construction(view, mention, actor, linked)
                found.append(
                    Candidate(view, mention.keys[0], actor.key, mention, actor, name, cost, since, chosen, is_host)
                )
        found += self._carried(view, group, discourse, found, host, since)
        return found

    def _carried(
        self,
        view: View,
        group: list[SiteMention],
        discourse: Discourse,
        found: list[Candidate],
        host: str | None,
        since: View | None,
    ) -> list[Candidate]:
        """Nobody is named, or only the host or a speaker: whose forces or bases are being spoken of?

        "Possible locations for these bases include X" means the bases that are being planned; "they left X" those
        who were the subject before.
        """
        fitting = {
            c.actor
            for c in found
            if not c.is_host and c.actor_mention is not None and c.actor_mention.role not in {"speaker", *_UNFIT}
        }
        chosen_already = any(c.chosen and c.actor in fitting for c in found)
        made: list[Candidate] = []
        planned = bool(view.of("plan"))
        status = Status.PROPOSED if planned else Status.EXISTING
        known = discourse.owners.get(status)
        keys = set(fitting)
        if known is not None and known[0] not in keys and discourse.seen - known[2] <= 12:
            key, where, _ = known
            definite = planned or bool(view.of("the_base"))
            chosen = bool(view.of(*BASE_WORDS)) and not group[0].anaphor and definite and not chosen_already
            keys.add(key)
            made += [Candidate(view, m.keys[0], key, m, None, "antecedent", 20.0, where, chosen) for m in group]
        for key, name, where in (
            (discourse.subject, "carried subject", discourse.subject_view),
            (discourse.topic(), "topic of the article", None),
        ):
            if key is not None and key not in keys:
                keys.add(key)
                made += [Candidate(view, m.keys[0], key, m, None, name, 24.0, since or where, False) for m in group]
        order = sorted(discourse.recent.items(), key=lambda item: -item[1][0])
        paired = {c.actor for c in found}
        for key, (at, where) in order:
            if discourse.seen - at > 8:
                break
            if key in keys or key in paired:
                continue
            keys.add(key)
            made += [
                Candidate(view, m.keys[0], key, m, None, "recent actor", 26.0, since or where, False) for m in group
            ]
        rank = {key: number for number, (key, _) in enumerate(order, 1)}
        for one in made:
            if one.actor in discourse.recent:
                one.ago = discourse.seen - discourse.recent[one.actor][0] + 1
                one.rank = rank[one.actor]
            one.is_host = host is not None and self._actors[one.actor].country == host
        return made

    def _stands_for_itself(self, actor: ActorMention, site: SiteMention, own: list[ActorMention]) -> bool:
        """The host's own army is a presence only where a force or base of its is named, or the site is."""
        if actor.role == "owner" and actor.noun_category != "presence" and not actor.pronoun:
            return True
        return actor in own and self._sites[site.keys[0]].kind not in AREAS

    def _cost(self, view: View, first: SiteMention, last: SiteMention, actor: ActorMention, host: str | None) -> float:
        if actor.end <= first.start:
            begin, stop = (
                (actor.noun[1] if actor.noun and actor.noun[1] <= first.start else actor.end),
                first.start,
            )
        else:
            begin, stop = last.end, actor.start
        cost = _ROLE_COST.get(actor.role, 3.0) + view.distance(begin, stop)
        cost += _BREAK_COST * view.breaks_between(begin, stop) + _COMMA_COST * view.commas_between(begin, stop)
        rivals = {
            a.group
            for a in view.actors
            if begin < a.start < stop and a.group != actor.group and a.role not in {"speaker", "backer", "striker"}
        }
        cost += _RIVAL_COST * len(rivals)
        others = {
            m.group for m in view.sites if not m.blocked and begin < m.start < stop and m.group not in {first.group}
        }
        cost += 5.0 * len(others)
        if host is not None and self._actors[actor.key].country == host:
            cost += _HOST_COST
        if actor.start > last.start:
            cost += 4.0
            if self._linked(view, first, last, actor):
                cost -= 10.0
        return cost

    @staticmethod
    def _linked(view: View, first: SiteMention, last: SiteMention, actor: ActorMention) -> bool:
        """The site hosts the actor, or is used, held or taken over by it: "X, used by A", "X hosts A's jets"."""
        if actor.start < last.end:
            return False
        for cue in view.of("host"):
            if last.end <= cue.start and cue.end <= actor.start and view.distance(cue.end, actor.start) <= 4:
                return (
                    view.breaks_between(last.end, cue.start) <= (1 if first.anaphor else 0)
                    or view.distance(last.end, cue.start) <= 4
                )
        return False

    @staticmethod
    def _owner_of_site(view: View, group: list[SiteMention]) -> list[ActorMention]:
        """ "the A army's X base": an actor right before the site's own name."""
        return [
            a
            for a in view.actors
            for m in group
            if a.end <= m.start and view.distance(a.end, m.start) <= 3 and "," not in view.between(a.end, m.start)
        ]

    def _construction(self, view: View, site: SiteMention, actor: ActorMention, linked: bool) -> str:
        if site.anaphor == "which":
            return "relative"
        if site.anaphor:
            return "anaphor"
        if actor.pronoun:
            return "possessive pronoun"
        if (
            actor.end <= site.start
            and view.distance(actor.end, site.start) <= 3
            and (actor.noun is None or actor.noun[1] <= site.start or actor.noun[0] >= site.start)
        ):
            gap = view.between(actor.end, site.start)
            base = self._sites[site.keys[0]].kind not in AREAS
            if base and "," not in gap and not any(actor.end <= cue.start < site.start for cue in view.of(*_PARTS)):
                return "owner of the site"
        if linked:
            return "hosting"
        if actor.role == "owner":
            return "owned force or base"
        if actor.end <= site.start:
            return "subject before site"
        return "site before subject"


def _grouped(sites: list[SiteMention]) -> list[list[SiteMention]]:
    groups: dict[int, list[SiteMention]] = {}
    for mention in sites:
        groups.setdefault(mention.group, []).append(mention)
    return list(groups.values())
