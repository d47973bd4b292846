"""Whatever comes in, one clear line for what cannot be read, and the rest of the batch goes through."""

import io
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapdata.articles import Limits, from_text, read
from mapdata.errors import InputRefused
from mapdata.model import Article

TODAY = date(2026, 1, 1)


def taken(paths: list[Path | str], **limits: int) -> tuple[list[Article], list[str]]:
    refused: list[InputRefused] = []
    articles = list(read(map(str, paths), refused.append, limits=Limits(**limits), today=TODAY))
    messages = [str(fault) for fault in refused]
    assert all("\n" not in message for message in messages)
    return articles, messages


def test_a_batch_with_every_kind_of_bad_input(tmp_path: Path) -> None:
    def put(name: str, data: bytes) -> None:
        (tmp_path / name).write_bytes(data)

    arabic, russian = "غادرت القوات القاعدة الجوية قرب الساحل.", "Военные покинули базу на побережье."
    put("01-good.txt", b"The first.\n")
    put("02-empty.txt", b"")
    put("03-blank.md", b"\xef\xbb\xbf \n\n")
    put("04-picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    put("05-arabic.txt", arabic.encode("cp1256"))
    put("06-russian.txt", russian.encode("utf-16"))
    put("07-broken.html", b"<p>Unclosed <b>markup about the garrison")
    put("08-front.md", b"---\ntitle: [\n---\ntext")
    put("09-date.md", b"---\npublished: 32 May 2025\n---\ntext")
    put("10-bomb.md", b"---\na: &a [x]\nb: [*a, *a]\n---\ntext")
    put("11-rows.jsonl", b'{"text": "row one"}\nbad\n{"text": "row three"}\n')
    put("12-columns.csv", b"a,b\n1,2\n")
    (tmp_path / "13-link.txt").symlink_to(tmp_path / "nowhere.txt")
    with (tmp_path / "14-huge.txt").open("wb") as file:
        file.truncate(200_000_000)  # sparse: takes no room on the disk
    put("15-notes.odt", b"PK\x03\x04")
    put(".hidden.txt", b"hidden")
    (tmp_path / ".git").mkdir()
    put(".git/config.txt", b"hidden")
    put("99-good.md", b"The last.\n")
    articles, messages = taken([tmp_path])
    assert [article.text for article in articles] == [
        "The first.\n",
        arabic,
        russian,
        "Unclosed markup about the garrison",
        "row one",
        "row three",
        "The last.\n",
    ]
    assert [message.removeprefix(f"{tmp_path}/") for message in messages] == [
        "02-empty.txt: is empty; there is nothing to read in it",
        "03-blank.md: is empty; there is nothing to read in it",
        "04-picture.txt: looks like a binary file (PNG image); give text, HTML, JSONL or CSV",
        "08-front.md:3: " + messages[3].partition(":3: ")[2],
        "09-date.md:2: published '32 May 2025' is no date; write YYYY-MM-DD or leave it out",
        "10-bomb.md:3: front matter uses a YAML alias ('*'); write the value out",
        "11-rows.jsonl:2: is no JSON (Expecting value); write one object a line",
        "12-columns.csv:1: has no column 'text'; its first line must name the columns, not 'a', 'b'",
        "13-link.txt: is a link to a file that is not there; mend or remove it",
        "14-huge.txt: has 200 MB; one article may have 20 MB; split it, or give many as .jsonl or .csv",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.txt", "there is no such file or folder; check the path"),
        ("gone", "there is no such file or folder; check the path"),
        (
            "data.json",
            ".json is no format of an article; write one article a line and end the name in .jsonl",
        ),
        ("text.odt", ".odt is no format of an article; save it as .docx or .txt"),
        ("README", "a name without ending is no format of an article; endings that are read:"),
        ("tool.exe", ".exe is no format of an article; endings that are read:"),
    ],
)
def test_a_name_that_gives_no_article(tmp_path: Path, name: str, said: str) -> None:
    if not name.startswith("gone"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "good.TXT").write_text("Good.", encoding="utf-8")
    articles, (message,) = taken([tmp_path / name, tmp_path / "good.TXT"])
    assert [article.text for article in articles] == ["Good."]
    assert message.startswith(f"{tmp_path / name}: {said}")


