"""Whether words for a speaker name the country of a site, or its people, in the article's language."""

from __future__ import annotations

from functools import cache

from babel import Locale

from mapdata.reading.folding import fold

# Of a country's name so many letters at least stay in what is derived from it ("Mozambican").
_STEM = 4


@cache
def _stem(country: str, lang: str) -> str | None:
    name = Locale(lang).territories.get(country)
    if not name:
        return None
    word = max(fold(name).split(), key=len).removeprefix("ال")
    return word[: max(_STEM, len(word) - 3)]


def names_country(text: str, country: str | None, lang: str) -> bool:
    """country: ISO 3166-1 alpha-2. Names that are no country's in Unicode's list are in no text."""
    stem = _stem(country, lang) if country else None
    if not stem:
        return False
    return any(word.removeprefix("ال").startswith(stem) for word in fold(text).split())
