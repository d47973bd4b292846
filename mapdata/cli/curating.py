"""Commands for who looks after a gazetteer: check it, and find what a new site's entry could be."""

from __future__ import annotations

from pathlib import Path

import click

from mapdata import gazetteer as gazetteers
from mapdata.cli.common import SOME_REFUSED, Group, gazetteer_option, harmless, open_gazetteer


@click.group(cls=Group)
def gazetteer() -> None:
    """Check a gazetteer, and propose entries for new sites."""


@gazetteer.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def check(file: Path | None) -> None:
    """Validate a gazetteer: all faults at once, each with its line; then what is in it and what looks thin.

    Example: mapdata gazetteer check mine.yaml
    """
    report = gazetteers.check(file)
    sites = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in report.sites_by_kind.items())
    actors = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in report.actors_by_kind.items())
    names = ", ".join(f"{language} {number}" for language, number in report.names_by_language.items())
    click.echo(harmless(f"{report.path}: {report.theatre}, version {report.version}"))
    click.echo(harmless(f"sites: {sum(report.sites_by_kind.values())} ({sites})"))
    click.echo(harmless(f"actors: {sum(report.actors_by_kind.values())} ({actors})"))
    click.echo(harmless(f"names: {names}"))
    for warning in report.warnings:
        click.echo(harmless(f"note: {warning}"))


@gazetteer.command()
@click.argument("name")
@gazetteer_option
@click.option(
    "--online", is_flag=True, help="Also ask Nominatim (OpenStreetMap); the name leaves this machine."
)
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True)
@click.pass_context
def suggest(ctx: click.Context, name: str, gazetteer_path: Path | None, online: bool, limit: int) -> None:
    """Propose entries for a new site from lists of airfields and towns that come with packages.

    Nothing is written: check the point and the names, then copy the entry into your gazetteer.
    Example: mapdata gazetteer suggest "Kharab al-Jir"
    """
    found = gazetteers.suggest(name, open_gazetteer(gazetteer_path), online, limit=limit)
    if not found:
        click.echo(
            f"nothing like {harmless(name)!r} in the lists: try another spelling, or --online", err=True
        )
        ctx.exit(SOME_REFUSED)
    for one in found:
        nearest = f", {one.nearest_km:.0f} km from {one.nearest}" if one.nearest is not None else ""
        place = "" if one.in_theatre else ", outside the theatre's bounds"
        click.echo(harmless(f"# {one.name}: {one.source}, fits {one.score:.0f} of 100{nearest}{place}"))
        click.echo(harmless(gazetteers.to_yaml(one)))
