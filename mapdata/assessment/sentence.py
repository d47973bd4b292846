"""The sentence that says why a symbol is as it is: small functions over the words of phrases.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date

from mapdata.assessment.phrases import ENGLISH
from mapdata.model import SpeakerKind, Standing, StandingState, Status

Words = Mapping[str, Any]

RECENT_DAYS = 365
MONTH_DAYS = 365.2425 / 12
LIVE = (StandingState.CURRENT, StandingState.CONTESTED)


def sentence(
    actor: str,
    standings: tuple[Standing, ...],
    headline: Status | None,
    undated: int = 0,
    words: Words = ENGLISH,
) -> str:
    """Why the standings are as they are, in a few short sentences. `actor` is the name to be shown."""
    parts = []
    top = next((standing for standing in standings if standing.status is headline), None)
    if top is None:
        parts.append(words["label of nothing dated"].format(actor=actor))
    else:
        others = [standing for standing in standings if standing is not top]
        clauses = [_headline_clause(top, words)] + [_clause_beside(other, words) for other in others]
        parts += [
            _label(actor, top, words),
            words["between clauses"].join(clauses),
            _ages(top, standings, words),
        ]
    if undated:
        form = _plural(words["undated"], undated, words)
        parts.append(capital(form.format(number=number(undated, words))))
    return " ".join(part + words["sentence end"] for part in parts)


def _label(actor: str, top: Standing, words: Words) -> str:
    status = words["status"][top.status.value]
    if top.state is StandingState.CURRENT:
        return words["label"].format(actor=actor, status=status)
    return words["label with state"].format(actor=actor, status=status, state=words["state"][top.state.value])


def _headline_clause(top: Standing, words: Words) -> str:
    return capital(_filled(words["headline"][top.status.value], top, words)) + _speakers(top, words)


def _clause_beside(other: Standing, words: Words) -> str:
    clause = _filled(words["beside"][other.status.value, other.state.value], other, words)
    # Of what is no longer weighed, it is enough to say that it was there.
    return clause + (_speakers(other, words) if other.state in LIVE else "")


def _filled(forms: Mapping[str, str], standing: Standing, words: Words) -> str:
    count = len(standing.origins)
    return _plural(forms, count, words).format(
        number=number(count, words),
        first=day_in_words(standing.first, words),
        newest=day_in_words(standing.newest, words),
    )


def _speakers(standing: Standing, words: Words) -> str:
    """Who says it, in brackets; nothing where only outlets say it, on their own account."""
    speakers = standing.speakers
    if all(kind is SpeakerKind.MEDIUM for kind, _ in speakers):
        return ""
    if len(speakers) == 1:
        ((kind, count),) = speakers
        listed = _plural(words["alone"][kind.value], count, words)
    else:
        names = [
            (count, _plural(words["among others"][kind.value], count, words)) for kind, count in speakers
        ]
        forms = [words["first of several"]] + [words["next of several"]] * (len(names) - 1)
        listed = words["between speakers"].join(
            form.format(number=number(count, words), who=who)
            for form, (count, who) in zip(forms, names, strict=True)
        )
    return words["speakers"].format(speakers=listed)


def _ages(top: Standing, standings: tuple[Standing, ...], words: Words) -> str:
    live = [standing.age_days for standing in standings if standing.state in LIVE]
    newest = min(live, default=top.age_days)
    if top.age_days <= RECENT_DAYS:
        key = "age"
    elif newest <= RECENT_DAYS:
        key = "age, only headline old"
    else:
        key = "age, headline old"
    return words[key].format(
        age=age_in_words(newest, words),
        headline_age=age_in_words(top.age_days, words),
        what=words["what"][top.status.value],
    )


def age_in_words(days: int, words: Words = ENGLISH) -> str:
    """An age with its unit: days up to a year, then whole months, from two years on whole years."""
    if days < 1:
        return words["today"]
    if days <= RECENT_DAYS:
        unit, count = "days", days
    elif days < 2 * 365:
        unit, count = "months", int(days / MONTH_DAYS)
    else:
        unit, count = "years", int((days + 0.5) / 365.2425)
    return _plural(words[unit], count, words).format(count=count)


def day_in_words(day: date, words: Words = ENGLISH) -> str:
    """ "4 February 2025", whatever the locale of the machine."""
    return format_date(day, words["day"], locale=words["locale"])


def number(count: int, words: Words = ENGLISH) -> str:
    """In words up to twelve, in digits from there."""
    return words["numbers"][count] if count < len(words["numbers"]) else str(count)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plural(forms: Mapping[str, str], count: int, words: Words) -> str:
    return forms.get(_category(words["locale"], count), forms["other"])


@lru_cache(maxsize=4096)
def _category(locale: str, count: int) -> str:
    return Locale.parse(locale).plural_form(count)
