"""The command that serves the dashboard."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mapdata.cli.common import db_option, gazetteer_option
from mapdata.configuration import READONLY_VARIABLE
from mapdata.dashboard.server import serve


@click.command()
@db_option
@gazetteer_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--readonly", is_flag=True, help="Refuse uploads and verdicts, whatever the configuration says.")
def app(db: str | None, gazetteer_path: Path | None, host: str, port: int, readonly: bool) -> None:
    """Serve the dashboard, on this machine alone unless --host says otherwise; Ctrl-C stops it.

    Whoever can open the page can add articles and judge claims, under any name: serve it to others with --readonly.

    Example: mapdata app --db my.sqlite3
    """
    if readonly:
        os.environ[READONLY_VARIABLE] = "1"
    serve(db, str(gazetteer_path) if gazetteer_path else None, host, port)
