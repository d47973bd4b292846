"""In which role a sentence names an actor: with a force or base of its own, as a state, as somebody who speaks.

Nationalities do most of the work in such reports ("a Turkish official", "Turkish troops", "Turkish-backed
fighters"), and only the words around them tell which is which.
"""

from __future__ import annotations

import re

from mapdata.model import Gazetteer
from mapdata.reading import attributive
from mapdata.reading.view import ActorMention, CueHit, View

BASE_WORDS = ("base", "base_air", "base_naval", "base_army")
PRESENCE_WORDS = (*BASE_WORDS, "force", "asset", "presence")

# What may stand between a nationality and its noun: "Russia's two long-standing military bases".
_NOUN_REACH = 4
_OPEN_SPACE = re.compile(r"[\w\s'’\-(\"“«]*")


class RoleFinder:
    """Gives the actors of a sentence their roles and joins those that are listed together."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def fill(self, view: View) -> None:
        for actor in view.actors:
            self._role(view, actor)
        self._join_actors(view)

    def _role(self, view: View, actor: ActorMention) -> None:
        text = view.text
        stop = view.sentence.end
        glued = text[actor.end : actor.end + 1] in "-‑–" if actor.end < stop else False
        for cue in view.of("backed"):
            close = 0 <= cue.start - actor.end <= 1
            if close and (glued or (text[cue.end : cue.end + 1] == " " and self._noun_follows(view, cue.end))):
                actor.role = "backer"
                return
        if attributive.backed(view, actor):
            actor.role = "backer"
            return
        owned = attributive.head(view, actor)
        if owned is not None and owned.category == "strike":
            actor.role = "striker"
            return
        if owned is not None:
            person, noun = (owned, None) if owned.category == "person" else (None, owned)
        else:
            person, noun = self._head(view, actor.end)
        kind = self._gazetteer.actors[actor.key].kind
        if person is not None and (noun is None or person.start >= noun.start):
            actor.role = "speaker"
        elif noun is not None:
            actor.role, actor.noun, actor.noun_category = "owner", (noun.start, noun.end), noun.category
        elif (owned := self._noun_of(view, actor.start)) is not None:
            actor.role, actor.noun, actor.noun_category = "owner", (owned.start, owned.end), owned.category
        elif self._strikes(view, actor):
            actor.role = "striker"
        elif actor.metonym:
            actor.role = "government"
        else:
            actor.role = "state" if kind == "state" else "force"

    def _noun_follows(self, view: View, end: int) -> bool:
        return any(0 <= cue.start - end <= 25 for cue in view.of("force", "person", *BASE_WORDS))

    def _head(self, view: View, end: int) -> tuple[CueHit | None, CueHit | None]:
        """What a nationality stands before: a person or office, or a force or base, up to four words on."""
        person = noun = None
        limit = end
        for cue in view.of("person", *PRESENCE_WORDS):
            if cue.start < end:
                continue
            gap = view.between(end, cue.start)
            if len(gap.split()) > _NOUN_REACH or not _OPEN_SPACE.fullmatch(gap):
                break
            if cue.start > limit + 1 and self._parts(view, end, cue.start):
                break
            if cue.category == "person":
                person = cue
            else:
                noun = cue
            limit = cue.end
        return person, noun

    def _parts(self, view: View, start: int, end: int) -> bool:
        """Whether a verb or a preposition between two places keeps a noun from belonging to a name."""
        for cue in view.cues:
            if cue.start >= end:
                return False
            if cue.start >= start and cue.category in {
                "loc",
                "plan",
                "deny",
                "speech",
                "near",
                "which",
                "withdraw",
                "former",
                "exist",
                "host",
                "strike",
                "neg",
                "support",
                "oppose",
                "its",
            }:
                word = view.text[cue.start : cue.end].lower()
                if (
                    cue.category in {"plan", "exist", "former"}
                    and view.text[cue.end : cue.end + 1] == " "
                    and (cue.end - cue.start > 4 or attributive.genitive(view, start))
                    and attributive.adjectival(word)
                ):
                    continue
                if cue.category in {"exist", "host"} and attributive.genitive(view, start):
                    continue
                return True
        return False

    def _noun_of(self, view: View, start: int) -> CueHit | None:
        """ "bases of X", "troops from X", "a base belonging to X"."""
        for cue in view.of(*PRESENCE_WORDS):
            if cue.end <= start <= cue.end + 22:
                gap = view.between(cue.end, start).strip().lower()
                if gap in _OF:
                    return cue
        return None

    def _strikes(self, view: View, actor: ActorMention) -> bool:
        for cue in view.of("strike"):
            if 0 <= cue.start - actor.end <= 22 and len(view.between(actor.end, cue.start).split()) <= 2:
                return True
            gap = view.between(cue.end, actor.start).strip().lower()
            if cue.end <= actor.start and gap in {
                "by",
                "by the",
                "from",
                "attributed to",
                "attributed to the",
                "blamed on",
            }:
                return True
        return False

    def _join_actors(self, view: View) -> None:
        """Actors listed together ("Iranian militias and the IRGC") are one group and share role and noun."""
        number = 0
        for i, actor in enumerate(view.actors):
            before = view.actors[i - 1] if i else None
            if before is not None and self._actors_listed(view, before, actor):
                actor.group = before.group
                if before.role in {"state", "government"} and actor.role == "owner":
                    before.role, before.noun, before.noun_category = "owner", actor.noun, actor.noun_category
            else:
                number += 1
                actor.group = number

    def _actors_listed(self, view: View, before: ActorMention, actor: ActorMention) -> bool:
        begin = before.noun[1] if before.noun and before.end <= before.noun[1] <= actor.start else before.end
        stop = actor.start
        if actor.noun and begin <= actor.noun[0] < actor.start:
            # "قوات A وميليشيات B", "les forces A et les milices B": the second one's noun stands before it.
            stop = actor.noun[0]
        gap = view.between(begin, stop)
        if len(gap) > 30:
            return False
        return re.fullmatch(
            r"(?:['’]\w{1,5})?\s*(?:,|،)?\s*(?:(?:and|or|&|as well as|along with|alongside|et|ou|ainsi que|"
            r"ve|veya|ile|и|или|а также|وكذلك|أو|و)?\s*"
            r"(?:the|les|le|la|l'|l’|des|de|du|d'|d’|de la|by|by the|other|ال)?)\s*",
            gap,
            re.I,
        ) is not None and (bool(gap.strip()))


_OF = {
    "of",
    "of the",
    "from",
    "from the",
    "belonging to",
    "belonging to the",
    "operated by",
    "run by",
    "de",
    "de la",
    "du",
    "des",
    "d'",
    "d’",
    "de l'",
    "de l’",
    "appartenant à",
    "appartenant à la",
    "exploitée par la",
    "من",
    "تابعة ل",
    "التابعة ل",
}
