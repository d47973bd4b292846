"""PDF and Word documents: the text that they hold, within limits.

The text is what the extraction gives, a paragraph a line; spans count in it. The day that a document was made is no
day of publication: it counts only where the text opens with one.
"""

from __future__ import annotations

import io
import logging
import re
import statistics
import time
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date

from mapdata.articles.decoding import normal_lines
from mapdata.articles.files import megabytes
from mapdata.articles.limits import Limits
from mapdata.articles.metadata import NOTHING
from mapdata.articles.record import build
from mapdata.errors import InputRefused
from mapdata.model import Article

# It complains of each oddity of a file; what cannot be read is refused here, in one line.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_ENDS = re.compile(r"[.!?؟…:۔][\"'»”’)\]]*$")
_FULL_LINE = 0.75  # of the usual width; a line that is shorter and ends a sentence ends a paragraph
_HEADING_LINE = 0.6
_FILE_NAME = re.compile(
    r"\.(docx?|pdf|odt|rtf|indd|pages|txt)$|^(microsoft word|untitled|document\d*)\b", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def from_pdf(data: bytes, where: str, today: date, limits: Limits, *, path: str | None) -> Article:
    """The article of a PDF. InputRefused where it is locked, damaged, too long, or holds pictures of a text alone."""
    from pypdf import PdfReader  # it takes a while to load, and few need it
    from pypdf.errors import DependencyError, FileNotDecryptedError

    deadline = time.monotonic() + limits.seconds
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputRefused(where, "is locked with a password; save it without one")
        if len(reader.pages) > limits.pages:
            raise InputRefused(where, f"has {len(reader.pages)} pages; {limits.pages} are read; split it")
        pages = []
        for page in reader.pages:
            if time.monotonic() > deadline:
                raise InputRefused(where, f"takes longer than {limits.seconds:g} seconds; save its text as .txt")
            pages.append(page.extract_text())
        title = reader.metadata.title if reader.metadata else None
    except (InputRefused, MemoryError):
        raise
    except (FileNotDecryptedError, DependencyError):
        raise InputRefused(where, "is locked in a way that is not read; save it without a password") from None
    except Exception as fault:  # a file of strangers finds every gap of a parser
        raise InputRefused(where, f"is a damaged PDF ({type(fault).__name__}); save its text as .txt") from None
    text = "\n".join(paragraphs(pages))
    if not any(sign.isalpha() for sign in text):
        raise InputRefused(where, "holds no text, as a scan does; run it through text recognition, or copy its text")
    return _article(text, title, where, today, limits, path)


def from_docx(data: bytes, where: str, today: date, limits: Limits, *, path: str | None) -> Article:
    """The article of a Word document: paragraphs and cells of tables, in their order."""
    import docx  # as above

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            whole = sum(part.file_size for part in parts.infolist())
        if whole > limits.unpacked_bytes:
            raise InputRefused(where, f"unpacks to {megabytes(whole)}; {megabytes(limits.unpacked_bytes)} are read")
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(line for line in _paragraphs_of(document) if line.strip())
        title = document.core_properties.title
    except (InputRefused, MemoryError):
        raise
    except Exception as fault:
        raise InputRefused(where, f"is no Word document ({type(fault).__name__}); save its text as .txt") from None
    if not text.strip():
        raise InputRefused(where, "holds no text; there is nothing to read in it")
    return _article(text, title, where, today, limits, path)


def _article(text: str, title: str | None, where: str, today: date, limits: Limits, path: str | None) -> Article:
    text = _CONTROLS.sub("", normal_lines(text)).strip("\n")
    if len(text) > limits.text_signs:
        raise InputRefused(where, f"holds {len(text):,} signs of text; {limits.text_signs:,} are read; split it")
    title = " ".join(_CONTROLS.sub("", title or "").split())
    # Programs put the name of a file there, where nobody said a title.
    named = title if title and not _FILE_NAME.search(title) else None
    return build(text, NOTHING, path=path, today=today, title=named)


def _paragraphs_of(document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # A cell that spans several columns stands in each of them.
                cells = dict.fromkeys(cell.text for cell in row.cells)
                yield " · ".join(" ".join(cell.split()) for cell in cells if cell.strip())
        else:
            yield block.text.replace("\n", " ")


def paragraphs(pages: Iterable[str]) -> list[str]:
    """Pages of lines as paragraphs: lines are joined as they run on, words that were parted at a line's end too."""
    lines = [line.strip() for page in pages for line in normal_lines(page).split("\n")]
    widths = [len(line) for line in lines if line]
    usual = statistics.quantiles(widths, n=10)[8] if len(widths) > 1 else 0
    found: list[str] = []
    open_line = ""  # the last line of a paragraph that goes on
    for line in lines:
        if not line:
            # A page may end within a sentence.
            if open_line and _ENDS.search(open_line):
                open_line = ""
            continue
        if not open_line:
            found.append(line)
        elif open_line.endswith(("-", "\u00ad")) and line[0].islower():
            found[-1] = found[-1][:-1] + line
        else:
            found[-1] = f"{found[-1]} {line}"
        short = len(line) < usual * (_FULL_LINE if _ENDS.search(line) else 0)
        heading = len(line) < usual * _HEADING_LINE and len(found[-1]) == len(line) and not _ENDS.search(line)
        open_line = "" if short or heading else line
    return found
