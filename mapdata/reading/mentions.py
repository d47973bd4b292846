"""From hits to mentions: which sites and actors a sentence names, and in which role.

Overlapping hits are settled first (the longest name wins: the Syrian Democratic Forces are not Syrian), then
names that need a word for a base beside them, described bases, and blocked places; `roles` then tells what the
actors do.
"""

from __future__ import annotations

import re

from mapdata.model import Gazetteer, SiteKind
from mapdata.reading import bodies, othernames
from mapdata.reading.geography import BASES, PLACES, Geography
from mapdata.reading.matcher import Hit
from mapdata.reading.roles import BASE_WORDS, RoleFinder
from mapdata.reading.view import ActorMention, CueHit, SiteMention, View

_KINDS = {
    "base_air": {SiteKind.AIR_BASE},
    "base_naval": {SiteKind.NAVAL_BASE},
    "base_army": {SiteKind.ARMY_BASE, SiteKind.OUTPOST},
}
# What follows the place of a dateline: perhaps a day, an agency in brackets, and a dash.
_AFTER_DATELINE = re.compile(r"[^.;]{0,30}?(?:\([^)]{2,20}\)\s*[-–—:]|\s[–—]\s|\s-\s)")
_ONLY_WORDS = re.compile(r"[\w\s'’\-\"“”«»]*")


def settle(hits: list[Hit]) -> tuple[list[tuple[int, int, list[Hit]]], list[Hit]]:
    """Part name hits from cue hits; of overlapping names keep the longest.

    Returns (names, cues). A name is (start, end, all hits of exactly that place). An outlet's name counts as
    a name here, so that the country in it ("Syria TV") is none.
    """
    names: list[tuple[int, int, list[Hit]]] = []
    cues: list[Hit] = []
    for hit in bodies.resolve(hits):
        if hit.kind == "cue":
            cues.append(hit)
            continue
        if names and hit.start < names[-1][1]:
            start, end, same = names[-1]
            if (hit.start, hit.end) == (start, end):
                same.append(hit)
            elif hit.end - hit.start > end - start:
                names[-1] = (hit.start, hit.end, [hit])
            continue
        names.append((hit.start, hit.end, [hit]))
    return names, cues


def _opens_dateline(view: View, start: int, end: int) -> bool:
    """Whether a name in capitals at the head of a sentence says where the report is written."""
    if start - view.sentence.start >= 3 or not view.text[start:end].isupper():
        return False
    return _AFTER_DATELINE.match(view.text[end : end + 40]) is not None


