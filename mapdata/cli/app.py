"""The command that serves the dashboard."""

from __future__ import annotations

from pathlib import Path

import click

from mapdata.cli.common import db_option, gazetteer_option
from mapdata.dashboard.server import serve


@click.command()
@db_option
@gazetteer_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
def app(db: str | None, gazetteer_path: Path | None, host: str, port: int) -> None:
    """Serve the dashboard, on this machine alone unless --host says otherwise; Ctrl-C stops it.

    Example: mapdata app --db my.sqlite3
    """
    serve(db, str(gazetteer_path) if gazetteer_path else None, host, port)
