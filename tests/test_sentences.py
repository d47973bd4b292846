"""Sentences end where a reader would end them."""

import pytest

from mapdata.reading.sentences import split


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The U.S. keeps troops there. They stay.", 2),
        ("Troops of the U.S. They stay.", 2),
        ("Gen. Smith said no. It was late.", 2),
        ("It stands 2.5 km away. Nobody came.", 2),
        ('"We stay." That is what he said.', 2),
        ("Will they stay? Nobody knows! It is so…", 3),
        ("في القاعدة جنود. هل يبقون؟ لا أحد يعرف.", 3),
        ("База находится в г. Тартус. Она работает.", 2),
        ("Üs 2015'te kuruldu. Askerler orada.", 2),
        ("La base de M. Dupont reste. Elle ferme.", 2),
        ("One line\nAnother line", 2),
    ],
)
def test_where_sentences_end(text: str, number: int) -> None:
    assert len(pieces(text)) == number, pieces(text)


def test_headings_stand_alone_and_have_no_full_stop() -> None:
    text = "Bases in the desert\n\nThe talks go on. Nothing is signed."
    assert [s.heading for s in split(text)] == [True, False, False]


def test_lines_broken_at_a_width_are_one_sentence() -> None:
    text = (
        "The ministry said that its soldiers would remain at the airfield until\n"
        "the end of the year, and that nothing had been signed with anybody at\n"
        "all so far."
    )
    assert len(pieces(text)) == 1


def test_spans_are_those_of_the_text() -> None:
    text = "  A base.  Another one. \n\n  A third "
    for s in split(text):
        assert text[s.start : s.end] == text[s.start : s.end].strip() != ""
