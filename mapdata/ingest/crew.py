"""Who reads: this process, processes beside it, or others that the caller brings; all through one Executor."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

from mapdata.errors import MapdataError
from mapdata.ingest import task
from mapdata.model import Gazetteer
from mapdata.outlets import Outlets

Item = TypeVar("Item")
Answer = TypeVar("Answer")

# Parts that wait or are read, for each that reads: what is in memory at one time.
AHEAD = 3


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who read. executor: what takes the work. tools: the key of what they were told to read with. width: how
    many parts are read at one time, asked as the work goes on. explain: what a fault of the executor means in one
    line, None for a fault that is not of its kind."""

    executor: Executor
    tools: str
    width: Callable[[], int]
    explain: Callable[[BaseException], str | None] = lambda fault: None


# Engages a crew that has been told what to read with.
Recruit = Callable[[Gazetteer, Outlets], AbstractContextManager[Crew]]


class _Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, work: Callable[..., Answer], /, *args: Any, **kwargs: Any) -> Future[Answer]:
        future: Future[Answer] = Future()
        future.set_result(work(*args, **kwargs))
        return future


@contextmanager
def here(gazetteer: Gazetteer, outlets: Outlets) -> Iterator[Crew]:
    """This process alone: nothing is read ahead of what is asked for."""
    key = uuid4().hex
    task.equip(key, gazetteer, outlets)
    try:
        yield Crew(_Here(), key, lambda: 0)
    finally:
        task.dismiss(key)


def processes(jobs: int) -> Recruit:
    """So many processes of this machine."""

    @contextmanager
    def recruit(gazetteer: Gazetteer, outlets: Outlets) -> Iterator[Crew]:
        # Processes that start afresh: a forked one would inherit the threads and connections of its parent.
        pool = ProcessPoolExecutor(
            max_workers=jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=("", gazetteer, outlets),
        )
        try:
            yield Crew(pool, "", lambda: jobs, explain)
        finally:
            pool.shutdown(cancel_futures=True)

    def explain(fault: BaseException) -> str | None:
        if isinstance(fault, BrokenProcessPool):
            return f"a reading process ended unexpectedly (out of memory?): try with --jobs {jobs // 2 or 1}"
        return None

    return recruit


def _begin(key: str, gazetteer: Gazetteer, outlets: Outlets) -> None:
    """In a new process: what it reads with, and that it ends with the one that it reads for, however that ends."""
    task.equip(key, gazetteer, outlets)
    parent = multiprocessing.parent_process()

    def end_with_it() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=end_with_it, daemon=True).start()


def in_order(
    crew: Crew, items: Iterable[Item], submit: Callable[[Item], Future[Answer]]
) -> Iterator[tuple[Item, Answer]]:
    """Each item with what came of it, in the order of the items; only so many at a time that all have work."""
    waiting: deque[tuple[Item, Future[Answer]]] = deque()
    try:
        for item in items:
            waiting.append((item, submit(item)))
            while len(waiting) >= max(1, AHEAD * crew.width()):
                yield _settled(crew, *waiting.popleft())
        while waiting:
            yield _settled(crew, *waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()


def _settled(crew: Crew, item: Item, future: Future[Answer]) -> tuple[Item, Answer]:
    try:
        return item, future.result()
    except BaseException as fault:
        if said := crew.explain(fault):
            raise MapdataError(said) from fault
        raise
