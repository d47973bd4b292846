"""Files cut into parts for others to read: together they are the same articles and the same refusals."""

from __future__ import annotations

import json
import pickle
import random
from datetime import date
from pathlib import Path

import fsspec
import pytest

from mapdata.articles import cutting, read
from mapdata.errors import InputRefused
from mapdata.gazetteer import load
from mapdata.ingest import extract_paths
from mapdata.model import Article

TODAY = date(2026, 1, 1)


def whole(*paths: str) -> tuple[list[Article], list[str]]:
    refused: list[str] = []
    return list(read(paths, lambda fault: refused.append(str(fault)), today=TODAY, anywhere=True)), refused


def cut(*paths: str) -> tuple[list[Article], list[str], list[cutting.Part]]:
    """The same through parts, each sent as it would be to another process; refusals as a part tells them."""
    articles: list[Article] = []
    refused: list[str] = []
    seen: list[cutting.Part] = []

    def refuse(fault: InputRefused) -> None:
        refused.append(str(fault))

    for one in cutting.parts(paths, refuse, today=TODAY):
        if not isinstance(one, tuple):
            articles += one
            continue
        seen.append(one)
        found = pickle.loads(pickle.dumps(cutting.read_part(pickle.loads(pickle.dumps(one)), today=TODAY)))
        articles += (item for item in found.items if isinstance(item, Article))
        refused += (str(item) for item in found.items if isinstance(item, InputRefused))
    return articles, refused, seen


def rows(count: int, seed: int) -> str:
    """Rows of many lengths, blank ones and bad ones among them, in several scripts."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        text = f"{number} " + chance.choice(["troops ", "قوات ", "войска ", "birlik 𝒳 "]) * chance.randint(1, 60)
        kind = chance.random()
        made.append("" if kind < 0.1 else "no json" if kind < 0.2 else json.dumps({"text": text}, ensure_ascii=False))
    return "\n".join(made) + chance.choice(["", "\n"])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_table_in_parts_has_the_rows_of_the_whole(tmp_path: Path, monkeypatch, seed: int, encoding: str) -> None:
    monkeypatch.setattr(cutting, "PART_BYTES", random.Random(seed).randint(20, 900))
    monkeypatch.setattr(cutting, "_AHEAD", 64)
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(60, seed).encode(encoding, "replace"))
    articles, refused = whole(str(path))
    got, refused_in_parts, seen = cut(str(path))
    assert got == articles
    assert len(refused_in_parts) == len(refused)
    if encoding != "utf-16":
        assert len(seen) > 3
        starts = [one[0].lines.start for one in seen]
        ends = [one[0].lines.end for one in seen]
        assert starts == [0, *ends[:-1]] and ends[-1] == path.stat().st_size


def test_rows_are_named_by_their_lines_in_the_file(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cutting, "PART_BYTES", 300)
    path = tmp_path / "a.jsonl"
    path.write_text(rows(200, 3), encoding="utf-8")
    refused: list[str] = []
    got = list(extract_paths([str(path)], load(), jobs=2, refused=lambda fault: refused.append(str(fault))))
    articles, expected = whole(str(path))
    assert [article for article, _ in got] == articles
    assert refused == expected and len(expected) > 3


def test_files_are_gathered_until_there_is_enough_work(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cutting, "PART_BYTES", 1000)
    for number in range(100):
        (tmp_path / f"{number:03}.md").write_text(f"Report {number}. " + "x" * (number % 5 * 90), encoding="utf-8")
    (tmp_path / "050.md").write_text("", encoding="utf-8")
    (tmp_path / "long.md").write_text("A long one. " * 900, encoding="utf-8")
    (tmp_path / "rows.csv").write_text("text\n" + "A row.\n" * 900, encoding="utf-8")
    articles, refused = whole(str(tmp_path), str(tmp_path / "none.md"), str(tmp_path / "picture.png"))
    got, refused_in_parts, seen = cut(str(tmp_path), str(tmp_path / "none.md"), str(tmp_path / "picture.png"))
    assert got == articles
    assert sorted(refused_in_parts) == sorted(refused) and len(refused) == 3
    assert 4 < len(seen) < 60
    assert all(len(one) <= cutting.PART_FILES for one in seen)


def test_a_part_is_the_same_for_a_process_in_another_folder(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.md").write_text("One.", encoding="utf-8")
    (tmp_path / "a" / "bad.md").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (part,) = cutting.parts(["a"], print, today=TODAY)
    monkeypatch.chdir("/")
    bad, one = cutting.read_part(part, today=TODAY).items
    assert str(bad) == "a/bad.md: is empty; there is nothing to read in it"
    assert one.path == "a/one.md"


def test_what_others_cannot_open_is_read_here() -> None:
    fsspec.filesystem("memory").pipe("/shelf/a.md", b"One.")
    (articles,) = cutting.parts(["memory://shelf"], print, today=TODAY)
    assert [one.text for one in articles] == ["One."]
    fsspec.filesystem("memory").rm("/shelf", recursive=True)


def test_a_file_that_is_gone_when_it_is_read_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cutting, "PART_BYTES", 100)
    path = tmp_path / "a.jsonl"
    path.write_text(rows(60, 1), encoding="utf-8")
    first, *_ = list(cutting.parts([str(path)], print, today=TODAY))
    path.unlink()
    (fault,) = cutting.read_part(first, today=TODAY).items
    assert str(fault).startswith(f"{path}: there is no such file")
