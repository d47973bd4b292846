"""Articles that a person hands over, read before anything is stored: pasted, dropped or fetched."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath

from mapdata import configuration
from mapdata.articles import Limits, from_text, read
from mapdata.errors import InputRefused
from mapdata.model import Article
from mapdata.reading import Reader
from mapdata.review.drafts import Draft

Refused = Callable[[InputRefused], None]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text, with front matter or without."""

    text: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file by its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """A web address."""

    address: str


Input = Pasted | Dropped | Fetched


@dataclass(frozen=True, slots=True)
class Most:
    """How much is looked at before it is stored; more is for `mapdata ingest`. signs: code points of all texts."""

    articles: int = 200
    signs: int = 5_000_000


MOST = Most()


def drafts(
    inputs: Sequence[Input],
    reader: Reader,
    *,
    refused: Refused,
    stopped: Callable[[], bool] = lambda: False,
    limits: Limits | None = None,
    most: Most = MOST,
    today: date | None = None,
) -> Iterator[Draft]:
    """Each article of the inputs with the claims that are found in it, as soon as it is read. Nothing is stored.

    refused is called for what cannot be read; stopped is asked before each article. Raises ReadonlyError where the
    configuration refuses uploads.
    """
    configuration.check_writable()
    count = signs = 0
    for article in _articles(inputs, refused, limits or Limits(), today):
        if stopped():
            return
        count, signs = count + 1, signs + len(article.text)
        if count > most.articles or signs > most.signs:
            reason = (
                f"is more than can be looked at here ({most.articles} articles, {most.signs:,} signs); "
                "`mapdata ingest` takes any number"
            )
            refused(InputRefused(article.path or "text", reason))
            return
        try:
            yield Draft(article, tuple(reader.read(article)))
        except Exception as fault:  # whatever it is, it is of this article alone, and is told
            said = f"reading it failed ({type(fault).__name__}: {' '.join(str(fault).split())})"
            refused(InputRefused(article.path or "text", said))


def _articles(inputs: Sequence[Input], refused: Refused, limits: Limits, today: date | None) -> Iterator[Article]:
    for one in inputs:
        match one:
            case Pasted(text):
                try:
                    yield from_text(text, today=today)
                except InputRefused as fault:
                    refused(fault)
            case Fetched(address):
                address = address.strip()
                if not address.lower().startswith(("http://", "https://")):
                    # Anything else would be a path of this machine.
                    refused(InputRefused(address, "is no web address; write https://host/path"))
                    continue
                yield from read([address], refused, limits=limits, today=today)
            case Dropped(name, data):
                yield from _dropped(name, data, refused, limits, today)


def _dropped(name: str, data: bytes, refused: Refused, limits: Limits, today: date | None) -> Iterator[Article]:
    """The articles of a file, read from a folder of its own: its name alone decides the format, and leads nowhere."""
    shown = PurePath(name.replace("\\", "/")).name or "file"
    with tempfile.TemporaryDirectory(prefix="mapdata-") as folder:
        path = Path(folder) / f"article{PurePath(shown).suffix.lower()[:12]}"
        path.write_bytes(data)

        def renamed(fault: InputRefused) -> None:
            refused(InputRefused(fault.where.replace(str(path), shown), fault.reason))

        for article in read([str(path)], renamed, limits=limits, today=today):
            yield replace(article, path=shown)
