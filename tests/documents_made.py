"""Makers of PDF and Word documents for tests, by libraries that write them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import matplotlib
import pypdf
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure


def pdf(pages: Sequence[Sequence[str]], *, title: str | None = None, password: str | None = None) -> bytes:
    """A PDF with these lines on its pages, as text; a page without lines has a drawing."""
    out = io.BytesIO()
    with (
        matplotlib.rc_context({"pdf.fonttype": 42}),
        PdfPages(out, metadata={"Title": title} if title else {}) as file,
    ):
        for lines in pages:
            figure = Figure(figsize=(8, 11))
            if not lines:
                figure.add_axes((0.1, 0.1, 0.8, 0.8)).axis("off")
            for number, line in enumerate(lines):
                figure.text(0.08, 0.95 - 0.022 * number, line, fontsize=9)
            file.savefig(figure)
    if password is None:
        return out.getvalue()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(out.getvalue()))
    writer.encrypt(password)
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def word(paragraphs: Sequence[str], *, title: str = "", table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word document with these paragraphs, and a table after them."""
    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
