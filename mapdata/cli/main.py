"""The door: `mapdata COMMAND`."""

from __future__ import annotations

from importlib import import_module

import click

from mapdata import __version__
from mapdata.cli.common import Group

# Each command's module is imported when it is asked for: the reader needs no plotting, the map no reader.
_COMMANDS = {
    "app": "mapdata.cli.app:app",
    "backup": "mapdata.cli.keeping:backup",
    "changes": "mapdata.cli.changes:changes",
    "check": "mapdata.cli.keeping:check",
    "claims": "mapdata.cli.claims:claims",
    "evaluate": "mapdata.cli.evaluating:evaluate",
    "extract": "mapdata.cli.reading:extract",
    "gazetteer": "mapdata.cli.curating:gazetteer",
    "ingest": "mapdata.cli.reading:ingest",
    "origins": "mapdata.cli.reading:origins",
    "reread": "mapdata.cli.reading:reread",
    "restore": "mapdata.cli.keeping:restore",
    "review": "mapdata.cli.review:review",
    "snapshot": "mapdata.cli.snapshot:snapshot",
    "text": "mapdata.cli.reading:text",
    "verify": "mapdata.cli.verify:verify",
}


class _Commands(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="mapdata")
def main() -> None:
    """Who is said to be where: claims about military presence, read from articles, weighed and drawn.

    Exit codes: 0 done, 1 done but some inputs were refused, 2 the command itself was wrong.
    """
