"""Files of the map as it stood for given filters and data, to be cited and checked: docs/snapshots.md."""

from mapdata.snapshot.comparing import Change, changes
from mapdata.snapshot.manifest import claims_hash, ledger, manifest, one_line
from mapdata.snapshot.opening import Opened, opened
from mapdata.snapshot.signing import is_signed, signer
from mapdata.snapshot.writing import ENDINGS, ending_of, render, signature_path, write

__all__ = [
    "ENDINGS",
    "Change",
    "Opened",
    "changes",
    "claims_hash",
    "ending_of",
    "is_signed",
    "ledger",
    "manifest",
    "one_line",
    "opened",
    "render",
    "signature_path",
    "signer",
    "write",
]
