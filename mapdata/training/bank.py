"""The bank of sentences: single sentences with placeholders for names, and what each claims of whom.

`labels/bank/<language>-*.txt` has a sentence a line, `labels<TAB>sentence`, for breadth of wording
(docs/annotation.md); `labels/bank/names.yaml` has the invented names that are put in, in the forms that each
language needs, and the sites that they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from zlib import crc32

import yaml

from mapdata.articles import from_text
from mapdata.errors import MapdataError
from mapdata.evaluation.gold import GoldArticle
from mapdata.gazetteer import load
from mapdata.model import Article, Status
from mapdata.outlets import load_outlets
from mapdata.reading.reader import Reader
from mapdata.reading.weights import untrained

# A sentence of the bank counts half as much as one in its article; chosen by cross-validation over theatres.
BANK_WEIGHT = 0.5
_PLACEHOLDER = re.compile(r"\{([ABHabh]|F|[STUR])([^{}]*)\}")
_LABEL = re.compile(r"([ABHF])([STUR])=([epdf?])")
_STATUS = {status.value[0]: status for status in Status}


class BankError(MapdataError, ValueError):
    """A line of the bank that cannot be used; the message names file, line and mend."""


def bank(folder: Path) -> Iterator[tuple[GoldArticle, Article, Reader]]:
    """The lines of a bank as labelled articles of one sentence or a few, with a reader for their names; none
    where there is no bank. Raises BankError."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        return
    reader = Reader(load(folder / "gazetteer.yaml"), load_outlets(), untrained())
    names = yaml.safe_load((folder / "names.yaml").read_text(encoding="utf-8"))
    for file in files:
        lang = file.name.split("-")[0]
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield (*_labelled(line, names[lang], lang, f"{file.name}:{number}"), reader)


def _labelled(line: str, names: Mapping, lang: str, place: str) -> tuple[GoldArticle, Article]:
    labels, tab, sentence = line.partition("\t")
    if not tab:
        raise BankError(f"{place}: not 'labels<TAB>sentence': {line[:60]!r}")
    chosen = _chosen(names, crc32(sentence.encode()))

    def put(match: re.Match[str]) -> str:
        slot, form = match[1], match[2]
        forms = chosen[slot.upper()]
        # A small letter is the adjective of the name.
        wanted = ("a" if slot.islower() else "") + form
        if wanted not in forms:
            raise BankError(f"{place}: names.yaml has no form {wanted!r} for {match[0]}")
        return forms[wanted]

    text = _PLACEHOLDER.sub(put, sentence)
    text = text[0].upper() + text[1:] + "\n"
    claims, optional = [], []
    for label in labels.split(",") if labels != "-" else []:
        match = _LABEL.fullmatch(label.strip())
        if match is None:
            raise BankError(f"{place}: a label is like AS=e, not {label!r}")
        actor, site, status = match.groups()
        claim = [chosen[site]["id"], chosen[actor]["id"], _STATUS.get(status, Status.EXISTING), text.strip()]
        (optional if status == "?" else claims).append(claim)
    name = f"bank-{place}"
    article = from_text(f"---\nlang: {lang}\n---\n{text}")
    return GoldArticle(id=name, lang=lang, text=text, claims=claims, optional=optional), article


def _chosen(names: Mapping, number: int) -> dict[str, Mapping[str, str]]:
    """Names for the placeholders, by the sentence itself: the same every time."""
    states, hosts, forces = names["states"], names["hosts"], names["forces"]
    a = number % len(states)
    b = (a + 1 + (number >> 4) % (len(states) - 1)) % len(states)
    host = hosts[(number >> 8) % len(hosts)]
    sites = host["sites"]
    first = (number >> 11) % len(sites)
    step = 1 + (number >> 16) % (len(sites) // 3)
    found = {"A": states[a], "B": states[b], "H": host, "F": forces[(number >> 20) % len(forces)]}
    found |= {slot: sites[(first + i * step) % len(sites)] for i, slot in enumerate("STU")}
    found["R"] = host["regions"][(number >> 23) % len(host["regions"])]
    return found
