"""Who is made responsible for a sentence: the words for a speaker, found by the verbs and words of saying.

The words of each language are data (rules/speakers.yaml); the code knows where a language puts its speakers:
before the verb, after it, before a word for "according to", or before a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from mapdata.reading.folding import fold, fold_in_place
from mapdata.reading.phrases import Phrases, word_pattern
from mapdata.reading.spotting import Spots, Spotter
from mapdata.reading.view import CueHit, View

# A line of a log, an interview or a live blog names its speaker in so many words.
_BEFORE_COLON = 9
_OPENS = "«“\"„'‘"
# So many words may stand before the noun of a subject that opens a sentence.
_BEFORE_SUBJECT = 4
_COLON = re.compile(r":(?!\d)")
_PARTED = re.compile(r"[,،;:.!?()\"“”«»—]")
_CLOSES = frozenset('»”"')
_PEOPLE = ("unnamed", "analyst", "spokes", "medium", "people")
# Kinds of words that are looked for in a whole article at once, and the lists that they are in.
_SPOTTED = {
    "according": ("according",),
    "according_after": ("according_after",),
    "says": ("says",),
    "people": _PEOPLE,
}
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """The words of one language, folded, as patterns over folded text."""

    verb_first: bool
    verb_last: bool
    according: re.Pattern[str] | None
    according_after: re.Pattern[str] | None
    told: frozenset[str]
    unnamed: re.Pattern[str]
    analyst: re.Pattern[str]
    medium: re.Pattern[str]
    spokes: re.Pattern[str]
    people: re.Pattern[str]
    anaphora: frozenset[str]
    says: re.Pattern[str]
    passive: re.Pattern[str]
    hears: re.Pattern[str]
    content: re.Pattern[str]
    own: re.Pattern[str]
    release: re.Pattern[str]
    phrases: Phrases
    spotter: Spotter


def _any(words: list[str]) -> re.Pattern[str]:
    """Any of these words, whole; "*" at the end of one stands for whatever ending."""
    listed = [word_pattern(word) for word in sorted(words, key=len, reverse=True)]
    return re.compile(r"(?<!\w)(?:ال|و|لل)?(?:" + "|".join(listed) + r")(?!\w)") if listed else _NEVER


@cache
def words(lang: str) -> SpeakerWords:
    """The words of a language; those of English where it has none."""
    data = yaml.safe_load(files("mapdata.reading").joinpath("rules/speakers.yaml").read_text(encoding="utf-8"))
    own = data.get(lang, data["en"])
    return SpeakerWords(
        verb_first=bool(own.get("verb_first")),
        verb_last=bool(own.get("verb_last")),
        according=_any(own["according"]) if own.get("according") else None,
        according_after=_any(own["according_after"]) if own.get("according_after") else None,
        told=frozenset(fold(word) for word in own["told"]),
        unnamed=_any(own["unnamed"]),
        analyst=_any(own["analyst"]),
        medium=_any(own["medium"]),
        spokes=_any(own["spokes"]),
        people=_any([word for kind in _PEOPLE for word in own[kind]]),
        anaphora=frozenset(fold(word) for word in own["anaphora"]),
        says=_any(own["says"]),
        passive=_any(own.get("passive", [])),
        hears=re.compile(_any(own.get("hears", [])).pattern + r"\s*$"),
        content=_any(own["content"]),
        own=_any(own["own"]),
        release=_any(own["release"]),
        phrases=Phrases.of(own),
        spotter=Spotter(
            {
                kind: {fold(word.rstrip("*")) for listed in lists for word in own.get(listed) or ()}
                for kind, lists in _SPOTTED.items()
            }
        ),
    )


@dataclass(frozen=True, slots=True)
class Speaker:
    """start, end: place of the words for the speaker. verb: place of the verb or word of saying. sure: the verb is
    one of saying; else it is the speaker's own words that show it to be one."""

    start: int
    end: int
    verb: tuple[int, int]
    sure: bool = True


def spots(folded: str, lang: str) -> Spots:
    """Where an article, folded in place, has words of saying: what `speakers` asks for."""
    return words(lang).spotter.find(folded)


def speakers(view: View, lang: str, near: Spots | None = None) -> list[Speaker]:
    """Every speaker that a sentence names, in the order of their places. near: the article's `spots`,
    None to find them."""
    known = words(lang)
    near = near or spots(view.folded, lang)
    text, start, stop = view.text, view.sentence.start, view.sentence.end
    folded = view.folded[start:stop]
    found: list[Speaker] = []
    if known.according is not None and near.any("according", start, stop):
        for match in known.according.finditer(folded):
            span = known.phrases.after(text, start + match.end(), stop, start)
            if span:
                span = known.phrases.with_list(text, *span, stop, known.unnamed)
                found.append(Speaker(*span, (start + match.start(), start + match.end())))
    if known.according_after is not None and near.any("according_after", start, stop):
        for match in known.according_after.finditer(folded):
            span = known.phrases.before(text, start, start + match.start(), known.people)
            if span:
                found.append(Speaker(*span, (start + match.start(), start + match.end())))
    people = near.any("people", start, stop)
    if people:
        found += _before_colon(view, known, folded)
    for cue, sure in _verbs(view, known, folded if near.any("says", start, stop) else ""):
        if any(s.start <= cue.start < s.end or s.verb[0] <= cue.start < s.verb[1] for s in found):
            continue
        span = _of_verb(view, cue, known)
        if span and not any(s.start < span[1] and span[0] < s.end for s in found):
            # One who denies or plans is a speaker where the words for them say so.
            if not sure and not known.people.search(fold_in_place(text[span[0] : span[1]])):
                continue
            found.append(Speaker(*span, (cue.start, cue.end), sure))
    if people and not found and not known.verb_first and (subject := _subject(view, known, folded)):
        found.append(subject)
    found.sort(key=lambda speaker: speaker.start)
    return found


