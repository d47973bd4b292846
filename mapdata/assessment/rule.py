"""The rule: from evidence to standings, as of a day. Pure: no clock, no input, no output.

docs/assessment.md says the same in words with worked cases, and columns/standings.py over all pairs at once, which
a test holds to this one; whoever changes one changes the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from mapdata.assessment.sentence import sentence
from mapdata.model import (
    Assessment,
    Evidence,
    Gazetteer,
    Origin,
    SpeakerKind,
    Standing,
    StandingState,
    Status,
)

YEAR_DAYS = 365
LIVE_STATES = frozenset({StandingState.CURRENT, StandingState.CONTESTED})
HEADLINE_ORDER = (Status.EXISTING, Status.PROPOSED, Status.FORMER, Status.DENIED)


@dataclass(slots=True)
class _Voice:
    """One independent origin in the making: all that one voice says of one (site, actor, status)."""

    newest: tuple[date, Origin]
    days: list[date]
    # The speaker is that of the earliest article which names one: relays tend to drop the speaker, and
    # taking relays away must not change who is said to say it.
    speaker_rank: tuple[bool, date, str, int]
    speaker: SpeakerKind


@dataclass(slots=True)
class _Heard:
    """All that is known of one (site, actor, status) on the day."""

    voices: dict[str, _Voice] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)

    def add(self, item: Evidence, day: date) -> None:
        claim, origin = item.claim, item.origin
        self.articles.add(claim.article)
        kind = claim.attribution.kind
        rank = (kind is SpeakerKind.MEDIUM, item.source.published or day, claim.article, claim.start)
        voice = self.voices.get(origin.voice)
        if voice is None:
            self.voices[origin.voice] = _Voice((day, origin), [day], rank, kind)
            return
        voice.days.append(day)
        # The id breaks ties, so that the order of the input never shows.
        if (day, origin.id) > (voice.newest[0], voice.newest[1].id):
            voice.newest = (day, origin)
        if rank < voice.speaker_rank:
            voice.speaker_rank, voice.speaker = rank, kind

    @property
    def newest(self) -> date:
        return max(voice.newest[0] for voice in self.voices.values())

    @property
    def first(self) -> date:
        return min(min(voice.days) for voice in self.voices.values())

    def voices_of_its_last_year(self) -> int:
        """How many voices spoke within the 365 days that end with, and include, the newest day."""
        after = self.newest - timedelta(days=YEAR_DAYS)
        return sum(voice.newest[0] > after for voice in self.voices.values())

    def standing(self, site: str, actor: str, status: Status, state: StandingState, as_of: date) -> Standing:
        ordered = sorted(self.voices.items(), key=lambda pair: pair[0])
        ordered.sort(key=lambda pair: pair[1].newest[0], reverse=True)
        by_kind = [
            (kind, sum(voice.speaker is kind for voice in self.voices.values())) for kind in SpeakerKind
        ]
        newest = self.newest
        return Standing(
            site=site,
            actor=actor,
            status=status,
            state=state,
            origins=tuple(voice.newest[1] for _, voice in ordered),
            first=self.first,
            newest=newest,
            age_days=(as_of - newest).days,
            articles=len(self.articles),
            speakers=tuple((kind, count) for kind, count in by_kind if count),
        )


@dataclass(slots=True)
class _Pair:
    heard: dict[Status, _Heard] = field(default_factory=lambda: defaultdict(_Heard))
    undated: int = 0


def assess(evidence: Iterable[Evidence], as_of: date, gazetteer: Gazetteer) -> tuple[Assessment, ...]:
    """The assessments as of a day, one a (site, actor), sorted by the two ids.

    Evidence from after `as_of` is left aside, undated evidence is counted and moves no status; a pair of
    which nothing else is known gets no assessment. The gazetteer gives the actors' names for the
    sentence; an id that it does not have stands for itself.
    """
    pairs: dict[tuple[str, str], _Pair] = {}
    for item in evidence:
        published = item.source.published
        day = None
        if published is not None:
            # A later relay does not make a report newer: the day is the origin's, where it has one.
            day = item.origin.day or published
            if published > as_of or day > as_of:
                continue
        claim = item.claim
        key = (claim.site, claim.actor)
        pair = pairs.get(key)
        if pair is None:
            pair = pairs[key] = _Pair()
        if day is None:
            pair.undated += 1
        else:
            pair.heard[claim.status].add(item, day)
    return tuple(
        _assessment(site, actor, pairs[site, actor], as_of, gazetteer) for site, actor in sorted(pairs)
    )


def _assessment(site: str, actor: str, pair: _Pair, as_of: date, gazetteer: Gazetteer) -> Assessment:
    states = _states(pair.heard, as_of)
    standings = tuple(
        pair.heard[status].standing(site, actor, status, states[status], as_of)
        for status in Status
        if status in states
    )
    headline = _headline(standings)
    known = gazetteer.actors.get(actor)
    return Assessment(
        site=site,
        actor=actor,
        as_of=as_of,
        standings=standings,
        headline=headline,
        contested=any(standing.state is StandingState.CONTESTED for standing in standings),
        sentence=sentence(known.name if known else actor, standings, headline, pair.undated),
        undated=pair.undated,
    )


def _states(heard: dict[Status, _Heard], as_of: date) -> dict[Status, StandingState]:
    """The state of each status that somebody reports.

    Order matters: first what time does (a year without new evidence), then what supersedes what, last
    what contests what, among those that are still standing.
    """
    states = {status: StandingState.CURRENT for status in Status if status in heard}
    newest = {status: heard[status].newest for status in states}

    for status in (Status.PROPOSED, Status.DENIED):
        if status in states and (as_of - newest[status]).days > YEAR_DAYS:
            states[status] = StandingState.LAPSED

    if Status.EXISTING in states and Status.FORMER in states:
        states.update(_presence_and_its_end(heard))

    if (
        Status.EXISTING in states
        and Status.PROPOSED in states
        and newest[Status.EXISTING] >= newest[Status.PROPOSED]
    ):
        # Also a plan that has lapsed: that it came true says more than that nobody repeats it.
        states[Status.PROPOSED] = StandingState.SUPERSEDED

    if states.get(Status.DENIED) is StandingState.CURRENT:
        for status in (Status.EXISTING, Status.PROPOSED):
            if states.get(status) in LIVE_STATES:
                states[status] = states[Status.DENIED] = StandingState.CONTESTED
    return states


def _presence_and_its_end(heard: dict[Status, _Heard]) -> dict[Status, StandingState]:
    """`existing` and `former` of one pair: the newer supersedes the older, if as many voices say it."""
    existing, former = heard[Status.EXISTING], heard[Status.FORMER]
    both_contested = dict.fromkeys((Status.EXISTING, Status.FORMER), StandingState.CONTESTED)
    if existing.newest == former.newest:
        return both_contested
    if former.newest > existing.newest:
        newer, older, superseded = former, existing, Status.EXISTING
    else:
        newer, older, superseded = existing, former, Status.FORMER
    if len(newer.voices) < older.voices_of_its_last_year():
        return both_contested
    return {superseded: StandingState.SUPERSEDED}


def _headline(standings: tuple[Standing, ...]) -> Status | None:
    live = {standing.status for standing in standings if standing.state in LIVE_STATES}
    for status in HEADLINE_ORDER:
        if status in live:
            return status
    if not standings:
        return None
    newest = max(standing.newest for standing in standings)
    last = {standing.status for standing in standings if standing.newest == newest}
    return next(status for status in HEADLINE_ORDER if status in last)
