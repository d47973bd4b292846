"""The filters as words, both ways: the same in the address, on the command line and in a snapshot.

A set is written with commas or by repeating its word: `actor=TR,RU` or `actor=TR&actor=RU`. A word with
nothing in it is as good as left out. What is written is canonical: one order, defaults left out, so that
two views are the same if and only if their words are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from rapidfuzz import fuzz, process

from mapdata.errors import FilterError
from mapdata.folding import fold
from mapdata.model import Filters, Gazetteer, Status

WORDS = ("from", "to", "as_of", "actor", "country", "status", "site", "min_origins", "reviewed", "recent")
NO_COUNTRY = "none"  # the word for the layer of actors without a state

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = re.compile(r"\w[\w.-]*")
_TRUTH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_MOST = 1_000_000  # of origins or days; more is a slip of the keyboard

T = TypeVar("T")


def parse(words: Mapping[str, str | Sequence[str]]) -> Filters:
    """Filters from words; a value is a string or several, each of them with or without commas.

    Raises FilterError that names everything that is wrong, quotes it and says what is allowed.
    """
    faults: list[str] = []
    for word in words:
        if word not in WORDS:
            near = process.extractOne(word, WORDS, scorer=fuzz.ratio, score_cutoff=60)
            hint = f"did you mean {near[0]!r}?" if near else f"allowed: {', '.join(WORDS)}"
            faults.append(f"unknown filter {word!r}: {hint}")

    def one(word: str, read: Callable[[str], T], default: T) -> T:
        values = list(dict.fromkeys(_values(words.get(word, ()))))
        if not values:
            return default
        if len(values) > 1:
            faults.append(f"{word}: takes one value, not {', '.join(map(repr, values))}")
            return default
        try:
            return read(values[0])
        except ValueError as error:
            faults.append(f"{word}: {error}")
            return default

    def several(word: str, read: Callable[[str], T]) -> frozenset[T]:
        found = set()
        for value in _values(words.get(word, ())):
            for part in filter(None, map(str.strip, value.split(","))):
                try:
                    found.add(read(part))
                except ValueError as error:
                    faults.append(f"{word}: {error}")
        return frozenset(found)

    filters = Filters(
        from_day=one("from", _day, None),
        to_day=one("to", _day, None),
        as_of=one("as_of", _day, None),
        actors=several("actor", _id),
        countries=several("country", _country),
        statuses=several("status", _status),
        sites=several("site", _id),
        min_origins=one("min_origins", _at_least(1), 1),
        reviewed=one("reviewed", _truth, False),
        recent=one("recent", _at_least(0), None),
    )
    if filters.from_day and filters.to_day and filters.from_day > filters.to_day:
        faults.append(f"from {filters.from_day} is after to {filters.to_day}: exchange them")
    if faults:
        raise FilterError("; ".join(faults))
    return filters


def to_words(filters: Filters) -> dict[str, str]:
    """The words of `filters` in the order of WORDS, defaults left out; `parse` gives the same filters back.

    Raises FilterError for filters that no words can say (an id with a comma, a reversed range).
    """
    words = {
        "from": filters.from_day.isoformat() if filters.from_day else "",
        "to": filters.to_day.isoformat() if filters.to_day else "",
        "as_of": filters.as_of.isoformat() if filters.as_of else "",
        "actor": ",".join(sorted(filters.actors)),
        "country": ",".join(sorted(filters.countries, key=lambda code: (code == NO_COUNTRY, code))),
        "status": ",".join(status.value for status in Status if status in filters.statuses),
        "site": ",".join(sorted(filters.sites)),
        "min_origins": str(filters.min_origins) if filters.min_origins != 1 else "",
        "reviewed": "1" if filters.reviewed else "",
        "recent": str(filters.recent) if filters.recent is not None else "",
    }
    words = {word: value for word, value in words.items() if value}
    if parse(words) != filters:
        raise FilterError(f"these filters cannot be written as words: {filters!r}")
    return words


def check_against(filters: Filters, gazetteer: Gazetteer) -> None:
    """Raises FilterError if a site, an actor or a country of the filters is not in the gazetteer."""
    faults = [
        *_unknown("actor", filters.actors, {key: actor.names for key, actor in gazetteer.actors.items()}),
        *_unknown("site", filters.sites, {key: site.names for key, site in gazetteer.sites.items()}),
    ]
    layers = {actor.country or NO_COUNTRY for actor in gazetteer.actors.values()}
    for code in sorted(filters.countries - layers):
        known = ", ".join(sorted(layers, key=lambda layer: (layer == NO_COUNTRY, layer)))
        faults.append(f"country: no actor of the gazetteer belongs to {code!r}: there are {known}")
    if faults:
        raise FilterError("; ".join(faults))


def _unknown(
    word: str, asked: Iterable[str], known: Mapping[str, Mapping[str, Sequence[str]]]
) -> Iterable[str]:
    missing = sorted(set(asked) - set(known))
    if not missing:
        return
    # A user who does not know the id writes a name: every name leads to the ids that have it.
    spellings = [(fold(key), key) for key in known]
    for key, names in known.items():
        spellings += [(fold(name), key) for language in names.values() for name in language]
    texts = [text for text, _ in spellings]
    for value in missing:
        near = process.extract(fold(value), texts, scorer=fuzz.ratio, score_cutoff=60, limit=6)
        ids = list(dict.fromkeys(spellings[index][1] for _, _, index in near))[:3]
        hint = (
            "did you mean " + " or ".join(map(repr, ids)) + "?"
            if ids
            else "it has to be an id of the gazetteer"
        )
        yield f"{word}: the gazetteer has no {value!r}: {hint}"


def _values(value: str | Sequence[str]) -> list[str]:
    values = [value] if isinstance(value, str) else list(value)
    return [text.strip() for text in values if text.strip()]


def _day(text: str) -> date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day: write it as 2025-02-04") from None


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(f"{text!r} is no id: an id has letters, digits, '-', '_' and '.'")
    return text


def _country(text: str) -> str:
    if text.casefold() == NO_COUNTRY:
        return NO_COUNTRY
    if re.fullmatch("[A-Za-z]{2}", text):
        return text.upper()
    raise ValueError(
        f"{text!r} is no country: two letters such as TR, or {NO_COUNTRY!r} for actors without one"
    )


def _status(text: str) -> Status:
    try:
        return Status(text.casefold())
    except ValueError:
        allowed = ", ".join(Status)
        raise ValueError(f"unknown status {text!r}: allowed: {allowed}") from None


def _truth(text: str) -> bool:
    if text.casefold() in _TRUTH:
        return _TRUTH[text.casefold()]
    raise ValueError(f"{text!r} is neither 1 nor 0 (nor true, false)")


def _at_least(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if re.fullmatch("[0-9]{1,9}", text) and least <= int(text) <= _MOST:
            return int(text)
        raise ValueError(f"{text!r} is no whole number from {least} to {_MOST}")

    return read
