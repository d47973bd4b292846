"""An article from its text and its metadata."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date

from mapdata.articles.dates import day_of_address, day_of_text
from mapdata.articles.language import language_of
from mapdata.articles.metadata import Metadata
from mapdata.model import Article

_HEADING = re.compile(r"#[ \t]+(\S.*?)[ \t#]*(?:\n|\Z)")


def article_id(outlet: str | None, url: str | None, text: str) -> str:
    """20 hexadecimal digits: a hash of outlet, address and text, the same on every machine."""
    canonical = json.dumps([outlet, url, text], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:20]


def heading(text: str) -> str | None:
    """The `# heading` that a Markdown text opens with, None where it opens with anything else."""
    found = _HEADING.match(text.lstrip())
    return " ".join(found[1].split()) if found else None


def build(text: str, metadata: Metadata, *, path: str | None, today: date, title: str | None = None) -> Article:
    """The article; `title` is what to take where the metadata have none.

    The day is that of the metadata, else of the address, else of a line of the text that looks like a
    dateline; a day that is taken from the address or the text lies between 1990 and `today`.
    """
    day, day_from = metadata.published, "metadata"
    if day is None and metadata.url:
        day, day_from = day_of_address(metadata.url, today), "address"
    if day is None:
        day, day_from = day_of_text(text, today), "text"
    return Article(
        id=article_id(metadata.outlet, metadata.url, text),
        text=text,
        title=metadata.title or title,
        outlet=metadata.outlet,
        published=day,
        published_from=day_from if day else None,
        url=metadata.url,
        lang=metadata.lang or language_of(text),
        path=storable(path) if path else path,
        illustrative=metadata.illustrative,
    )


def storable(path: str) -> str:
    """A path whose bytes are no UTF-8 reaches Python with surrogates, which no store and no JSON takes."""
    return path.encode(errors="surrogateescape").decode(errors="replace")
