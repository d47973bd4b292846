"""Articles in a bucket, in an archive, on another machine: whatever fsspec opens, within our limits.

An address counts only where a person gave it: no text, feed or gold file leads here. Web pages are not fetched this
way, since `fetch` looks where they lead; neither is anything whose content names further addresses to open. Each
answer (a listing, an article, a piece of a large table) has the time that a web page has.
"""

from __future__ import annotations

import io
import queue
import re
import threading
from collections.abc import Callable, Iterator
from typing import IO, Any, TypeVar

from mapdata.articles.limits import Limits
from mapdata.errors import InputRefused

Answer = TypeVar("Answer")

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|[A-Za-z][A-Za-z0-9+.-]+::")
_WEB = frozenset({"http", "https"})
# Protocols of fsspec that open what a file or a server names, that keep copies of what is read, or that hand work on.
_KEEPS_COPIES = {"blockcache", "cached", "filecache", "simplecache"}
_NOT_READ = frozenset(
    {"reference", "generic", "data", "async_wrapper", "dask", "dir", "jlab", "jupyter"} | _KEEPS_COPIES
)
_LOCAL = frozenset({"file", "local"})
# Where nobody but this process can look, or where a later piece costs all that stands before it.
_OF_ONE_PROCESS = frozenset({"memory", "zip", "tar", "libarchive"})
_PASSWORD = re.compile(r"//[^/@]*:[^/@]*@")
_PIECE = 1_000_000
_SHOWN = 120


def is_address(path: str) -> bool:
    """Whether a path is the address of a file system of fsspec; an http(s) address is a web page's and is none."""
    found = _ADDRESS.match(path)
    return found is not None and found[0].lower() not in {"http://", "https://"}


def local_path(address: str) -> str | None:
    """The path that a plain file:// address names, None for any other address."""
    kind, _, rest = address.partition("://")
    if kind.lower() not in _LOCAL or "::" in address:
        return None
    # file:///folder and file://localhost/folder are one place.
    return rest.removeprefix("localhost") or "/"


def is_shared(address: str) -> bool:
    """Whether another process can open the address too, and begin anywhere in a file at no cost."""
    return "::" not in address and address.partition("://")[0].lower() not in _OF_ONE_PROCESS


def files(address: str, endings: frozenset[str], limits: Limits) -> Iterator[str]:
    """The address itself if it is a file's, else those of the files with these endings in and below it, in the order
    of their names; hidden ones are passed over. Raises InputRefused."""
    system, root = _system(address, limits)
    known = _asked(lambda: system.info(root), address, limits)
    if known.get("type") != "directory":
        yield address
        return
    name = _namer(address, system)
    found = False
    for path in _walk(system, root, address, endings, limits):
        found = True
        yield name(path)
    if not found:
        shown = " ".join(sorted(endings))
        raise InputRefused(address, f"this folder holds no article; endings that are read: {shown}")


def size(address: str, limits: Limits) -> int | None:
    """Size in bytes, None where the file system does not say. Raises InputRefused."""
    system, path = _system(address, limits)
    known = _asked(lambda: system.info(path), address, limits)
    return None if known.get("size") is None else int(known["size"])


def opened(address: str, limits: Limits, ahead: int | None = None) -> IO[bytes]:
    """The file to be read; what goes wrong while it is read is an InputRefused. ahead: how many bytes to ask a far
    file system for at a time, where less than it would take by itself is wanted."""
    system, path = _system(address, limits)
    file = _asked(lambda: system.open(path, "rb", block_size=ahead), address, limits)
    return io.BufferedReader(_Bounded(file, system, address, limits), buffer_size=min(ahead or _PIECE, _PIECE))


def whole(address: str, most: int, limits: Limits) -> bytes:
    """The first `most` bytes of a file, which has the time of one answer for all of them. Raises InputRefused."""
    system, path = _system(address, limits)

    def read() -> bytes:
        with system.open(path, "rb") as file:
            return file.read(most)

    return _asked(read, address, limits)


def _walk(system: Any, folder: str, address: str, endings: frozenset[str], limits: Limits) -> Iterator[str]:
    entries = _asked(lambda: system.ls(folder, detail=True), address, limits)
    for entry in sorted(entries, key=lambda entry: _last(entry["name"])):
        path, name = entry["name"], _last(entry["name"])
        if not name or name.startswith(".") or path.rstrip("/") == folder.rstrip("/"):
            continue
        if entry["type"] == "directory":
            yield from _walk(system, path, address, endings, limits)
        elif "." in name and f".{name.rpartition('.')[2].lower()}" in endings:
            yield path


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _namer(address: str, system: Any) -> Callable[[str], str]:
    """From a path of the file system to its address: in a chain, the first link is what changes."""
    first, chained, rest = address.partition("::")
    if not chained:
        return system.unstrip_protocol
    kind = first.partition("://")[0]
    return lambda path: f"{kind}://{path.lstrip('/')}::{rest}"


def _system(address: str, limits: Limits) -> tuple[Any, str]:
    """(file system, path in it) of an address that may be read."""
    if _PASSWORD.search(address):
        shown = _PASSWORD.sub("//…@", address)
        raise InputRefused(shown, "holds a password; leave it out, and configure the file system instead (docs)")
    links = address.split("::")
    for link in links:
        kind = link.partition("://")[0].lower()
        if kind in _WEB:
            raise InputRefused(address, "opens a web address as a file; download it, and give the file")
        if kind in _NOT_READ:
            raise InputRefused(address, f"{kind}: is not read, since what it opens or keeps is not in the address")
    from fsspec.core import url_to_fs  # here: most who read articles have files

    # A chain ends at what holds the archive; without its own protocol that is a file of this machine.
    return _asked(lambda: url_to_fs(address), address, limits)


def _asked(question: Callable[[], Answer], address: str, limits: Limits) -> Answer:
    """The answer, if it comes in time. A question that hangs is left to its thread, which keeps no one from ending."""
    answers: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put((True, question()))
        except BaseException as fault:  # of any library: what it was is told below
            answers.put((False, fault))

    threading.Thread(target=ask, daemon=True).start()
    try:
        good, answer = answers.get(timeout=limits.seconds)
    except queue.Empty:
        raise InputRefused(address, f"no answer within {limits.seconds:g} seconds; try again later") from None
    if good:
        return answer
    if isinstance(answer, InputRefused):
        raise answer
    raise InputRefused(address, _reason(answer, address)) from None


def _reason(fault: BaseException, address: str) -> str:
    said = " ".join(str(fault).split())[:_SHOWN]
    if isinstance(fault, ImportError):
        return f"needs a package that is not installed ({said}); pip install it beside mapdata"
    if isinstance(fault, ValueError) and said.startswith("Protocol not known"):
        return f"{address.partition(':')[0]}: is no file system that is known here; check the address"
    if isinstance(fault, FileNotFoundError):
        return "there is no such file or folder; check the address"
    if isinstance(fault, PermissionError):
        return f"may not be read ({said or 'no permission'}); check the credentials of the file system"
    return f"cannot be read ({type(fault).__name__}: {said}); check the address"


class _Bounded(io.RawIOBase):
    """A file of fsspec each of whose answers has its time, and whose faults are refusals."""

    def __init__(self, file: Any, system: Any, address: str, limits: Limits) -> None:
        self._file, self._address, self._limits = file, address, limits
        self._system = system  # an archive closes when nobody holds it

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = _asked(lambda: self._file.read(len(buffer)), self._address, self._limits)
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return _asked(lambda: self._file.seek(offset, whence), self._address, self._limits)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
