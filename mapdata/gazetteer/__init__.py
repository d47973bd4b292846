"""The curated sites and actors: load and validate, check, and suggest entries for new sites."""

from mapdata.gazetteer.loading import default_path, load

__all__ = ["default_path", "load"]
