"""The work of reading cut into parts that others can do: where the files are, not what is in them.

A part is a few files, or whole lines out of the midst of a long .jsonl, and small: what it gives is in memory at once.
What only this process can read (standard input, a web address, an archive, a table that cannot be cut) is handed on as
the articles themselves.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import IO

from mapdata.articles import intake, places, tables
from mapdata.articles.files import TABLES, ending
from mapdata.articles.limits import DEFAULT, Limits
from mapdata.articles.record import storable
from mapdata.errors import InputRefused
from mapdata.model import Article

# About a second of reading: long enough to be worth handing out, short enough to lose.
PART_BYTES = 262_144
PART_FILES = 32

Refused = Callable[[InputRefused], None]


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines of a .jsonl: from byte `start` to before byte `end`."""

    start: int
    end: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or lines of it. path: as the user gave it. place: the same for a process in another folder."""

    path: str
    place: str
    lines: Lines | None = None


Part = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a part holds, in order: articles, and why others were refused. rows: (path, how many lines) of those files
    whose refusals count lines from the beginning of the part."""

    items: tuple[Article | InputRefused, ...]
    rows: tuple[tuple[str, int], ...]


def parts(
    paths: Iterable[str], refused: Refused, *, limits: Limits = DEFAULT, today: date
) -> Iterator[Part | Iterator[Article]]:
    """All that is at the paths, in their order, as parts or as articles. refused: for what is no input at all."""
    gathered: list[Piece] = []
    size = 0
    for path, piece, bytes_of in _pieces(paths, refused, limits):
        alone = piece is None or piece.lines is not None
        if gathered and (alone or size + bytes_of > PART_BYTES or len(gathered) == PART_FILES):
            yield tuple(gathered)
            gathered, size = [], 0
        if piece is None:
            yield intake.read([path], refused, limits=limits, today=today, anywhere=True)
        elif alone:
            yield (piece,)
        else:
            gathered.append(piece)
            size += bytes_of
    if gathered:
        yield tuple(gathered)


def read_part(part: Part, *, limits: Limits = DEFAULT, today: date) -> Found:
    """The articles of a part; whatever is wrong with one of its files is among them as a refusal."""
    items: list[Article | InputRefused] = []
    rows = []
    for piece in part:
        found: list[Article | InputRefused] = []
        if piece.lines is None:
            found += intake.one_file(piece.place, found.append, limits=limits, today=today)
        else:
            rows.append((piece.path, _read_lines(piece, piece.lines, found, limits, today)))
        items += (_renamed(item, piece) for item in found)
    return Found(tuple(items), tuple(rows))


def _pieces(paths: Iterable[str], refused: Refused, limits: Limits) -> Iterator[tuple[str, Piece | None, int]]:
    """(path, piece, its bytes); no piece for what only this process can read, or only from its beginning."""
    for path in paths:
        if intake.is_read_here(path):
            yield path, None, 0
            continue
        for file in places.listed(path, refused, limits):
            if not places.is_shared(file):
                yield file, None, 0
                continue
            piece = Piece(file, places.absolute(file))
            try:
                size = places.size(file, None, limits)
                kind = ending(file, places.name(file))
            except InputRefused:
                yield file, piece, 0  # who reads it says why
                continue
            if kind not in TABLES or (size is not None and size <= PART_BYTES):
                yield file, piece, size or 0
            elif kind == ".jsonl" and size is not None:
                yield from _cut(piece, size, refused, limits)
            else:
                yield file, None, 0


def _cut(piece: Piece, size: int, refused: Refused, limits: Limits) -> Iterator[tuple[str, Piece | None, int]]:
    try:
        encoding = tables.encoding_at(piece.place, limits)
        if encoding.startswith(("utf-16", "utf-32")):  # a byte of a line's end may be half of another sign
            yield piece.path, None, 0
            return
        with places.opened(piece.place, limits, _AHEAD) as file:
            start = 0
            while start < size:
                end = _line_end(file, start + PART_BYTES, size)
                yield piece.path, replace(piece, lines=Lines(start, end, encoding)), end - start
                start = end
    except InputRefused as fault:
        refused(_renamed(fault, piece))
    except OSError as fault:
        refused(InputRefused(piece.path, f"cannot be read ({fault.strerror or fault}); check the file"))


# How much of a far file is asked for to find the end of a line.
_AHEAD = 65_536


def _line_end(file: IO[bytes], near: int, size: int) -> int:
    """The end of the line that has the byte before `near`; a line of any length, in pieces."""
    if near >= size:
        return size
    file.seek(near - 1)
    while piece := file.readline(_AHEAD):
        if piece.endswith(b"\n"):
            return min(file.tell(), size)
    return size


def _read_lines(piece: Piece, lines: Lines, found: list[Article | InputRefused], limits: Limits, today: date) -> int:
    """Adds what some lines hold, and says how many they are."""
    try:
        with places.opened(piece.place, limits, PART_BYTES) as file:
            part = io.BufferedReader(_Section(file, lines.start, lines.end))
            text = tables.as_text(part, lines.encoding)
            rows = tables.rows_of_json(text, piece.place, found.append, limits, today)
            while True:
                try:
                    found.append(next(rows))
                except StopIteration as end:
                    return end.value
    except InputRefused as fault:
        found.append(fault)
    except OSError as fault:
        found.append(InputRefused(piece.place, f"cannot be read ({fault.strerror or fault}); check the file"))
    return 0


def _renamed(item: Article | InputRefused, piece: Piece) -> Article | InputRefused:
    """The same under the path that the user gave."""
    if isinstance(item, Article):
        return replace(item, path=storable(piece.path))
    rest = item.where.removeprefix(piece.place)
    return item if rest == item.where else InputRefused(piece.path + rest, item.reason)


class _Section(io.RawIOBase):
    """The bytes of a file from `start` to before `end`."""

    def __init__(self, file: IO[bytes], start: int, end: int) -> None:
        self._file, self._left = file, end - start
        file.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        piece = self._file.read(min(len(buffer), self._left))
        self._left -= len(piece)
        buffer[: len(piece)] = piece
        return len(piece)
