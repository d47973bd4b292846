"""One key for the spellings of an outlet that no list has: "Meridian News Agency", «Меридиан», وكالة ميريديان.

The consonants of a name are what survives transliteration. Listed outlets need none of this: they are found
by their names (mapdata.outlets).
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

import yaml

from mapdata.folding import fold

# Letters of other scripts as the Latin consonants that transliterations use; vowels and half-vowels are left out.
_LETTERS = str.maketrans(
    dict(
        zip(
            "бвгджзклмнпрстфхцчшщ",
            [
                "b",
                "v",
                "g",
                "d",
                "j",
                "z",
                "k",
                "l",
                "m",
                "n",
                "p",
                "r",
                "s",
                "t",
                "f",
                "h",
                "s",
                "k",
                "s",
                "s",
            ],
            strict=True,
        ),
        **dict(
            zip(
                "بتثجحخدذرزسشصضطظغفقكلمن",
                [
                    "b",
                    "t",
                    "t",
                    "g",
                    "h",
                    "h",
                    "d",
                    "d",
                    "r",
                    "z",
                    "s",
                    "s",
                    "s",
                    "d",
                    "t",
                    "z",
                    "g",
                    "f",
                    "k",
                    "k",
                    "l",
                    "m",
                    "n",
                ],
                strict=True,
            )
        ),
        **dict.fromkeys("аеёийоуыэюяьъاأإآىئيؤوعةهء", ""),
    )
)
# What transliterations write in two ways.
_PAIRS = (("ph", "f"), ("kh", "h"), ("gh", "g"), ("ch", "k"), ("sh", "s"), ("th", "t"), ("ck", "k"))
_SINGLES = str.maketrans("cqvpzj", "kkfbsg")
_SILENT = frozenset("aeiouywh")
# Endings of cases come after these.
_KEPT = 4
_LEAST = 2


@cache
def _media_words() -> frozenset[str]:
    data = yaml.safe_load(files("mapdata").joinpath("data/media_words.yaml").read_text(encoding="utf-8"))
    return frozenset(fold(word) for words in data.values() for word in words)


@lru_cache(maxsize=20_000)
def outlet_key(name: str) -> str:
    """A key that two spellings of one outlet's name share; the folded name where too few consonants are left.

    >>> outlet_key("Meridian News Agency") == outlet_key("«Меридиан»") == outlet_key("وكالة ميريديان")
    True
    """
    folded = fold(name)
    words = []
    for word in folded.split():
        if word in _media_words():
            continue
        if len(word) > 4 and word.startswith("ال"):
            word = word[2:]
        consonants = _consonants(word)
        if consonants:
            words.append(consonants)
    key = " ".join(words)
    return key if len(key.replace(" ", "")) >= _LEAST else folded.removeprefix("the ")


def _consonants(word: str) -> str:
    word = word.translate(_LETTERS)
    for pair, single in _PAIRS:
        word = word.replace(pair, single)
    kept: list[str] = []
    for sign in word.translate(_SINGLES):
        if sign not in _SILENT and (not kept or kept[-1] != sign):
            kept.append(sign)
    return "".join(kept[:_KEPT])
