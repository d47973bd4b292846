"""What a file is that is no text, by its first bytes."""

from __future__ import annotations

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"%PDF-", "PDF document"),
    (b"{\\rtf", "RTF document"),
    (b"PK\x03\x04", "ZIP archive or Office document"),
    (b"PK\x05\x06", "ZIP archive or Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
    (b"\x1f\x8b\x08", "gzip archive"),
    (b"BZh9", "bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"PAR1", "Parquet table"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"\x00\x00\x01\x00", "icon"),
)

# Signs that texts do not hold: control codes but tab, line ends, form feed and escape.
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_MOST_CONTROLS = 0.02  # share of a text


def known_binary(data: bytes) -> str | None:
    """The name of a format that is no text, None where the first bytes are of none."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data[:4] == b"RIFF" and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        return "image, sound or film"
    if data[4:8] == b"ftyp":
        return "film"
    return None


def full_of_controls(data: bytes) -> bool:
    """Whether bytes hold more control codes than a text does; UTF-16 and UTF-32 do, too."""
    head = data[:65_536]
    return len(head) - len(head.translate(None, _CONTROLS)) > max(2, len(head) * _MOST_CONTROLS)


def half_controls(data: bytes) -> bool:
    """Whether every other byte, nearly, is a control code, as in UTF-16 of letters up to the Arabic ones.

    A text with a stray NUL is not that: read as UTF-16 it would be words in Chinese signs.
    """
    head = data[:65_536]
    return len(head) - len(head.translate(None, _CONTROLS)) > 0.3 * len(head)


def binary_reason(name: str | None) -> str:
    shown = f" ({name})" if name else ""
    return f"looks like a binary file{shown}; give text, HTML, JSONL or CSV"
