"""A web page: its main text and what its markup says of it.

The text and the names come from trafilatura. The day does not: htmldate, which it uses, falls back to any
date in the prose, and a day that a story mentions is no day of publication. Only markup counts here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import trafilatura
from lxml import etree, html

from mapdata.articles.dates import EARLIEST, parse_day
from mapdata.articles.decoding import decode, normal_lines
from mapdata.articles.language import language_of, normalised
from mapdata.articles.metadata import Metadata, web_address
from mapdata.articles.record import build
from mapdata.errors import InputRefused
from mapdata.model import Article

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(
    rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_HEAD = 4096  # bytes in which browsers look for a charset
# Names of <meta> that say when a page was published, the most exact first.
_DAY_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "publication-date",
    "pubdate",
    "article.published",
    "datecreated",
    "date",
)
_JSON_DAY = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
_DAY_CLASS = re.compile(r"publish|entry-date|post-date|pub-date|dateline", re.IGNORECASE)
_LONGEST_LINK = 100  # signs of an element's text that are looked at
_LONGEST_MENU = 600  # signs
_LATIN = frozenset({"en", "fr", "tr"})

# Both say in several lines of their own what is refused here in one.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def from_page(
    data: bytes,
    where: str,
    today: date,
    *,
    path: str | None,
    address: str | None = None,
    charset: str | None = None,
) -> Article:
    """The article of a page. address: where it was fetched, charset: what the server said. InputRefused."""
    markup = decode(data, where, charset or _declared(data))
    try:
        tree = _tree(markup)
        found = _extracted(tree, address)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as fault:  # markup of strangers finds every gap of a parser
        reason = f"its HTML cannot be read ({type(fault).__name__}); save the text as .txt"
        raise InputRefused(where, reason) from None
    if found is None or not (found.text or "").strip() or _only_links(tree, found.text):
        raise InputRefused(where, "no main text is found in this page; save the text as .txt")
    text = normal_lines(found.text).replace("\x00", "").strip("\n")
    metadata = Metadata(
        title=found.title,
        outlet=found.sitename,
        published=_day(tree, today),
        url=address or web_address(found.url),
        lang=_language(tree, text),
    )
    return build(text, metadata, path=path, today=today)


def _extracted(tree: Any, address: str | None) -> Any:
    return trafilatura.bare_extraction(
        tree,
        url=address,
        include_comments=False,
        deduplicate=False,  # it would remember other articles
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "max_date": "1995-01-02"},  # unused: see above
    )


def _declared(data: bytes) -> str | None:
    found = _META_CHARSET.search(data[:_HEAD]) or _XML_CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def _tree(markup: str) -> Any:
    # lxml refuses text that also says which bytes it once was.
    markup = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup, count=1)
    # trafilatura mends what it knows to be broken, and gives up on fragments, which lxml takes.
    tree = trafilatura.load_html(markup)
    return html.document_fromstring(markup) if tree is None else tree


def _only_links(tree: Any, text: str) -> bool:
    """Whether a short text is made of the texts of links: the menu, left over where there is no story."""
    if len(text) > _LONGEST_MENU:
        return False
    rest = " ".join(text.split())
    for link in sorted((" ".join(_text(link).split()) for link in tree.iter("a")), key=len, reverse=True):
        rest = rest.replace(link, " ")
    return not any(sign.isalpha() for sign in rest)


def _day(tree: Any, today: date) -> date | None:
    """The first day that the markup gives and that can be one; None where it gives none."""
    for value in _day_values(tree):
        day = parse_day(value)
        if day and EARLIEST <= day <= today:
            return day
    return None


def _day_values(tree: Any) -> Iterator[str]:
    by_name: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if content := meta.get("content"):
            by_name.setdefault(name, content)
    yield from (by_name[name] for name in _DAY_NAMES if name in by_name)
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        if found := _JSON_DAY.search(script.text or ""):
            yield found[1]
    for element in tree.iterfind('.//*[@itemprop="datePublished"]'):
        yield element.get("datetime") or element.get("content") or _text(element)
    times = [element for element in tree.iter("time") if element.get("datetime")]
    for element in times:
        if element.get("pubdate") is not None or _DAY_CLASS.search(element.get("class") or ""):
            yield element.get("datetime")
    # One day on the whole page is the page's own; several are those of other stories, too.
    if len({parse_day(element.get("datetime")) for element in times}) == 1:
        yield times[0].get("datetime")


def _text(element: Any) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False).strip()[:_LONGEST_LINK]


def _language(tree: Any, text: str) -> str | None:
    """What the page says, unless its text is in a script in which that language is not written."""
    said = normalised(tree.get("lang"))
    if said is None:
        locale = tree.find('.//meta[@property="og:locale"]')
        said = normalised(locale.get("content")) if locale is not None else None
    guess = language_of(text)
    if said is None or guess is None or said == guess:
        return said or guess
    return said if (said in _LATIN) == (guess in _LATIN) else guess
