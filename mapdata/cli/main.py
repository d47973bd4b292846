"""The door: `mapdata COMMAND`."""

from __future__ import annotations

import click

from mapdata import __version__
from mapdata.cli.common import Group
from mapdata.cli.curating import gazetteer
from mapdata.cli.reading import evaluate, extract, ingest, origins, reread, text
from mapdata.cli.showing import app, claims, snapshot


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="mapdata")
def main() -> None:
    """Who is said to be where: claims about military presence, read from articles, weighed and drawn.

    Exit codes: 0 done, 1 done but some inputs were refused, 2 the command itself was wrong.
    """


for command in (app, claims, evaluate, extract, gazetteer, ingest, origins, reread, snapshot, text):
    main.add_command(command)
