"""What the commands share: options, refusals on standard error, progress, and one line for what went wrong."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from mapdata import filters as words
from mapdata.errors import InputRefused, MapdataError
from mapdata.gazetteer import load
from mapdata.ingest import Recruit
from mapdata.model import Gazetteer
from mapdata.outlets import load_outlets
from mapdata.terminal import harmless

Command = TypeVar("Command", bound=Callable[..., Any])

DONE, SOME_REFUSED, WRONG = 0, 1, 2

PATHS_HELP = (
    "PATH: a file (.txt .md .html .pdf .docx .jsonl .csv .xml), a folder of them, - for standard input, an http(s)"
    " address, or the address of a bucket or an archive (s3://bucket/folder, zip::reports.zip)."
)


def db_option(command: Command) -> Command:
    return click.option(
        "--db",
        metavar="URL",
        envvar="MAPDATA_DB",
        help="Database: a file, sqlite:///FILE or postgresql+psycopg://…; default: a file in the user's data folder.",
    )(command)


def gazetteer_option(command: Command) -> Command:
    return click.option(
        "--gazetteer",
        "gazetteer_path",
        metavar="FILE",
        envvar="MAPDATA_GAZETTEER",
        type=click.Path(path_type=Path),
        help="Sites and actors to read with; default: the gazetteer that comes with mapdata.",
    )(command)


def jobs_option(command: Command) -> Command:
    return click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        default=1,
        show_default=True,
        help="Processes that read side by side.",
    )(command)


def dask_option(command: Command) -> Command:
    return click.option(
        "--dask",
        "dask_address",
        metavar="ADDRESS",
        help="Reads on the workers of a Dask cluster instead of --jobs, like tcp://10.0.0.5:8786 (docs/scaling.md).",
    )(command)


def recruited(dask_address: str | None) -> Recruit | None:
    """Who reads where a cluster was asked for; None for this machine."""
    if not dask_address:
        return None
    from mapdata import cluster

    return cluster.dask(dask_address)


def second_reader_options(command: Command) -> Command:
    """The optional second reader; without --second-reader no text leaves the machine."""
    for option, name, settings in (
        ("--second-timeout", "second_timeout", {"type": click.FloatRange(1, 3600), "default": 60.0,
          "show_default": True, "help": "Seconds to wait for an answer of the second reader."}),
        ("--second-model", "second_model", {"metavar": "NAME", "help": "The model that it is asked for."}),
        ("--second-reader", "second_url", {"metavar": "URL", "help": "Off by default. Sends sentences that "
          "mapdata is unsure of to a language model at this OpenAI-compatible address (docs/second-reader.md)."}),
    ):  # fmt: skip
        command = click.option(option, name, **settings)(command)
    return command


@contextmanager
def second_reader(gazetteer: Gazetteer, url: str | None, model: str | None, timeout: float) -> Iterator[Any | None]:
    """The second reader if one was asked for, else None; what came of it is told at the end, in one line."""
    if url is None and model is None:
        yield None
        return
    if not url or not model:
        raise click.UsageError("--second-reader URL and --second-model NAME go together")
    from mapdata import second_reader as room

    def say(line: str) -> None:
        click.echo(harmless(line), err=True)

    settings = room.settings(url, model, os.environ.get(room.KEY_VARIABLE), timeout=timeout)
    second = room.SecondReader(gazetteer, load_outlets(), settings, say)
    try:
        yield second
    finally:
        second.close()
        if said := second.summary():
            say(said)


_FILTER_HELP = {
    "from": "First day of publication (YYYY-MM-DD).",
    "to": "Last day of publication.",
    "as_of": "The map as it stood on this day; default: today.",
    "actor": "Actors, by id: TR,RU.",
    "country": "Layers, by country: TR,RU; none for actors without a state.",
    "status": "existing, proposed, denied, former.",
    "site": "Sites, by id: t4,palmyra.",
    "min_origins": "At least so many independent origins.",
    "recent": "Newest evidence at most so many days old.",
}


def filter_options(command: Command) -> Command:
    """The filters of the product as options; the command gets them as one `filters`."""

    @functools.wraps(command)
    def with_filters(*args: Any, **kwargs: Any) -> Any:
        given = {word: kwargs.pop(f"filter_{word}") for word in (*_FILTER_HELP, "reviewed")}
        said = {word: value for word, value in given.items() if value not in (None, (), False)}
        said = {word: "1" if value is True else value for word, value in said.items()}
        return command(*args, filters=words.parse(said), **kwargs)

    decorated: Any = click.option(
        "--reviewed", "filter_reviewed", is_flag=True, help="Only claims that a person has accepted."
    )(with_filters)
    for word, help_text in reversed(_FILTER_HELP.items()):
        option = "--" + word.replace("_", "-")
        multiple = word in {"actor", "country", "status", "site"}
        names = [option] if "-" not in option[2:] else [option, "--" + word]
        decorated = click.option(*names, f"filter_{word}", multiple=multiple, metavar=word.upper(), help=help_text)(
            decorated
        )
    return decorated


def open_gazetteer(path: Path | None) -> Gazetteer:
    return load(path)


def today() -> date:
    """The day that the user has; asked for once, here, and passed on.

    SOURCE_DATE_EPOCH, seconds since 1970, stands for the clock where it is set, so that what is made twice is the
    same twice (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError) as fault:
            raise click.UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970") from fault
    return datetime.now().astimezone().date()


def write_out(text: str) -> None:
    """Text on standard output: as it is into a file or a pipe, with what steers a terminal as codes on one."""
    sys.stdout.write(harmless(text.replace("\r\n", "\n")) if sys.stdout.isatty() else text)


def now() -> datetime:
    """The time, with its zone; asked for where a person's verdict is taken."""
    return datetime.now().astimezone()


class Refusals:
    """Names each refused input on standard error and remembers that there were some."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, fault: InputRefused) -> None:
        self.count += 1
        # One line each, whatever a file's name holds.
        line = str(fault).replace("\n", "\\u000a")
        click.echo(f"refused: {harmless(line)}", err=True)

    @property
    def exit_code(self) -> int:
        return SOME_REFUSED if self.count else DONE


class Progress:
    """A line on standard error that counts, where a person looks on; silent in a pipe."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, done: int, total: int | None) -> None:
        if not self._shown:
            return
        of = f" of {total:,}" if total else ""
        click.echo(f"\r{done:,}{of} {self._what}", nl=False, err=True)

    def end(self) -> None:
        if self._shown:
            click.echo("", err=True)


def print_json(record: dict[str, Any]) -> None:
    """One JSON object on a line of its own, in UTF-8 whatever the terminal says."""
    write_out(json.dumps(record, ensure_ascii=False) + "\n")


class Group(click.Group):
    """A group whose commands end with one clear line and the right exit code, never with a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MapdataError as fault:
            click.echo(f"mapdata: {harmless(str(fault))}", err=True)
            ctx.exit(WRONG)
        except BrokenPipeError:
            # `mapdata … | head` has read enough; Python must not complain while it shuts down.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(DONE)
