"""The words that steer reading, as data: rules/lexicon.<language>.yaml.

A file maps each category (a kind of rule) to its words and to examples that the tests run. A word is matched
as it stands, folded; a trailing * lets any letters of the same word follow.
"""

from __future__ import annotations

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


def patterns(lang: str) -> list[Pattern]:
    """The words of a language as patterns of kind "cue"."""
    found = []
    for category in load(lang):
        for word in category.words:
            open_end = word.endswith("*")
            form = fold(word.removesuffix("*"))
            found.append(Pattern(form, "cue", category.name, lang, open_end=open_end))
            if "'" in form:
                found.append(Pattern(form.replace("'", ""), "cue", category.name, lang, open_end=open_end))
    return found
