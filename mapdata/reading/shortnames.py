"""What a report may call a site for short, where the gazetteer gives its full name alone.

A short form is weaker than a name: it counts only where nothing else in the gazetteer has it, with a capital,
and where the sentence has a place (at Humphreys, on Quorrin). All words here are folded (see folding).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapdata.model import Site, SiteKind
from mapdata.reading.folding import fold
from mapdata.reading.geography import BASES

# What stands before or after the name of a piece of ground: "Quorrin Atoll" is Quorrin, "Camp Orrowan" Orrowan.
_GROUND = re.compile(
    r"(?:camp|fort|cape|mount|ile|cap|camp militaire|остров|мыс|лагерь|форт|гора) (.+)|"
    r"(.+) (?:island|islands|isle|atoll|reef|reefs|shoal|cay|ridge|ford|camp|adasi|kampi|kislasi)"
)
# What a base alone is called: with these the rest of the name is its own, where nothing else is.
_BASE = re.compile(
    r"(.+?) (?:air ?base|military base|army base|base|garrison|barracks|compound|military compound|complex|"
    r"military complex|camp|hava ussu|askeri ussu|ussu)|"
    r"(?:base|base aerienne|base militaire|авиабаза|база|гарнизон|военная база) (?:de |d'|du )?(.+)"
)
# A field that civil aircraft or ships use goes by its town, and the town is not the field.
_CIVIL = re.compile(
    r"(?<!\w)(?:air ?port|aeroport|havalimani|havaalani|аэропорт|international|الدولي|مطار|"
    r"port|harbou?r|liman\w*|порт|ميناء|city|town|province|ville)(?!\w)"
)
_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|at|az|an|ash|ez|es|et|эль|аль|эт|эс) ")
# Words that are no name by themselves.
_COMMON = re.compile(
    r"(?:the |la |le )?(?:north\w*|south\w*|east\w*|west\w*|central|new|old|main|upper|lower|great|big|little|"
    r"first|second|"
    r"green|black|white|red|blue|air|naval|military|joint|training|forward|base|camp|"
    r"nord|sud|est|ouest|kuzey|guney|dogu|bati|yeni|северн\w+|южн\w+|восточн\w+|западн\w+|нов\w+|стар\w+)"
)
_FEWEST_SIGNS = 4
_MOST_WORDS = 2


def _spellings(site: Site) -> Iterator[tuple[str, str]]:
    for lang, names in site.names.items():
        for name in names:
            yield lang, fold(name)
    yield "en", fold(site.name)


def of_site(site: Site) -> Iterator[tuple[str, str]]:
    """(language, folded short form) of a base or outpost; whether another site has it is for the caller.

    A curator who lists weak names says himself what counts only beside a word for a base.
    """
    if site.kind not in BASES or site.weak_names:
        return
    spellings = list(_spellings(site))
    civil = any(_CIVIL.search(name) for _, name in spellings) or site.kind is SiteKind.NAVAL_BASE
    based = not civil and all(_BASE.fullmatch(name) for _, name in spellings)
    for lang, name in spellings:
        found = _GROUND.fullmatch(name) or (_BASE.fullmatch(name) if based else None)
        if found is None:
            continue
        short = next(part for part in found.groups() if part)
        words = bare(short).split()
        if len(words) <= _MOST_WORDS and len(words[0]) >= _FEWEST_SIGNS and not _COMMON.fullmatch(words[0]):
            yield lang, short


def bare(form: str) -> str:
    """A short form without its article."""
    return _ARTICLE.sub("", form)