class MentionFinder:
    """Makes the mentions of a sentence; built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer, geography: Geography) -> None:
        self._gazetteer = gazetteer
        self._geography = geography
        self._roles = RoleFinder(gazetteer)

    def fill(self, view: View, names: list[tuple[int, int, list[Hit]]]) -> None:
        """Put the mentions of `names`, which all lie in the sentence, into the view."""
        for start, end, hits in names:
            actors = {hit.key: hit.kind == "metonym" for hit in hits if hit.kind in {"actor", "metonym"}}
            places = [hit for hit in hits if hit.kind == "site"]
            if actors and othernames.lends_state(view.text, end):
                continue
            if actors and not (places and self._is_place(view, start, end)):
                key, metonym = min(actors.items(), key=lambda item: (item[1], item[0]))
                if metonym and _opens_dateline(view, start, end):
                    continue  # the capital that a report is written from, and no government that acts
                view.actors.append(ActorMention(start, end, key, "", metonym))
                continue
            hits = [hit for hit in hits if hit.kind not in {"actor", "metonym"}]
            self._site(view, start, end, hits)
        self._drop_parts_of_regions(view)
        self._groups(view)
        self._roles.fill(view)

    @staticmethod
    def _is_place(view: View, start: int, end: int) -> bool:
        """A country's name is a place after a word of place ("in X"), else the state that acts."""
        if any(0 <= start - cue.end <= 5 and cue.end <= start for cue in view.of("loc")):
            return not view.text[end : end + 2].lower().startswith(("'s", "’s"))
        return _LOCATIVE.search(view.text[start:end].lower()) is not None or (
            _LOCATIVE_AFTER.match(view.text[end : end + 7]) is not None
        )

    # --- sites -------------------------------------------------------------------------------------

    def _site(self, view: View, start: int, end: int, hits: list[Hit]) -> None:
        strong = list(dict.fromkeys(hit.key for hit in hits if hit.kind == "site"))
        weak = list(dict.fromkeys(hit.key for hit in hits if hit.kind == "weak" and hit.key not in strong))
        near_names = list(dict.fromkeys(hit.key for hit in hits if hit.kind == "near"))
        noun, near = self._base_noun(view, start, end)
        key, described = self._which(view, (start, end), (strong, weak, near_names), noun, near)
        if key is None:
            return
        mention = SiteMention(start, end, (key,), described=described)
        if noun is not None:
            mention.noun = (noun.start, noun.end)
            if described and near:
                mention.start, mention.end = min(noun.start, start), max(noun.end, end)
        if not described:
            mention.blocked = self._blocked(view, mention)
            extent = view.sentence.start, view.sentence.end
            if othernames.lends_site(view.text, start, end, extent, noun is not None):
                mention.blocked = "name"
            if mention.blocked == "near" and near and noun is not None and self._nearest(view, noun, start):
                mention.blocked = ""
        view.sites.append(mention)

    @staticmethod
    def _nearest(view: View, noun: CueHit, start: int) -> bool:
        """Whether a place is the closest that is known to a base: in "their camp outside X" it is, unless the
        gazetteer has that camp; in "the base at A, north of X" it is not."""
        return not any(noun.start < site.end and site.start < start for site in view.sites)

    def _which(
        self,
        view: View,
        place: tuple[int, int],
        keys: tuple[list[str], list[str], list[str]],
        noun: CueHit | None,
        near: bool,
    ) -> tuple[str | None, bool]:
        """(site, whether it is described and not named) for a name, the base's word beside it considered.

        keys: the sites that have the name, those that have it weakly, and those that are described by it.
        """
        strong, weak, near_names = keys
        sites = self._gazetteer.sites
        bases = [key for key in strong if sites[key].kind in BASES]
        places = [key for key in strong if key not in bases]
        if noun is not None:
            named = near_names if near else [*bases, *weak]
            fitting = [key for key in dict.fromkeys(named) if self._fits(key, noun.category)]
            if len(fitting) == 1:
                return fitting[0], fitting[0] not in strong
            if not bases or near:
                reach = [key for key in strong if near or sites[key].kind in PLACES]
                found = {self._geography.described(key, noun.category, near) for key in reach} - {None}
                if len(found) == 1:
                    return found.pop(), True
        # Without a word for a base beside it a name that town and base share is the town, unless the
        # sentence is about a base and not about a town.
        about = [
            key for key in dict.fromkeys([*bases, *weak]) if self._about_base(view, place, key, bool(places))
        ]
        if (places or not bases) and len(about) == 1 and not near:
            return about[0], about[0] not in strong
        if places:
            return places[0], False
        return (bases[0], False) if bases else (None, False)

    def _about_base(self, view: View, place: tuple[int, int], key: str, town: bool) -> bool:
        """Whether a sentence speaks of a base of this site's kind without naming another, and of no town.

        town: whether the gazetteer has a town of this name; where it has none, the name alone is a town all the
        same, and only a word for just this kind of base makes it the base.
        """
        if any(abs(cue.start - place[0]) < 40 for cue in view.of("settlement")):
            return False
        kinds = ("base_air", "base_naval", "base") if town else ("base_air", "base_naval")
        words = [cue for cue in view.of(*kinds) if self._fits(key, cue.category)]
        return bool(words) and not any(site.noun for site in view.sites)

    def _fits(self, key: str, category: str) -> bool:
        kind = self._gazetteer.sites[key].kind
        return kind in _KINDS[category] if category in _KINDS else kind in BASES

    def _base_noun(self, view: View, start: int, end: int) -> tuple[CueHit | None, bool]:
        """The word for a base that belongs to a name: right after it, or before it with "in", "at", "near"."""
        after = before = None
        for cue in view.of(*BASE_WORDS):
            if end <= cue.start <= end + 30 and after is None:
                gap = view.between(end, cue.start)
                if (
                    len(gap.split()) <= 2
                    and _ONLY_WORDS.fullmatch(gap)
                    and not _JOINT.intersection(gap.lower().split())
                ):
                    if not self._links(view, end, cue.start):
                        after = cue
                    elif any(self._follows(view, n, end) for n in view.of("near") if n.end <= cue.start):
                        return cue, True
            elif end <= cue.end and cue.start < end <= cue.end and cue.start >= start:
                after = cue
            elif cue.end <= start and view.distance(cue.start, start) <= 9:
                gap = view.between(cue.end, start)
                if _ONLY_WORDS.fullmatch(gap.replace(",", "")) and len(gap) < 60 and gap.count(",") == 0:
                    before = cue
        if after is not None and after.category != "base":
            return after, False
        if before is not None:
            gap_start, gap_end = before.end, start
            near = any(gap_start <= cue.start and cue.end <= gap_end for cue in view.of("near"))
            linked = any(gap_start <= cue.start and cue.end <= gap_end for cue in view.of("loc"))
            empty = not view.between(gap_start, gap_end).strip(" \"'“«(")
            if near or linked or empty or view.distance(before.start, start) <= 2:
                return before, near
        return after, False

    @staticmethod
    def _follows(view: View, near: CueHit, end: int) -> bool:
        """Whether a word of nearness belongs to the name that ends at `end` before it, as in Turkish."""
        return (
            0 <= near.start - end <= 12
            and _NEAR_AFTER.search(view.text[near.start : near.end].lower()) is not None
            and re.fullmatch(r"(?:['’]\w{1,4})?\s*(?:\d+\s*)?", view.between(end, near.start)) is not None
        )

    def _links(self, view: View, start: int, end: int) -> bool:
        return any(
            start <= cue.start and cue.end <= end
            for cue in view.of("loc", "near", "exist", "host", "plan", "deny", "former")
        )

    def _blocked(self, view: View, mention: SiteMention) -> str:
        """ "60 km east of X", "near X" name no place of a presence unless a base is described by it."""
        for cue in view.of("near"):
            if self._follows(view, cue, mention.end):
                return "near"
            side = _ARABIC_SIDE.search(view.text[cue.start : cue.end])
            if side and self._gazetteer.sites[mention.keys[0]].kind is SiteKind.COUNTRY:
                # "شمال سوريا" is a part of the country; north of it would be said otherwise.
                continue
            if _NEAR_AFTER.search(view.text[cue.start : cue.end].lower()):
                # "Alda'nın doğusundaki Highfield" is Highfield.
                continue
            gap = view.between(cue.end, mention.start)
            if (
                cue.end <= mention.start
                and len(gap) <= 25
                and _ONLY_WORDS.fullmatch(gap)
                and len(gap.split()) <= 3
            ):
                if any(
                    cue.end <= other.start < mention.start
                    for other in view.of("loc")
                    if other.end - other.start > 2
                ):
                    continue
                return "near"
        # A base is no dateline of its country's news: what is reported from there is mostly about it.
        if self._gazetteer.sites[mention.keys[0]].kind not in BASES and _opens_dateline(
            view, mention.start, mention.end
        ):
            return "dateline"
        return ""

    def _drop_parts_of_regions(self, view: View) -> None:
        """The country in "north-eastern X" or beside a base of it says nothing of its own."""
        precise = [
            m
            for m in view.sites
            if self._gazetteer.sites[m.keys[0]].kind is not SiteKind.COUNTRY and not m.blocked
        ]
        for mention in view.sites:
            if self._gazetteer.sites[mention.keys[0]].kind is not SiteKind.COUNTRY:
                continue
            for other in precise:
                if (
                    0 <= mention.start - other.end <= 14
                    and view.breaks_between(mention.start, other.end) == 0
                ) or (
                    0 <= other.start - mention.end <= 30
                    and _ONLY_WORDS.fullmatch(view.between(mention.end, other.start))
                ):
                    mention.blocked = "country of the place"

    def _groups(self, view: View) -> None:
        """Mentions that are listed together ("A, B and C", "A as well as B") are one group."""
        number = 0
        usable = [m for m in view.sites if not m.blocked]
        for i, mention in enumerate(usable):
            if i and self._listed(view, usable[i - 1].end, mention.start):
                mention.group = usable[i - 1].group
            else:
                number += 1
                mention.group = number

    def _listed(self, view: View, end: int, start: int) -> bool:
        gap = view.between(end, start)
        if len(gap) > 60 or not re.fullmatch(r"[\w\s'’\-,،/&()\"“”«»]*", gap):
            return False
        if not re.search(r"[,،/&]|\b(?:and|or|nor|et|ou|ve|ile|veya|и|или|а также)\b|\bو", gap):
            return False
        words = gap.split()
        strange = view.of("exist", "plan", "deny", "former", "withdraw", "speech", "strike", "host")
        if any(end <= cue.start < start for cue in strange):
            return False
        return len(words) <= 7 and not any(
            end <= a.start < start and view.distance(a.end, start) > 1 for a in view.actors
        )


# Words that begin another thing: the base after them is not that of the name before them.
_JOINT = frozenset(
    [
        "and",
        "or",
        "the",
        "a",
        "an",
        "as",
        "et",
        "ou",
        "un",
        "une",
        "le",
        "la",
        "les",
        "ve",
        "veya",
        "bir",
        "и",
        "или",
        "و",
        "أو",
    ]
)
# Turkish endings of place, at an apostrophe or not.
_LOCATIVE = re.compile(r"['’]?(?:[dt][ea]|[dt][ea]ki|[dt][ea]n)$")
_LOCATIVE_AFTER = re.compile(r"['’]n?[dt][ea](?:ki|n)?(?:l[ea]r\w*)?\b")
# Turkish words of nearness follow what they go with ("Alda'nın doğusunda", "Alda yakınlarındaki").
_NEAR_AFTER = re.compile(
    r"(?:yakı|civar|çevre|doğu|batı|kuzey|güney|aras|yolu|dışı|ete[kğ]|kıyı|açık|karşı|yönü|istikamet|bitişi|uzak|mesafe)"
)
_ARABIC_SIDE = re.compile("[\u0600-\u06ff]")
