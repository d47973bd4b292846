"""One door to bytes wherever they lie: files of this machine, and addresses that fsspec opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from mapdata.articles import elsewhere
from mapdata.articles import files as local
from mapdata.articles.limits import Limits
from mapdata.errors import InputRefused

Refused = Callable[[InputRefused], None]


def listed(path: str, refused: Refused, limits: Limits) -> Iterator[str]:
    """The file itself, or the articles' files of a folder and its folders, in the order of their names."""
    if not elsewhere.is_address(path):
        yield from local.files(path, refused)
    elif plain := elsewhere.local_path(path):
        yield from local.files(plain, refused)
    else:
        try:
            yield from elsewhere.files(path, local.ENDINGS, limits)
        except InputRefused as fault:
            refused(fault)


def absolute(path: str) -> str:
    """The same place for a process that works in another folder."""
    return path if elsewhere.is_address(path) else str(Path(path).absolute())


def name(path: str) -> str:
    """The part of a path that the file's own name ends: of a chain of addresses the first."""
    return path.partition("::")[0] if elsewhere.is_address(path) else path


def is_shared(path: str) -> bool:
    """Whether a process beside this one can read it, and begin anywhere in it at no cost."""
    return not elsewhere.is_address(path) or elsewhere.is_shared(path)


def size(path: str, limit: int | None, limits: Limits) -> int | None:
    """Size in bytes, None where it is not known; InputRefused for what is no file, empty or above the limit."""
    if not elsewhere.is_address(path):
        return local.checked_size(path, limit)
    found = elsewhere.size(path, limits)
    if found == 0:
        raise InputRefused(path, "is empty; there is nothing to read in it")
    if limit is not None and found is not None and found > limit:
        raise InputRefused(path, local.too_large(found, limit))
    return found


def opened(path: str, limits: Limits, ahead: int | None = None) -> IO[bytes]:
    """The file, to be read; InputRefused says why it cannot be opened. ahead: see elsewhere.opened."""
    if elsewhere.is_address(path):
        return elsewhere.opened(path, limits, ahead)
    try:
        return Path(path).open("rb")
    except OSError as fault:
        raise InputRefused(path, local.open_reason(fault)) from None


def whole(path: str, limits: Limits) -> bytes:
    """All of a file that is one article or one feed; it is not opened if it is larger than the limit."""
    if not elsewhere.is_address(path):
        return local.read_bytes(path, limits.text_bytes)
    size(path, limits.text_bytes, limits)
    data = elsewhere.whole(path, limits.text_bytes + 1, limits)
    if len(data) > limits.text_bytes:
        raise InputRefused(path, local.too_large(None, limits.text_bytes))
    return data
