"""All SQL: the articles in their versions, and the claims that were read in them.

`Store.open(url)` gives the one object that others need; docs/store.md says what is kept and what is
promised. `sound` is the check that claims pass before
they are written.
"""

from mapdata.store.backup import Copied
from mapdata.store.backup import backup as backup_database
from mapdata.store.backup import restore as restore_database
from mapdata.store.backup import verify as verify_backup
from mapdata.store.checks import article_faults, sound
from mapdata.store.connect import default_path
from mapdata.store.putting import Outcome
from mapdata.store.reviews import Judgement, Reviews
from mapdata.store.schema import SCHEMA_VERSION
from mapdata.store.selecting import Contents
from mapdata.store.soundness import Checked
from mapdata.store.soundness import check as check_database
from mapdata.store.store import Loaded, Store

__all__ = [
    "SCHEMA_VERSION",
    "Checked",
    "Contents",
    "Copied",
    "Judgement",
    "Loaded",
    "Outcome",
    "Reviews",
    "Store",
    "article_faults",
    "backup_database",
    "check_database",
    "default_path",
    "restore_database",
    "sound",
    "verify_backup",
]
