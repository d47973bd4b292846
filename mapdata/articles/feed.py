"""An RSS or Atom feed: every entry an article, its text the content or the summary that the feed carries."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import feedparser
from lxml import etree
from lxml import html as lxml_html

from mapdata.articles.binary import binary_reason, known_binary
from mapdata.articles.dates import parse_day
from mapdata.articles.decoding import normal_lines
from mapdata.articles.language import normalised
from mapdata.articles.metadata import Metadata, unstorable, web_address
from mapdata.articles.record import build
from mapdata.errors import InputRefused
from mapdata.model import Article

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_UNREAD = frozenset({"script", "style", "template", "noscript", "iframe", "svg"})
_BLANKS = re.compile(r"[^\S\n]+")
_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf")
_PROLOGUE = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!doctype", b">"))


def is_feed(data: bytes) -> bool:
    """Whether the first element is that of RSS or Atom."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    while opened := next((pair for pair in _PROLOGUE if head.startswith(pair[0])), None):
        head = head.partition(opened[1])[2].lstrip()
    return head.startswith(_ROOTS)


def from_feed(
    data: bytes, where: str, refused: Callable[[InputRefused], None], today: date, *, path: str
) -> Iterator[Article]:
    """The articles of a feed; an entry without text is refused, the others go on."""
    if name := known_binary(data):
        raise InputRefused(where, binary_reason(name))
    try:
        feed = feedparser.parse(io.BytesIO(data))
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as fault:  # as in page.py: markup of strangers
        raise InputRefused(where, f"its XML cannot be read ({type(fault).__name__})") from None
    if not feed.version and not feed.entries:
        raise InputRefused(where, "is no RSS or Atom feed; give a page as .html, a text as .txt")
    if not feed.entries:
        raise InputRefused(where, "this feed has no entry; there is nothing to read in it")
    for number, entry in enumerate(feed.entries, start=1):
        try:
            article = _article(entry, feed.feed, f"{where}, entry {number}", today, path)
        except InputRefused as fault:
            refused(fault)
        else:
            yield article


def _article(entry: Any, feed: Any, where: str, today: date, path: str) -> Article:
    text = plain(_longest(entry))
    if not text:
        raise InputRefused(where, "has no text; give the address of the page itself")
    # An aggregator names whose story it is; the feed's own title is then not the outlet.
    outlet = (entry.get("source") or {}).get("title") or feed.get("title")
    values = (entry.get("title"), outlet)
    if reason := unstorable(text + "".join(value or "" for value in values)):
        raise InputRefused(where, reason)
    title, outlet = (plain(value or "").replace("\n", " ") or None for value in values)
    metadata = Metadata(
        title=title,
        outlet=outlet,
        published=_day(entry),
        url=web_address(entry.get("link")),
        lang=normalised(_language(entry, feed)),
    )
    return build(text, metadata, path=path, today=today)


def _longest(entry: Any) -> str:
    texts = [part.get("value") or "" for part in entry.get("content", [])] + [entry.get("summary") or ""]
    return max(texts, key=len)


def _day(entry: Any) -> date | None:
    """The day as the entry writes it, in its own zone; feedparser's reading (UTC) where it writes oddly."""
    said = dict(entry)  # feedparser's own look-up gives `published` for `updated`, with a warning
    for key in ("published", "created", "updated"):
        if day := parse_day(said.get(key) or ""):
            return day
        if moment := said.get(f"{key}_parsed"):
            try:
                return date(*moment[:3])
            except ValueError:
                continue
    return None


def _language(entry: Any, feed: Any) -> str | None:
    for part in [*entry.get("content", []), entry.get("summary_detail") or {}]:
        if said := part.get("language"):
            return said
    return feed.get("language")


def plain(markup: str) -> str:
    """The text of a piece of HTML: blocks on lines of their own, scripts left out, blanks single."""
    if "<" not in markup and "&" not in markup:
        pieces = [normal_lines(markup)]
    else:
        try:
            tree = lxml_html.fragment_fromstring(markup.replace("\x00", ""), create_parent="div")
        except (etree.LxmlError, ValueError):
            return ""
        pieces = list(_pieces(tree))
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(tree: Any) -> Iterator[str]:
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            if not skipped and element.tail:
                yield _flat(element.tail)
            continue
        unread = element.tag in _UNREAD
        block = element.tag in _BLOCKS
        if event == "start":
            skipped += unread
            if block:
                yield "\n"
            if not skipped and element.text:
                yield _flat(element.text)
        else:
            skipped -= unread
            if block:
                yield "\n"
            if not skipped and element.tail and element is not tree:
                yield _flat(element.tail)


def _flat(text: str) -> str:
    return " " + " ".join(text.split()) + " " if text != text.strip() else " ".join(text.split())
