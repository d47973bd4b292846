"""From files to the store, with the real reader: in order, in processes, again and again."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from store_made import article

from mapdata.errors import InputRefused, MapdataError
from mapdata.gazetteer import load
from mapdata.ingest import (
    Counts,
    crew,
    extract,
    extract_paths,
    extracting,
    ingest,
    program_version,
    reread,
    storing,
    task,
)
from mapdata.model import Claim
from mapdata.outlets import load_outlets
from mapdata.reading import Reader
from mapdata.store import Store

GAZETTEER = load()
NEWER = replace(GAZETTEER, version="fedcba987654")
SAMPLE = Path(__file__).parents[1] / "sample"


def nothing(fault: InputRefused) -> None:
    raise AssertionError(fault)


def report(folder: Path, number: int, more: str = "") -> Path:
    path = folder / f"{number:03}.md"
    path.write_text(
        f"---\noutlet: Orontes Wire\npublished: 2025-02-{1 + number % 28:02}\n---\n"
        f"Russian troops are stationed at the Hmeimim air base, a resident said on day {number}.{more}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "reports"
    made.mkdir()
    for number in range(5):
        report(made, number)
    return made


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "a.sqlite3") as opened:
        yield opened


def test_what_is_read_is_stored_and_again_changes_nothing(folder, store):
    assert ingest([str(folder)], store, GAZETTEER, refused=nothing) == Counts(new=5, claims=5)
    assert {(one.site, one.actor, one.status) for one in store.claims()} == {("hmeimim", "RU", "existing")}
    before = store.revision()
    again = [str(folder), str(folder / "001.md")]
    assert ingest(again, store, GAZETTEER, refused=nothing) == Counts(unchanged=6)
    assert store.revision() == before


def test_what_has_changed_is_told_apart(folder, store):
    ingest([str(folder)], store, GAZETTEER, refused=nothing)
    path = folder / "001.md"
    path.write_text(path.read_text("utf-8").replace("2025-02-02", "2025-03-02"), "utf-8")
    report(folder, 2, " Nobody else was there.")
    counts = ingest([str(folder)], store, GAZETTEER, refused=nothing)
    assert counts == Counts(new=1, corrected=1, unchanged=3, claims=2)
    assert counts.claims == 2


def test_a_newer_gazetteer_or_program_reads_again(folder, store, monkeypatch):
    ingest([str(folder)], store, GAZETTEER, refused=nothing)
    assert ingest([str(folder)], store, NEWER, refused=nothing) == Counts(reread=5, claims=5)
    assert reread(store, NEWER, refused=nothing) == Counts(unchanged=5)
    seen = []
    counts = reread(store, GAZETTEER, refused=nothing, progress=lambda *done: seen.append(done))
    assert counts == Counts(reread=5, claims=5)
    assert seen[-1] == (5, 5)
    monkeypatch.setattr(storing, "program_version", lambda: "another")
    assert reread(store, GAZETTEER, refused=nothing) == Counts(reread=5, claims=5)
    assert store.articles_count() == len(store.claims()) == 5


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(folder, store):
    (folder / "002.md").write_bytes(b"")
    (folder / "zzz.md").write_bytes(b"\x00\x01\x02" * 100)
    refused = []
    counts = ingest([str(folder), str(folder / "none.md")], store, GAZETTEER, refused=refused.append)
    assert (counts.new, counts.refused) == (4, 3)
    assert [Path(fault.where).name for fault in refused] == ["002.md", "zzz.md", "none.md"]


def test_progress_counts_every_article_once(folder, store, monkeypatch):
    monkeypatch.setattr(extracting, "BATCH_ARTICLES", 2)
    report(folder, 9)
    ingest([str(folder / "001.md")], store, GAZETTEER, refused=nothing)
    seen = []
    ingest([str(folder)], store, GAZETTEER, refused=nothing, progress=lambda *done: seen.append(done))
    done = [number for number, _ in seen]
    assert done == sorted(done)
    assert seen[-1] == (6, None)


def test_several_processes_find_the_same_in_the_same_order(monkeypatch):
    monkeypatch.setattr(extracting, "BATCH_ARTICLES", 4)
    paths = [str(path) for path in sorted(SAMPLE.iterdir())[:20] if path.suffix == ".md"]
    one = list(extract_paths(paths, GAZETTEER, refused=nothing))
    several = list(extract_paths(paths, GAZETTEER, jobs=2, refused=nothing))
    assert several == one
    assert [found.path for found, _ in several] == paths
    assert any(claims for _, claims in one)


def test_memory_is_bounded_however_many_articles_there_are(monkeypatch):
    monkeypatch.setattr(extracting, "BATCH_ARTICLES", 2)
    taken = itertools.count()
    last = 0

    def endless():
        nonlocal last
        for last in taken:
            yield article(f"Nothing is said here, for the time number {last}.")

    found = extract(endless(), GAZETTEER, jobs=2, refused=nothing, outlets=load_outlets())
    for number, (one, _) in zip(range(7), found, strict=False):
        assert one.text.endswith(f"number {number}.")
        assert last < number + 2 * 2 * (crew.AHEAD + 1)
    found.close()


class Careless(Reader):
    """A reader with a fault: every second quote is beside its place."""

    def read(self, article) -> tuple[Claim, ...]:
        (good,) = super().read(article)
        return good, replace(good, status="former", start=good.start + 1)


def test_a_claim_that_its_text_does_not_bear_out_is_refused_and_the_article_kept(folder, store, monkeypatch):
    monkeypatch.setattr(task, "Reader", Careless)
    refused = []
    counts = ingest([str(folder)], store, GAZETTEER, refused=refused.append)
    assert counts == Counts(new=5, refused=5, claims=5)
    assert "claim (hmeimim, RU, former) is refused: quote" in str(refused[0])
    assert str(folder / "000.md") in str(refused[0])


class Stumbling(Reader):
    """A reader with a fault that some article brings out."""

    def read(self, article) -> tuple[Claim, ...]:
        if "day 3" in article.text:
            raise IndexError("list index\nout of range")
        return super().read(article)


def test_an_article_that_the_reader_fails_on_does_not_keep_the_others(folder, store, monkeypatch):
    monkeypatch.setattr(task, "Reader", Stumbling)
    refused = []
    counts = ingest([str(folder)], store, GAZETTEER, refused=refused.append)
    assert counts == Counts(new=4, refused=1, claims=4)
    assert str(refused[0]).startswith(f"{folder / '003.md'}: reading it failed (IndexError: list index out of")


def _dies(*work):
    import os

    os._exit(9)


def test_a_process_that_dies_is_told_in_one_line(folder, monkeypatch):
    monkeypatch.setattr(task, "read", _dies)
    with pytest.raises(MapdataError, match="try with --jobs 1") as caught:
        list(extract_paths([str(folder)], GAZETTEER, jobs=2, refused=nothing))
    assert "\n" not in str(caught.value)


def test_what_was_done_before_a_stop_stays_done(folder, store, monkeypatch):
    monkeypatch.setattr(extracting, "BATCH_ARTICLES", 2)

    def stops(done, total):
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([str(folder)], store, GAZETTEER, refused=nothing, progress=stops)
    assert store.articles_count() == 4
    assert ingest([str(folder)], store, GAZETTEER, refused=nothing) == Counts(new=1, unchanged=4, claims=1)


def test_the_programs_version_is_that_of_its_rules():
    assert program_version() == program_version()
    assert program_version().startswith("0.")
