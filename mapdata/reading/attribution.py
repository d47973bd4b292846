"""Whom an article makes responsible for a claim, and which outlet's report it credits with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mapdata.model import Actor, Article, Attribution, Gazetteer, Site, SpeakerKind
from mapdata.outlet_names import outlet_key
from mapdata.outlets import Outlets
from mapdata.reading.countries import names_country
from mapdata.reading.credits import closing_source, credited_in, dateline, spots
from mapdata.reading.folding import fold_in_place
from mapdata.reading.phrases import has_name, in_quotes, opening_place
from mapdata.reading.report_days import report_day
from mapdata.reading.speakers import Speaker, SpeakerWords, speakers, words
from mapdata.reading.speakers import spots as saying_spots
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
_OF_OFFICES = frozenset(["defence", "defense", "foreign", "interior", "security", "national", "air", "force"])
# Names of actors are found by so many of their first letters, where a word begins; an Arabic article is no beginning.
_LETTERS = 3
_STARTS = re.compile(r"(?<!\w)\w|(?<=(?<!\w)ال)\w|(?<=(?<!\w)[وبفل]ال)\w|(?<=(?<!\w)لل)\w")
# Of words for a speaker that no list has, so many at most are believed to be some.
_UNKNOWN_WORDS = 7
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
        # (folded name with the length of the name, actor's id, its country), by the first letters of the name.
        self.actor_names: dict[str, list[tuple[str, str, str | None]]] = {}
        for actor in gazetteer.actors.values():
            for group in (actor.names, actor.metonyms):
                for name in {fold_in_place(name) for spellings in group.values() for name in spellings}:
                    if len(name) >= _LETTERS:
                        named = self.actor_names.setdefault(name[:_LETTERS], [])
                        named.append((name, actor.id, actor.country))

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
        self._outlet = article.outlet
        self._lang = lang
        self._words: SpeakerWords = words(lang)
        own = outlets.find(article.outlet or "") or (outlets.find(article.url) if article.url else None)
        self._own = own.name if own else article.outlet or self._byline(article.text, outlet_places)
        self._home = self._state_of(head) if (head := opening_place(article.text)) else None
        self._places = self._all_places(article.text, views, outlet_places)
        self._said: dict[int, list[_Said]] = {}
        # The outlet that a sentence credits, or goes on with, by the start of the sentence.
        self._running: dict[int, str] = {}
        self._days: dict[str, set[str]] = {}
        near = saying_spots(views[0].folded if views else "", lang)
        last: _Said | None = None
        run: tuple[int, str] | None = None
        for at, view in enumerate(views):
            here = []
            for speaker in speakers(view, lang, near):
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
        self._carried = self._carry(article.text, views)
        self._main_credit = self._credited_throughout(article.text)

    def find(self, view: View, place: int, site: Site, actor: Actor) -> Attribution:
        """The attribution of what stands at `place` in a sentence, for a claim about actor at site."""
        said = self._nearest(view, place) or self._carried.get(view.sentence.start)
        if said is None:
            credited = self._credit_in(view) or self._main_credit
            if credited and not self._is_own(credited):
                return Attribution(credited, SpeakerKind.MEDIUM, credited, self._day_of(credited))
            return Attribution(None, self._own_kind(site, actor))
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
            # "сообщил РИА Новости источник": whom it is told to stands before the one who tells it.
            first = next((end for start, end, _ in self._places if speaker.start <= start <= speaker.start + 2), None)
            if first is not None and self._words.unnamed.search(fold_in_place(view.text[first : speaker.end])):
                text = " ".join(view.text[first : speaker.end].split()).strip('»”" ')
        if self._speaks(view, speaker, folded, text):
            return _Said(text, speaker, credited)
        return None

    def _speaks(self, view: View, speaker: Speaker, folded: str, text: str) -> bool:
        if self._words.people.search(folded):
            return True
        if not speaker.sure or not any(sign.isalpha() for sign in text):
            return False
        if any(a.start < speaker.end and speaker.start < a.end for a in view.actors):
            return True
        return len(text.split()) <= _UNKNOWN_WORDS

    def _nearest(self, view: View, place: int) -> _Said | None:
        here = self._said.get(view.sentence.start, [])
        if not here:
            return None
        # What is said stands nearest to its verb, and in its clause rather than in another's.
        return min(
            here,
            key=lambda s: (
                not s.speaker.sure,
                view.breaks_between(s.speaker.verb[0], place),
                abs(s.speaker.verb[0] - place),
            ),
        )

    def _kind(self, text: str, site: Site, actor: Actor) -> SpeakerKind:
        folded = fold_in_place(text)
        known = self._words
        if known.analyst.search(folded):
            return SpeakerKind.ANALYST
        office, unnamed = known.spokes.search(folded), known.unnamed.search(folded)
        if unnamed and not (office and self._is_named(text)):
            # "A defence ministry official" has no name; "Defence Minister X" and "the ministry" speak for a state.
            return SpeakerKind.UNNAMED_OFFICIAL
        owner = self._state_of(text)
        if owner is not None:
            return self._side(*owner, site, actor)
        if names_country(text, site.country, self._lang):
            return SpeakerKind.HOST
        if known.medium.search(folded) or self._outlets.find(text) or self._names_outlet(text):
            return SpeakerKind.MEDIUM
        if office:
            if known.own.match(folded):
                return SpeakerKind.ACTOR
            # An office that nobody's name stands beside is that of the place that the article is written from.
            return self._side(*self._home, site, actor) if self._home else SpeakerKind.HOST
        return SpeakerKind.ANALYST if has_name(text) else SpeakerKind.MEDIUM

    def _is_named(self, text: str) -> bool:
        """Whether a speaker has a person's name, beside an office and the state that it is of."""
        return has_name(
            " ".join(
                word
                for word in text.split()
                if not self._words.spokes.search(fold_in_place(word))
                and self._state_of(word) is None
                and fold_in_place(word) not in _OF_OFFICES
            )
        )

    @staticmethod
    def _side(key: str, country: str | None, site: Site, actor: Actor) -> SpeakerKind:
        if key == actor.id or (country is not None and country == actor.country):
            return SpeakerKind.ACTOR
        return SpeakerKind.HOST if country is not None and country == site.country else SpeakerKind.OTHER_STATE

    def _own_kind(self, site: Site, actor: Actor) -> SpeakerKind:
        """Of what an article says on its own word: an institute's is an analyst's, a ministry's that of its side."""
        folded = fold_in_place(self._outlet or "")
        if self._words.analyst.search(folded):
            return SpeakerKind.ANALYST
        if self._words.release.search(folded) and not self._outlets.find(self._outlet or ""):
            return self._kind(self._outlet or "", site, actor)
        return SpeakerKind.MEDIUM

    def _state_of(self, text: str) -> tuple[str, str | None] | None:
        """The actor whose name stands first in a text, the longest of several: its id and its country."""
        folded = f"{fold_in_place(text)} "
        bends = self._lang in {"tr", "ru", "ar"}
        for start in _STARTS.finditer(folded):
            at = start.start()
            best = max(
                (
                    found
                    for found in self._actor_names.get(folded[at : at + _LETTERS], ())
                    if folded.startswith(found[0], at) and (bends or not folded[at + len(found[0])].isalnum())
                ),
                key=lambda found: len(found[0]),
                default=None,
            )
            if best is not None:
                return best[1], best[2]
        return None

    def _carry(self, text: str, views: Sequence[View]) -> dict[int, _Said]:
        """Who speaks on in a quoted sentence that names no speaker, by its start: the one who spoke last in the
        paragraph, else the one who speaks next in it."""
        carried: dict[int, _Said] = {}
        paragraph: int | None = None
        last: _Said | None = None
        for at, view in enumerate(views):
            sentence = view.sentence
            if sentence.paragraph != paragraph:
                paragraph, last = sentence.paragraph, None
            here = self._said[sentence.start]
            if here:
                last = here[-1]
            elif in_quotes(text, sentence.start, sentence.end):
                later = (
                    self._said[other.sentence.start]
                    for other in views[at + 1 :]
                    if other.sentence.paragraph == paragraph
                )
                speaker = last or next((said[0] for said in later if said), None)
                if speaker is not None:
                    carried[sentence.start] = speaker
        return carried

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
        """Whether a name is that of the article's own outlet, in full, by its initials or shortened ("the Ledger")."""
        if self._own is None:
            return False
        if name == self._own or self._key(name) == self._key(self._own):
            return True
        mine, its = fold_in_place(self._own).split(), fold_in_place(name).removeprefix("the ").split()
        return name == "".join(word[0] for word in self._own.split() if word[0].isupper()) or set(its) <= set(mine)

    def _key(self, name: str) -> str:
        listed = self._outlets.find(name)
        return listed.id if listed else outlet_key(name)

    def _all_places(
        self, text: str, views: Sequence[View], listed: Sequence[tuple[int, int, str]]
    ) -> list[tuple[int, int, str]]:
        """Where the sentences name outlets: those of the list, and those that the words around them show."""
        places = list(listed)
        near = spots(views[0].folded if views else "", self._lang)
        for view in views:
            sentence = view.sentence
            taken = [(s, e) for s, e, _ in listed if s >= sentence.start and e <= sentence.end]
            taken += [(actor.start, actor.end) for actor in view.actors if not actor.pronoun]
            taken += [(site.start, site.end) for site in view.sites]
            places += credited_in(text, sentence.start, sentence.end, self._lang, taken, near)
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
