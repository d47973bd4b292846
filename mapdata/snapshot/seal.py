"""A hash of the file inside the file: it guards against accidents, not against people (for those: signing.py).

The seal is the text `seal:` + 16 digits + `:` + 64 digits. The 16 are of the manifest, hash of all quotes
included, so that no quote can hold the seal of the file that it stands in. The 64 are the SHA-256 of the file's
bytes with zeros in their place (in a PNG, with the checksum of the chunk around them as it is for the zeros).
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

ZEROS = "0" * 64

_SEAL = re.compile(r"seal:[0-9a-f]{16}:[0-9a-f]{64}")
_PNG = b"\x89PNG\r\n\x1a\n"


def blank(manifest: Mapping[str, Any]) -> str:
    """The seal of a file with this manifest, with zeros where its hash comes."""
    text = json.dumps(dict(manifest), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"seal:{hashlib.sha256(text.encode('ascii')).hexdigest()[:16]}:{ZEROS}"


def is_seal(text: object) -> bool:
    return isinstance(text, str) and _SEAL.fullmatch(text) is not None


def closed(content: bytes, seal: str) -> bytes:
    """The file with its hash in every place of its blank seal."""
    content = _checked(content, seal)
    whole = seal[: -len(ZEROS)] + hashlib.sha256(content).hexdigest()
    return _checked(content.replace(seal.encode(), whole.encode()), whole)


def holds(content: bytes, seal: str) -> bool:
    """Whether a file with this seal has the bytes that it was closed with."""
    empty = seal[: -len(ZEROS)] + ZEROS
    opened = content.replace(seal.encode(), empty.encode())
    return opened != content and closed(opened, empty) == content


def _checked(content: bytes, seal: str) -> bytes:
    """A PNG with the checksum of the chunk that has the seal set right; any other file as it is."""
    if not content.startswith(_PNG):
        return content
    made = [_PNG]
    for kind, data, checksum in chunks(content):
        if seal.encode() in data:
            checksum = zlib.crc32(kind + data)
        made.append(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum))
    return b"".join(made)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """(kind, data, checksum as it stands) of each chunk of a PNG; ends where the file does."""
    at = len(_PNG)
    while at + 12 <= len(png):
        (length,) = struct.unpack_from(">I", png, at)
        data = png[at + 8 : at + 8 + length]
        if len(data) < length or at + 12 + length > len(png):
            return
        yield png[at + 4 : at + 8], data, struct.unpack_from(">I", png, at + 8 + length)[0]
        at += 12 + length
