"""A row an article: .jsonl and .csv, of any size, with bad rows among the good."""

import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from mapdata.articles import Limits, read
from mapdata.errors import InputRefused
from mapdata.model import Article

TODAY = date(2026, 1, 1)


def taken(path: Path, **limits: int) -> tuple[list[Article], list[str]]:
    """(articles, messages) with the folder's name taken out of the messages."""
    refused: list[str] = []
    noted = read([str(path)], lambda fault: refused.append(str(fault)), limits=Limits(**limits), today=TODAY)
    articles = list(noted)
    assert all("\n" not in message for message in refused)
    return articles, [message.replace(f"{path.parent}/", "") for message in refused]


def refuse_nothing(fault: InputRefused) -> None:
    raise AssertionError(fault)


def test_the_keys_of_a_jsonl_row(tmp_path: Path) -> None:
    row = {
        "text": "One.\r\nTwo.",
        "title": "Works",
        "outlet": "Example Post",
        "published": "2025-02-04T23:30:00+03:00",
        "url": "https://example.org/1",
        "lang": "en-GB",
        "id": 7,
        "extra": {"a": [1]},
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    (article,), refused = taken(tmp_path / "a.jsonl")
    assert refused == []
    assert (article.text, article.title, article.outlet) == ("One.\nTwo.", "Works", "Example Post")
    assert (article.published, article.url, article.lang) == (date(2025, 2, 4), "https://example.org/1", "en")
    assert article.path == str(tmp_path / "a.jsonl")


def test_a_bad_row_is_refused_with_its_line_and_the_others_go_through(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join(
            [
                '{"text": "first"}',
                "no json",
                '["text"]',
                '{"title": "x"}',
                '{"text": " "}',
                '{"text": 3}',
                '{"text": "x", "title": 3}',
                '{"text": "x", "published": "32 May 2025"}',
                '{"text": "x", "published": 20250204}',
                '{"text": "half \\ud83d"}',
                '{"text": "nul \\u0000"}',
                "[" * 100_000,
                '{"text": "last", "published": null, "url": ""}',
            ]
        ),
        encoding="utf-8",
    )
    articles, refused = taken(path)
    assert [article.text for article in articles] == ["first", "last"]
    expected = [
        "a.jsonl:2: is no JSON",
        "a.jsonl:3: holds a list, not an object",
        "a.jsonl:4: has no 'text'",
        "a.jsonl:5: its text is empty",
        "a.jsonl:6: text must be text, not '3'",
        "a.jsonl:7: title must be text, not a number ('3')",
        "a.jsonl:8: published '32 May 2025' is no date; write YYYY-MM-DD or leave it out",
        "a.jsonl:9: published '20250204' is no date",
        "a.jsonl:10: text holds half a surrogate pair",
        "a.jsonl:11: text holds a NUL sign",
        "a.jsonl:12: is no JSON",
    ]
    assert [said[: len(start)] for said, start in zip(refused, expected, strict=True)] == expected


def test_a_row_that_is_too_large_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({"text": text}) for text in ("first", "x" * 5000, "last")]
    path.write_text("\n".join(rows), encoding="utf-8")
    articles, refused = taken(path, row_bytes=1000)
    assert [article.text for article in articles] == ["first", "last"]
    assert refused == ["a.jsonl:2: the row is larger than 1 kB; split it or leave it out"]


def test_memory_stays_flat_over_a_long_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = json.dumps({"text": "The garrison left the base near the coast. " * 200}) + "\n"
    with path.open("w", encoding="utf-8") as file:
        for _ in range(1500):  # 13 MB
            file.write(row)
    tracemalloc.start()
    count = sum(1 for _ in read([str(path)], refuse_nothing, today=TODAY))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1500
    assert peak < 4_000_000


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_with_its_columns_in_any_order(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    rows = [["Title", " TEXT ", "published", "other"], ["Works", '"One, two;\n\tthree"', "2025-02-04", "x"]]
    path.write_text("\ufeff" + "\r\n".join(delimiter.join(row) for row in rows), encoding="utf-8", newline="")
    (article,), refused = taken(path)
    assert refused == []
    assert (article.title, article.text, article.published) == (
        "Works",
        "One, two;\n\tthree",
        date(2025, 2, 4),
    )


def test_bad_rows_of_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'title,text,published\nA,first,\nB,"two\nlines",2025-02-04\n'
        "C,,\n\nD,x,32 May 2025\nE,a,b,c\nF,last\n",
        encoding="utf-8",
    )
    articles, refused = taken(path)
    assert [article.text for article in articles] == ["first", "two\nlines", "last"]
    assert refused == [
        "a.csv:5: has no 'text'; every row needs one",
        "a.csv:7: published '32 May 2025' is no date; write YYYY-MM-DD or leave it out",
        "a.csv:8: has 4 cells, the header 3; put quotes around text with ','",
    ]


def test_a_csv_without_the_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,body\nA,first\n", encoding="utf-8")
    assert taken(path) == (
        [],
        ["a.csv:1: has no column 'text'; its first line must name the columns, not 'title', 'body'"],
    )


def test_a_quote_that_never_closes_costs_a_limit_and_not_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title,text\nA,first\nB,"never closed\n' + "C,row\n" * 2000, encoding="utf-8")
    articles, refused = taken(path, row_bytes=2000)
    assert articles[0].text == "first"
    assert refused[0].startswith("a.csv:")
    assert "the row is larger than 2 kB" in refused[0]
    assert articles[-1].text == "row"


def test_cells_larger_than_the_csv_module_allows_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = "word " * 60_000
    path.write_text(f"text\n{text}\n", encoding="utf-8")
    (article,), refused = taken(path)
    assert (len(article.text), refused) == (len(text), [])


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256"])
def test_rows_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = "غادرت القوات القاعدة الجوية قرب الساحل يوم الثلاثاء"
    (tmp_path / "a.csv").write_text(f"text,title\n{text},عنوان\n", encoding=encoding)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": text}, ensure_ascii=False), encoding=encoding)
    for name in ("a.csv", "b.jsonl"):
        (article,), refused = taken(tmp_path / name)
        assert (article.text, refused) == (text, [])


def test_one_row_in_another_encoding_than_its_file(tmp_path: Path) -> None:
    text = "غادرت القوات القاعدة الجوية قرب الساحل يوم الثلاثاء"
    row = json.dumps({"text": text}, ensure_ascii=False) + "\n"
    head = json.dumps({"text": "é" * 300_000}, ensure_ascii=False) + "\n"
    (tmp_path / "a.jsonl").write_bytes(head.encode() + row.encode("cp1256") + row.encode())
    articles, refused = taken(tmp_path / "a.jsonl")
    assert [article.text for article in articles[1:]] == [text, text]
    assert refused == []


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest_in_silence(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text,title\n"one",A\n"two,B\nthree,C\n', encoding="utf-8")
    articles, messages = taken(tmp_path / "a.csv")
    assert [article.text for article in articles] == ["one"]
    assert len(messages) == 1 and ":3: opens a text with '\"' that is never closed" in messages[0]
