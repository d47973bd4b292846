"""The door: whatever a user names, one article after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from mapdata.articles import documents, elsewhere, frontmatter, places, tables
from mapdata.articles.decoding import decode, normal_lines
from mapdata.articles.feed import from_feed, is_feed
from mapdata.articles.fetch import fetch
from mapdata.articles.files import FEEDS, PAGES, TEXTS, ending, too_large
from mapdata.articles.limits import DEFAULT, Limits
from mapdata.articles.metadata import unstorable, web_address
from mapdata.articles.page import from_page
from mapdata.articles.record import build, heading
from mapdata.errors import InputRefused
from mapdata.model import Article

Refused = Callable[[InputRefused], None]


def read(
    paths: Iterable[str],
    refused: Refused,
    *,
    limits: Limits = DEFAULT,
    today: date | None = None,
    anywhere: bool = False,
) -> Iterator[Article]:
    """The articles of files, folders, `-` (standard input, the .md form) and http(s) addresses, in order.

    Lazy: one article, row or page is in memory at a time. What cannot be read goes to `refused`, and the
    rest goes on. `today`: no later day is taken from an address or a text; None asks the clock, once.
    anywhere: whether a path may be any address that fsspec opens (s3://bucket/folder, zip::file.zip); for paths
    that the person at this machine gave, since it reaches what that person may read.
    """
    today = today or this_day()
    for path in paths:
        if is_read_here(path):
            yield from _guard(_unshared(path, refused, limits, today), refused)
        elif elsewhere.is_address(path) and not anywhere:
            refused(InputRefused(path, "is no web address and no file; write https://host/path"))
        else:
            for file in places.listed(path, refused, limits):
                yield from one_file(file, refused, limits=limits, today=today)


def one_file(path: str, refused: Refused, *, limits: Limits, today: date) -> Iterator[Article]:
    """The articles of a file, of this machine or at an address of fsspec."""
    return _guard(_file(path, refused, limits, today), refused)


def is_read_here(path: str) -> bool:
    """Whether a path is standard input or a web address: no file that another process could read as well."""
    return path == "-" or path.lower().startswith(("http://", "https://"))


def _unshared(path: str, refused: Refused, limits: Limits, today: date) -> Iterator[Article]:
    return _standard_input(limits, today) if path == "-" else _address(path, refused, limits, today)


def from_text(raw: str | bytes, path: str | None = None, *, today: date | None = None) -> Article:
    """One article of the .md form: text with optional front matter. InputRefused says what is wrong."""
    where = path or "text"
    if isinstance(raw, bytes):
        raw = decode(raw, where)
    elif reason := unstorable(raw):
        raise InputRefused(where, f"text {reason}")
    return _document(raw, path, today or this_day())


def _document(raw: str, path: str | None, today: date, url: str | None = None) -> Article:
    """url: where the text was found, for one that names no address itself."""
    where = path or "text"
    values, body = frontmatter.split(normal_lines(raw.removeprefix("\ufeff")), where)
    metadata = frontmatter.metadata(values, where)
    if not body.strip():
        said = "holds front matter and no text" if values else "is empty"
        raise InputRefused(where, f"{said}; there is nothing to read in it")
    if url and not metadata.url:
        metadata = metadata.model_copy(update={"url": url})
    return build(body, metadata, path=path, today=today, title=heading(body))


def this_day() -> date:
    return datetime.now().astimezone().date()


def _guard(articles: Iterator[Article], refused: Refused) -> Iterator[Article]:
    """The articles of one input; what is wrong with it as a whole goes to `refused`."""
    try:
        yield from articles
    except InputRefused as fault:
        refused(fault)


def _standard_input(limits: Limits, today: date) -> Iterator[Article]:
    data = sys.stdin.buffer.read(limits.text_bytes + 1)
    if len(data) > limits.text_bytes:
        raise InputRefused("-", too_large(None, limits.text_bytes))
    yield from_text(data, "-", today=today)


def _file(path: str, refused: Refused, limits: Limits, today: date) -> Iterator[Article]:
    places.size(path, None, limits)
    kind = ending(path, places.name(path))
    if kind == ".jsonl":
        yield from tables.jsonl(path, refused, limits, today)
    elif kind == ".csv":
        yield from tables.table(path, refused, limits, today)
    else:
        data = places.whole(path, limits)
        if kind in TEXTS:
            yield from_text(data, path, today=today)
        elif kind in PAGES:
            yield from_page(data, path, today, path=path)
        elif kind == ".pdf":
            yield documents.from_pdf(data, path, today, limits, path=path)
        elif kind == ".docx":
            yield documents.from_docx(data, path, today, limits, path=path)
        elif kind in FEEDS:
            yield from from_feed(data, path, refused, today, path=path)


def _address(address: str, refused: Refused, limits: Limits, today: date) -> Iterator[Article]:
    if web_address(address) is None:
        raise InputRefused(address, "is no web address; write https://host/path without blanks")
    got = fetch(address, limits)
    if is_feed(got.data):
        yield from from_feed(got.data, address, refused, today, path=address)
    elif got.kind == "text/plain":
        yield _document(decode(got.data, address, got.charset), address, today, url=address)
    else:
        yield from_page(got.data, address, today, path=address, address=address, charset=got.charset)
