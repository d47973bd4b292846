"""All SQL: the articles in their versions, and the claims that were read in them.

`Store.open(url)` gives the one object that others need; docs/store.md says what is kept and what is
promised. `sound` is the check that claims pass before
they are written.
"""

from mapdata.store.checks import article_faults, sound
from mapdata.store.connect import default_path
from mapdata.store.reviews import Judgement, Reviews
from mapdata.store.schema import SCHEMA_VERSION
from mapdata.store.store import Contents, Loaded, Outcome, Store

__all__ = [
    "SCHEMA_VERSION",
    "Contents",
    "Judgement",
    "Loaded",
    "Outcome",
    "Reviews",
    "Store",
    "article_faults",
    "default_path",
    "sound",
]
