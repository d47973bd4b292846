"""The command line as its user meets it: real processes for exit codes, the README's own examples, bad input.

A process is started where it shows something, an exit code of each kind among it; the others run here.
"""

import contextlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from mapdata.cli import main
from mapdata.cli.common import harmless

COMMANDS = sorted(main.list_commands(None))
ROOT = Path(__file__).parents[1]
REPORT = """\
---
outlet: Levant Courier
published: 2025-02-04
---
Türkiye may set up air bases in central Syria, a regional security official said.
"""


def run(*words: str, cwd: Path | None = None, **kwargs) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mapdata", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        **kwargs,
    )


def here(*words: str, cwd: Path | None = None) -> SimpleNamespace:
    """The same without a process; what no command may let through is raised."""
    with contextlib.chdir(cwd or Path.cwd()):
        done = CliRunner().invoke(main, list(words), catch_exceptions=False)
    return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)


def invoke(*words: str):
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def readme_examples() -> list[str]:
    rows = re.findall(
        r"^\| `mapdata [^|]*\|[^|]*\| `(mapdata [^`]*)` \|",
        (ROOT / "README.md").read_text(encoding="utf-8"),
        re.M,
    )
    return [row for row in rows if not row.startswith("mapdata app")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a user has it: sample and tests beside it, a database with some of the sample in it."""
    folder = tmp_path_factory.mktemp("user")
    for name in ("sample", "tests", "gazetteer.yaml"):
        (folder / name).symlink_to(ROOT / name)
    some = sorted(str(path) for path in (ROOT / "sample").glob("2025-02-0*.md"))
    done = here("ingest", *some, "--db", "my.sqlite3", cwd=folder)
    here("ingest", *some, "--db", "small.sqlite3", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


TWO_JOBS = ["extract", "sample", "--jobs", "2"]


@pytest.fixture(scope="module")
def in_two_processes(kept: Path) -> subprocess.CompletedProcess[str]:
    """The whole sample, read by processes that a process starts."""
    return run(*TWO_JOBS, cwd=kept)


def test_the_readme_names_every_command() -> None:
    said = set(re.findall(r"`mapdata ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert set(COMMANDS) <= said
    assert len(readme_examples()) >= 10


@pytest.mark.parametrize("example", readme_examples())
def test_the_readmes_examples_run(example: str, kept: Path, in_two_processes: subprocess.CompletedProcess[str]) -> None:
    words = shlex.split(example)[1:]
    done = in_two_processes if words == TWO_JOBS else here(*words, cwd=kept)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "-o" in example or "ingest" in example or "reread" in example


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    said = invoke(command, "--help").output
    if command == "gazetteer":
        said = invoke("gazetteer", "check", "--help").output
    assert "Example: mapdata" in said


def test_extract_prints_what_the_contract_says(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    done = run("extract", "report.md", cwd=tmp_path)
    assert done.returncode == 0
    [line] = [json.loads(text) for text in done.stdout.splitlines()]
    text = here("text", "report.md", cwd=tmp_path).stdout
    assert text[line["start"] : line["end"]] == line["quote"]
    assert (line["site"], line["actor"], line["status"]) == ("central-syria", "TR", "proposed")
    assert line["path"] == "report.md"
    assert line["published"] == "2025-02-04"
    assert line["attribution"] == "a regional security official"
    assert line["cues"]


def test_extract_reads_standard_input() -> None:
    done = run("extract", "-", input=REPORT)
    assert done.returncode == 0
    assert json.loads(done.stdout)["path"] == "-"


def test_several_processes_give_the_same_lines(kept: Path, in_two_processes: subprocess.CompletedProcess[str]) -> None:
    assert here("extract", "sample", cwd=kept).stdout == in_two_processes.stdout != ""


def test_the_same_article_twice_changes_nothing(kept: Path) -> None:
    some = sorted(str(path) for path in (ROOT / "sample").glob("2025-02-0*.md"))
    before = here("claims", "--db", "small.sqlite3", "--format", "json", cwd=kept).stdout
    again = here("ingest", *some, "--db", "small.sqlite3", cwd=kept)
    assert "unchanged" in again.stderr
    assert "new" not in again.stderr
    assert here("claims", "--db", "small.sqlite3", "--format", "json", cwd=kept).stdout == before


def test_filters_choose(kept: Path) -> None:
    def lines(*words: str) -> list[dict]:
        done = here("claims", "--db", "small.sqlite3", "--format", "json", *words, cwd=kept)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    everything = lines()
    turkish = lines("--actor", "TR", "--status", "proposed")
    assert 0 < len(turkish) < len(everything)
    assert {(line["actor"], line["status"]) for line in turkish} == {("TR", "proposed")}
    early = lines("--to", "2025-02-04")
    assert 0 < len(early) < len(everything)
    assert max(line["published"] for line in early) == "2025-02-04"


BAD = {
    "an empty file": ("empty.txt", b"", "is empty"),
    "a binary": ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary"),
    "front matter that is no YAML": ("broken.md", b"---\ntitle: [unclosed\n---\nText.\n", "YAML"),
    "a date that is no date": ("date.md", b"---\npublished: 32 May 2025\n---\nText.\n", "32 May 2025"),
    "a YAML bomb": ("bomb.md", b"---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: *b\n---\nText.\n", "alias"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_input_is_one_line_and_the_rest_goes_through(case: str, tmp_path: Path) -> None:
    name, content, said = BAD[case]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz.md").write_text(REPORT, encoding="utf-8")
    done = here("ingest", name, "zz.md", "--db", "x.sqlite3", cwd=tmp_path)
    assert done.returncode == 1
    [refused] = [line for line in done.stderr.splitlines() if line.startswith("refused:")]
    assert name in refused
    assert said.lower() in refused.lower()
    assert "1 new" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_of_200_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    done = run("extract", "huge.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "huge.txt" in done.stderr
    assert "MB" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claims", "--as-of", "tomorrow"), "'tomorrow'"),
        (("claims", "--status", "rumoured"), "rumoured"),
        (("claims", "--site", "t44"), "t4"),
        (("claims", "--from", "2025-03-01", "--to", "2025-02-01"), "after"),
        (("extract", "x.md", "--gazetteer", "missing.yaml"), "missing.yaml"),
        (("ingest", "x.md", "--db", "postgresql+psycopg://u:secret@127.0.0.1:1/x"), "127.0.0.1"),
        (("snapshot", "-o", "map.docx"), ".docx"),
        (("extract",), "PATH"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_a_wrong_command_is_one_line_and_exits_with_2(words: tuple[str, ...], said: str, kept: Path) -> None:
    words = (*words, "--db", "my.sqlite3") if words[0] in {"claims", "snapshot"} else words
    done = here(*words, cwd=kept)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


def test_a_faulty_gazetteer_gives_all_faults_with_their_lines(tmp_path: Path) -> None:
    text = (ROOT / "gazetteer.yaml").read_text(encoding="utf-8")
    text = text.replace("lat: 34.5226", "lat: 340", 1).replace("kind: air_base", "kind: airbase", 1)
    (tmp_path / "faulty.yaml").write_text(text, encoding="utf-8")
    done = run("gazetteer", "check", "faulty.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "2 faults" in done.stderr
    assert re.search(r"faulty.yaml:\d+: .*340", done.stderr)
    assert "did you mean 'air_base'" in done.stderr


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, kept: Path) -> None:
    import sqlite3

    path = tmp_path / "newer.sqlite3"
    path.write_bytes((kept / "my.sqlite3").read_bytes())
    with sqlite3.connect(path) as connection:
        columns = [row[1] for row in connection.execute("pragma table_info(meta)")]
        [column] = [name for name in columns if "schema" in name or "version" in name]
        connection.execute(f"update meta set {column} = 99")
    done = here("claims", "--db", str(path))
    assert done.returncode == 2
    assert "newer" in done.stderr
    assert "99" in done.stderr


def test_a_port_in_use_is_one_line() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("app", "--port", port)
    assert done.returncode == 2
    assert port in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = run("ingest", str(ROOT / "sample"), "--db", str(closed / "x.sqlite3"))
    assert done.returncode == 2
    assert "closed" in done.stderr


def test_hostile_text_is_inert_in_a_terminal() -> None:
    assert harmless("\x1b]0;owned\x07\u202egnp.exe") == "\\u001b]0;owned\\u0007\\u202egnp.exe"
    assert harmless("دمشق\tÇ\n") == "دمشق\tÇ\n"
