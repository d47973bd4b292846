"""Texts that are copies of one another: signatures, and the groups that they make."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

import numpy as np
from rensa import RMinHash

from mapdata.origins.descriptions import Description, describe, pack, unpack

PERMUTATIONS = 128
_BYTES = 4 * PERMUTATIONS
_SEED = 20120315
_SHINGLE = 5
# Below this a text is a headline: two of those look alike without being copies.
_LEAST_WORDS = 25
# Two texts are copies from this share of common shingles on: one that adds a paragraph of background to a
# wire report of the same length is still one.
SIMILAR = 0.5
# Bands of three permutations find a pair of that similarity with a chance of 99.6 %, and one of a tenth of
# it, as two reports of one event by different writers have at most, with less than one in a hundred.
_BAND = 3
# In a crowd of texts with one band in common each is compared with so many of them: a thousand copies are
# one group without half a million comparisons.
_CROWD = 50


class _Words(dict[int, int | str | None]):
    """What becomes of a sign, by code point, worked out when it first comes: letters and digits stay, marks
    and signs that writers put in and leave out at will go, all else parts words.

    Not mapdata.folding, which may learn new spellings: signatures are stored, and have to stay what they are.
    """

    _GO = frozenset("'’‘ʼʻʿʾ`´\u0640\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff")

    def __missing__(self, code: int) -> int | str | None:
        sign = chr(code)
        goes = sign in self._GO or unicodedata.combining(sign)
        self[code] = None if goes else code if sign.isalnum() else " "
        return self[code]


_WORDS = _Words()


def signature(text: str) -> bytes:
    """MinHash of the text's word 5-shingles: 128 little-endian 32-bit numbers, 512 bytes; after them what
    the text says of sources and figures (descriptions.pack), where it does.

    Words are folded (case, diacritics, punctuation), so that a copy with other quotation marks is the same.
    b"" for a text of fewer than 25 words. Depends on nothing but the text; comparable with every other
    signature.
    """
    words = unicodedata.normalize("NFKD", text.casefold()).translate(_WORDS).split()
    if len(words) < _LEAST_WORDS:
        return b""
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(sorted(shingles))
    return np.asarray(sketch.digest(), dtype="<u4").tobytes() + pack(describe(text))


def description_of(signed: bytes) -> Description:
    """What a text says of its sources, from its signature."""
    return unpack(signed[_BYTES:])


def similarity(one: bytes, other: bytes) -> float:
    """The estimated share of shingles that two texts have in common, 0 to 1; 0 without a signature."""
    if len(one) < _BYTES or len(other) < _BYTES:
        return 0.0
    return float(np.mean(np.frombuffer(one[:_BYTES], "<u4") == np.frombuffer(other[:_BYTES], "<u4")))


def copies(
    signatures: Mapping[str, bytes], allowed: Callable[[str, str], bool] = lambda one, other: True
) -> dict[str, str]:
    """The group of each text that has a copy: its id to the smallest id of the group.

    A copy of a copy is one of the group. allowed: whether two ids may be bound together, whatever their
    texts. Texts without a copy are not in the result.
    """
    ids = sorted(id for id, signed in signatures.items() if len(signed) >= _BYTES)
    if len(ids) < 2:
        return {}
    matrix = np.frombuffer(b"".join(signatures[id][:_BYTES] for id in ids), "<u4").reshape(len(ids), PERMUTATIONS)
    parent = list(range(len(ids)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for crowd in _crowds(matrix):
        for place, one in enumerate(crowd):
            for other in crowd[max(0, place - _CROWD) : place]:
                low, high = sorted((root(one), root(other)))
                if low == high or not allowed(ids[one], ids[other]):
                    continue
                if np.mean(matrix[one] == matrix[other]) >= SIMILAR:
                    parent[high] = low

    sizes = np.bincount([root(at) for at in range(len(ids))], minlength=len(ids))
    return {id: ids[root(at)] for at, id in enumerate(ids) if sizes[root(at)] > 1}


def _crowds(matrix: np.ndarray) -> list[list[int]]:
    """Rows that have a band in common, ascending: the candidates, without comparing all with all."""
    found = set()
    for first in range(0, PERMUTATIONS - _BAND + 1, _BAND):
        band = np.ascontiguousarray(matrix[:, first : first + _BAND]).astype(np.uint64)
        # Two different bands with one key only cost a comparison.
        key = band[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ band[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F)
        key ^= band[:, 2] * np.uint64(0x165667B19E3779F9)
        order = np.argsort(key, kind="stable")
        ranked = key[order]
        edges = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1], [True])))
        for run in np.flatnonzero(np.diff(edges) > 1):
            found.add(tuple(order[edges[run] : edges[run + 1]].tolist()))
    return [list(crowd) for crowd in sorted(found)]
