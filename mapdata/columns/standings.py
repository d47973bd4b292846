"""The standings of all groups as of a day: the rule of `assessment`, for all at once.

`assessment.assess` says what the rule is; a test holds this to the same answers on made-up evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from mapdata.assessment.rule import YEAR_DAYS
from mapdata.columns.frame import STATUSES, Columns, Numbers
from mapdata.model import Filters, StandingState, Status

STATES = tuple(StandingState)
NONE = -1
"""The state of a group of which nothing dated is known."""
_CURRENT, _CONTESTED, _SUPERSEDED, _LAPSED = (STATES.index(StandingState(word)) for word in STATES)
_EXISTING, _PROPOSED, _DENIED, _FORMER = (STATUSES.index(Status(word)) for word in STATUSES)


@dataclass(frozen=True, slots=True)
class Standings:
    """window: rows that could be read in the days of the filters, undated ones included.

    By group, in the order of `Columns.group`: state (a place in STATES, or NONE), newest and first (ordinals, 0 with
    nothing dated), voices, articles (both of what is dated), claims (rows of the window), undated, illustrative
    (rows of the window that are).
    """

    as_of: date
    window: Numbers
    state: Numbers
    newest: Numbers
    first: Numbers
    voices: Numbers
    articles: Numbers
    claims: Numbers
    undated: Numbers
    illustrative: Numbers


def standings(columns: Columns, filters: Filters, as_of: date) -> Standings:
    """What the days of the filters leave, weighed as of a day. Other filters choose among it and do not count here,
    but for `reviewed`, which leaves what a person accepted, corrected or added."""
    day, weighed = columns.day, columns.weighed
    last = min(as_of, filters.to_day or as_of).toordinal()
    first_day = filters.from_day.toordinal() if filters.from_day else 1
    undated = day == 0
    dated = (day >= first_day) & (day <= last)
    if filters.reviewed:
        undated, dated = undated & columns.reviewed, dated & columns.reviewed
    window = dated | undated
    known = dated & (weighed <= as_of.toordinal())
    rows, segments = columns.row_at, columns.group_at
    if not len(rows):
        none = np.zeros(0, np.int32)
        return Standings(as_of, window, none, none, none, none, none, none, none, none)
    counted = np.where(known, weighed, 0)
    newest_of_voice = np.maximum.reduceat(counted, columns.voice_at)
    newest = np.maximum.reduceat(newest_of_voice, segments)
    speaks = newest_of_voice > 0
    sizes = np.diff(np.append(segments, len(newest_of_voice)))
    of_last_year = speaks & (newest_of_voice > np.repeat(newest - YEAR_DAYS, sizes))
    voices = _sums(speaks, segments)
    heard = _sums(known, rows)
    never = np.iinfo(np.int32).max
    first = np.minimum.reduceat(np.where(known, weighed, never), rows)
    return Standings(
        as_of=as_of,
        window=window,
        state=_states(columns, as_of, newest, voices, _sums(of_last_year, segments)),
        newest=newest,
        first=np.where(heard > 0, first, 0),
        voices=voices,
        articles=heard,
        claims=_sums(window, rows),
        undated=_sums(undated, rows),
        illustrative=_sums(window & columns.illustrative, rows) if columns.illustrative.any() else np.zeros_like(heard),
    )


def _sums(flags: Numbers, at: Numbers) -> Numbers:
    return np.add.reduceat(flags, at, dtype=np.int32)


def _states(columns: Columns, as_of: date, newest: Numbers, voices: Numbers, last_year: Numbers) -> Numbers:
    """The rule's steps in its order, over a table of pairs by status."""
    pairs, pair_of = np.unique(columns.group // len(STATUSES), return_inverse=True)
    status_of = columns.group % len(STATUSES)

    def table(values: Numbers) -> Numbers:
        spread = np.zeros((len(pairs), len(STATUSES)), np.int64)
        spread[pair_of, status_of] = values
        return spread

    new, count, recent = table(newest), table(voices), table(last_year)
    there = new > 0
    state = np.where(there, _CURRENT, NONE)

    for status in (_PROPOSED, _DENIED):
        lapsed = there[:, status] & (as_of.toordinal() - new[:, status] > YEAR_DAYS)
        state[lapsed, status] = _LAPSED

    both = there[:, _EXISTING] & there[:, _FORMER]
    existing_newer = new[:, _EXISTING] > new[:, _FORMER]
    former_newer = new[:, _EXISTING] < new[:, _FORMER]
    ends = both & former_newer & (count[:, _FORMER] >= recent[:, _EXISTING])
    returns = both & existing_newer & (count[:, _EXISTING] >= recent[:, _FORMER])
    state[ends, _EXISTING] = _SUPERSEDED
    state[returns, _FORMER] = _SUPERSEDED
    open_still = both & ~ends & ~returns
    state[open_still, _EXISTING] = state[open_still, _FORMER] = _CONTESTED

    came_true = there[:, _EXISTING] & there[:, _PROPOSED] & (new[:, _EXISTING] >= new[:, _PROPOSED])
    state[came_true, _PROPOSED] = _SUPERSEDED

    denied = state[:, _DENIED] == _CURRENT
    for status in (_EXISTING, _PROPOSED):
        disputed = denied & ((state[:, status] == _CURRENT) | (state[:, status] == _CONTESTED))
        state[disputed, status] = _CONTESTED
        state[disputed, _DENIED] = _CONTESTED
    return state[pair_of, status_of]
