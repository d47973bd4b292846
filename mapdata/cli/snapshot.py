"""The command that writes the map to a file."""

from __future__ import annotations

from pathlib import Path

import click

from mapdata.cli.claims import selected
from mapdata.cli.common import db_option, filter_options, gazetteer_option, harmless, open_gazetteer
from mapdata.model import Filters
from mapdata.snapshot import ENDINGS, ending_of, signer
from mapdata.snapshot import write as write_snapshot


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
@click.option(
    "--sign",
    "key",
    metavar="KEY",
    type=click.Path(path_type=Path),
    help="Also write FILE.sig, a signature by this private key (Ed25519, PEM).",
)
def snapshot(filters: Filters, db: str | None, gazetteer_path: Path | None, output: Path, key: Path | None) -> None:
    """Write the map as it stands for these filters to a file that can be handed on.

    Example: mapdata snapshot --as-of 2025-02-09 -o map.html
    """
    ending_of(output)
    sign = None if key is None else signer(key, lambda: click.prompt("Password of the key", hide_input=True, err=True))
    gazetteer = open_gazetteer(gazetteer_path)
    selection = selected(db, gazetteer, filters)
    target = write_snapshot(selection, gazetteer, output, sign=sign)
    click.echo(
        f"{harmless(str(target))}: {len(selection.symbols):,} symbols, {selection.claims:,} claims of"
        f" {selection.origins:,} origins, as of {selection.as_of}",
        err=True,
    )
