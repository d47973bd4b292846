"""Reading: from an article's text to the claims in it. `Reader` is the way in."""

from mapdata.reading.reader import Reader

__all__ = ["Reader"]
