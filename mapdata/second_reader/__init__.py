"""An optional second reader: a language model reads what the first reader abstained on. Off by default.

`SecondReader(gazetteer, outlets, settings, announce)` is the way in; text leaves the machine only through it.
"""

from mapdata.second_reader.second import SecondReader
from mapdata.second_reader.settings import KEY_VARIABLE, Settings, settings

__all__ = ["KEY_VARIABLE", "SecondReader", "Settings", "settings"]
