"""What reads: the package's version and a hash of the code and the rules of reading."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

import mapdata

_FILES_THAT_READ = (".py", ".yaml", ".json", ".npz")


@functools.cache
def program_version() -> str:
    """The version of what reads: the package's, and a hash of the code and the rules of reading.

    Articles are read again when it changes, so that no claim is older than the rule it was read with.
    """
    here = resources.files(mapdata)
    digest = hashlib.blake2b(digest_size=4)
    for name in ("articles", "data", "reading", "folding.py", "outlets.py"):
        for label, content in _contents(here / name, name):
            digest.update(f"{label}\n{len(content)}\n".encode())
            digest.update(content)
    return f"{mapdata.__version__} {digest.hexdigest()}"


def _contents(at: Traversable, label: str) -> Iterator[tuple[str, bytes]]:
    if at.is_dir():
        for inner in sorted(at.iterdir(), key=lambda inner: inner.name):
            yield from _contents(inner, f"{label}/{inner.name}")
    elif label.endswith(_FILES_THAT_READ) and not label.endswith("gazetteer.yaml"):
        yield label, at.read_bytes()
