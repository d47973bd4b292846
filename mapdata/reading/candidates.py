"""Candidates: which (site, actor) pairs a sentence may speak of. Whether it does, and how, is for `decision`.

A pair is proposed by a named construction, so that every claim can say what proposed it. What an earlier
sentence said is carried along in a Discourse: whose bases are being planned, whose stand, which sites "there"
and "the base" can mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mapdata.model import Gazetteer, Status
from mapdata.reading.geography import AREAS
from mapdata.reading.mentions import BASE_WORDS, PRESENCE_WORDS
from mapdata.reading.view import ActorMention, CueHit, SiteMention, View

# No pair costs more than this; the units are words of distance, see _cost.
_MOST = 34.0
_SPEAKER_COST = 26.0
_HOST_COST = 12.0
_ROLE_COST = {"owner": 0.0, "force": 1.0, "state": 3.0, "government": 5.0, "speaker": _SPEAKER_COST}
_BREAK_COST = 14.0
_COMMA_COST = 2.0
_RIVAL_COST = 9.0


@dataclass(slots=True)
class Candidate:
    """A pair with the mentions that it rests on. `since`: the first sentence that its quote needs, if that is
    an earlier one. `cost`: how far apart the two stand, in words and obstacles."""

    view: View
    site: str
    actor: str
    site_mention: SiteMention
    actor_mention: ActorMention | None
    construction: str
    cost: float = 0.0
    since: View | None = None


@dataclass(slots=True)
class Discourse:
    """What the sentences so far leave in the reader's mind.

    owners: by status, whose bases were spoken of last. sites: the places of presence named last. subject: the
    actor that the last sentence was about. owner_of: who was last said to be at a site.
    """

    owners: dict[Status, tuple[str, View]] = field(default_factory=dict)
    sites: list[SiteMention] = field(default_factory=list)
    sites_view: View | None = None
    subject: str | None = None
    subject_view: View | None = None
    owner_of: dict[str, str] = field(default_factory=dict)


class CandidateFinder:
    """Proposes pairs; built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._actors = gazetteer.actors
        self._sites = gazetteer.sites

    def find(self, view: View, discourse: Discourse) -> list[Candidate]:
        self._resolve_pronouns(view, discourse)
        sites = [m for m in view.sites if not m.blocked]
        sites += self._anaphors(view, discourse, sites)
        found: list[Candidate] = []
        for group in _grouped(sites):
            found += self._pairs_of(view, group, discourse)
        return found

    # --- pronouns and other stand-ins ----------------------------------------------------------------

    def _resolve_pronouns(self, view: View, discourse: Discourse) -> None:
        """ "its two bases": an owner like any other, once it is known who "it" is."""
        made = []
        for cue in view.of("its"):
            noun = self._noun_after(view, cue.end)
            if noun is None:
                continue
            key = self._whose(view, cue.start, discourse)
            if key is not None:
                made.append(
                    ActorMention(
                        cue.start,
                        cue.end,
                        key,
                        "owner",
                        False,
                        (noun.start, noun.end),
                        noun.category,
                        100 + len(made),
                        True,
                    )
                )
        if made:
            view.actors = sorted([*view.actors, *made], key=lambda actor: actor.start)

    @staticmethod
    def _noun_after(view: View, end: int) -> CueHit | None:
        for cue in view.of(*PRESENCE_WORDS):
            if cue.start >= end:
                gap = view.between(end, cue.start)
                return cue if len(gap.split()) <= 4 and "," not in gap else None
        return None

    def _whose(self, view: View, place: int, discourse: Discourse) -> str | None:
        """The nearest actor before, in a role that can own something, the host of the sites put last."""
        hosts = {self._sites[m.keys[0]].country for m in view.sites}
        before = [a for a in view.actors if a.start < place and a.role not in {"backer", "striker"}]
        partners = {a.start for a in before if self._after_with(view, a)}
        for allowed in (
            [
                a
                for a in before
                if a.role != "speaker"
                and a.start not in partners
                and self._actors[a.key].country not in hosts
            ],
            [a for a in before if a.role == "speaker" and self._actors[a.key].country not in hosts],
            [a for a in before if a.role != "speaker"],
        ):
            if allowed:
                return allowed[-1].key
        return discourse.subject

    @staticmethod
    def _after_with(view: View, actor: ActorMention) -> bool:
        before = view.text[max(view.sentence.start, actor.start - 18) : actor.start].lower().split()
        return bool(before) and any(word in _PARTNER for word in before[-2:])

    def _anaphors(self, view: View, discourse: Discourse, named: list[SiteMention]) -> list[SiteMention]:
        """ "there", "the base", "both of which": the sites that they stand for, as mentions of this sentence."""
        made: list[SiteMention] = []
        for cue in view.of("which"):
            phrase = view.text[cue.start : cue.end].lower()
            before = [m for m in named if m.end <= cue.start and cue.start - m.end <= 60]
            if not before or view.between(_end_with_noun(before[-1], cue.start), cue.start).strip(
                " \"'”’"
            ) not in {
                ",",
                "",
                "،",
                "—",
                "–",
            }:
                continue
            group = (
                [m for m in named if m.group == before[-1].group]
                if " of " in phrase or phrase == "which"
                else before[-1:]
            )
            for mention in group:
                made.append(
                    SiteMention(
                        cue.start,
                        cue.end,
                        mention.keys,
                        mention.noun,
                        mention.described,
                        "",
                        200 + cue.start,
                        "which",
                    )
                )
        if discourse.sites and not any(self._sites[m.keys[0]].kind not in AREAS for m in named):
            for cue in view.of("there", "the_base"):
                plural = _is_plural(view.text[cue.start : cue.end].lower())
                if cue.category == "the_base" and (plural != (len(discourse.sites) > 1)):
                    continue
                if cue.category == "there" and view.text[cue.end : cue.end + 4].lower().strip(" ,") in {
                    "is",
                    "are",
                    "was",
                    "has",
                    "will",
                }:
                    continue
                for mention in discourse.sites:
                    made.append(
                        SiteMention(
                            cue.start,
                            cue.end,
                            mention.keys,
                            None,
                            mention.described,
                            "",
                            400 + cue.start,
                            cue.category,
                        )
                    )
                break
        return made

    # --- pairs ---------------------------------------------------------------------------------------

    def _pairs_of(self, view: View, group: list[SiteMention], discourse: Discourse) -> list[Candidate]:
        found: list[Candidate] = []
        first, last = group[0], group[-1]
        host = self._sites[first.keys[0]].country
        scored = []
        for actor in view.actors:
            if actor.role in {"backer", "striker"} or any(m.start <= actor.start < m.end for m in group):
                continue
            scored.append((self._cost(view, first, last, actor, host), actor))
        scored.sort(key=lambda item: (item[0], item[1].start))
        own = self._owner_of_site(view, group)
        taken: set[int] = set()
        for cost, actor in scored:
            if cost > _MOST or actor.group in taken:
                continue
            is_host = self._actors[actor.key].country == host
            if is_host and not self._stands_for_itself(actor, first, own):
                continue
            linked = self._linked(view, first, last, actor)
            # One owner group a site group, but for links of their own ("A's base at X, used by B", "X passed from A to B").
            if taken and not linked and not (is_host and actor in own):
                continue
            taken.add(actor.group)
            for member in view.actors:
                if member.group == actor.group:
                    for mention in group:
                        found.append(
                            Candidate(view, mention.keys[0], member.key, mention, member, self._construction(view, mention, member, linked), cost,
                                      discourse.sites_view if mention.anaphor in {"there", "the_base"} else None)
                        )  # fmt: skip
        foreign = [
            c
            for c in found
            if self._actors[c.actor].country != host
            and (c.actor_mention is None or c.actor_mention.role != "speaker")
        ]
        if not foreign and not first.anaphor:
            found += self._from_discourse(view, group, discourse)
        return found

    def _stands_for_itself(self, actor: ActorMention, site: SiteMention, own: list[ActorMention]) -> bool:
        """The host's own army is a presence only where a force or base of its is named, or the site is."""
        if actor.role == "owner" and actor.noun_category != "presence" and not actor.pronoun:
            return True
        return actor in own and self._sites[site.keys[0]].kind not in AREAS

    def _cost(
        self, view: View, first: SiteMention, last: SiteMention, actor: ActorMention, host: str | None
    ) -> float:
        if actor.end <= first.start:
            begin, stop = (
                (actor.noun[1] if actor.noun and actor.noun[1] <= first.start else actor.end),
                first.start,
            )
        else:
            begin, stop = last.end, actor.start
        cost = _ROLE_COST.get(actor.role, 3.0) + view.distance(begin, stop)
        cost += _BREAK_COST * view.breaks_between(begin, stop) + _COMMA_COST * view.commas_between(
            begin, stop
        )
        rivals = {
            a.group
            for a in view.actors
            if begin < a.start < stop
            and a.group != actor.group
            and a.role not in {"speaker", "backer", "striker"}
        }
        cost += _RIVAL_COST * len(rivals)
        others = {
            m.group
            for m in view.sites
            if not m.blocked and begin < m.start < stop and m.group not in {first.group}
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
            if a.end <= m.start
            and view.distance(a.end, m.start) <= 3
            and "," not in view.between(a.end, m.start)
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
            if (
                base
                and "," not in gap
                and not any(
                    actor.end <= cue.start < site.start
                    for cue in view.of("loc", "exist", "plan", "deny", "near")
                )
            ):
                return "owner of the site"
        if linked:
            return "hosting"
        if actor.role == "owner":
            return "owned force or base"
        if actor.end <= site.start:
            return "subject before site"
        return "site before subject"

    def _from_discourse(self, view: View, group: list[SiteMention], discourse: Discourse) -> list[Candidate]:
        """ "possible locations for these bases include X": nobody is named; whose bases are being spoken of?"""
        if not any(cue.category in BASE_WORDS for cue in view.cues if cue.category in BASE_WORDS):
            return []
        planned = view.of("plan")
        status = Status.PROPOSED if planned else Status.EXISTING
        known = discourse.owners.get(status)
        if known is None or (status is Status.EXISTING and not view.of("the_base")):
            return []
        key, since = known
        return [Candidate(view, m.keys[0], key, m, None, "antecedent", 20.0, since) for m in group]


_PARTNER = frozenset(
    ["with", "against", "to", "from", "by", "mit", "avec", "contre", "с", "со", "против", "ile", "مع", "ضد"]
)


def _end_with_noun(mention: SiteMention, limit: int) -> int:
    if mention.noun and mention.end <= mention.noun[1] <= limit:
        return mention.noun[1]
    return mention.end


def _is_plural(phrase: str) -> bool:
    return (
        phrase.startswith(("both", "these", "those", "the two"))
        or phrase.endswith("s")
        or "both" in phrase
        or "these" in phrase
    )


def _grouped(sites: list[SiteMention]) -> list[list[SiteMention]]:
    groups: dict[int, list[SiteMention]] = {}
    for mention in sites:
        groups.setdefault(mention.group, []).append(mention)
    return list(groups.values())