def _subject(view: View, known: SpeakerWords, folded: str) -> Speaker | None:
    """Of a sentence without a verb of saying, the office, paper or person that it opens with: "A ministry paper
    gives the brigade two sites"."""
    start = view.sentence.start
    at = known.phrases.skipped(folded)
    match = known.people.search(folded, at)
    if match is None or len(folded[at : match.start()].split()) > _BEFORE_SUBJECT:
        return None
    if not known.phrases.is_noun_phrase(view.text, start + at, start + match.end()):
        return None
    if _PARTED.search(folded, at, match.start()) or known.phrases.clause.search(folded, at, match.start()):
        return None
    return Speaker(start + at, start + match.end(), (start + match.end(), start + match.end()), False)


def _verbs(view: View, known: SpeakerWords, folded: str) -> list[tuple[CueHit, bool]]:
    """Verbs of saying, then words of denial, whose subject speaks as well."""
    start = view.sentence.start
    said = [CueHit(start + match.start(), start + match.end(), "speech") for match in known.says.finditer(folded)]
    said += [cue for cue in view.of("speech") if not any(s.start < cue.end and cue.start < s.end for s in said)]
    denied = [cue for cue in view.of("deny") if not any(s.start < cue.end and cue.start < s.end for s in said)]
    return [(cue, True) for cue in sorted(said, key=lambda cue: cue.start)] + [(cue, False) for cue in denied]


def _before_colon(view: View, known: SpeakerWords, folded: str) -> list[Speaker]:
    """ "12:30 The command's office: no base is planned", "A diplomat was blunter: “No.”"."""
    text, start, stop = view.text, view.sentence.start, view.sentence.end
    for colon in _COLON.finditer(folded):
        at = colon.start()
        span = known.phrases.before(text, start, start + at, known.people, whole=True)
        if span is None or len(text[span[0] : span[1]].split()) > _BEFORE_COLON:
            return []
        span = known.phrases.headed(text, span)
        quoted = text[start + at + 1 : stop].lstrip()[:1] in _OPENS
        verb = known.says.search(folded, 0, at) is not None
        people = known.people.search(fold_in_place(text[span[0] : span[1]]))
        if people and not verb and (quoted or people.end() > span[1] - span[0] - 40):
            return [Speaker(*span, (start + at, start + at + 1), quoted)]
        return []
    return []


def _of_verb(view: View, cue: CueHit, known: SpeakerWords) -> tuple[int, int] | None:
    text, start, stop = view.text, view.sentence.start, view.sentence.end
    phrases = known.phrases
    if known.verb_last:
        return phrases.opening(text, start, cue.start, known.people)
    if passive := known.passive.match(fold_in_place(text[cue.end : min(stop, cue.end + 60)]).lstrip()):
        begin = cue.end + len(text[cue.end : stop]) - len(text[cue.end : stop].lstrip()) + passive.end()
        if span := phrases.after(text, begin, stop, start):
            return span
    rest = fold_in_place(text[cue.end : min(stop, cue.end + 14)]).lstrip()
    said = known.content.match(rest) is not None or rest[:1] in {":", "«", '"', "“"}
    after = None if said else phrases.after(text, cue.end, stop, start)
    if known.verb_first:
        before = after or phrases.before(text, start, cue.start, known.people)
        return before if before and (after or len(text[before[0] : before[1]].split()) <= _BEFORE_COLON) else None
    if known.hears.search(fold_in_place(text[max(start, cue.start - 12) : cue.start])):
        # "The crews have been told": they hear it.
        return None
    opened = phrases.opened_by(text, start, cue.start)
    if after and opened in _CLOSES:
        return after
    likely = after is not None and known.people.search(fold_in_place(text[after[0] : after[1]])) is not None
    if after and likely and (not opened or opened in ",،—–-"):
        # ", said the ministry"; not "The officer, who is known here, said".
        return after
    before = phrases.before(text, start, cue.start, known.people)
    if (
        before
        and len(text[before[0] : before[1]].split()) > _BEFORE_COLON
        and (likely or not known.people.search(fold_in_place(text[before[0] : before[1]])))
    ):
        before = None
    return before or (after if likely else None)
