"""From paths to claims, and into the store: in order, in several processes, in bounded memory."""

from __future__ import annotations

import functools
import hashlib
import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Protocol, TypeVar

import mapdata
from mapdata.articles import read
from mapdata.errors import InputRefused, MapdataError
from mapdata.model import Article, Claim, Gazetteer
from mapdata.outlets import Outlets, load_outlets
from mapdata.reading import Reader
from mapdata.store import Outcome, Reviews, Store, article_faults, sound

Item = TypeVar("Item")
# The claims of an article, or why reading it failed.
_Attempt = tuple[Claim, ...] | str
Refused = Callable[[InputRefused], None]
Progress = Callable[[int, int | None], None]


class Second(Protocol):
    """Who reads after the first reader (see second_reader). name: of what reads. missed: ids of the articles
    that it could not read."""

    @property
    def name(self) -> str: ...

    @property
    def missed(self) -> Collection[str]: ...

    def improve(
        self, readings: Iterable[tuple[Article, tuple[Claim, ...]]]
    ) -> Iterator[tuple[Article, tuple[Claim, ...]]]: ...


# A batch is one task of a process and one transaction of the store. It ends at so many articles or
# characters: small enough that readers and other writers never wait long, large enough to be worth its cost.
BATCH_ARTICLES = 32
BATCH_CHARACTERS = 500_000
# Batches that wait or are read, for each process: what is in memory at one time.
_AHEAD = 3

_FILES_THAT_READ = (".py", ".yaml", ".json", ".npz")


@dataclass(frozen=True, slots=True)
class Counts:
    """What an ingest did. `refused` counts inputs and claims that were refused; the others, articles.

    claims: how many the articles have that were read now; what was unchanged is not read again. erased: articles
    that were not taken, since somebody demanded that they be removed.
    """

    new: int = 0
    new_versions: int = 0
    reread: int = 0
    corrected: int = 0
    unchanged: int = 0
    refused: int = 0
    claims: int = 0
    erased: int = 0


def ingest(
    paths: Iterable[str],
    store: Store,
    gazetteer: Gazetteer,
    *,
    jobs: int = 1,
    refused: Refused,
    progress: Progress | None = None,
    outlets: Outlets | None = None,
    second: Second | None = None,
) -> Counts:
    """Read, extract and store what is at the paths. Repeatable: what is there already changes nothing.

    refused is called for each input and each claim that cannot be taken; the rest goes on. progress is
    called with the number of articles done, and with None, since a folder or a feed does not say how many
    it has. Each batch is one transaction, so that what is done when this is stopped stays done.
    """
    problems = _Counted(refused)
    return _store(read(paths, problems), None, store, gazetteer, outlets, jobs, problems, progress, second)


def reread(
    store: Store,
    gazetteer: Gazetteer,
    *,
    jobs: int = 1,
    refused: Refused,
    progress: Progress | None = None,
    outlets: Outlets | None = None,
    second: Second | None = None,
) -> Counts:
    """Read the stored articles again where another gazetteer or program read them; like `ingest`."""
    problems = _Counted(refused)
    total = store.articles_count()
    return _store(store.articles(), total, store, gazetteer, outlets, jobs, problems, progress, second)


def extract_paths(
    paths: Iterable[str],
    gazetteer: Gazetteer,
    *,
    jobs: int = 1,
    refused: Refused,
    outlets: Outlets | None = None,
    second: Second | None = None,
) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """The articles at the paths with their claims, in the order of the input."""
    return extract(
        read(paths, refused), gazetteer, jobs=jobs, refused=refused, outlets=outlets, second=second
    )


def extract(
    articles: Iterable[Article],
    gazetteer: Gazetteer,
    *,
    jobs: int = 1,
    refused: Refused,
    outlets: Outlets | None = None,
    second: Second | None = None,
) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """The articles with their claims, in their order. With several jobs, in so many processes.

    An article that the reader fails on is refused with the fault's own words: one odd text among
    thousands must not keep the rest from being read, however often it is tried. second: who reads after
    that what the reader abstained on.
    """
    readings = _first(articles, gazetteer, jobs, refused, load_outlets() if outlets is None else outlets)
    return second.improve(readings) if second else readings


def _first(
    articles: Iterable[Article], gazetteer: Gazetteer, jobs: int, refused: Refused, outlets: Outlets
) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    for article, found in _attempts(articles, gazetteer, jobs, outlets):
        if isinstance(found, str):
            reason = f"reading it failed ({found}): this is a fault of mapdata, please report it"
            refused(InputRefused(_where(article), reason))
        else:
            yield article, found


