"""Several processes at one store: reading while another writes, and writing at once."""

import contextlib
import multiprocessing
import time

from evidence_made import GAZETTEER
from store_made import article, claim

from mapdata.model import Status
from mapdata.store import Store

BATCHES, EACH = 25, 8
LIMIT = 120


def reading(writer: int, number: int):
    one = article(f"Troops are at the base, says report {number} of {writer}.", url=f"x:{writer}/{number}")
    return one, [claim(one), claim(one, status=Status.PROPOSED)]


def write(address: str, writer: int, together) -> None:
    together.wait(LIMIT)
    with Store.open(address) as store:
        for batch in range(BATCHES):
            store.put_many([reading(writer, EACH * batch + number) for number in range(EACH)], GAZETTEER)


@contextlib.contextmanager
def writing(address: str, writers: int):
    """Processes that begin to write all at once; started afresh, as a user's are."""
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(writers)
    started = [
        context.Process(target=write, args=(address, writer, together), daemon=True)
        for writer in range(writers)
    ]
    for process in started:
        process.start()
    yield started
    for process in started:
        process.join(LIMIT)
    assert [process.exitcode for process in started] == [0] * writers


def test_one_process_reads_what_is_whole_while_another_writes(store_address):
    Store.open(store_address).close()
    seen = []
    with Store.open(store_address, readonly=True) as store, writing(store_address, 1) as (writer,):
        until = time.monotonic() + LIMIT
        while writer.exitcode is None and time.monotonic() < until:
            loaded = store.load()
            assert len(loaded.claims) == 2 * len(loaded.sources), "an article comes with all its claims"
            assert len(loaded.sources) == EACH * loaded.revision, "a batch comes whole"
            seen.append(loaded.revision)
            time.sleep(0.02)
    with Store.open(store_address, readonly=True) as store:
        assert store.revision() == BATCHES
        assert store.articles_count() == BATCHES * EACH
    assert seen == sorted(seen)
    assert any(0 < revision < BATCHES for revision in seen), "it read in the midst of the writing"


def test_processes_that_open_and_fill_an_empty_database_at_once(store_address):
    with writing(store_address, 2):
        pass
    with Store.open(store_address) as store:
        assert store.articles_count() == 2 * BATCHES * EACH
        assert store.revision() == 2 * BATCHES


def test_two_writers_of_one_address_make_versions_one_after_the_other(store_address):
    with Store.open(store_address) as one, Store.open(store_address) as other:
        texts = [f"Troops are at the base, version {number}." for number in range(6)]
        for number, text in enumerate(texts):
            found = article(text, url="https://example.org/1")
            (one, other)[number % 2].put(found, [claim(found)], GAZETTEER)
        assert one.counts() == other.counts()
        assert (one.counts().articles, one.counts().older_versions, one.counts().claims) == (1, 5, 1)
