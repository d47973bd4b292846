"""What the sentences so far leave in a reader's mind, and the words that refer back to it.

Nothing here depends on what was decided: whose bases are being spoken of, and which sites "there" and "the
base" can mean, follows from the words alone, so that training and reading see the same.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from mapdata.model import Gazetteer, Status
from mapdata.reading.geography import AREAS
from mapdata.reading.roles import BASE_WORDS, PRESENCE_WORDS
from mapdata.reading.view import ActorMention, CueHit, SiteMention, View

# Sentences after which a place or an actor is no longer meant by a word that refers back.
_FORGOTTEN = 6
_HOLDS = ("force", "asset", "presence", "exist", "host", "former", "withdraw", "built", "deny", "plan", "neg")
_PARTNER = frozenset(
    ["with", "against", "to", "from", "by", "avec", "contre", "à", "с", "со", "против", "مع", "ضد", "لصالح"]
)
# Turkish says it behind the name: "X ile", "X'le", "X'e karşı".
_PARTNER_AFTER = re.compile(r"(?:['’]y?l[ae]\b|(?:['’]\w{1,3})?\s+(?:ile|karşı)\b)")


@dataclass(slots=True)
class Discourse:
    """owners: by PROPOSED and EXISTING, whose bases were spoken of last as planned or as standing, and where.
    sites: the exact places named last together. subject: the foreign actor named last outside a speaker's
    role. seen: how many sentences have passed. host: the country on
    whose ground the article's places lie."""

    owners: dict[Status, tuple[str, View, int]] = field(default_factory=dict)
    sites: list[SiteMention] = field(default_factory=list)
    sites_view: View | None = None
    sites_at: int = -99
    subject: str | None = None
    subject_view: View | None = None
    subject_at: int = -99
    seen: int = 0
    host: str | None = None

    named: Counter[str] = field(default_factory=Counter)
    recent: dict[str, tuple[int, View]] = field(default_factory=dict)

    def topic(self) -> str | None:
        """The foreign actor that the article has named most often so far."""
        return min(self.named, key=lambda key: (-self.named[key], key)) if self.named else None

    def recent_sites(self) -> list[SiteMention]:
        return self.sites if self.seen - self.sites_at <= _FORGOTTEN else []


