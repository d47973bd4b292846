"""Commands for who looks after a gazetteer: check it, and find what a new site's entry could be."""

from __future__ import annotations

from pathlib import Path

import click

from mapdata import gazetteer as gazetteers
from mapdata.articles import read
from mapdata.cli.common import SOME_REFUSED, Group, Refusals, gazetteer_option, harmless, open_gazetteer
from mapdata.discovery import discover
from mapdata.outlets import load_outlets


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
@click.argument("names", nargs=-1, required=True, metavar="NAME | --from PATH...")
@gazetteer_option
@click.option("--from", "in_articles", is_flag=True, help="Look for new names in articles, at the paths given.")
@click.option("--online", is_flag=True, help="Also ask Nominatim (OpenStreetMap); the name leaves this machine.")
@click.option("--limit", type=click.IntRange(1, 1000), help="At most so many; default: 5, with --from all.")
@click.pass_context
def suggest(
    ctx: click.Context,
    names: tuple[str, ...],
    gazetteer_path: Path | None,
    in_articles: bool,
    online: bool,
    limit: int | None,
) -> None:
    """Propose entries for a new site, from lists of airfields and towns that come with packages; or, with --from,
    list names in articles that look like bases and are not in the gazetteer, with their sentences.

    Nothing is written: check the point and the names, then copy the entry into your gazetteer.
    Examples: mapdata gazetteer suggest "Kharab al-Jir", mapdata gazetteer suggest --from reports/
    """
    if in_articles:
        if online:
            raise click.UsageError("--online looks up one NAME, and goes with no --from")
        ctx.exit(_from_articles(names, gazetteer_path, limit))
    if len(names) > 1:
        raise click.UsageError("one NAME at a time, in quotation marks; or --from PATH...")
    (name,) = names
    found = gazetteers.suggest(name, open_gazetteer(gazetteer_path), online, limit=limit or 5)
    if not found:
        click.echo(f"nothing like {harmless(name)!r} in the lists: try another spelling, or --online", err=True)
        ctx.exit(SOME_REFUSED)
    for one in found:
        nearest = f", {one.nearest_km:.0f} km from {one.nearest}" if one.nearest is not None else ""
        place = "" if one.in_theatre else ", outside the theatre's bounds"
        click.echo(harmless(f"# {one.name}: {one.source}, fits {one.score:.0f} of 100{nearest}{place}"))
        click.echo(harmless(gazetteers.to_yaml(one)))


def _from_articles(paths: tuple[str, ...], gazetteer_path: Path | None, limit: int | None) -> int:
    """Lists what the articles name and the gazetteer lacks; the exit code."""
    refusals = Refusals()
    found = discover(read(paths, refusals), open_gazetteer(gazetteer_path), load_outlets())
    for one in found[:limit]:
        count = "1 article" if one.articles == 1 else f"{one.articles} articles"
        click.echo(harmless(f"{one.name}: {one.kind.value.replace('_', ' ')}, in {count}"))
        for seen in one.seen:
            click.echo(harmless(f"    {seen.path or seen.article}: {seen.sentence}"))
    if not found:
        click.echo("no name that looks like a base and is not in the gazetteer", err=True)
    return refusals.exit_code
