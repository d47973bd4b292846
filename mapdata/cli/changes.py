"""The command that says what changed between two days."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from mapdata import changes as compared
from mapdata import changes_feed
from mapdata import filters as words
from mapdata.cli.claims import stored
from mapdata.cli.common import db_option, gazetteer_option, harmless, open_gazetteer, today
from mapdata.filters import check_against

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--from", "first", type=_DAY, required=True, metavar="DAY", help="The earlier day (YYYY-MM-DD).")
@click.option("--to", "last", type=_DAY, metavar="DAY", help="The later day; default: today.")
@click.option("--actor", multiple=True, metavar="ACTOR", help="Actors, by id: TR,RU.")
@click.option("--country", multiple=True, metavar="COUNTRY", help="Layers, by country: TR,RU; none for no state.")
@click.option("--site", multiple=True, metavar="SITE", help="Sites, by id: t4,palmyra.")
@click.option("--reviewed", is_flag=True, help="Only claims that a person has accepted.")
@db_option
@gazetteer_option
@click.option("--format", "shape", type=click.Choice(changes_feed.FORMATS), default="table", show_default=True)
def changes(
    first: datetime,
    last: datetime | None,
    actor: tuple[str, ...],
    country: tuple[str, ...],
    site: tuple[str, ...],
    reviewed: bool,
    db: str | None,
    gazetteer_path: Path | None,
    shape: str,
) -> None:
    """Print which sites and actors are said otherwise on one day than on an earlier one, with the new quotes.

    Example: mapdata changes --from 2025-01-01 --to 2025-02-09 --format atom
    """
    gazetteer = open_gazetteer(gazetteer_path)
    given = {"actor": actor, "country": country, "site": site, "reviewed": "1" if reviewed else ""}
    filters = words.parse({word: value for word, value in given.items() if value})
    check_against(filters, gazetteer)
    ends = first.date(), (last.date() if last else today())
    begin, end = min(ends), max(ends)
    found = compared.changes(stored(db, gazetteer), filters, gazetteer, begin, end)
    text = changes_feed.format_changes(found, gazetteer, begin, end, shape)
    sys.stdout.write(harmless(text) if shape == "table" and sys.stdout.isatty() else text)
