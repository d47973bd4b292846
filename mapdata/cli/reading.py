"""Commands that read articles: extract, ingest, reread, text, origins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mapdata import ingest as ingesting
from mapdata import origins as origin_groups
from mapdata.articles import read
from mapdata.cli.common import (
    PATHS_HELP,
    WRONG,
    Progress,
    Refusals,
    dask_option,
    db_option,
    gazetteer_option,
    harmless,
    jobs_option,
    open_gazetteer,
    print_json,
    recruited,
    second_reader,
    second_reader_options,
    write_out,
)
from mapdata.model import Article, Claim, Source
from mapdata.outlets import load_outlets
from mapdata.store import Store

paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...")


def claim_record(claim: Claim, article: Article) -> dict[str, Any]:
    """A claim as a line of `extract`."""
    by = claim.attribution
    return {
        "article": claim.article,
        "path": article.path,
        "site": claim.site,
        "actor": claim.actor,
        "status": claim.status.value,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "attribution": by.text or article.outlet,
        "attribution_kind": by.kind.value,
        "credited": by.credited,
        "credited_on": by.credited_on,
        "published": article.published.isoformat() if article.published else None,
        "held_from": claim.held_from,
        "held_to": claim.held_to,
        "cues": [cue.text for cue in claim.cues],
        "construction": claim.construction,
        "score": round(claim.score, 3),
    }


@click.command(epilog=PATHS_HELP)
@paths_argument
@gazetteer_option
@jobs_option
@second_reader_options
@click.pass_context
def extract(
    ctx: click.Context,
    paths: tuple[str, ...],
    gazetteer_path: Path | None,
    jobs: int,
    second_url: str | None,
    second_model: str | None,
    second_timeout: float,
) -> None:
    """Print the claims of articles as JSON lines; nothing is stored.

    Example: mapdata extract report.md
    """
    refusals = Refusals()
    gazetteer = open_gazetteer(gazetteer_path)
    with second_reader(gazetteer, second_url, second_model, second_timeout) as second:
        for article, claims in ingesting.extract_paths(paths, gazetteer, jobs=jobs, refused=refusals, second=second):
            for claim in claims:
                print_json(claim_record(claim, article))
    ctx.exit(refusals.exit_code)


@click.command(epilog=PATHS_HELP)
@paths_argument
@db_option
@gazetteer_option
@jobs_option
@dask_option
@second_reader_options
@click.pass_context
def ingest(
    ctx: click.Context,
    paths: tuple[str, ...],
    db: str | None,
    gazetteer_path: Path | None,
    jobs: int,
    dask_address: str | None,
    second_url: str | None,
    second_model: str | None,
    second_timeout: float,
) -> None:
    """Read articles, find their claims and store both. The same article twice changes nothing.

    Example: mapdata ingest reports/ --db my.sqlite3
    """
    refusals, progress = Refusals(), Progress("articles")
    gazetteer = open_gazetteer(gazetteer_path)
    with (
        second_reader(gazetteer, second_url, second_model, second_timeout) as second,
        Store.open(db) as store,
    ):
        done = ingesting.ingest(
            paths, store, gazetteer, jobs=jobs, recruit=recruited(dask_address), refused=refusals, progress=progress,
            second=second,
        )
        progress.end()
        click.echo(_counts(done, store.address), err=True)
    ctx.exit(refusals.exit_code)


@click.command()
@db_option
@gazetteer_option
@jobs_option
@click.pass_context
def reread(ctx: click.Context, db: str | None, gazetteer_path: Path | None, jobs: int) -> None:
    """Read the stored articles again, with a changed gazetteer or a newer mapdata.

    Example: mapdata reread --gazetteer mine.yaml --db my.sqlite3
    """
    refusals, progress = Refusals(), Progress("articles")
    gazetteer = open_gazetteer(gazetteer_path)
    with Store.open(db) as store:
        done = ingesting.reread(store, gazetteer, jobs=jobs, refused=refusals, progress=progress)
        progress.end()
        click.echo(_counts(done, store.address), err=True)
    ctx.exit(refusals.exit_code)


def _counts(done: ingesting.Counts, address: str) -> str:
    parts = [
        (done.new, "new"),
        (done.new_versions, "new versions"),
        (done.corrected, "with corrected metadata"),
        (done.reread, "read again"),
        (done.unchanged, "unchanged"),
        (done.erased, "erased on demand and not taken again"),
        (done.refused, "refused"),
    ]
    said = ", ".join(f"{number:,} {what}" for number, what in parts if number) or "none"
    return f"articles: {said}; {done.claims:,} claims read; stored in {harmless(address)}"


@click.command()
@click.argument("article")
@click.pass_context
def text(ctx: click.Context, article: str) -> None:
    """Print the text of an article: the one that `start` and `end` of its claims count in.

    ARTICLE is a path (a .jsonl or .csv gives the text of its first row), an address, or - for standard input.
    Example: mapdata text report.html
    """
    refusals = Refusals()
    first = next(iter(read([article], refusals, anywhere=True)), None)
    if first is None:
        ctx.exit(WRONG)
        return
    write_out(first.text)


@click.command(epilog=PATHS_HELP)
@paths_argument
@gazetteer_option
@jobs_option
@click.pass_context
def origins(ctx: click.Context, paths: tuple[str, ...], gazetteer_path: Path | None, jobs: int) -> None:
    """Group articles by the origin that most of their claims go back to, as JSON lines.

    Example: mapdata origins reports/
    """
    refusals = Refusals()
    gazetteer = open_gazetteer(gazetteer_path)
    sources: dict[str, Source] = {}
    claims: list[Claim] = []
    paths_of: dict[str, str | None] = {}
    for article, found in ingesting.extract_paths(paths, gazetteer, jobs=jobs, refused=refusals):
        sources[article.id] = origin_groups.source_of(article)
        paths_of[article.id] = article.path
        claims += found
    for origin, articles in origin_groups.group_articles(claims, sources, load_outlets()):
        print_json({"origin": origin, "articles": articles, "paths": [paths_of[one] for one in articles]})
    ctx.exit(refusals.exit_code)
