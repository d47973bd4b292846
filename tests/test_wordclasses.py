"""Word classes: the files hold what the trained decision relies on, and words find their classes."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest
import yaml

from mapdata.reading.folding import fold
from mapdata.reading.lexicon import LANGUAGES
from mapdata.reading.wordclasses import WordClasses, classes

_RULES = files("mapdata.reading").joinpath("rules")
_ENTRY = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*\*?")
_PRESENT = [lang for lang in LANGUAGES if _RULES.joinpath(f"classes.{lang}.yaml").is_file()]


def _text(lang: str) -> str:
    return _RULES.joinpath(f"classes.{lang}.yaml").read_text(encoding="utf-8")


def _entries(lang: str) -> dict[str, list[str]]:
    return yaml.load(_text(lang), Loader=yaml.BaseLoader)


# One word or more for the classes that decide, with a plain form and a bent one.
_EXAMPLES = {
    "en": {
        "depart": ["left", "gone", "departure", "pullout", "decamped", "withdrawing"],
        "cancel": ["scotched", "rescinded", "shelved"],
        "expel": ["evicted", "ouster"],
        "plan": ["plans", "pencilled", "earmarked"],
        "negative": ["no", "never", "wasn't"],
        "base_sea": ["harbour", "harbor", "quays"],
        "lease": ["leasehold", "tenancy"],
        "build": ["built", "dredging", "paved"],
        "stay": ["remains", "lingering"],
        "close": ["mothballed", "dismantling"],
        "future": ["will", "tomorrow"],
    },
    "fr": {
        "depart": ["départ", "quitté", "retrait", "partis"],
        "negative": ["pas", "jamais", "aucune"],
        "build": ["construit", "bâtir", "draguer"],
        "base_sea": ["port", "quai", "rade"],
        "official": ["ministre", "l'ambassadeur"],
        "lease": ["bail", "location"],
        "deny": ["dément", "démenti"],
        "future": ["prochain", "demain"],
        "military": ["soldats", "régiment"],
    },
}


@pytest.mark.parametrize("lang", _PRESENT)
def test_every_file_has_the_same_classes_in_the_same_order(lang):
    assert list(_entries(lang)) == list(_entries(_PRESENT[0]))
    # YAML keeps the last of two keys and says nothing.
    keys = re.findall(r'^"?([a-z_]+)"?:', _text(lang), re.MULTILINE)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("lang", _PRESENT)
def test_entries_are_single_words_and_no_class_is_empty(lang):
    for name, words in _entries(lang).items():
        assert words, name
        for word in words:
            assert _ENTRY.fullmatch(word) and word == word.lower(), f"{name}: {word!r}"
            assert " " not in fold(word), f"{name}: {word!r} folds to two words"


@pytest.mark.parametrize("lang", _PRESENT)
def test_no_word_stands_twice_in_a_class_or_in_more_than_two(lang):
    counts: Counter[str] = Counter()
    for name, words in _entries(lang).items():
        assert [word for word, n in Counter(words).items() if n > 1] == [], name
        counts.update({fold(word) for word in words})
    assert [word for word, n in counts.items() if n > 2] == []


@pytest.mark.parametrize("lang", _PRESENT)
def test_every_entry_finds_its_class(lang):
    found = classes(lang)
    for name, words in _entries(lang).items():
        for word in words:
            assert name in found.of(fold(word.removesuffix("*"))) or word.endswith("*"), f"{name}: {word}"


@pytest.mark.parametrize(
    ("lang", "name", "word"),
    [
        (lang, name, word)
        for lang, named in _EXAMPLES.items()
        if lang in _PRESENT
        for name, words in named.items()
        for word in words
    ],
)
def test_examples_are_found(lang, name, word):
    assert name in classes(lang).of(fold(word))


def test_whole_words_go_before_stems_and_long_stems_before_short():
    found = WordClasses({"a": ["with*"], "b": ["withdr*"], "c": ["without"], "d": ["Withdr*"]})
    assert found.of("within") == ("a",)
    assert found.of("withdrew") == ("b", "d")
    assert found.of("without") == ("c",)
    assert found.of("wit") == ()


def test_an_apostrophe_parts_a_word_that_is_not_listed_whole():
    found = WordClasses({"negative": ["n", "don't"], "present": ["est"], "base": ["base"]})
    assert found.of("n'est") == ("negative", "present")
    assert found.of("base's") == ("base",)
    assert found.of("don't") == ("negative",)


def test_entries_are_folded():
    assert WordClasses({"a": ["Évacué"]}).of("evacue") == ("a",)


def test_a_language_without_a_file_has_no_classes():
    assert classes("xx").names == ()
    assert classes("xx").of("base") == ()


def test_classes_are_loaded_once():
    assert classes("en") is classes("en")


def test_arabic_words_are_found_with_what_is_written_onto_them() -> None:
    known = classes("ar")
    for word in ("الانسحاب", "للقاعدة", "والقوات"):
        assert known.of(fold(word)), word
