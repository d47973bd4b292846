"""How much of the outside world one article may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds.

    text_bytes: one file that is one article, or one feed. row_bytes: one row of a .jsonl or .csv, whose
    files may have any size. pages: of a PDF, whose reading may take `seconds`. unpacked_bytes: of a Word
    document, which is packed. text_signs: code points of the text of either. page_bytes, seconds, redirects:
    one web address. allow_private: whether an address of this machine or its network (loopback, 10.x,
    192.168.x…) may be fetched.
    """

    text_bytes: int = 20_000_000
    row_bytes: int = 5_000_000
    page_bytes: int = 10_000_000
    pages: int = 300
    unpacked_bytes: int = 100_000_000
    text_signs: int = 2_000_000
    seconds: float = 20.0
    redirects: int = 5
    allow_private: bool = False


DEFAULT = Limits()
