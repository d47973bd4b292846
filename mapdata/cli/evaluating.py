"""The command that measures: what the reader gives against what an annotator wrote down."""

from __future__ import annotations

from pathlib import Path

import click

from mapdata.cli.common import Refusals, gazetteer_option, harmless, print_json
from mapdata.evaluation.report import records, report
from mapdata.evaluation.run import evaluate as run


@click.command()
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...", type=click.Path(path_type=Path, exists=True))
@gazetteer_option
@click.option("--quiet", is_flag=True, help="Only the figures, not every miss with its text.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def evaluate(ctx: click.Context, gold: tuple[Path, ...], gazetteer_path: Path | None, quiet: bool, form: str) -> None:
    """How well articles are read, measured against annotated ones, with every miss and its text.

    GOLD is a YAML list of articles with their claims, or a folder of such files; docs/annotation.md tells how
    to write one of your own. Without --gazetteer each file is read with the gazetteer.yaml in the nearest folder
    above it, else with the one that comes with mapdata.
    Example: mapdata evaluate tests/sample-gold.yaml
    """
    refusals = Refusals()
    found = run(gold, gazetteer_path, refusals)
    if form == "json":
        print_json(records(found, misses=not quiet))
    else:
        click.echo(harmless(report(found, misses=not quiet)))
    ctx.exit(refusals.exit_code)
