"""Texts under which a careless regular expression, or a loop within a loop, takes a time that grows with the square."""

from __future__ import annotations

from collections.abc import Callable

UNITS: dict[str, str] = {
    "one letter": "a",
    "capitals": "A",
    "blanks": " ",
    "tabs": "\t",
    "line ends": "\n",
    "blank lines": " \n",
    "quotes": '"',
    "apostrophes": "'",
    "guillemets": "«",
    "brackets": "(",
    "square brackets": "[",
    "closed brackets": ")",
    "full stops": ".",
    "commas": ", ",
    "dashes": "-",
    "long dashes": " — ",
    "figures": "1",
    "days": "12 February 2025 ",
    "months": "February ",
    "slashes": "2025/",
    "abbreviations": "Mr. U.S. ",
    "initials": "J. ",
    "a name": "T4 ",
    "names apart": "Palmyra airport, ",
    "actors": "Turkish troops ",
    "claims": "Turkish troops are at the T4 air base. ",
    "claims without a stop": "Turkish troops are at the T4 air base and ",
    "claims without a break": "Turkish troops at T4, Palmyra and Hmeimim ",
    "sayings": "he said that ",
    "open sayings": '"he said, ',
    "credits": "according to Reuters, ",
    "parentheses": "(Reuters) - ",
    "negations": "not never no ",
    "Arabic": "القوات التركية في مطار التيفور ",
    "Arabic articles": "ال",
    "Arabic marks": "َ",
    "Arabic and": "و",
    "Cyrillic": "российские военные на авиабазе Хмеймим ",
    "Turkish suffixes": "T4'teki'ndeki",
    "French": "les troupes turques de l'aéroport de ",
    "accents": "e\u0301",
    "half pairs of direction": "\u202e",
    "joiners": "\u200d",
    "tags": "<p>",
    "closed tags": "</p>",
    "unclosed tags": "<a href=",
    "unclosed comments": "<!-- ",
    "entities": "&amp;",
    "open entities": "&",
    "front matter": "---\n",
    "keys": "title: x\n",
    "headings": "# ",
    "links": "[a](",
    "pictures": "![a](http://x ",
    "addresses": "http://a.b/",
    "host names": "a.",
    "mails": "a@",
}


def text(unit: str, length: int) -> str:
    return (UNITS[unit] * (length // len(UNITS[unit]) + 1))[:length]


def growth(work: Callable[[str], object], unit: str, length: int, clock: Callable[[], float]) -> tuple[float, float]:
    """Seconds for a text, and for one four times as long."""
    took = []
    for times in (1, 4):
        given = text(unit, length * times)
        began = clock()
        work(given)
        took.append(clock() - began)
    return took[0], took[1]
