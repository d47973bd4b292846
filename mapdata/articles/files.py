"""From a path to its bytes: which files a folder gives, and why a file cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from mapdata.errors import InputRefused

TEXTS = frozenset({".txt", ".md"})
PAGES = frozenset({".html", ".htm"})
FEEDS = frozenset({".xml", ".rss", ".atom"})
TABLES = frozenset({".jsonl", ".csv"})
DOCUMENTS = frozenset({".pdf", ".docx"})
ENDINGS = TEXTS | PAGES | FEEDS | TABLES | DOCUMENTS
_HINTS = {
    ".json": "write one article a line and end the name in .jsonl",
    ".ndjson": "end the name in .jsonl",
    ".tsv": "save it as .csv",
    ".xlsx": "save it as .csv",
    ".markdown": "end the name in .md",
    ".doc": "save it as .docx or .txt",
    ".odt": "save it as .docx or .txt",
    ".rtf": "save it as .txt or .html",
}


def megabytes(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def files(path: str, refused: Callable[[InputRefused], None]) -> Iterator[str]:
    """The file itself, or the articles' files of a folder and its folders, in the order of their names.

    In a folder, hidden files and folders are skipped, and so are endings that are no article's.
    """
    if not _is_folder_path(path):
        yield path
        return
    found = False
    trouble = False
    for name, fault in _walk(path):
        if fault:
            trouble = True
            refused(fault)
        elif name:
            found = True
            yield name
    if not found and not trouble:
        refused(InputRefused(path, f"this folder holds no article; endings that are read: {_endings()}"))


def _is_folder_path(path: str) -> bool:
    # What may not be looked at is no folder here; `checked_size` says why.
    try:
        return Path(path).is_dir()
    except OSError:
        return False


def _walk(folder: str) -> Iterator[tuple[str | None, InputRefused | None]]:
    """Names of files one after the other, with the folder that cannot be listed as a fault in its place."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as fault:
        yield None, InputRefused(folder, _reason(fault, "folder"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk(entry.path)
        elif Path(entry.name).suffix.lower() in ENDINGS:
            yield entry.path, None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # Links to folders are not followed: they can lead in a circle.
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def ending(path: str, name: str) -> str:
    """The ending of a file's name, which decides the format; InputRefused for one that no format has."""
    suffix = Path(name).suffix.lower()
    if suffix in ENDINGS:
        return suffix
    hint = _HINTS.get(suffix, f"endings that are read: {_endings()}")
    raise InputRefused(path, f"{suffix or 'a name without ending'} is no format of an article; {hint}")


def checked_size(path: str, limit: int | None) -> int:
    """The size in bytes; InputRefused if there is no such file, it is none, is empty or above the limit."""
    try:
        status = Path(path).stat()
    except OSError as fault:
        if isinstance(fault, FileNotFoundError) and Path(path).is_symlink():
            raise InputRefused(path, "is a link to a file that is not there; mend or remove it") from None
        raise InputRefused(path, _reason(fault, "file")) from None
    except ValueError:
        raise InputRefused(path.replace("\x00", "\\0"), "a path cannot hold a NUL sign") from None
    if not stat.S_ISREG(status.st_mode):
        raise InputRefused(path, "is no regular file; save what it gives to a file, or give it as '-'")
    if status.st_size == 0:
        raise InputRefused(path, "is empty; there is nothing to read in it")
    if limit is not None and status.st_size > limit:
        raise InputRefused(path, too_large(status.st_size, limit))
    return status.st_size


def too_large(size: int | None, limit: int) -> str:
    """size: None where only known to be above the limit."""
    has = f"has {megabytes(size)}" if size is not None else "is too large"
    return f"{has}; one article may have {megabytes(limit)}; split it, or give many as .jsonl or .csv"


def read_bytes(path: str, limit: int) -> bytes:
    """All of a file; it is not opened if it is larger than the limit."""
    checked_size(path, limit)
    try:
        with Path(path).open("rb") as file:
            data = file.read(limit + 1)
    except OSError as fault:
        raise InputRefused(path, _reason(fault, "file")) from None
    if len(data) > limit:
        raise InputRefused(path, too_large(None, limit))
    return data


def _reason(fault: OSError, what: str) -> str:
    if isinstance(fault, FileNotFoundError):
        return "there is no such file or folder; check the path"
    if isinstance(fault, PermissionError):
        return f"no permission to read this {what}; allow it (chmod) or leave it out"
    return f"cannot be read ({fault.strerror or fault}); check the {what}"


def open_reason(fault: OSError) -> str:
    return _reason(fault, "file")


def _endings() -> str:
    return " ".join(sorted(ENDINGS))
