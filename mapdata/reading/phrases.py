"""The bounds of the words for a speaker: where a noun phrase before or after a verb begins and ends.

No parser: punctuation, the small words at which a clause or an adverbial begins, and what may stand before and
after a noun phrase are data of each language (rules/speakers.yaml), and the code cuts at them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mapdata.reading.folding import fold, fold_in_place

# A speaker is no longer than this, in words.
_LONGEST = 14
_DATELINE_LINES = 6
_ONE_OF_A_LIST = 8
_QUOTES = '"“”«»„'
# A full stop ends a sentence, not an initial ("U.S.") nor a title ("Gen. Smith").
_FULL = r"(?<![A-ZА-Я])(?<!\bMr)(?<!\bDr)(?<!\bGen)(?<!\bCol)(?<!\bLt)(?<!\bMaj)(?<!\bSt)\.(?=\s|$)"
_STOP = re.compile(rf"[,،;؛:!?؟()\n{_QUOTES}]|{_FULL}|\s[–—-]\s|—")
_LISTED = re.compile(r"\s*(?:the|a|an|one|two|three|four|several|both|senior)\s", re.IGNORECASE)
_NAMELY = re.compile(
    r"\s*,?\s*(?:including|among them|among whom|namely|dont|parmi lesquels|среди них|в том числе|بينهم|من بينهم|"
    r"بينهما)\s+"
)
_CLOCK = re.compile(r"^\W*(?:\d{1,2}[:.h]\d{2}\W*|\d{1,3}\W+)?")
_DATELINE = re.compile(r"^[A-ZÀ-ÞА-ЯİĞŞ\u0620-\u064a][^\n.:;«»]{2,40}?(?:\([^)\n]{2,30}\)\s*)?\s[–—-]+\s")

_NAME_AFTER = re.compile(r"(?:['’]\w+)?(?:\s[A-ZÇĞİÖŞÜ][\w'’]*)*")

Span = tuple[int, int]


def word_pattern(word: str) -> str:
    """A word as a pattern over text folded in place, where Arabic vowel marks still stand among the letters; a "*"
    at its end stands for whatever ending."""
    letters = [re.escape(sign) + ("[\u064b-\u065f]*" if sign > "\u0620" else "") for sign in fold(word.rstrip("*"))]
    return "".join(letters) + (r"\w*" if word.endswith("*") else "")


def opening_place(text: str) -> str | None:
    """The place that an article is written from: what stands before the dash of its dateline; None without one."""
    for line in text.splitlines()[:_DATELINE_LINES]:
        if found := _DATELINE.match(line):
            return found.group()
    return None


def _either(words: list[str]) -> str:
    return "|".join(word_pattern(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


@dataclass(frozen=True, slots=True)
class Phrases:
    """clause: words at which a clause begins, so that a phrase before a verb begins after them. lead, trail: what
    can stand before and after a speaker and is none of it. ends: words at which a phrase after a verb ends. to: those
    that a thing is said to, and that are not the speaker."""

    clause: re.Pattern[str]
    relative: re.Pattern[str]
    both: re.Pattern[str]
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    aside: re.Pattern[str]
    ends: re.Pattern[str]
    to: re.Pattern[str]
    never: re.Pattern[str]

    @classmethod
    def of(cls, own: dict[str, Any]) -> Phrases:
        """From the words of a language (rules/speakers.yaml)."""
        return cls(
            clause=re.compile(rf"(?<!\w)(?:{_either(own['clause'])})(?!\w)"),
            relative=re.compile(_either(own["relative"])),
            both=re.compile(rf"(?<!\w)(?:{_either(own['both'])})(?!\w)"),
            lead=re.compile(rf"^\W*(?:(?:{_either(own['lead'])})(?!\w)\W*)+"),
            trail=re.compile(rf"(?:\W*(?<!\w)(?:{_either(own['trail'])}))+\W*$"),
            aside=re.compile(rf"(?:(?:^|\s)(?:{_either(own['trail'])}))+\s*$"),
            ends=re.compile(rf"(?<!\w)(?:{_either(own['ends'])})(?!\w)"),
            to=re.compile(rf"\s*(?:{_either(own['to'])})(?!\w)\s*"),
            never=re.compile(rf"^(?:{_either(own['never'])})(?!\w)"),
        )

    def before(self, text: str, start: int, end: int, people: re.Pattern[str], whole: bool = False) -> Span | None:
        """The phrase that ends where a verb begins, within a sentence that begins at `start`. people: words for
        speakers, that keep a list of them together. whole: the phrase begins with the sentence."""
        begin = start
        if dateline := _DATELINE.match(text[start:end]):
            begin = start + dateline.end()
        pieces = [begin]
        if not whole:
            pieces += [match.end() for match in _STOP.finditer(text, begin, end)]
        pieces = [at for at in pieces if at < end]
        if not pieces:
            return None
        last = pieces.pop()
        span = self._trimmed(text, last, end)
        if span is None and pieces:
            # "The officer, who is known here, also said": what stands between commas is not the subject.
            stop = last - 1
            last = pieces.pop()
            inner = text[last:stop]
            if pieces and text[last - 1] in ",،":
                outer = pieces.pop()
                span = self._cut(text, outer, last - 1, people)
                if span is not None and self.is_noun_phrase(text, *span):
                    return self._longest(text, span)
            return self._checked(text, last, stop, people) if inner.strip() else None
        if span is None:
            return None
        cut = self._cut(text, last, end, people)
        if cut is None:
            return None
        # "the X official, the Y official and one of the Z sources told": a list of speakers is one speaker.
        first = cut[0]
        while pieces and text[last - 1] in ",،" and first - last < 2:
            earlier = pieces.pop()
            if not _LISTED.match(text, earlier) or not people.search(fold_in_place(text[earlier:last])):
                break
            if len(text[earlier:last].split()) > _ONE_OF_A_LIST or len(text[earlier:end].split()) > 2 * _LONGEST:
                break
            trimmed = self._trimmed(text, earlier, end)
            first = trimmed[0] if trimmed else first
            last = earlier
            cut = first, cut[1]
        return cut if first != cut[0] else self._longest(text, cut)

    def after(self, text: str, begin: int, stop: int, start: int) -> Span | None:
        """The phrase that begins after a verb or a word of saying; what it is said to is passed over."""
        while begin < stop and (text[begin].isspace() or text[begin] in _QUOTES + "،,"):
            if text[begin] in ",،" and text[begin - 1 : begin] not in _QUOTES:
                return None
            begin += 1
        if to := self.to.match(fold_in_place(text[begin : min(stop, begin + 80)])):
            begin += to.end()
            if text[begin : begin + 1] in _QUOTES:
                closing = re.compile(rf"[{_QUOTES}]").search(text, begin + 1, stop)
                begin = closing.end() if closing else begin
        match = _STOP.search(text, begin, stop)
        end = match.start() if match else stop
        if match and match.group() == "«" and not text[begin:end].strip():
            return None
        folded = fold_in_place(text[begin:end])
        if (clause := self.ends.search(folded)) and clause.start() > 0:
            end = begin + clause.start()
        elif clause:
            return None
        span = self._trimmed(text, begin, end)
        return self._longest(text, span) if span else None

    def opened_by(self, text: str, start: int, verb: int) -> str:
        """The sign right before a verb and what may stand between it and its subject: "" at the sentence's start."""
        gap = fold_in_place(text[max(start, verb - 24) : verb])
        aside = self.aside.search(gap)
        return (gap[: aside.start()] if aside else gap).rstrip()[-1:]

    def opening(self, text: str, start: int, verb: int, people: re.Pattern[str]) -> Span | None:
        """The phrase that opens the clause whose verb comes last (Turkish): up to the first comma or quote, and
        not beyond the words for a speaker and the name that follows them."""
        begin = start
        if dateline := _DATELINE.match(text[start:verb]):
            begin = start + dateline.end()
        clauses = [match.end() for match in re.compile(r"[;:]\s").finditer(text, begin, verb)]
        clauses += [begin + match.end() for match in self.clause.finditer(fold_in_place(text[begin:verb]))]
        begin = max([begin, *clauses])
        match = _STOP.search(text, begin, verb)
        while match and not text[begin : match.start()].strip():
            begin = match.end()
            match = _STOP.search(text, begin, verb)
        end = match.start() if match else verb
        span = self._trimmed(text, begin, end)
        if span is None:
            return None
        folded, last = fold_in_place(text[span[0] : span[1]]), 0
        for found in people.finditer(folded):
            if last and len(folded[last : found.start()].split()) > 1:
                break
            last = found.end()
        if last:
            name = _NAME_AFTER.match(text, span[0] + last, span[1])
            span = self._trimmed(text, span[0], name.end() if name else span[0] + last)
        elif match is None or len(folded.split()) > 4:
            return None
        return self._longest(text, span) if span else None

    def headed(self, text: str, span: Span) -> Span:
        """A phrase without the predicate that follows it ("An aide was blunter")."""
        found = self.ends.search(fold_in_place(text[span[0] : span[1]]))
        if not found or not found.start():
            return span
        return span[0], span[0] + len(text[span[0] : span[0] + found.start()].rstrip())

    def with_list(self, text: str, begin: int, end: int, stop: int, unnamed: re.Pattern[str]) -> Span:
        """ "sources, including an official, two officers and a clerk, ...": the list tells who they are."""
        namely = _NAMELY.match(text, end, stop)
        if namely is None:
            return begin, end
        at = namely.end()
        while (match := _STOP.search(text, at, stop)) and text[match.start()] in ",،":
            following = text[match.end() :].lstrip().removeprefix("and ").removeprefix("et ")
            listed = _STOP.split(following, maxsplit=1)[0]
            if unnamed.search(fold_in_place(listed)) is None or not _LISTED.match(" " + following):
                break
            at = match.end()
        match = _STOP.search(text, at, stop)
        return begin, match.start() if match else stop

    def skipped(self, folded: str) -> int:
        """Where a folded sentence begins after a dateline, a time of day and adverbials."""
        at = found.end() if (found := _CLOCK.match(folded)) else 0
        if dateline := _DATELINE.match(folded[at:].upper()):
            at += dateline.end()
        if lead := self.lead.match(folded[at:]):
            at += lead.end()
        return at + len(folded[at:]) - len(folded[at:].lstrip())

    def is_noun_phrase(self, text: str, begin: int, end: int) -> bool:
        """Whether a phrase can be a speaker: it does not begin as an adverbial or a clause does."""
        return self.never.match(fold_in_place(text[begin:end])) is None

    def _checked(self, text: str, begin: int, end: int, people: re.Pattern[str]) -> Span | None:
        span = self._cut(text, begin, end, people)
        return self._longest(text, span) if span and self.is_noun_phrase(text, *span) else None

    def _cut(self, text: str, begin: int, end: int, people: re.Pattern[str]) -> Span | None:
        """From the last word at which a clause begins; "and" begins one unless it joins two speakers."""
        folded = fold_in_place(text[begin:end])
        first = 0
        for match in self.clause.finditer(folded):
            if self.relative.fullmatch(match.group()) and people.search(folded, first, match.start()):
                # "The smugglers who use the road confirmed": the clause belongs to them.
                end, folded = begin + match.start(), folded[: match.start()]
                break
            first = match.end()
        for match in self.both.finditer(folded, first):
            left = folded[first : match.start()]
            if not people.search(left) or len(left.split()) > 7:
                first = match.end()
        span = self._trimmed(text, begin + first, end)
        return span if span and self.is_noun_phrase(text, *span) else None

    def _trimmed(self, text: str, begin: int, end: int) -> Span | None:
        """Without blanks, a time of day and what may stand around a speaker; None where nothing is left."""
        while begin < end:
            folded = fold_in_place(text[begin:end])
            lead = _CLOCK.match(folded)
            at = lead.end() if lead else 0
            if more := self.lead.match(folded[at:]):
                at += more.end()
            trail = self.trail.search(folded)
            last = trail.start() if trail and trail.start() > at else len(folded)
            if trail and trail.start() <= at:
                return None
            inner = text[begin + at : begin + last]
            bare = inner.strip(" \t\n'’,،-–—.*•#>")
            if not bare:
                return None
            first = begin + at + inner.index(bare)
            if (first, first + len(bare)) == (begin, end):
                return begin, end
            begin, end = first, first + len(bare)
        return None

    @staticmethod
    def _longest(text: str, span: Span) -> Span | None:
        return span if len(text[span[0] : span[1]].split()) <= _LONGEST else None


def has_name(text: str) -> bool:
    """Two capitalised words one after the other: a person's name, in scripts that have capitals."""
    return (
        re.search(r"(?:^|\s)[A-ZÀ-ÞА-Я][\w'’-]+\s+(?:al-|el-|bin\s|van\s|de\s)?[A-ZÀ-ÞА-Я][\w'’-]+", text) is not None
    )


def in_quotes(text: str, start: int, end: int) -> bool:
    """Whether a sentence is somebody's own words: it opens a quotation, or one that began before in its paragraph
    goes on in it."""
    if text[start:end].lstrip()[:1] in '«“"„':
        return True
    begin = text.rfind("\n", 0, start) + 1
    before = text[begin:start]
    return (
        before.count("“") + before.count("«") > before.count("”") + before.count("»")
        or before.count("„") > before.count("“") + before.count("”")
        or before.count('"') % 2 == 1
    )
