"""What the claims known on a day make of each (site, actor): docs/assessment.md has the rule in words."""

from mapdata.assessment.rule import LIVE_STATES, YEAR_DAYS, assess

__all__ = ["LIVE_STATES", "YEAR_DAYS", "assess"]
