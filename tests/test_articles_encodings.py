"""Bytes to text: the encodings that reporting comes in, told apart by what they read like."""

import pytest

from mapdata.articles.decoding import decode
from mapdata.errors import InputRefused

ARABIC = "قال مصدر عسكري إن القوات غادرت القاعدة الجوية قرب الساحل يوم الثلاثاء، وإن المدرج يخضع للإصلاح."
RUSSIAN = "Военные покинули авиабазу на побережье, сообщил во вторник источник в министерстве обороны."
TURKISH = "Askerler kıyıdaki hava üssünden çekildi, Savunma Bakanlığı salı günü yaptığı açıklamada doğruladı."
FRENCH = "L'armée a quitté la base aérienne près de la côte, a déclaré mardi un porte-parole du ministère."
ENGLISH = "The garrison left the base – “for good”, the minister’s aide said on Tuesday."
SHORT = ["دمشق - وكالة", "القاعدة الجوية", "ТАРТУС. Порт", "Şam yönetimi İdlib", "Le président a nié"]

CASES = [
    (ARABIC, "cp1256"),
    (ARABIC.replace("،", ","), "iso-8859-6"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "iso-8859-5"),
    (RUSSIAN, "cp866"),
    (TURKISH, "cp1254"),
    (TURKISH, "iso-8859-9"),
    (FRENCH, "cp1252"),
    (FRENCH, "latin-1"),
    (ENGLISH, "cp1252"),
    (SHORT[0], "cp1256"),
    (SHORT[1], "cp1256"),
    (SHORT[2], "cp1251"),
    (SHORT[3], "cp1254"),
    (SHORT[4], "cp1252"),
]


@pytest.mark.parametrize(("text", "encoding"), CASES, ids=lambda case: case[:12])
def test_one_byte_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("text", [ARABIC, RUSSIAN, TURKISH, FRENCH, ENGLISH, "plain", "日本語の記事です。"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_and_without_a_bom(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("text", [ARABIC, RUSSIAN, TURKISH, ENGLISH, "Two\nlines of text"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_a_bom(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_mixed_text_in_a_one_byte_encoding() -> None:
    text = "وكالة (Example Post) " + ARABIC + "\nBase T4, 2025"
    assert decode(text.encode("cp1256"), "a.txt") == text


def test_a_declared_charset_counts_where_it_fits() -> None:
    text = "Bank of the \u0161ip"  # too little to guess by
    assert decode(text.encode("iso-8859-2"), "a.html", "ISO-8859-2") == text
    assert decode("ığş".encode("cp1254"), "a.html", "iso-8859-9") == "ığş"


def test_a_declared_charset_that_is_wrong_does_no_harm() -> None:
    assert decode(ARABIC.encode("cp1256"), "a.html", "utf-8") == ARABIC
    assert decode(ARABIC.encode(), "a.html", "windows-1252") == ARABIC
    assert decode(FRENCH.encode("cp1252"), "a.html", "no-such-charset") == FRENCH
    for codec in ("hex", "rot13", "utf-7", "unicode_escape", "idna", "zlib"):
        assert decode(b"+AGE- 6162 \\u0041", "a.html", codec) == "+AGE- 6162 \\u0041"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF document"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP archive or Office document"),
        (b"\x1f\x8b\x08\x00\x00\x00", "gzip archive"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"MZ\x90\x00\x03\x00", "program"),
        (b"SQLite format 3\x00\x10\x00", "SQLite database"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image, sound or film"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"{\\rtf1\\ansi text}", "RTF document"),
    ],
)
def test_a_binary_is_named(data: bytes, name: str) -> None:
    with pytest.raises(InputRefused) as caught:
        decode(data, "a.txt")
    expected = f"a.txt: looks like a binary file ({name}); give text, HTML, JSONL or CSV"
    assert str(caught.value) == expected


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03\x04" * 20, b"text" + b"\x00" * 50, bytes(range(256))])
def test_a_binary_without_a_name_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match="looks like a binary file; give text"):
        decode(data, "a.txt")


@pytest.mark.parametrize("text", ["Russia operates\x00 an air base at Hmeimim.", "Базы\x00 there."])
def test_a_text_with_a_stray_nul_is_not_read_as_words_in_chinese(text: str) -> None:
    with pytest.raises(InputRefused, match="looks like a binary file; give text"):
        decode(text.encode(), "a.txt")


def test_a_bom_that_lies_is_refused() -> None:
    with pytest.raises(InputRefused, match="is marked as utf-8 and is not; save it as UTF-8"):
        decode(b"\xef\xbb\xbfcaf\xe9", "a.txt")
