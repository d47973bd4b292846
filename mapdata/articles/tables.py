"""A row an article: .jsonl and .csv of any size, one row in memory at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Generator, Iterator
from datetime import date
from io import TextIOWrapper
from typing import IO, Any, TextIO

from mapdata.articles import places
from mapdata.articles.decoding import decode, encoding_of, normal_lines
from mapdata.articles.files import megabytes
from mapdata.articles.limits import Limits
from mapdata.articles.metadata import MetadataFault, checked, quoted, unstorable
from mapdata.articles.record import build
from mapdata.errors import InputRefused
from mapdata.model import Article

_SAMPLE = 262_144
_DELIMITERS = ",;\t|"
_KINDS = {dict: "a mapping", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}

Refused = Callable[[InputRefused], None]


def jsonl(path: str, refused: Refused, limits: Limits, today: date) -> Iterator[Article]:
    with _open(path, limits) as file:
        yield from rows_of_json(file, path, refused, limits, today)


def rows_of_json(
    file: TextIO, path: str, refused: Refused, limits: Limits, today: date
) -> Generator[Article, None, int]:
    """The articles of an open .jsonl, or of whole lines out of its midst; in the end, how many lines it has."""
    lines = _Lines(file, path, limits.row_bytes)
    while True:
        try:
            lines.begin_row()
            line = next(lines, None)
            if line is None:
                return lines.number - 1
            if not line.strip():
                continue
            where = f"{path}:{lines.number}"
            article = _article(_object(line, where), where, path, today)
        except InputRefused as fault:
            if fault.where == path:
                raise  # the file itself broke off
            refused(fault)
        else:
            yield article


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as fault:
        reason = fault.msg if isinstance(fault, json.JSONDecodeError) else type(fault).__name__
        raise InputRefused(where, f"is no JSON ({reason}); write one object a line") from None
    if not isinstance(row, dict):
        kind = _KINDS.get(type(row), "a number")
        raise InputRefused(where, f'holds {kind}, not an object; write {{"text": …}}')
    return row


def table(path: str, refused: Refused, limits: Limits, today: date) -> Iterator[Article]:
    """A .csv: a header with `text`, columns apart by comma, semicolon, tab or bar."""
    # The csv module has one limit for the process; it is only ever raised here.
    csv.field_size_limit(max(csv.field_size_limit(), limits.row_bytes))
    with _open(path, limits) as file:
        lines = _Lines(file, path, limits.row_bytes)
        try:
            header = next(lines, "")
        except InputRefused as fault:
            refused(fault)
            return
        delimiter, columns = _header(header)
        if "text" not in columns:
            shown = ", ".join(quoted(column) for column in columns[:8])
            refused(
                InputRefused(f"{path}:1", f"has no column 'text'; its first line must name the columns, not {shown}")
            )
            return
        reader = csv.reader(lines, delimiter=delimiter, strict=False)
        while True:
            where = f"{path}:{lines.number + 1}"
            try:
                lines.begin_row()
                cells = next(reader, None)
                if cells is None:
                    return
                if lines.ended:
                    reason = "opens a text with '\"' that is never closed, so that all that follows is in it"
                    raise InputRefused(where, f"{reason}; close it, and write '\"' within it as '\"\"'")
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) > len(columns):
                    reason = f"has {len(cells)} cells, the header {len(columns)}"
                    raise InputRefused(where, f"{reason}; put quotes around text with '{delimiter}'")
                row = {name: cell for name, cell in zip(columns, cells, strict=False) if cell.strip()}
                article = _article(row, where, path, today)
            except InputRefused as fault:
                if fault.where == path:
                    raise
                refused(fault)
            except csv.Error as fault:
                refused(InputRefused(where, f"is no row of CSV ({fault}); check its quotes"))
            else:
                yield article


def _header(line: str) -> tuple[str, list[str]]:
    """(delimiter, names of the columns): the delimiter under which a column is `text`, else the comma."""
    found: dict[str, list[str]] = {}
    for delimiter in _DELIMITERS:
        cells = next(csv.reader([line], delimiter=delimiter), [])
        found[delimiter] = [cell.strip().casefold() for cell in cells]
        if "text" in found[delimiter]:
            return delimiter, found[delimiter]
    return ",", found[","]


def _article(row: dict[str, Any], where: str, path: str, today: date) -> Article:
    text = row.get("text")
    if text is None:
        raise InputRefused(where, "has no 'text'; every row needs one")
    if not isinstance(text, str):
        raise InputRefused(where, f"text must be text, not {quoted(text)}; put it in quotes")
    if not text.strip():
        raise InputRefused(where, "its text is empty; there is nothing to read in it")
    if reason := unstorable(text):
        raise InputRefused(where, f"text {reason}")
    try:
        metadata = checked(row)
    except MetadataFault as fault:
        raise InputRefused(where, str(fault)) from None
    return build(normal_lines(text.removeprefix("\ufeff")), metadata, path=path, today=today)


def encoding_at(path: str, limits: Limits) -> str:
    """The encoding of a file's first bytes. Raises InputRefused."""
    places.size(path, None, limits)
    with places.opened(path, limits, _SAMPLE) as file:
        sample = file.read(_SAMPLE)
    return encoding_of(sample, path, whole=len(sample) < _SAMPLE)


def as_text(file: IO[bytes], encoding: str) -> TextIO:
    """Bytes as text in their encoding; what does not fit survives as surrogates."""
    return TextIOWrapper(file, encoding, errors="surrogateescape" if encoding == "utf-8" else "replace", newline="")


def _open(path: str, limits: Limits) -> TextIO:
    encoding = encoding_at(path, limits)
    return as_text(places.opened(path, limits), encoding)


class _Lines:
    """The lines of a file with their numbers; one that makes its row too large is passed over and refused."""

    def __init__(self, file: TextIO, path: str, limit: int) -> None:
        self._file = file
        self._path = path
        self._limit = limit
        self._row = 0
        self.number = 0
        self.ended = False

    def begin_row(self) -> None:
        self._row = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.number += 1
        line = self._file.readline(self._limit)
        if not line:
            self.ended = True
            raise StopIteration
        if self.number == 1:
            line = line.removeprefix("\ufeff")
        self._row += len(line)
        whole = line.endswith(("\n", "\r")) or len(line) < self._limit
        if not whole or self._row > self._limit:
            while not whole:
                rest = self._file.readline(self._limit)
                whole = not rest or rest.endswith("\n")
            self._row = 0
            where = f"{self._path}:{self.number}"
            raise InputRefused(where, f"the row is larger than {megabytes(self._limit)}; split it or leave it out")
        return self._mended(line)

    def _mended(self, line: str) -> str:
        """A line that is not in the file's UTF-8, read in the encoding that it is in."""
        try:
            line.encode()
        except UnicodeEncodeError:
            return decode(line.encode("utf-8", "surrogateescape"), f"{self._path}:{self.number}")
        return line
