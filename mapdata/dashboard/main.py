"""What Streamlit runs for each look at the page; the environment says which files it reads."""

import os

from mapdata.dashboard import run

run(os.environ.get("MAPDATA_DB"), os.environ.get("MAPDATA_GAZETTEER"))
