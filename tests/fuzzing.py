"""Inputs for every reader that takes files of strangers: what they are made of, and what must hold of each."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from mapdata import gazetteer as gazetteers
from mapdata.articles import from_text, read
from mapdata.articles.dates import parse_day
from mapdata.articles.feed import plain
from mapdata.errors import GazetteerError, InputRefused, OutletsError
from mapdata.outlets import load_outlets
from mapdata.yaml_tree import YamlFault, read_tree

TODAY = date(2026, 1, 1)

# Pieces that mean something to one reader or another, so that a random row of them gets past the first check.
_MARKS = [
    "---\n", "title: ", "published: 2025-02-30", "lang: ", "&a [*a, *a]", "*a", "!!python/object:os.system ", "? ",
    ": ", "- ", "|\n", "{", "}", "[", "]", "'", '"', "\\", "#", "%YAML 1.1\n", "<<: *a", "\t", "\n", "\r", "\x00", "\ufeff",  # noqa: E501
    "<html>", "<p>", "</p>", "<!--", "-->", "<![CDATA[", "<script>", "<meta charset=utf-16>", "<table>" * 9,
    "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "&#xD800;", "&#99999999;",
    "<?xml version='1.0' encoding='utf-7'?>",
    "<rss version='2.0'><channel><item><description>", "</description></item></channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='html'>", "</content></entry></feed>",
    "text,title\n", '{"text": "', '"}\n', "[[[[", "1e999", "NaN", "\ud83d", "\u202e", "ﷺ", "مطار", "й", "İ",
    "schema: 1\n", "theatre: ", "actors:\n", "sites:\n", "  a: {name: x, kind: state}\n", "lat: .inf", "NO", "0o7", "1:30",  # noqa: E501
    "T4", "Turkish troops are at the T4 air base", "said", "12 February 2025", "١٢ فبراير", "\u2028",
]  # fmt: skip

PIECES = st.lists(st.sampled_from(_MARKS) | st.text(max_size=12), max_size=24).map("".join)
ENCODED = st.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    PIECES,
    st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1251", "cp1256", "latin-1"]),
)
BYTES = st.binary(max_size=400) | ENCODED | st.builds(lambda a, b: a + b, ENCODED, st.binary(max_size=20))


def _article(data: bytes, ending: str) -> None:
    """What is read is an article that can be stored, or is refused in one line."""
    refused: list[InputRefused] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{ending}"
        path.write_bytes(data)
        for article in read([str(path)], refused.append, today=TODAY):
            assert article.text.strip() and "\r" not in article.text and "\0" not in article.text
            for words in (article.text, article.title, article.outlet, article.url, article.lang):
                (words or "").encode("utf-8")
            assert article.published is None or article.published <= TODAY or article.published_from != "address"
    for fault in refused:
        assert "\n" not in fault.reason and len(fault.reason) < 500


def _document(data: bytes) -> None:
    try:
        assert from_text(data, "a.md", today=TODAY).text.strip()
    except InputRefused as fault:
        assert "\n" not in fault.reason


def _tree(data: bytes, load: Callable[[Path], object], faults: type[Exception]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_bytes(data)
        try:
            load(path)
        except faults as fault:
            assert str(fault)


def _plain(data: bytes) -> None:
    plain(data.decode("utf-8", "replace"))


def _day(data: bytes) -> None:
    day = parse_day(data.decode("utf-8", "replace"))
    assert day is None or 1 <= day.year <= 9999


READERS: dict[str, Callable[[bytes], None]] = {
    **{
        ending: (lambda data, ending=ending: _article(data, ending))
        for ending in ("txt", "md", "html", "jsonl", "csv", "xml")
    },
    "front matter": _document,
    "markup of feeds": _plain,
    "days": _day,
    "yaml": lambda data: _tree(data, read_tree, YamlFault),
    "gazetteer": lambda data: _tree(data, gazetteers.load, GazetteerError),
    "outlets": lambda data: _tree(data, load_outlets, OutletsError),
}


def row(data: bytes) -> bytes:
    """The same as a row of .jsonl whose text it is, so that what is within JSON is reached, too."""
    out = io.StringIO()
    json.dump({"text": data.decode("utf-8", "replace"), "published": data[:20].decode("latin-1")}, out)
    return out.getvalue().encode()
