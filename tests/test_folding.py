"""Folding keeps every place: what is matched in the folded text can be cut from the stored one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapdata.reading.folding import fold, fold_in_place, fold_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("İncirlik Üssü", "incirlik ussu"),
        ("Hmeimim‑base", "hmeimim base"),
        ("T‑4", "t 4"),
        ("Ra’s al-ʿAyn", "ra's al 'ayn"),
        ("أإآٱ ى ة", "اااا ي ه"),
        ("الْقَاعِدَة", "القاعده"),
        ("Ёлка Й", "елка й"),
        ("٤ شباط ٢٠٢٥", "4 شباط 2025"),
    ],
)
def test_spellings_that_are_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_dropped_signs_leave_a_way_back() -> None:
    text = "في الْقَاعِدَة الرّوسيّة"
    folded = fold_text(text)
    at = folded.text.index("القاعده")
    start, end = folded.span(at, at + len("القاعده"))
    assert text[start:end] == "الْقَاعِدَة"


@given(st.text())
def test_every_place_is_a_place_of_the_text(text: str) -> None:
    folded = fold_text(text)
    assert len(fold_in_place(text)) == len(text)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
