"""Commands for who looks after a database: check it, back it up, restore it."""

from __future__ import annotations

from pathlib import Path

import click

import mapdata
from mapdata.cli.common import DONE, SOME_REFUSED, db_option, gazetteer_option, harmless, open_gazetteer
from mapdata.store import Copied, backup_database, check_database, restore_database, verify_backup

_MOST = 100


@click.command()
@db_option
@gazetteer_option
@click.option("--all", "every", is_flag=True, help=f"Every fault, not the first {_MOST}.")
@click.pass_context
def check(ctx: click.Context, db: str | None, gazetteer_path: Path | None, every: bool) -> None:
    """Whether all that is stored holds: each quote is the text at its place, its article is there, its site and
    actor are in the gazetteer. Nothing is changed.

    Exit codes: 0 all holds, 1 something does not (each named on standard error), 2 it could not be looked at.
    Example: mapdata check --db my.sqlite3
    """
    found = check_database(db, open_gazetteer(gazetteer_path))
    shown = found.faults if every else found.faults[:_MOST]
    for fault in shown:
        click.echo(harmless(fault), err=True)
    if len(found.faults) > len(shown):
        click.echo(f"and {len(found.faults) - len(shown):,} more: --all names them", err=True)
    click.echo(f"{found.articles:,} articles, {found.claims:,} claims: {len(found.faults):,} faults")
    ctx.exit(SOME_REFUSED if found.faults else DONE)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@db_option
@click.option("--verify", "verify_only", is_flag=True, help="Only say whether FILE is as it was made.")
def backup(file: Path, db: str | None, verify_only: bool) -> None:
    """Write all of a database into FILE, while others read and write it. FILE must not be there yet.

    Example: mapdata backup 2025-02-09.backup --db postgresql://…
    """
    if verify_only:
        click.echo(f"{harmless(str(file))} is as it was made: {_words(verify_backup(file))}")
        return
    click.echo(f"{harmless(str(file))}: {_words(backup_database(db, file, program=mapdata.__version__))}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@db_option
def restore(file: Path, db: str | None) -> None:
    """Fill a database that holds no article with what is in FILE, a backup: all of it, or nothing.

    Example: mapdata restore 2025-02-09.backup --db new.sqlite3
    """
    click.echo(f"restored: {_words(restore_database(file, db))}")


def _words(copied: Copied) -> str:
    return f"{copied.articles:,} articles, {copied.claims:,} claims, content {copied.content}"
