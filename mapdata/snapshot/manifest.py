"""What a snapshot says of itself: nothing of the clock or the machine."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import mapdata
from mapdata.filters import to_words
from mapdata.layers import quote_words
from mapdata.model import Evidence, Gazetteer
from mapdata.selection import Selection
from mapdata.snapshot.excerpts import excerpted
from mapdata.tables import in_order, states_of

FORMAT = 1
"""Of the manifest; a higher number is one that this program cannot check."""

MOST_OUTLETS = 1000
"""That `by_origin` names: the other ones are summed."""

READ = ("article", "start", "end", "quote", "published", "attribution", "speaker")
HASHED = (*READ, "origin", "origin_day")

Ledger = dict[tuple[str, str, str], tuple[str | None, frozenset[str]]]
"""By (site, actor, status): the state of the standing, None without a dated claim, and the claims' fingerprints."""

_FINGERPRINT = 12  # hexadecimal digits: enough to tell the claims of one standing apart


def manifest(selection: Selection, gazetteer: Gazetteer) -> dict[str, Any]:
    """Filters, day, versions, counts and the hash of the claims, as plain values.

    by_origin: how many reports and claims go back to each outlet, the most claims first, None for an unknown
    one. reviewed: whether only claims that a person has accepted are in it.
    """
    return {
        "format": FORMAT,
        "mapdata": mapdata.__version__,
        "theatre": gazetteer.theatre.name,
        "gazetteer": gazetteer.version,
        "as_of": selection.as_of.isoformat(),
        "filters": to_words(selection.filters),
        "reviewed": selection.filters.reviewed,
        "claims_sha256": claims_hash(selection.evidence),
        "counts": {
            "claims": selection.claims,
            "claims_in_all": selection.total,
            "undated": selection.undated,
            "articles": len({item.source.id for item in selection.evidence}),
            "origins": selection.origins,
            "symbols": len(selection.symbols),
            "reviewed": sum(item.claim.review is not None for item in selection.evidence),
        },
        "by_origin": _by_origin(selection.evidence),
        "illustrative": any(item.source.illustrative for item in selection.evidence),
    }


def _by_origin(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    claims: Counter[str | None] = Counter()
    origins: defaultdict[str | None, set[str]] = defaultdict(set)
    for item in evidence:
        claims[item.origin.outlet] += 1
        origins[item.origin.outlet].add(item.origin.id)
    order = sorted(claims, key=lambda outlet: (-claims[outlet], outlet is None, outlet or ""))
    made = [{"outlet": one, "origins": len(origins[one]), "claims": claims[one]} for one in order[:MOST_OUTLETS]]
    if rest := order[MOST_OUTLETS:]:
        summed = {"origins": sum(len(origins[one]) for one in rest), "claims": sum(claims[one] for one in rest)}
        made.append({"other_outlets": len(rest), **summed})
    return made


def claims_hash(evidence: Iterable[Evidence]) -> str:
    """SHA-256 over the claims, whatever their order: site, actor, status and the keys of HASHED of each.

    Each claim is a JSON array on a line of its own, in the order of `tables.in_order`; docs/snapshots.md
    shows how to check it from a file.
    """
    return lines_hash(_words(item) for item in in_order(evidence))


def lines_hash(claims: Iterable[Mapping[str, Any]]) -> str:
    """The same of claims as plain values, in the order given."""
    hashed = hashlib.sha256()
    for claim in claims:
        hashed.update(_line(claim, HASHED) + b"\n")
    return hashed.hexdigest()


def sort_key(claim: Mapping[str, Any]) -> tuple[Any, ...]:
    """The order of `tables.in_order` for claims as plain values."""
    day = claim["published"]
    return claim["site"], claim["actor"], claim["status"], day is None, day or "", claim["article"], claim["start"]


def ledger_of(claims: Iterable[Mapping[str, Any]]) -> Ledger:
    """The ledger of claims as plain values, each with the `state` of its standing."""
    states: dict[tuple[str, str, str], str | None] = {}
    marks: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for claim in claims:
        key = claim["site"], claim["actor"], claim["status"]
        states[key] = claim["state"]
        # Without its origin, which other articles decide: a claim is the same whoever turns out to have it first.
        marks[key].add(hashlib.sha256(_line(claim, READ)).hexdigest()[:_FINGERPRINT])
    return {key: (states[key], frozenset(found)) for key, found in marks.items()}


def ledger(selection: Selection) -> Ledger:
    """The ledger of a file of this selection."""
    states = states_of(selection)
    return ledger_of(
        {**_words(item), "state": states.get((item.claim.site, item.claim.actor, item.claim.status))}
        for item in excerpted(selection).evidence
    )


def written_ledger(made: Ledger) -> list[list[Any]]:
    """A ledger as JSON: [site, actor, status, state, fingerprints in one string], sorted."""
    return [[*key, state, "".join(sorted(marks))] for key, (state, marks) in sorted(made.items())]


def read_ledger(written: Iterable[Iterable[Any]]) -> Ledger:
    """What `written_ledger` wrote. Raises ValueError or TypeError for what it did not write."""
    made: Ledger = {}
    for site, actor, status, state, marks in written:
        cut = (marks[at : at + _FINGERPRINT] for at in range(0, len(marks), _FINGERPRINT))
        made[str(site), str(actor), str(status)] = (None if state is None else str(state), frozenset(cut))
    return made


def _words(item: Evidence) -> dict[str, Any]:
    claim = item.claim
    return {"site": claim.site, "actor": claim.actor, "status": claim.status.value, **quote_words(item)}


def _line(claim: Mapping[str, Any], keys: Iterable[str]) -> bytes:
    values = [_in_any_file(claim[key]) for key in ("site", "actor", "status", *keys)]
    return json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _in_any_file(value: Any) -> Any:
    """A value as every kind of file gives it back: no half of a pair of surrogates, and nothing for no text."""
    return (value.encode("utf-8", "replace").decode() or None) if isinstance(value, str) else value


def one_line(made: Mapping[str, Any]) -> str:
    """The manifest for the foot of a figure and for metadata of files."""
    filters = " ".join(f"{word}={value}" for word, value in made["filters"].items()) or "none"
    return (
        f"mapdata {made['mapdata']}; gazetteer {made['theatre']} {made['gazetteer']}; as of {made['as_of']}; "
        f"filters: {filters}; {made['counts']['claims']} claims, SHA-256 {made['claims_sha256']}"
    )
