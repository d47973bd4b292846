"""Who is made responsible for a sentence: the words for a speaker, found by the verbs and words of saying.

The words of each language are data (rules/speakers.yaml); the code knows where a language puts its speakers:
before the verb, after it, or before a word for "according to".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from mapdata.reading.folding import fold, fold_in_place
from mapdata.reading.view import CueHit, View

# A speaker is no longer than this, in words.
_LONGEST = 16
_QUOTES = '"“”«»„'
_LISTED = re.compile(r"\s*(?:the|a|an|one|two|three|four|several|both|senior)\s", re.IGNORECASE)
_NAMELY = re.compile(
    r"\s*,?\s*(?:including|among them|among whom|namely|dont|parmi lesquels|среди них|в том числе|بينهم|من بينهم|بينهما)\s+"
)
_STOP = re.compile(rf"[,،;؛:.!?؟()\n{_QUOTES}]|\s[–—-]\s|—")


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
    anaphora: frozenset[str]
    says: re.Pattern[str]


def _any(words: list[str]) -> re.Pattern[str]:
    listed = sorted((re.escape(fold(word)) for word in words), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:ال|و|لل)?(?:" + "|".join(listed) + r")(?!\w)") if listed else re.compile(r"(?!)")


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
        anaphora=frozenset(fold(word) for word in own["anaphora"]),
        says=_any(own.get("says", [])),
    )


@dataclass(frozen=True, slots=True)
class Speaker:
    """start, end: place of the words for the speaker. verb: place of the verb or word of saying."""

    start: int
    end: int
    verb: tuple[int, int]


def speakers(view: View, lang: str) -> list[Speaker]:
    """Every speaker that a sentence names, in the order of their places."""
    known = words(lang)
    text, start, stop = view.text, view.sentence.start, view.sentence.end
    folded = fold_in_place(text[start:stop])
    found: list[Speaker] = []
    if known.according is not None:
        for match in known.according.finditer(folded):
            span = _after(text, start + match.end(), stop)
            if span:
                span = _with_list(text, *span, stop, known)
                found.append(Speaker(*span, (start + match.start(), start + match.end())))
    if known.according_after is not None:
        for match in known.according_after.finditer(folded):
            span = _before(text, start, start + match.start(), known)
            if span:
                found.append(Speaker(*span, (start + match.start(), start + match.end())))
    cues = view.of("speech")
    said = [(cue.start, cue.end) for cue in cues]
    cues = cues + [
        CueHit(start + match.start(), start + match.end(), "speech")
        for match in known.says.finditer(folded)
        if (start + match.start(), start + match.end()) not in said
    ]
    for cue in cues:
        if any(s.start <= cue.start < s.end or s.verb[0] <= cue.start < s.verb[1] for s in found):
            continue
        found += _of_verb(view, cue, known)
    found.sort(key=lambda speaker: speaker.start)
    return found


def _of_verb(view: View, cue: CueHit, known: SpeakerWords) -> list[Speaker]:
    text, start, stop = view.text, view.sentence.start, view.sentence.end
    verb = (cue.start, cue.end)
    if known.verb_first:
        span = _after(text, cue.end, stop)
        return [Speaker(*span, verb)] if span else []
    if known.verb_last:
        # "Bakanlık, üssün boşaltıldığını açıkladı": the speaker opens the sentence, the verb ends it.
        span = _after(text, start, min(stop, start + 90))
        if span and stop - cue.end <= 3:
            return [Speaker(*span, verb)]
        return []
    before = text[cue.start - 1 : cue.start] if cue.start > start else ""
    glued = text[max(start, cue.start - 2) : cue.start].strip()
    if (glued and glued[-1] in ",،" + _QUOTES) or not before:
        # ", said the ministry"
        span = _after(text, cue.end, stop)
        if span:
            return [Speaker(*span, verb)]
    span = _before(text, start, cue.start, known)
    return [Speaker(*span, verb)] if span else []


def _after(text: str, begin: int, stop: int) -> tuple[int, int] | None:
    while begin < stop and (text[begin].isspace() or text[begin] in _QUOTES):
        begin += 1
    match = _STOP.search(text, begin, stop)
    end = match.start() if match else stop
    clause = re.compile(r"\s(?:that|who|which|on|in a|told|said|says|إن|أن|بأن|que|qui|что|который|которая)\s").search(
        text, begin, end
    )
    if clause:
        end = clause.start()
    return _trim(text, begin, end)


def _with_list(text: str, begin: int, end: int, stop: int, known: SpeakerWords) -> tuple[int, int]:
    """ "sources, including an official, two officers and a clerk, ...": the list tells who they are."""
    namely = _NAMELY.match(text, end, stop)
    if namely is None:
        return begin, end
    at = namely.end()
    while (match := _STOP.search(text, at, stop)) and text[match.start()] in ",،":
        following = text[match.end() :].lstrip().removeprefix("and ").removeprefix("et ")
        listed = _STOP.split(following, maxsplit=1)[0]
        if known.unnamed.search(fold_in_place(listed)) is None or not _LISTED.match(" " + following):
            break
        at = match.end()
    match = _STOP.search(text, at, stop)
    return begin, match.start() if match else stop


def _before(text: str, start: int, end: int, known: SpeakerWords) -> tuple[int, int] | None:
    stops = [match for match in _STOP.finditer(text, start, end) if match.end() < end - 2]
    begin = stops[-1].end() if stops else start
    # "the X official, the Y official and one of the Z sources told": a list of speakers is one speaker.
    while stops and text[stops[-1].start()] in ",،":
        stops.pop()
        earlier = stops[-1].end() if stops else start
        if not _LISTED.match(text, earlier) or len(text[earlier:end].split()) > 2 * _LONGEST:
            break
        if known.unnamed.search(fold_in_place(text[earlier:begin])) is None:
            break
        begin = earlier
    # A speaker with an insertion: "The minister, in a statement, said".
    if len(text[begin:end].split()) <= 1 and begin > start:
        return None
    return _trim(text, begin, end)


def _trim(text: str, begin: int, end: int) -> tuple[int, int] | None:
    raw = text[begin:end]
    stripped = raw.strip().rstrip("'’")
    if not stripped or len(stripped.split()) > 2 * _LONGEST:
        return None
    begin += raw.index(stripped)
    return begin, begin + len(stripped)
