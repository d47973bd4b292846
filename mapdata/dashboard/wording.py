"""How the page says things: days, counts, kinds, countries. Plain and careful, one word for one thing."""

from __future__ import annotations

import functools
import re
import string
import unicodedata
from datetime import date

from babel.dates import format_date

from mapdata.assessment.sentence import day_in_words
from mapdata.drawing.legend import country_name
from mapdata.filters import NO_COUNTRY
from mapdata.model import Gazetteer, Site, SiteKind, SpeakerKind, Status

STATUS_HELP = {
    Status.EXISTING: "reported to be there",
    Status.PROPOSED: "said to be planned, offered or asked for",
    Status.DENIED: "said not to be there, or not to be coming",
    Status.FORMER: "said to have left",
}

SPEAKERS = {
    SpeakerKind.ACTOR: "the actor of itself",
    SpeakerKind.HOST: "the host country",
    SpeakerKind.OTHER_STATE: "another state",
    SpeakerKind.UNNAMED_OFFICIAL: "unnamed officials",
    SpeakerKind.ANALYST: "an analyst",
    SpeakerKind.MEDIUM: "the outlet's own report",
}


def day(when: date | None) -> str:
    """ "4 February 2025"; "undated" for no day."""
    return day_in_words(when) if when else "undated"


def short_day(when: date) -> str:
    """ "4 Feb 2025", where room is scarce."""
    return f"{when.day} {month(when)}"


@functools.lru_cache(maxsize=4096)
def month(when: date) -> str:
    """ "Feb 2025"."""
    return format_date(when, "MMM y", locale="en")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 origin", "2 origins", "1 204 claims" with a thin space."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}".replace(",", "\u202f")


def kind(site: Site) -> str:
    return site.kind.value.replace("_", " ")


def position(site: Site) -> str:
    """ "34.52° N, 37.63° E"; nothing for a site that is an area or a country."""
    if site.lat is None or site.lon is None or site.kind is SiteKind.COUNTRY:
        return ""
    north, east = "N" if site.lat >= 0 else "S", "E" if site.lon >= 0 else "W"
    return f"{abs(site.lat):.2f}° {north}, {abs(site.lon):.2f}° {east}"


def listed(names: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def country(code: str | None, gazetteer: Gazetteer) -> str:
    """The name of a layer's country, as the legend of a snapshot has it."""
    return "No state" if code in (None, NO_COUNTRY) else country_name(code, gazetteer)


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def plain(text: str) -> str:
    """Text for a Streamlit label, which is Markdown: every sign stands for itself.

    A backslash holds for all ASCII punctuation, except that a name between colons is looked up as an emoji
    or an icon after that: a word joiner, which is not seen, parts them.
    """
    escaped = "".join(f"\\{sign}" if sign in string.punctuation else sign for sign in text)
    return re.sub(r":(?=\S)", ":\u2060", escaped).replace("\n", " ")
