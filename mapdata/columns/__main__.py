"""`python -m mapdata.columns FILE VERSION GAZETTEER`: what `keeping.load` starts for a large database."""

import os
import sys
from pathlib import Path

from mapdata import gazetteer as gazetteers
from mapdata.columns.keeping import write
from mapdata.errors import GazetteerError
from mapdata.store import Store

if __name__ == "__main__":
    path, version, file = sys.argv[1:]
    gazetteer = gazetteers.load(file or None)
    if gazetteer.version != version:
        raise GazetteerError("the gazetteer changed while the columns were made")
    with Store.open(os.environ.get("MAPDATA_DB"), readonly=True) as store:
        write(store, gazetteer, Path(path))
