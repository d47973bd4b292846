"""The words that steer reading are data, and every category shows by example what it finds."""

import re

import pytest

from mapdata.reading import lexicon
from mapdata.reading.folding import fold_text
from mapdata.reading.matcher import Matcher

MARKED = re.compile("«([^»]*)»")


@pytest.mark.parametrize("lang", lexicon.LANGUAGES)
def test_every_language_has_every_category(lang: str) -> None:
    assert [category.name for category in lexicon.load(lang)] == list(lexicon.CATEGORIES)


@pytest.mark.parametrize("lang", lexicon.LANGUAGES)
def test_every_category_finds_its_examples(lang: str) -> None:
    for category in lexicon.load(lang):
        matcher = Matcher([p for p in lexicon.patterns(lang) if p.key == category.name])
        assert category.words, f"{lang}: {category.name} has no words"
        assert category.examples, f"{lang}: {category.name} has no example"
        for example in category.examples:
            assert MARKED.search(example), f"{lang}: {category.name}: mark with « and »: {example}"
            text = example.replace("«", "").replace("»", "")
            hits = [(hit.start, hit.end) for hit in matcher.find(fold_text(text), text)]
            for shift, match in enumerate(MARKED.finditer(example)):
                start, end = match.start() - 2 * shift, match.end() - 2 - 2 * shift
                # An Arabic article or particle may stand before the word and belongs to it.
                found = any(start <= a <= start + 3 and b == end for a, b in hits)
                assert found, f"{lang}: {category.name} misses {match.group()} in {example}"


@pytest.mark.parametrize("lang", lexicon.LANGUAGES)
def test_no_word_stands_twice_in_a_category(lang: str) -> None:
    for category in lexicon.load(lang):
        assert len(set(category.words)) == len(category.words), f"{lang}: {category.name}"
