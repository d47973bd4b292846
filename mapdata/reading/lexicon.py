"""The words that steer reading, as data: rules/lexicon.<language>.yaml.

A file maps each category (a kind of rule) to its words and to examples that the tests run. A word is matched
as it stands, folded; a trailing * lets any letters of the same word follow, and (a|b|) stands for its
choices, the empty one among them, so that the forms of a phrase need not be spelled out one by one. A
leading = asks for the word's accents, where it is another word without them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from mapdata.reading.folding import fold
from mapdata.reading.matcher import Pattern

LANGUAGES = ("en", "ar", "tr", "ru", "fr")

# Every file has these and no others; tests/test_lexicon.py holds them to it.
CATEGORIES = (
    "base", "base_air", "base_naval", "base_army", "force", "asset", "presence",
    "exist", "host", "fate", "plan", "build", "built", "deny", "neg", "no_comment", "former", "withdraw", "partial",
    "strike", "visit", "support", "oppose",
    "person", "speech", "near", "loc", "its", "there", "the_base", "which", "backed", "contrast",
    "settlement", "future", "past", "now", "final", "rumour", "stays",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Category:
    name: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


@cache
def load(lang: str) -> tuple[Category, ...]:
    """The categories of a language, in the order of its file."""
    raw = files("mapdata.reading").joinpath(f"rules/lexicon.{lang}.yaml").read_text(encoding="utf-8")
    return tuple(
        Category(name, tuple(str(word) for word in entry["words"]), tuple(entry["examples"]))
        for name, entry in yaml.safe_load(raw).items()
    )


_CHOICE = re.compile(r"\(([^()]*)\)")


def spelled(word: str) -> list[str]:
    """A word of a file with each of its choices: "post(e|es)" is "poste" and "postes"."""
    match = _CHOICE.search(word)
    if match is None:
        return [word]
    return [
        form
        for choice in match[1].split("|")
        for form in spelled(word[: match.start()] + choice + word[match.end() :])
    ]


def patterns(lang: str) -> list[Pattern]:
    """The words of a language as patterns of kind "cue"."""
    found = []
    for category in load(lang):
        for word in (form for entry in category.words for form in spelled(entry)):
            open_end = word.endswith("*")
            exact = word.removeprefix("=").lower() if word.startswith("=") else ""
            form = fold(word.removeprefix("=").removesuffix("*"))
            found.append(Pattern(form, "cue", category.name, lang, open_end=open_end, exact=exact))
            if "'" in form:
                found.append(Pattern(form.replace("'", ""), "cue", category.name, lang, open_end=open_end))
    return found
