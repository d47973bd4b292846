"""`python -m mapdata` is `mapdata`."""

from mapdata.cli import main

main()
