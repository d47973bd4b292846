"""All claims as columns of numbers: what a million of them leave under given filters, in a moment.

The same answers as `selection.select` gives from records, which stays the one that says what they mean.
"""

from mapdata.columns.building import build
from mapdata.columns.choosing import Choice, choose
from mapdata.columns.frame import Columns
from mapdata.columns.keeping import load

__all__ = ["Choice", "Columns", "build", "choose", "load"]
