"""Two letters for the language of a text."""

import pytest

from mapdata.articles import from_text
from mapdata.articles.language import language_of, normalised


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The garrison left the base near the coast on Tuesday.", "en"),
        ("Talks in Ankara", "en"),
        ("Hakan Fidan and Yaşar Güler met the minister in Şanlıurfa, the agency said on Tuesday.", "en"),
        ("La garnison a quitté la base près de la côte, selon le ministère.", "fr"),
        ("Askerler kıyıdaki üsten çekildi.", "tr"),
        ("Hava savunma sistemleri ve radar için anlaşma imzalanacak", "tr"),
        ("Военные покинули базу на побережье.", "ru"),
        ("Військові залишили базу на узбережжі, повідомило її командування.", "uk"),
        ("غادرت القوات القاعدة (Example Post) قرب الساحل.", "ar"),
        ("نیروها پایگاه نزدیک ساحل را ترک کردند و گفتند", "fa"),
        ("12:30 – 14", None),
        ("", None),
    ],
)
def test_the_language_of_a_text(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("said", "language"),
    [("en-US", "en"), ("ar_SY", "ar"), ("TR", "tr"), ("English", "en"), ("tur", "tr"), ("Русский", "ru")],
)
def test_what_metadata_say_becomes_two_letters(said: str, language: str) -> None:
    assert normalised(said) == language


def test_metadata_go_before_the_guess_unless_they_name_no_language() -> None:
    assert from_text("---\nlang: tr\n---\nThe garrison left the base.").lang == "tr"
    assert from_text("---\nlang: multiple\n---\nThe garrison left the base.").lang == "en"
