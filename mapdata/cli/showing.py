"""Commands that show what is stored: claims, snapshot, app."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mapdata import tables
from mapdata.cli.common import db_option, filter_options, gazetteer_option, harmless, open_gazetteer, today
from mapdata.filters import check_against
from mapdata.model import Filters, Gazetteer
from mapdata.outlets import load_outlets
from mapdata.selection import Selection, evidence_of, select
from mapdata.snapshot import ENDINGS
from mapdata.snapshot import write as write_snapshot
from mapdata.store import Store


def selected(db: str | None, gazetteer: Gazetteer, filters: Filters) -> Selection:
    """What the filters leave of a database, as of their day or today."""
    check_against(filters, gazetteer)
    with Store.open(db, readonly=True) as store:
        loaded = store.load()
    known = [c for c in loaded.claims if c.site in gazetteer.sites and c.actor in gazetteer.actors]
    if len(known) < len(loaded.claims):
        click.echo(
            f"{len(loaded.claims) - len(known):,} claims are about sites or actors that this gazetteer does not"
            " have: give the --gazetteer they were read with, or run `mapdata reread`",
            err=True,
        )
    return select(evidence_of(known, loaded.sources, load_outlets()), filters, gazetteer, today())


@click.command()
@filter_options
@db_option
@gazetteer_option
@click.option(
    "--format",
    "shape",
    type=click.Choice(tables.FORMATS),
    default="table",
    show_default=True,
    help="How to print them.",
)
def claims(filters: Filters, db: str | None, gazetteer_path: Path | None, shape: str) -> None:
    """Print what is stored, by day of publication, actor, status and site.

    Example: mapdata claims --actor TR --status proposed --from 2025-01-01
    """
    gazetteer = open_gazetteer(gazetteer_path)
    selection = selected(db, gazetteer, filters)
    text = tables.format_claims(selection, gazetteer, shape)
    sys.stdout.write(harmless(text) if shape == "table" and sys.stdout.isatty() else text)


@click.command()
@filter_options
@db_option
@gazetteer_option
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file; its ending says the form: " + ", ".join(f".{ending}" for ending in ENDINGS) + ".",
)
def snapshot(filters: Filters, db: str | None, gazetteer_path: Path | None, output: Path) -> None:
    """Write the map as it stands for these filters to a file that can be handed on.

    Example: mapdata snapshot --as-of 2025-02-09 -o map.html
    """
    gazetteer = open_gazetteer(gazetteer_path)
    selection = selected(db, gazetteer, filters)
    target = write_snapshot(selection, gazetteer, output)
    click.echo(
        f"{harmless(str(target))}: {len(selection.symbols):,} symbols, {selection.claims:,} claims of"
        f" {selection.origins:,} origins, as of {selection.as_of}",
        err=True,
    )


@click.command()
@db_option
@gazetteer_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
def app(db: str | None, gazetteer_path: Path | None, host: str, port: int) -> None:
    """Serve the dashboard, on this machine alone unless --host says otherwise; Ctrl-C stops it.

    Example: mapdata app --db my.sqlite3
    """
    # Streamlit takes a second to import; the other commands do without.
    from mapdata.dashboard.server import serve

    serve(db, str(gazetteer_path) if gazetteer_path else None, host, port)