class DiscourseReader:
    """Carries a Discourse from sentence to sentence, and says what stands for what in the next one."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._actors = gazetteer.actors
        self._sites = gazetteer.sites

    def remember(self, view: View, discourse: Discourse) -> None:
        """Take in a sentence once its own pairs are made."""
        discourse.seen += 1
        exact = [m for m in view.sites if not m.blocked and self._sites[m.keys[0]].kind not in AREAS]
        if exact:
            last = exact[-1].group
            discourse.sites = [m for m in exact if m.group == last]
            discourse.sites_view, discourse.sites_at = view, discourse.seen
        hosts = {self._sites[m.keys[0]].country for m in view.sites} or {discourse.host}
        foreign = [
            a
            for a in view.actors
            if a.role not in {"speaker", "backer", "striker"}
            and (self._actors[a.key].country not in hosts or self._actors[a.key].country is None)
        ]
        for actor in view.actors:
            if actor.role != "backer":
                discourse.recent[actor.key] = discourse.seen, view
            # A speaker may speak of its own forces as "we"; it is a topic if nobody else is.
            if not actor.pronoun and actor.role not in {"backer", "striker"}:
                country = self._actors[actor.key].country
                if country is None or country not in hosts:
                    discourse.named[actor.key] += 1 if actor.role == "speaker" else 3
        if foreign:
            discourse.subject, discourse.subject_view, discourse.subject_at = (
                foreign[-1].key,
                view,
                discourse.seen,
            )
            if not foreign[-1].pronoun and len({a.key for a in foreign}) > 1:
                # The subject of a sentence is what it begins with, rather than what it ends with.
                discourse.subject = foreign[0].key
        for actor in foreign:
            bases = actor.noun_category in BASE_WORDS or bool(view.of(*BASE_WORDS))
            if not bases:
                continue
            planned = any(view.breaks_between(cue.start, actor.start) == 0 for cue in view.of("plan", "build"))
            status = Status.PROPOSED if planned and not view.of("fate") else Status.EXISTING
            discourse.owners[status] = (actor.key, view, discourse.seen)

    # --- pronouns ------------------------------------------------------------------------------------

    def resolve_pronouns(self, view: View, discourse: Discourse) -> None:
        """ "its two bases": an owner like any other, once it is known who "it" is. Adds to the actors."""
        made = []
        for cue in view.of("its"):
            noun = _noun_after(view, cue.end)
            key = self._whose(view, cue.start, discourse) if noun else None
            if noun is not None and key is not None:
                made.append(
                    ActorMention(
                        cue.start,
                        cue.end,
                        key,
                        "owner",
                        noun=(noun.start, noun.end),
                        noun_category=noun.category,
                        group=100 + len(made),
                        pronoun=True,
                    )
                )
        if made:
            view.actors = sorted([*view.actors, *made], key=lambda actor: actor.start)

    def _whose(self, view: View, place: int, discourse: Discourse) -> str | None:
        """The nearest actor before, in a role that can own something, the host of the sites put last."""
        hosts = {self._sites[m.keys[0]].country for m in view.sites} or {discourse.host}
        before = [a for a in view.actors if a.start < place and a.role not in {"backer", "striker"}]
        foreign = [a for a in before if self._actors[a.key].country not in hosts]
        for allowed in (
            [a for a in foreign if a.role != "speaker" and not _after_with(view, a)],
            [a for a in foreign if a.role == "speaker"],
            [a for a in before if a.role != "speaker"],
        ):
            if allowed:
                return allowed[-1].key
        return discourse.subject

    # --- places --------------------------------------------------------------------------------------

    def anaphors(self, view: View, discourse: Discourse, named: list[SiteMention]) -> list[SiteMention]:
        """ "there", "the base", "both of which": what they stand for, as mentions of this sentence."""
        made = self._relatives(view, named)
        recent = discourse.recent_sites()
        if recent and not any(self._sites[m.keys[0]].kind not in AREAS for m in named):
            made += self._referring(view, recent)
            if not named and not made and self._goes_on(view):
                start = view.sentence.start
                made = [SiteMention(start, start, m.keys, None, m.described, "", 600, "implied") for m in recent]
        return made

    @staticmethod
    def _relatives(view: View, named: list[SiteMention]) -> list[SiteMention]:
        made: list[SiteMention] = []
        for cue in view.of("which"):
            before = [m for m in named if m.end <= cue.start and cue.start - m.end <= 60]
            if not before:
                continue
            gap = view.between(end_with_noun(before[-1], cue.start), cue.start)
            if gap.strip(" \"'”’)") not in {",", "", "،", "—", "–"}:
                continue
            phrase = view.text[cue.start : cue.end].lower()
            whole = " of " in phrase or _OF_ALL.fullmatch(phrase) is not None
            group = [m for m in named if m.group == before[-1].group] if whole else before[-1:]
            made += [
                SiteMention(cue.start, cue.end, m.keys, m.noun, m.described, "", 200 + cue.start, "which")
                for m in group
            ]
        return made

    @staticmethod
    def _referring(view: View, recent: list[SiteMention]) -> list[SiteMention]:
        for cue in view.of("there", "the_base"):
            phrase = view.text[cue.start : cue.end].lower()
            if cue.category == "the_base" and _is_plural(phrase) != (len(recent) > 1):
                continue
            if cue.category == "there" and _existential(view, cue, phrase):
                continue
            return [
                SiteMention(cue.start, cue.end, m.keys, None, m.described, "", 400 + cue.start, cue.category)
                for m in recent
            ]
        return []

    @staticmethod
    def _goes_on(view: View) -> bool:
        """Whether a sentence without a place may speak on of the last one: it tells that something is."""
        return bool(view.of(*_HOLDS))


_EXISTENTIAL = frozenset({"is", "are", "was", "were", "has", "have", "will"})
# What stands before "there" where it only says that something is: Arabic opens with it; "il y a".
_SAYS_THAT = re.compile(r"(?:(?:و|ف|ل|ب)?(?:ليس|ليست|كان|كانت|يكون|تكون|أن|إن|يكن|تكن|ما)|\S*[,،:])")
_IL_Y_A = re.compile(r"(?:qu|s)?['’]?il|n['’]?", re.I)
_ARABIC_THERE = frozenset({"هناك", "هنالك"})
# Relatives that can take up a whole list, not only its last member.
_OF_ALL = re.compile(
    r"which|qu[ei]|(?:tous|toutes)(?: les)? deux|lesquel(?:le)?s|(?:ال)?(?:لت|لذ)(?:ان|ين)|كل(?:ت)?[اي]هما|"
    r"وهما|(?:на |в |из |с )?которы(?:е|х|ми?)|оба|обе|(?:her )?ikisi(?: de)?|bunların ikisi"
)


def _existential(view: View, cue: CueHit, phrase: str) -> bool:
    """Whether "there" only says that something is ("there are troops", "هناك قوات", "il y a")."""
    following = view.text[cue.end : cue.end + 6].lower().split()
    if following and following[0].strip(",") in _EXISTENTIAL:
        return True
    before = view.text[view.sentence.start : cue.start].split()
    if phrase == "y":
        return bool(before) and _IL_Y_A.fullmatch(before[-1]) is not None
    return phrase in _ARABIC_THERE and (not before or _SAYS_THAT.fullmatch(before[-1]) is not None)


def end_with_noun(mention: SiteMention, limit: int) -> int:
    """Where a site's mention ends, a word for a base after its name included ("T4 base")."""
    if mention.noun and mention.end <= mention.noun[1] <= limit:
        return mention.noun[1]
    return mention.end


def _noun_after(view: View, end: int) -> CueHit | None:
    for cue in view.of(*PRESENCE_WORDS):
        if cue.start < end <= cue.end and end - cue.start > 4:
            # Arabic and Turkish join the pronoun to its noun: "قواعدها", "üslerini".
            return cue
        if cue.start >= end:
            gap = view.between(end, cue.start)
            return cue if len(gap.split()) <= 4 and "," not in gap else None
    return None


def _after_with(view: View, actor: ActorMention) -> bool:
    """Whether an actor is a partner ("in talks with X") rather than the one who does something."""
    before = view.text[max(view.sentence.start, actor.start - 18) : actor.start].lower().split()
    if bool(before) and any(word in _PARTNER for word in before[-2:]):
        return True
    return _PARTNER_AFTER.match(view.text, actor.end) is not None


def _is_plural(phrase: str) -> bool:
    return _PLURAL.search(phrase) is not None


# Russian "базы" is as often a genitive as a plural and counts as neither; Turkish "üs" is singular.
_PLURAL = re.compile(
    r"^(?:both|these|those|the two|les |ces |iki |her iki |эти|этих|этим|обе|оба|двух |две |два |все )|"
    r"(?<!ü)s$|l[ae]r(?:[ıi]n?|[dt][ae]n?|[ae])?$|(?:объекты|объектов)$|"
    r"كلا|كلتا|ال(?:قواعد|مواقع|نقاط|مطارات|منشآت|ثكنات|معسكرات)$|[اي]ن$"
)
