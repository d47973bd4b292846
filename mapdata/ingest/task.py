"""What a process that reads for others does: it is told once what to read with, and then reads part after part."""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from mapdata.articles import Part, read_part
from mapdata.errors import InputRefused, MapdataError
from mapdata.ingest.program import program_version
from mapdata.model import Article, Claim, Gazetteer
from mapdata.outlets import Outlets
from mapdata.reading import Reader

# The claims of an article, or why reading it failed.
Attempt = tuple[Claim, ...] | str
Work = Part | list[Article]


@dataclass(frozen=True, slots=True)
class Orders:
    """What is the same for all tasks of a run. tools: the key of gazetteer and outlets. program: what has to read.
    today: no later day is taken from an address or a text."""

    tools: str
    program: str
    today: date


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a part, in order: articles with their claims or with why reading failed, and what was refused.
    rows: as in articles.Found."""

    items: tuple[tuple[Article, Attempt] | InputRefused, ...]
    rows: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """The articles of a part without their texts, and the rest as in Read."""

    articles: tuple[Article, ...]
    refused: tuple[InputRefused, ...]
    rows: tuple[tuple[str, int], ...]


# A process of a cluster may serve several runs; a reader is large, what it is made of is not.
_MOST_READERS = 2
_tools: dict[str, tuple[Gazetteer, Outlets]] = {}
_readers: dict[str, Reader] = {}
_lock = threading.RLock()


def key_of(gazetteer: Gazetteer, outlets: Outlets) -> str:
    """A key that is another one for another gazetteer or other outlets."""
    return hashlib.blake2b(pickle.dumps((gazetteer, outlets)), digest_size=8).hexdigest()


def equip(key: str, gazetteer: Gazetteer, outlets: Outlets) -> None:
    """Tells this process what to read with under a key."""
    with _lock:
        _tools[key] = gazetteer, outlets


def dismiss(key: str) -> None:
    """Forgets what is read with under a key."""
    with _lock:
        _tools.pop(key, None)
        _readers.pop(key, None)


def look(orders: Orders, part: Part) -> Seen:
    """Which articles a part has: what it takes to know whether they are stored already."""
    _same_program(orders)
    found = read_part(part, today=orders.today)
    articles = tuple(replace(one, text="") for one in found.items if isinstance(one, Article))
    return Seen(articles, tuple(one for one in found.items if isinstance(one, InputRefused)), found.rows)


def read(orders: Orders, work: Work, wanted: Collection[str] | None = None) -> Read:
    """Reads the articles of a part, or those given; wanted: of these ids alone, None for all."""
    _same_program(orders)
    reader = _reader(orders.tools)
    if isinstance(work, list):
        return Read(tuple((article, _attempt(reader, article)) for article in work))
    found = read_part(work, today=orders.today)
    return Read(
        tuple(
            one if isinstance(one, InputRefused) else (one, _attempt(reader, one))
            for one in found.items
            if isinstance(one, InputRefused) or wanted is None or one.id in wanted
        ),
        found.rows,
    )


def _reader(key: str) -> Reader:
    with _lock:
        reader = _readers.pop(key, None)
        if reader is None:
            while len(_readers) >= _MOST_READERS:
                del _readers[next(iter(_readers))]
            reader = Reader(*_tools[key])
        _readers[key] = reader  # the last used is the last to go
        return reader


def _same_program(orders: Orders) -> None:
    """Claims are stored with the program that read them, so it has to be the one that read them."""
    if program_version() != orders.program:
        raise MapdataError(
            f"a worker has mapdata {program_version()}, and this is {orders.program}: install the same on all"
        )


def _attempt(reader: Reader, article: Article) -> Attempt:
    try:
        with _lock:  # a process may be given several threads; they would only wait for each other
            return reader.read(article)
    except Exception as fault:  # whatever it is, it is of this article alone, and is told
        return f"{type(fault).__name__}: {' '.join(str(fault).split())}"
