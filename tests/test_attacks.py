"""Time grows with the length of a text and not with its square, whatever the text is made of."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import date

import attacks
import pytest

from mapdata.articles import from_text
from mapdata.articles.dates import parse_day
from mapdata.articles.feed import plain
from mapdata.articles.page import from_page
from mapdata.errors import InputRefused
from mapdata.gazetteer import load
from mapdata.origins import signature
from mapdata.outlets import load_outlets
from mapdata.reading import Reader
from mapdata.reading.sentences import LONGEST, split

TODAY = date(2026, 1, 1)
# Four times the length: four times as long, or sixteen where it is the square. What is done in no time says nothing.
FACTOR, NO_TIME = 8, 0.6


def read_page(text: str) -> None:
    page = f"<html><body><p>Troops are there. {text}</p></body></html>"
    from_page(page.encode(), "a", TODAY, path="a.html")


def refusing(work: Callable[[str], object]) -> Callable[[str], None]:
    def tried(text: str) -> None:
        with contextlib.suppress(InputRefused):
            work(text)

    return tried


WORKS = {
    "document": (refusing(lambda text: from_text(text, "a.md", today=TODAY)), 100_000),
    "page": (refusing(read_page), 8_000),
    "markup of feeds": (plain, 100_000),
    "day": (parse_day, 100_000),
    "signature": (signature, 20_000),
}


def holds(work: Callable[[str], object], unit: str, length: int) -> None:
    for _ in range(3):  # a busy machine is no attack
        short, long = attacks.growth(work, unit, length, time.process_time)
        if long < NO_TIME or long < FACTOR * short:
            return
    pytest.fail(f"{unit}: {length} signs take {short:.2f} s, four times as many {long:.2f} s")


@pytest.mark.parametrize("work", WORKS)
def test_taking_a_text_in_grows_with_its_length(work: str) -> None:
    do, length = WORKS[work]
    for unit in attacks.UNITS:
        holds(do, unit, length)


@pytest.fixture(scope="module")
def read() -> Callable[[str], object]:
    reader = Reader(load(), load_outlets())

    def reading(text: str) -> object:
        return reader.read(from_text(f"Troops. {text}", "a.md", today=TODAY))

    reading("warm")
    return reading


@pytest.mark.parametrize("unit", attacks.UNITS)
def test_reading_a_text_grows_with_its_length(read: Callable[[str], object], unit: str) -> None:
    holds(read, unit, 6_000)


def test_a_sentence_without_an_end_is_read_in_parts_that_end_where_words_do() -> None:
    text = "The troops at the base. " + "and the troops at the base " * 200 + "x" * 4000
    found = split(text)
    assert max(one.end - one.start for one in found) <= LONGEST
    assert "".join(text[one.start : one.end] for one in found).replace(" ", "") == text.replace(" ", "")
    assert all(text[one.end - 1] != " " and text[one.start] != " " for one in found)
    short = "One sentence. " * 3
    assert [short[one.start : one.end] for one in split(short)] == ["One sentence."] * 3
