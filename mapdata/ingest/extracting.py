"""From articles, or the paths to them, to claims: the work is handed out in parts, and comes back in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future
from typing import Protocol, TypeVar

from mapdata.articles import parts, read, this_day
from mapdata.errors import InputRefused
from mapdata.ingest import task
from mapdata.ingest.crew import Crew, Recruit, here, in_order, processes
from mapdata.ingest.program import program_version
from mapdata.model import Article, Claim, Gazetteer
from mapdata.outlets import Outlets, load_outlets

Item = TypeVar("Item")
Refused = Callable[[InputRefused], None]
Reading = tuple[Article, tuple[Claim, ...]]
# From articles, with or without their texts, to the ids of those that are worth reading.
Choose = Callable[[list[Article]], Collection[str]]

# A batch is one task and one transaction of the store. It ends at so many articles or characters: small enough
# that readers and other writers never wait long, large enough to be worth its cost.
BATCH_ARTICLES = 32
BATCH_CHARACTERS = 500_000


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


def extract_paths(
    paths: Iterable[str],
    gazetteer: Gazetteer,
    *,
    jobs: int = 1,
    recruit: Recruit | None = None,
    refused: Refused,
    outlets: Outlets | None = None,
    second: Second | None = None,
    choose: Choose | None = None,
    look: bool = True,
) -> Iterator[Reading]:
    """The articles at the paths with their claims, in the order of the input.

    Several jobs read in so many processes, and a recruit brings a crew of its own; both are given file parts rather
    than texts. choose: which articles are worth reading; asked before they are read, which costs a crew one
    more look at the files, unless look is False: then it is not asked for what a crew opens itself.
    """
    if jobs <= 1 and recruit is None:
        articles = read(paths, refused, anywhere=True)
        yield from extract(articles, gazetteer, refused=refused, outlets=outlets, second=second, choose=choose)
        return
    run = _Run(gazetteer, outlets, refused, choose)
    work = _split(parts(paths, refused, today=run.today))
    yield from _improved(run.readings(recruit or processes(jobs), work, look), second)


def extract(
    articles: Iterable[Article],
    gazetteer: Gazetteer,
    *,
    jobs: int = 1,
    refused: Refused,
    outlets: Outlets | None = None,
    second: Second | None = None,
    choose: Choose | None = None,
) -> Iterator[Reading]:
    """The articles with their claims, in their order. With several jobs, in so many processes.

    An article that the reader fails on is refused with the fault's own words: one odd text among
    thousands must not keep the rest from being read, however often it is tried. second: who reads after
    that what the reader abstained on.
    """
    run = _Run(gazetteer, outlets, refused, choose)
    recruit = here if jobs <= 1 else processes(jobs)
    return _improved(run.readings(recruit, batches(articles, key=lambda article: article), look=False), second)


def batches(items: Iterable[Item], key: Callable[[Item], Article]) -> Iterator[list[Item]]:
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


def where(article: Article) -> str:
    return article.path or f"article {article.id}"


def _improved(readings: Iterator[Reading], second: Second | None) -> Iterator[Reading]:
    return second.improve(readings) if second else readings


def _split(found: Iterable[task.Part | Iterator[Article]]) -> Iterator[task.Work]:
    for one in found:
        if isinstance(one, tuple):
            yield one
        else:
            yield from batches(one, key=lambda article: article)


class _Run:
    """One reading of many articles."""

    def __init__(self, gazetteer: Gazetteer, outlets: Outlets | None, refused: Refused, choose: Choose | None) -> None:
        self._tools = gazetteer, load_outlets() if outlets is None else outlets
        self._refused = refused
        self._choose = choose
        self.today = this_day()
        # How many lines of a file are in the parts that are done.
        self._lines: dict[str, int] = {}

    def readings(self, recruit: Recruit, work: Iterable[task.Work], look: bool) -> Iterator[Reading]:
        with recruit(*self._tools) as crew:
            orders = task.Orders(crew.tools, program_version(), self.today)

            def hand_out(chosen: tuple[task.Work, Collection[str] | None]) -> Future[task.Read]:
                return crew.executor.submit(task.read, orders, *chosen)

            for (one, wanted), done in in_order(crew, self._chosen(crew, orders, work, look), hand_out):
                # What was looked at before has been refused then.
                told = isinstance(one, tuple) and wanted is not None
                if not told:
                    self._count(done.rows)
                for item in done.items:
                    if isinstance(item, InputRefused):
                        if not told:
                            self._refuse(item, done.rows)
                        continue
                    article, found = item
                    if isinstance(found, str):
                        reason = f"reading it failed ({found}): this is a fault of mapdata, please report it"
                        self._refused(InputRefused(where(article), reason))
                    else:
                        yield article, found

    def _chosen(
        self, crew: Crew, orders: task.Orders, work: Iterable[task.Work], look: bool
    ) -> Iterator[tuple[task.Work, Collection[str] | None]]:
        """The work with the ids that are wanted of it, None for all; without what nothing is wanted of."""
        if self._choose is None:
            yield from ((one, None) for one in work)
            return

        def hand_out(one: task.Work) -> Future[task.Seen | None]:
            if look and isinstance(one, tuple):
                return crew.executor.submit(task.look, orders, one)
            nothing: Future[task.Seen | None] = Future()
            nothing.set_result(None)
            return nothing

        for one, seen in in_order(crew, work, hand_out):
            if isinstance(one, list):
                wanted = self._choose(one)
                if chosen := [article for article in one if article.id in wanted]:
                    yield chosen, None
            elif seen is None:
                yield one, None
            else:
                self._count(seen.rows)
                for fault in seen.refused:
                    self._refuse(fault, seen.rows)
                if wanted := self._choose(list(seen.articles)):
                    yield one, frozenset(wanted)

    def _count(self, rows: tuple[tuple[str, int], ...]) -> None:
        for path, count in rows:
            self._lines[path] = self._lines.get(path, 0) + count

    def _refuse(self, fault: InputRefused, rows: tuple[tuple[str, int], ...]) -> None:
        """rows: how many lines the fault's part has of which file; they have been counted."""
        for path, count in rows:
            row = fault.where.removeprefix(f"{path}:")
            if row.isdecimal() and row != fault.where:
                line = self._lines[path] - count + int(row)
                fault = InputRefused(f"{path}:{line}", fault.reason)
        self._refused(fault)