def test_a_folder_without_articles_and_a_path_with_a_nul(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    assert "this folder holds no article" in taken([tmp_path])[1][0]
    assert "cannot hold a NUL" in taken(["a\x00b.txt"])[1][0]


def test_names_that_are_too_long_or_no_utf_8(tmp_path: Path) -> None:
    assert "cannot be read (File name too long)" in taken(["x" * 5000 + ".txt"])[1][0]
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_text("Text.", encoding="utf-8")
    (article,), _ = taken([tmp_path])
    assert article.path == f"{tmp_path}/caf\ufffd.txt"


def test_a_device_is_not_read() -> None:
    assert "is no regular file" in taken(["/dev/zero"])[1][0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_without_permission(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed.txt").write_text("x", encoding="utf-8")
    (tmp_path / "good.txt").write_text("Good.", encoding="utf-8")
    for name in ("closed", "closed.txt"):
        (tmp_path / name).chmod(0)
    try:
        articles, messages = taken([tmp_path])
        within = taken([tmp_path / "closed" / "a.txt"])[1]
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert "no permission to read this file" in within[0]
    assert [article.text for article in articles] == ["Good."]
    assert [message.partition(": ")[2] for message in messages] == [
        "no permission to read this folder; allow it (chmod) or leave it out",
        "no permission to read this file; allow it (chmod) or leave it out",
    ]


def test_a_refusal_of_the_system_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a user without permission sees, also where the tests run as root.
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    for name in ("os.scandir", "pathlib.Path.open"):
        with monkeypatch.context() as patch:
            patch.setattr(name, forbidden)
            ((message),) = taken([tmp_path if name == "os.scandir" else tmp_path / "a.txt"])[1]
            assert "no permission to read this" in message


def test_folders_are_read_in_the_order_of_names_and_lazily(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "c/d/3.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (tmp_path / "c" / "circle").symlink_to(tmp_path)
    articles, messages = taken([tmp_path])
    assert messages == []
    assert [article.text for article in articles] == ["a.txt", "b/1.md", "b/2.txt", "c/d/3.txt"]
    first = next(read([str(tmp_path / "a.txt"), str(tmp_path / "b")], print, today=TODAY))
    assert first.path == str(tmp_path / "a.txt")


def test_standard_input_is_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    give("---\ntitle: Works\n---\nЖелезо".encode())
    (article,), messages = taken(["-"])
    assert (article.title, article.text, article.path, messages) == ("Works", "Железо", "-", [])
    give(b"x" * 100)
    assert taken(["-"], text_bytes=50) == (
        [],
        ["-: is too large; one article may have 50 bytes; split it, or give many as .jsonl or .csv"],
    )


# --- any bytes at all -----------------------------------------------------------------------------------

WORDS = (
    '---\n|title: a\n|published: |2025-02-04|x|{|"text": "x"|}|\n|<p>|<a |</div>|<!--|\x00|\ufeff|'
    '&#0;|*a|&a |,|"|<rss><item>|شباط 2025|<meta charset=utf-7>|4 |[[[[[[[[[[[[[[[|\r'
)
PIECES = st.sampled_from([word.encode() for word in WORDS.split("|")] + [b"\xff\xfe", b"\xdd", b"\xd8\x00"])
ANY_BYTES = st.binary(max_size=300) | st.lists(PIECES, max_size=25).map(b"".join)


@settings(
    max_examples=150,
    derandomize=True,
    deadline=2000,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=ANY_BYTES, ending=st.sampled_from(["txt", "md", "html", "jsonl", "csv", "xml"]))
def test_any_bytes_are_articles_or_refused(tmp_path: Path, data: bytes, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(data)
    articles, messages = taken([path])
    assert articles or messages or ending in {"jsonl", "csv"}  # a table may hold a header alone
    for article in articles:
        article.text.encode()
        assert article.text.strip()
        assert "\r" not in article.text
        assert len(article.id) == 20


@settings(max_examples=150, derandomize=True, deadline=1000)
@given(raw=st.text(max_size=300) | ANY_BYTES)
def test_any_text_is_an_article_or_refused(raw: str | bytes) -> None:
    try:
        article = from_text(raw, "a.md", today=TODAY)
    except InputRefused as fault:
        assert "\n" not in str(fault)
    else:
        assert article.text.strip()
