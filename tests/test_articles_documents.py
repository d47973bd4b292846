"""PDF and Word documents as articles: their text in paragraphs, within limits, and a reason for what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import documents_made
import pytest

from mapdata.articles import Limits, read
from mapdata.articles.documents import paragraphs
from mapdata.gazetteer import load
from mapdata.outlets import load_outlets
from mapdata.reading import Reader

TODAY = date(2025, 3, 1)
LINES = [
    "Talks on two airfields",
    "4 February 2025",
    "Türkiye may set up air bases in central Syria, a regional security official said on Tues-",
    "day, and the T4 airfield is among the places that are being discussed with the new govern-",
    "ment in Damascus.",
    "Nothing has been signed, the official said, and neither side has answered questions on it",
]
NEXT = ["that were put to them this week.", "", "A second paragraph stands on the next page, and ends there."]


def taken(path: Path, data: bytes, **more):
    path.write_bytes(data)
    refused = []
    found = list(read([str(path)], refused.append, today=TODAY, **more))
    return found, [str(fault).removeprefix(f"{path}: ") for fault in refused]


def test_a_pdf_is_one_article_with_its_lines_joined(tmp_path):
    (article,), refused = taken(tmp_path / "talks.pdf", documents_made.pdf([LINES, NEXT], title="Talks on airfields"))
    assert refused == []
    assert article.text.split("\n") == [
        "Talks on two airfields",
        "4 February 2025",
        "Türkiye may set up air bases in central Syria, a regional security official said on Tuesday, and the T4"
        " airfield is among the places that are being discussed with the new government in Damascus.",
        "Nothing has been signed, the official said, and neither side has answered questions on it"
        " that were put to them this week.",
        "A second paragraph stands on the next page, and ends there.",
    ]
    assert (article.title, article.published, article.published_from) == (
        "Talks on airfields",
        date(2025, 2, 4),
        "text",
    )
    claims = Reader(load(), load_outlets()).read(article)
    assert ("t4", "TR", "proposed") in {(c.site, c.actor, c.status.value) for c in claims}
    assert all(article.text[c.start : c.end] == c.quote for c in claims)


def test_a_word_document_is_one_article(tmp_path):
    data = documents_made.word(
        ["قال مصدر عسكري إن وفداً استطلع مطار التيفور.", "", "Second\nline."],
        title="notes final.docx",
        table=[["Site", "Actor"], ["T4", "Türkiye"]],
    )
    (article,), refused = taken(tmp_path / "notes.docx", data)
    assert refused == []
    assert article.text.split("\n") == [
        "قال مصدر عسكري إن وفداً استطلع مطار التيفور.",
        "Second line.",
        "Site · Actor",
        "T4 · Türkiye",
    ]
    assert (article.title, article.published, article.lang) == (None, None, "ar")


def bomb() -> bytes:
    """A Word document whose parts unpack to more than they should."""
    out = io.BytesIO(documents_made.word(["Text."]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/media/image1.bin", b"\0" * 3_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scan.pdf", documents_made.pdf([[]]), "holds no text, as a scan does"),
        ("long.pdf", documents_made.pdf([["a"]] * 4), "has 4 pages; 3 are read; split it"),
        ("locked.pdf", documents_made.pdf([LINES], password="secret"), "is locked"),
        ("broken.pdf", b"%PDF-1.7\n" + b"x" * 500, "is a damaged PDF"),
        ("cut.pdf", documents_made.pdf([LINES])[:600], "is a damaged PDF"),
        ("text.pdf", b"no PDF at all", "is a damaged PDF"),
        ("many.pdf", documents_made.pdf([["x" * 90] * 40]), "signs of text; 3,000 are read"),
        ("bomb.docx", bomb(), "unpacks to 4 MB; 2 MB are read"),
        ("broken.docx", b"PK\x03\x04", "is no Word document"),
        ("other.docx", b"plain text", "is no Word document"),
        ("blank.docx", documents_made.word([" "]), "holds no text"),
    ],
)
def test_what_is_refused_and_why(tmp_path, name, data, said):
    limits = Limits(pages=3, unpacked_bytes=2_000_000, text_signs=3000)
    found, refused = taken(tmp_path / name, data, limits=limits)
    assert found == []
    assert len(refused) == 1
    assert said in refused[0]
    assert "\n" not in refused[0]


def test_paragraphs_end_where_a_short_line_ends_a_sentence():
    first = "One line that is as long as the others here\nand ends early.\n"
    page = first + "The next begins here, and goes on to its end\nhere."
    assert paragraphs([page]) == [
        "One line that is as long as the others here and ends early.",
        "The next begins here, and goes on to its end here.",
    ]
    assert paragraphs(["", "   "]) == []
