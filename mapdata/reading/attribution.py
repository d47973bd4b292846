"""Whom an article makes responsible for a claim, and which outlet's report it credits with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mapdata.model import Actor, Article, Attribution, Gazetteer, Site, SpeakerKind
from mapdata.outlet_names import outlet_key
from mapdata.outlets import Outlets
from mapdata.reading.credits import closing_source, credited_in, dateline
from mapdata.reading.folding import fold_in_place
from mapdata.reading.report_days import report_day
from mapdata.reading.speakers import Speaker, SpeakerWords, speakers, words
from mapdata.reading.view import View

# "told X" where no list knows X: a name of one to four capitalised words that is followed by no office.
_TOLD_NAME = re.compile(
    r"\s+(?:the\s+)?((?:[A-ZÀ-ÞĀ-ſ][\w'’.&-]*)(?:\s+(?:of\s+|the\s+|al-)?[A-ZÀ-ÞĀ-ſ][\w'’.&-]*){0,3})"
)
_NO_OUTLET = frozenset(
    [
        "reporters",
        "journalists",
        "parliament",
        "lawmakers",
        "congress",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
# A claim without a credit of its own goes on with the report credited so many sentences before it.
_RUN = 2
# Where a byline stands ("Outlet – Name"), and how long it is.
_HEAD_LINES = 6
_BYLINE_WORDS = 8
_BYLINE_PARTS = re.compile(r"\s+[–—|-]\s+|\s*[|/]\s*")


@dataclass(frozen=True, slots=True)
class _Said:
    """A speaker as resolved: its words, its kind, the outlet credited with the statement."""

    text: str
    speaker: Speaker
    credited: str | None


class Attributor:
    """What attribution needs of a gazetteer and the outlets; built once."""

    def __init__(self, gazetteer: Gazetteer, outlets: Outlets) -> None:
        self.outlets = outlets
        # (folded name with the length of the name, actor's id, its country)
        self.actor_names = [
            (fold_in_place(name), actor.id, actor.country)
            for actor in gazetteer.actors.values()
            for group in (actor.names, actor.metonyms)
            for spellings in group.values()
            for name in spellings
            if len(name) > 2
        ]

    def of(
        self,
        article: Article,
        views: Sequence[View],
        outlet_places: Sequence[tuple[int, int, str]],
        lang: str,
    ) -> ArticleAttribution:
        """outlet_places: where the text names an outlet: (start, end, the outlet's name)."""
        return ArticleAttribution(self, article, views, outlet_places, lang)


class ArticleAttribution:
    """Attribution within one article: keeps who spoke last and which outlets the article credits."""

    def __init__(
        self,
        attributor: Attributor,
        article: Article,
        views: Sequence[View],
        outlet_places: Sequence[tuple[int, int, str]],
        lang: str,
    ) -> None:
        self._actor_names = attributor.actor_names
        self._outlets = outlets = attributor.outlets
        self._published = article.published
        self._lang = lang
        self._words: SpeakerWords = words(lang)
        own = outlets.find(article.outlet or "") or (outlets.find(article.url) if article.url else None)
        self._own = own.name if own else article.outlet or self._byline(article.text, outlet_places)
        self._places = self._all_places(article.text, views, outlet_places)
        self._said: dict[int, list[_Said]] = {}
        # The outlet that a sentence credits, or goes on with, by the start of the sentence.
        self._running: dict[int, str] = {}
        self._days: dict[str, set[str]] = {}
        last: _Said | None = None
        run: tuple[int, str] | None = None
        for at, view in enumerate(views):
            here = []
            for speaker in speakers(view, lang):
                said = self._resolve(view, speaker, last)
                if said is not None:
                    here.append(said)
                    last = said
            self._said[view.sentence.start] = here
            credited = next((said.credited for said in here if said.credited), None)
            credited = credited or self._outlet_in(view.sentence.start, view.sentence.end)
            if credited is not None:
                run = (at, credited)
            elif run is not None and at - run[0] <= _RUN:
                self._running[view.sentence.start] = run[1]
            self._note_days(view)
        self._main_credit = self._credited_throughout(article.text)

    def find(self, view: View, place: int, site: Site, actor: Actor) -> Attribution:
        """The attribution of what stands at `place` in a sentence, for a claim about actor at site."""
        said = self._nearest(view, place)
        if said is None:
            credited = self._credit_in(view) or self._main_credit
            if credited and not self._is_own(credited):
                return Attribution(credited, SpeakerKind.MEDIUM, credited, self._day_of(credited))
            return Attribution(None, SpeakerKind.MEDIUM)
        kind = self._kind(said.text, site, actor)
        credited = said.credited or self._credit_in(view)
        if credited is None and kind in {SpeakerKind.UNNAMED_OFFICIAL, SpeakerKind.MEDIUM}:
            credited = self._running.get(view.sentence.start) or self._main_credit
        text = said.text
        if credited and kind is not SpeakerKind.MEDIUM and credited.lower() not in text.lower():
            text = f"{text}, to {credited}" if self._lang == "en" else f"{text} ({credited})"
        if credited is None or self._is_own(credited):
            return Attribution(text, kind)
        return Attribution(text, kind, credited, self._day_of(credited))

    # --- who ------------------------------------------------------------------------------------------

    def _resolve(self, view: View, speaker: Speaker, last: _Said | None) -> _Said | None:
        text = " ".join(view.text[speaker.start : speaker.end].split())
        folded = fold_in_place(text)
        credited = self._outlet_after(view, speaker.verb[1])
        named = self._outlet_in(speaker.start, speaker.end)
        bare = folded.removeprefix("the ").removeprefix("a ")
        if folded in self._words.anaphora or bare in self._words.anaphora:
            if last is not None:
                return _Said(last.text, speaker, credited or last.credited)
            if self._words.spokes.search(folded) or self._words.unnamed.search(folded):
                return _Said(text, speaker, credited)
            return None
        if last is not None and named is None and self._words.unnamed.fullmatch(bare):
            # "Sources say" after "sources, among them …": the same ones.
            return _Said(last.text, speaker, credited or last.credited)
        if named and credited is None and not self._words.unnamed.search(folded):
            return _Said(text, speaker, named)
        if named and credited is None:
            credited = named
        if self._speaks(view, speaker, folded, text):
            return _Said(text, speaker, credited)
        return None

    def _speaks(self, view: View, speaker: Speaker, folded: str, text: str) -> bool:
        known = self._words
        if any(p.search(folded) for p in (known.unnamed, known.analyst, known.spokes, known.medium)):
            return True
        if any(a.start >= speaker.start and a.end <= speaker.end for a in view.actors):
            return True
        capitals = [word for word in text.split() if word[:1].isupper()]
        return len(capitals) >= 1 and len(text.split()) <= 6

    def _nearest(self, view: View, place: int) -> _Said | None:
        here = self._said.get(view.sentence.start, [])
        if not here:
            return None
        # What is said stands nearest to its verb, and in its clause rather than in another's.
        return min(
            here,
            key=lambda s: (view.breaks_between(s.speaker.verb[0], place), abs(s.speaker.verb[0] - place)),
        )

    def _kind(self, text: str, site: Site, actor: Actor) -> SpeakerKind:
        folded = fold_in_place(text)
        known = self._words
        if known.analyst.search(folded):
            return SpeakerKind.ANALYST
        office, unnamed = known.spokes.search(folded), known.unnamed.search(folded)
        owner = self._state_of(text)
        if unnamed and not (office and _has_name(text)):
            # "A defence ministry official" has no name; "Defence Minister X" and "the ministry" speak for a state.
            return SpeakerKind.UNNAMED_OFFICIAL
        if owner is not None:
            key, country = owner
            if key == actor.id or (country is not None and country == actor.country):
                return SpeakerKind.ACTOR
            if country is not None and country == site.country:
                return SpeakerKind.HOST
            return SpeakerKind.OTHER_STATE
        if known.medium.search(folded) or self._outlets.find(text) or self._names_outlet(text):
            return SpeakerKind.MEDIUM
        if office:
            return SpeakerKind.UNNAMED_OFFICIAL
        return SpeakerKind.ANALYST if _has_name(text) else SpeakerKind.MEDIUM

    def _state_of(self, text: str) -> tuple[str, str | None] | None:
        folded = f" {fold_in_place(text)} "
        best: tuple[int, str, str | None] | None = None
        for name, key, country in self._actor_names:
            at = folded.find(name)
            if at >= 0 and not folded[at - 1].isalnum() and (best is None or at < best[0]):
                after = folded[at + len(name) : at + len(name) + 1]
                if not after.isalnum() or self._lang in {"tr", "ru", "ar"}:
                    best = (at, key, country)
        return (best[1], best[2]) if best else None

    # --- outlets --------------------------------------------------------------------------------------

    def _outlet_in(self, start: int, end: int) -> str | None:
        return next((name for s, e, name in self._places if s >= start and e <= end), None)

    def _outlet_after(self, view: View, place: int) -> str | None:
        """The outlet right after a verb of telling: known, or by its capitals."""
        for s, e, name in self._places:
            if 0 <= s - place <= 16 and e <= view.sentence.end:
                return name
        verb = view.text[max(0, place - 8) : place].lower().split()
        if verb and verb[-1] in self._words.told:
            match = _TOLD_NAME.match(view.text, place, view.sentence.end)
            if match and match.group(1).split()[0].lower() not in _NO_OUTLET:
                following = fold_in_place(view.text[match.end() : match.end() + 20])
                if not self._words.spokes.match(following.strip()) and not any(
                    a.start <= match.start(1) < a.end for a in view.actors
                ):
                    return match.group(1).rstrip(".,'’- ")
        return None

    def _names_outlet(self, text: str) -> bool:
        """Whether words for a speaker are an outlet's name and nothing else."""
        bare = text.removeprefix("the ").removeprefix("The ").strip(" \"'“”«»")
        return any(bare == name for _, _, name in self._places)

    def _credit_in(self, view: View) -> str | None:
        name = self._outlet_in(view.sentence.start, view.sentence.end)
        return name if name is not None and not self._is_own(name) else None

    def _is_own(self, name: str) -> bool:
        return self._own is not None and (name == self._own or self._key(name) == self._key(self._own))

    def _key(self, name: str) -> str:
        listed = self._outlets.find(name)
        return listed.id if listed else outlet_key(name)

    def _all_places(
        self, text: str, views: Sequence[View], listed: Sequence[tuple[int, int, str]]
    ) -> list[tuple[int, int, str]]:
        """Where the sentences name outlets: those of the list, and those that the words around them show."""
        places = list(listed)
        for view in views:
            sentence = view.sentence
            taken = [(s, e) for s, e, _ in listed if s >= sentence.start and e <= sentence.end]
            taken += [(actor.start, actor.end) for actor in view.actors if not actor.pronoun]
            places += credited_in(text, sentence.start, sentence.end, self._lang, taken)
        return sorted(places)

    def _byline(self, text: str, listed: Sequence[tuple[int, int, str]]) -> str | None:
        """The outlet of a line like "Outlet – Name" at the head of an article that has no outlet."""
        at = 0
        for line in text.splitlines(keepends=True)[: 2 * _HEAD_LINES]:
            begin, at = at, at + len(line)
            words = line.split()
            if not 1 < len(words) <= _BYLINE_WORDS or line.rstrip().endswith((".", ":", "؟", "?")):
                continue
            for start, end, name in listed:
                if not begin <= start < at:
                    continue
                parts = [part.strip() for part in _BYLINE_PARTS.split(line.strip())]
                if len(parts) > 1 and text[start:end].strip() in (parts[0], parts[-1]):
                    return name
        return None

    def _note_days(self, view: View) -> None:
        for start, end, name in self._places:
            if start >= view.sentence.start and end <= view.sentence.end and not self._is_own(name):
                day = report_day(view, (start, end), self._lang, self._published)
                if day:
                    self._days.setdefault(self._key(name), set()).add(day)

    def _day_of(self, name: str) -> str | None:
        """The day that the article gives for the outlet's report; None where it gives several."""
        days = self._days.get(self._key(name), set())
        return next(iter(days)) if len(days) == 1 else None

    def _credited_throughout(self, text: str) -> str | None:
        """The outlet that an article credits in its dateline or its last line, again and again, or alone: what
        it says without a source is that outlet's."""
        for place in (dateline(text), closing_source(text, self._lang)):
            if place is not None and (place[2].isupper() or self._outlets.find(place[2])):
                return None if self._is_own(place[2]) else place[2]
        counts = Counter(said.credited for here in self._said.values() for said in here if said.credited)
        mine = sum(number for name, number in counts.items() if self._is_own(name))
        counts = Counter({name: number for name, number in counts.items() if not self._is_own(name)})
        if not counts:
            return None
        (name, most), *others = counts.most_common()
        return name if mine < most and (not others or most > 2 * others[0][1]) else None


def _has_name(text: str) -> bool:
    """Two capitalised words one after the other, not at the start: a person's name, in scripts that have capitals."""
    return (
        re.search(r"(?:^|\s)[A-ZÀ-ÞА-Я][\w'’-]+\s+(?:al-|el-|bin\s|van\s|de\s)?[A-ZÀ-ÞА-Я][\w'’-]+", text) is not None
    )
