"""From bytes to the text that spans count in: the encoding found, no BOM, `\\n` line ends.

Order: a BOM; UTF-8 that holds; UTF-16 without BOM; the charset that a page or a server declares; the
one-byte encodings of our languages, told apart by how much the result reads like one of them
(`charsets.likeliest`); last charset-normalizer, for the rest of the world.
"""

from __future__ import annotations

import codecs

import charset_normalizer

from mapdata.articles.binary import binary_reason, full_of_controls, half_controls, known_binary
from mapdata.articles.charsets import likeliest, reads_like_text
from mapdata.errors import InputRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose BOM it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages call an encoding, and what browsers then read (WHATWG). Charsets of text, never codecs like hex.
_DECLARED = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "windows-1254": "cp1254",
    "windows-1256": "cp1256",
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "cp1252": "cp1252",
    "cp1254": "cp1254",
    "cp1256": "cp1256",
    "windows-1250": "cp1250",
    "windows-1253": "cp1253",
    "windows-1255": "cp1255",
    "iso-8859-2": "iso-8859-2",
    "iso-8859-5": "iso-8859-5",
    "iso-8859-6": "iso-8859-6",
    "iso-8859-8": "iso-8859-8",
    "iso-8859-15": "iso-8859-15",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "mac-cyrillic": "mac-cyrillic",
    "ibm866": "cp866",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "shift_jis": "cp932",
    "euc-jp": "euc-jp",
    "euc-kr": "cp949",
}
_SAMPLE = 65_536  # bytes that the guessing looks at


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """The text of some bytes; InputRefused for what is none. A declared charset counts only if it fits."""
    if name := known_binary(data):
        raise InputRefused(where, binary_reason(name))
    encoding = encoding_of(data, where, declared)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if "\x00" in text:
        raise InputRefused(where, binary_reason(None))
    return normal_lines(text)


def normal_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(data: bytes, where: str, declared: str | None = None, *, whole: bool = True) -> str:
    """The encoding of some bytes, or of the first of many (`whole=False`: the last sign may be cut)."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            if not _fits(data, encoding, whole):
                raise InputRefused(where, f"is marked as {encoding} and is not; save it as UTF-8")
            return encoding
    nuls = b"\x00" in data
    if not nuls and _fits(data, "utf-8", whole) and not full_of_controls(data):
        return "utf-8"
    if nuls and half_controls(data):
        for encoding in ("utf-16-le", "utf-16-be"):
            if _fits(data, encoding, whole) and reads_like_text(
                data[:_SAMPLE].decode(encoding, errors="ignore")
            ):
                return encoding
    if nuls or full_of_controls(data):
        raise InputRefused(where, binary_reason(None))
    said = _DECLARED.get((declared or "").strip().lower().replace("_", "-").replace("shift-jis", "shift_jis"))
    if said and _fits(data, said, whole):
        return said
    sample = data[:_SAMPLE]
    if found := likeliest(sample):
        return found
    best = charset_normalizer.from_bytes(sample).best()
    if best is None or not _fits(data, best.encoding, whole):
        raise InputRefused(where, "its encoding cannot be told; save it as UTF-8")
    return best.encoding


def _fits(data: bytes, encoding: str, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data, final=whole)
    except (UnicodeError, LookupError):
        return False
    return True
