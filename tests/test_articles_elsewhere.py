"""Articles at addresses that fsspec opens: a bucket, an archive, memory; within the same limits as all else."""

from __future__ import annotations

import io
import json
import os
import threading
import zipfile
from datetime import date
from pathlib import Path

import boto3
import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from moto.server import ThreadedMotoServer

from mapdata.articles import Limits, elsewhere, read

TODAY = date(2026, 1, 1)
FILES = {
    "b/one.md": "---\noutlet: Levant Courier\n---\nTroops are at the base.\n",
    "a.jsonl": '{"text": "First row."}\nno json\n{"text": "Second row."}\n',
    "b/c/page.txt": "Nothing more.\n",
    "b/.hidden.txt": "Not read.\n",
    "b/picture.png": "Not read.\n",
}
TEXTS = ["First row.", "Second row.", "Nothing more.\n", "Troops are at the base.\n"]


def taken(*paths: str, **limits) -> tuple[list, list[str]]:
    """(articles, refusals in words)"""
    refused: list[str] = []
    got = read(paths, lambda fault: refused.append(str(fault)), limits=Limits(**limits), today=TODAY, anywhere=True)
    articles = list(got)
    assert all("\n" not in said for said in refused)
    return articles, refused


@pytest.fixture
def memory():
    store = fsspec.filesystem("memory")
    for name, text in FILES.items():
        store.pipe(f"/reports/{name}", text.encode())
    yield store
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / "reports" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")
    return tmp_path / "reports"


@pytest.fixture
def archive(folder: Path) -> Path:
    path = folder.parent / "reports.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name in FILES:
            made.write(folder / name, name)
    return path


