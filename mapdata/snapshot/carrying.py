"""Manifests within pictures: PNG, SVG and PDF, each where its kind has a place for such things."""

from __future__ import annotations

import io
import struct
import zlib

from lxml import etree
from pypdf import PdfReader, PdfWriter

from mapdata.snapshot.seal import chunks

ATTACHED = "mapdata-manifest.json"
"""The name of the manifest in a PDF, which shows it as an attachment."""

_KEYWORD = b"mapdata-manifest\x00"
_IN_SVG = "mapdata-manifest"
_SVG = "{http://www.w3.org/2000/svg}"

_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False}
_MOST_XML = 64_000_000  # bytes: a file of ours is a few millions


def put(picture: bytes, ending: str, text: str) -> bytes:
    """The picture with the text in it. text: ASCII. ending: png, svg or pdf."""
    return {"png": _into_png, "svg": _into_svg, "pdf": _into_pdf}[ending](picture, text)


def found(picture: bytes, ending: str) -> str | None:
    """The text that `put` put in, None where there is none. Raises ValueError for what is no such picture."""
    return {"png": _in_png, "svg": _in_svg, "pdf": _in_pdf}[ending](picture)


def parsed(content: bytes) -> etree._Element:
    """XML from anywhere, without entities and without the network. Raises ValueError for what is no XML."""
    if len(content) > _MOST_XML:
        raise ValueError("it is too long")
    try:
        return etree.fromstring(content, etree.XMLParser(**_SAFE, huge_tree=True))
    except etree.XMLSyntaxError as fault:
        raise ValueError(str(fault)) from fault


def _into_png(picture: bytes, text: str) -> bytes:
    kind, data = b"tEXt", _KEYWORD + text.encode("ascii")
    chunk = struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    before, end, after = picture.rpartition(struct.pack(">I", 0) + b"IEND")
    return before + chunk + end + after


def _in_png(picture: bytes) -> str | None:
    for kind, data, _ in chunks(picture):
        if kind == b"tEXt" and data.startswith(_KEYWORD):
            return data[len(_KEYWORD) :].decode("ascii")
    return None


def _into_svg(picture: bytes, text: str) -> bytes:
    root = parsed(picture)
    etree.SubElement(root, f"{_SVG}metadata", id=_IN_SVG).text = text
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _in_svg(picture: bytes) -> str | None:
    for element in parsed(picture).iter(f"{_SVG}metadata"):
        if element.get("id") == _IN_SVG:
            return element.text
    return None


def _into_pdf(picture: bytes, text: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(picture))
    # Stored as it is, so that the seal in it can be found and filled in.
    writer.add_attachment(ATTACHED, text.encode("ascii"))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _in_pdf(picture: bytes) -> str | None:
    try:
        attached = PdfReader(io.BytesIO(picture)).attachments.get(ATTACHED)
    except Exception as fault:  # of a broken file pypdf raises whatever it stumbles on
        raise ValueError(f"it is no PDF that can be read ({type(fault).__name__})") from fault
    return attached[0].decode("ascii") if attached else None
