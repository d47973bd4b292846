"""The command that prints what is stored, and what it and `snapshot` select."""

from __future__ import annotations

from pathlib import Path

import click

from mapdata import tables
from mapdata.cli.common import db_option, filter_options, gazetteer_option, open_gazetteer, today, write_out
from mapdata.filters import check_against
from mapdata.model import Evidence, Filters, Gazetteer
from mapdata.outlets import load_outlets
from mapdata.selection import Selection, evidence_of, known_claims, select
from mapdata.store import Store


def stored(db: str | None, gazetteer: Gazetteer) -> tuple[Evidence, ...]:
    """All evidence of a database that is about what the gazetteer knows; says how much is not."""
    with Store.open(db, readonly=True) as store:
        loaded = store.load()
    known = known_claims(loaded.claims, gazetteer)
    if len(known) < len(loaded.claims):
        click.echo(
            f"{len(loaded.claims) - len(known):,} claims are about sites or actors that this gazetteer does"
            " not have: give the --gazetteer they were read with, or run `mapdata reread`",
            err=True,
        )
    return evidence_of(known, loaded.sources, load_outlets())


def selected(db: str | None, gazetteer: Gazetteer, filters: Filters) -> Selection:
    """What the filters leave of a database, as of their day or today."""
    check_against(filters, gazetteer)
    return select(stored(db, gazetteer), filters, gazetteer, today())


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
    write_out(text)