@pytest.fixture(scope="module")
def bucket():
    """The endpoint of a server that speaks S3, with the files in a bucket `reports`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    old = dict(os.environ)
    os.environ |= {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ |= {"AWS_ENDPOINT_URL_S3": endpoint}
    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket="reports")
    for name, text in FILES.items():
        client.put_object(Bucket="reports", Key=f"2025/{name}", Body=text.encode())
    yield endpoint
    server.stop()
    os.environ.clear()
    os.environ |= old


def test_a_folder_in_memory_is_read_like_one_on_disk(memory, folder) -> None:
    got, refused = taken("memory://reports")
    here, refused_here = taken(str(folder))
    assert [one.text for one in got] == [one.text for one in here] == TEXTS
    assert [one.id for one in got] == [one.id for one in here]
    assert got[-1].path == "memory:///reports/b/one.md"
    assert refused[0].replace("memory:///reports", "X") == refused_here[0].replace(str(folder), "X")
    assert refused[0].startswith("memory:///reports/a.jsonl:2: is no JSON")


def test_a_plain_file_address_is_the_file(folder) -> None:
    assert taken(f"file://{folder}") == taken(str(folder))
    assert [one.text for one in taken(f"file://{folder}/b/one.md")[0]] == TEXTS[3:]


@pytest.mark.parametrize("form", ["zip::{}", "zip::file://{}", "zip://::file://{}"])
def test_an_archive_is_a_folder(archive, form: str) -> None:
    got, refused = taken(form.format(archive))
    assert [one.text for one in got] == TEXTS
    assert len(refused) == 1
    assert got[-1].path.startswith("zip://b/one.md::")
    # Each article names where it can be read again.
    assert [one.text for one in taken(got[-1].path)[0]] == TEXTS[3:]


def test_a_bucket_is_a_folder(bucket) -> None:
    got, refused = taken("s3://reports/2025")
    assert [one.text for one in got] == TEXTS
    assert got[-1].path == "s3://reports/2025/b/one.md"
    assert len(refused) == 1 and refused[0].startswith("s3://reports/2025/a.jsonl:2:")
    assert [one.text for one in taken("s3://reports/2025/b/one.md")[0]] == TEXTS[3:]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("s3://reports/none.md", "there is no such file or folder"),
        ("s3://no-such-bucket/x", "there is no such file or folder"),
    ],
)
def test_what_a_bucket_does_not_have_is_said(bucket, address: str, said: str) -> None:
    (fault,) = taken(address)[1]
    assert fault.startswith(f"{address}: {said}")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://reports/none.md", "there is no such file or folder; check the address"),
        ("memory://reports/b/picture.png", ".png is no format of an article"),
        ("nonsense://reports", "nonsense: is no file system that is known here"),
        ("zip::https://reports.example/a.zip", "opens a web address as a file; download it"),
        ("simplecache::memory://reports", "simplecache: is not read"),
        ("reference://::memory://reports/a.json", "reference: is not read"),
        ("data://x", "data: is not read"),
        ("gs://bucket/x.md", "needs a package that is not installed (Please install gcsfs to access Google Storage)"),
    ],
)
def test_what_is_not_read_is_said_in_a_line(memory, address: str, said: str) -> None:
    articles, (fault,) = taken(address)
    assert articles == []
    assert fault.startswith(f"{address}: {said}"), fault


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    (fault,) = taken("ftp://user:secret@files.example/x.md")[1]
    assert "holds a password" in fault and "secret" not in fault


def test_only_who_gives_paths_at_this_machine_may_open_addresses(folder, memory) -> None:
    refused: list = []
    assert list(read(["memory://reports", f"file://{folder}"], refused.append, today=TODAY)) == []
    assert len(refused) == 2 and "is no web address and no file" in str(refused[0])


def test_sizes_are_bounded_as_they_are_for_files(memory, archive) -> None:
    memory.pipe("/reports/long.md", b"x" * 2000)
    memory.pipe("/reports/empty.md", b"")
    assert "one article may have 1 kB" in taken("memory://reports/long.md", text_bytes=1000)[1][0]
    assert "is empty" in taken("memory://reports/empty.md")[1][0]
    rows = "".join(json.dumps({"text": text}) + "\n" for text in ("first", "y" * 5000, "last"))
    memory.pipe("/reports/rows.jsonl", rows.encode())
    got, refused = taken("memory://reports/rows.jsonl", row_bytes=1000)
    assert [one.text for one in got] == ["first", "last"]
    assert refused == ["memory://reports/rows.jsonl:2: the row is larger than 1 kB; split it or leave it out"]


def test_a_member_that_unpacks_to_more_than_a_text_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb.txt", b"a" * 30_000_000)
    assert (tmp_path / "bomb.zip").stat().st_size < 100_000
    (fault,) = taken(f"zip::{tmp_path}/bomb.zip")[1]
    assert "has 30 MB; one article may have 20 MB" in fault


class Slow(MemoryFileSystem):
    """A server that does not answer before it is told to."""

    protocol = "slow"
    go = threading.Event()
    silent = "info"

    @classmethod
    def _strip_protocol(cls, path):
        return super()._strip_protocol(path.replace("slow://", "memory://"))

    def info(self, path, **more):
        if self.silent == "info":
            self.go.wait(20)
        return super().info(path, **more)

    def _open(self, *given, **more):
        super()._open(*given, **more)
        return Silent(self.go) if self.silent == "read" else None


class Silent(io.BytesIO):
    def __init__(self, go: threading.Event) -> None:
        super().__init__()
        self.go = go

    def read(self, size: int | None = -1) -> bytes:
        self.go.wait(20)
        return b""


@pytest.mark.parametrize("silent", ["info", "read"])
def test_a_server_that_does_not_answer_is_left(memory, monkeypatch, silent: str) -> None:
    fsspec.register_implementation("slow", Slow, clobber=True)
    monkeypatch.setattr(Slow, "silent", silent)
    try:
        for name in ("b/one.md", "a.jsonl"):
            got, refused = taken(f"slow://reports/{name}", seconds=0.3)
            assert got == []
            assert refused == [f"slow://reports/{name}: no answer within 0.3 seconds; try again later"]
    finally:
        Slow.go.set()
        Slow.go.clear()


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("s3://bucket/x", True),
        ("zip::x.zip", True),
        ("S3://bucket", True),
        ("reports/x.md", False),
        ("C:\\reports\\x.md", False),
        ("https://reports.example/x", False),
        ("HTTP://reports.example/x", False),
        ("-", False),
        ("a b://c", False),
    ],
)
def test_what_is_an_address(path: str, is_one: bool) -> None:
    assert elsewhere.is_address(path) is is_one
