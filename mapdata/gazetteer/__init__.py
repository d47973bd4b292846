"""The curated sites and actors: load and validate, check, and suggest entries for new sites."""

from mapdata.gazetteer.checking import Report, check
from mapdata.gazetteer.loading import default_path, load
from mapdata.gazetteer.suggesting import Suggestion, holders, suggest, to_yaml

__all__ = ["Report", "Suggestion", "check", "default_path", "holders", "load", "suggest", "to_yaml"]
