"""The command line: thin commands, and the exit codes of all of them.

0 done; 1 done, but some inputs were refused, each named on standard error; 2 the command itself was wrong.
"""

from mapdata.cli.main import main

__all__ = ["main"]