def _attempts(
    articles: Iterable[Article], gazetteer: Gazetteer, jobs: int, outlets: Outlets
) -> Iterator[tuple[Article, _Attempt]]:
    if jobs <= 1:
        reader = Reader(gazetteer, outlets)
        for article in articles:
            yield article, _attempt(reader, article)
        return
    # Processes that start afresh: a forked one would inherit the threads and connections of its parent.
    pool = ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(gazetteer, outlets),
    )
    waiting: deque[tuple[list[Article], Future[list[_Attempt]]]] = deque()
    try:
        for batch in _batches(articles, key=lambda article: article):
            waiting.append((batch, pool.submit(_read, batch)))
            if len(waiting) >= _AHEAD * jobs:
                done, future = waiting.popleft()
                yield from zip(done, future.result(), strict=True)
        while waiting:
            done, future = waiting.popleft()
            yield from zip(done, future.result(), strict=True)
    except BrokenProcessPool as fault:
        raise MapdataError(
            f"a reading process ended unexpectedly (out of memory?): try with --jobs {jobs // 2 or 1}"
        ) from fault
    finally:
        pool.shutdown(cancel_futures=True)


@functools.cache
def program_version() -> str:
    """The version of what reads: the package's, and a hash of the code and the rules of reading.

    Articles are read again when it changes, so that no claim is older than the rule it was read with.
    """
    here = resources.files(mapdata)
    digest = hashlib.blake2b(digest_size=4)
    for name in ("articles", "data", "reading", "folding.py", "outlets.py"):
        for label, content in _contents(here / name, name):
            digest.update(f"{label}\n{len(content)}\n".encode())
            digest.update(content)
    return f"{mapdata.__version__} {digest.hexdigest()}"


def _contents(at: Traversable, label: str) -> Iterator[tuple[str, bytes]]:
    if at.is_dir():
        for inner in sorted(at.iterdir(), key=lambda inner: inner.name):
            yield from _contents(inner, f"{label}/{inner.name}")
    elif label.endswith(_FILES_THAT_READ) and not label.endswith("gazetteer.yaml"):
        yield label, at.read_bytes()


class _Counted:
    """Hands each refusal on, and counts."""

    def __init__(self, refused: Refused) -> None:
        self._refused = refused
        self.count = 0

    def __call__(self, fault: InputRefused) -> None:
        self.count += 1
        self._refused(fault)


def _store(
    articles: Iterable[Article],
    total: int | None,
    store: Store,
    gazetteer: Gazetteer,
    outlets: Outlets | None,
    jobs: int,
    problems: _Counted,
    progress: Progress | None,
    second: Second | None,
) -> Counts:
    program = program_version()
    # What a second reader has read is not read again without it: its claims would be lost.
    wide = f"{program} + {second.name}" if second else program
    outcomes: Counter[Outcome] = Counter()
    reviews = Reviews(store)
    found = done = 0

    def wanted() -> Iterator[Article]:
        nonlocal done
        for batch in _batches(articles, key=lambda article: article):
            fit = []
            for article in batch:
                if faults := article_faults(article):
                    problems(InputRefused(_where(article), "; ".join(faults)))
                    done += 1
                else:
                    fit.append(article)
            unread = store.unread(fit, gazetteer, program=wide)
            gone = reviews.erased(article for article in fit if article.id not in unread)
            outcomes[Outcome.ERASED] += sum(article.id in gone for article in fit)
            outcomes[Outcome.UNCHANGED] += sum(article.id not in unread | gone for article in fit)
            done += len(fit) - sum(article.id in unread for article in fit)
            yield from (article for article in fit if article.id in unread)
            if progress:
                progress(done, total)

    readings = extract(wanted(), gazetteer, jobs=jobs, refused=problems, outlets=outlets, second=second)
    for batch in _batches(readings, key=lambda reading: reading[0]):
        checked: dict[str, list[tuple[Article, tuple[Claim, ...]]]] = {}
        for article, claims in batch:
            kept, faults = sound(article, claims, gazetteer)
            for fault in faults:
                problems(InputRefused(_where(article), fault))
            by = program if second is None or article.id in second.missed else wide
            checked.setdefault(by, []).append((article, kept))
            found += len(kept)
            done += 1
        for by, part in checked.items():
            outcomes.update(store.put_many(part, gazetteer, program=by))
        if progress:
            progress(done, total)
    return Counts(
        new=outcomes[Outcome.NEW],
        new_versions=outcomes[Outcome.NEW_VERSION],
        reread=outcomes[Outcome.REREAD],
        corrected=outcomes[Outcome.CORRECTED],
        unchanged=outcomes[Outcome.UNCHANGED],
        refused=problems.count,
        claims=found,
        erased=outcomes[Outcome.ERASED],
    )


def _batches(items: Iterable[Item], key: Callable[[Item], Article]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(key(item).text)
        if len(batch) >= BATCH_ARTICLES or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _where(article: Article) -> str:
    return article.path or f"article {article.id}"


# --- in a process of the pool ----------------------------------------------------------------------------

_reader: Reader | None = None


def _start(gazetteer: Gazetteer, outlets: Outlets) -> None:
    """Build the reader once for all that this process will read."""
    global _reader
    _reader = Reader(gazetteer, outlets)


def _read(batch: list[Article]) -> list[_Attempt]:
    assert _reader is not None, "the pool has not been initialised"
    return [_attempt(_reader, article) for article in batch]


def _attempt(reader: Reader, article: Article) -> _Attempt:
    try:
        return reader.read(article)
    except Exception as fault:  # whatever it is, it is of this article alone, and is told
        return f"{type(fault).__name__}: {' '.join(str(fault).split())}"
