"""The dashboard's door: `streamlit run app.py` serves the page that `mapdata app` serves."""

import streamlit as st

from mapdata.dashboard import server

app = st.App(server.SCRIPT, middleware=server.middleware(), on_script_error=server.say_fault)
