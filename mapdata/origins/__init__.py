"""Which claims go back to one report: by the outlet that a text credits, and by near-duplicate texts.

An origin belongs to a claim, not to an article: one article can relay a wire report and carry a denial of
its own. docs/origins.md tells the rule in prose.
"""

from mapdata.origins.copies import copies, signature
from mapdata.origins.reports import assign, group_articles, source_of

__all__ = ["assign", "copies", "group_articles", "signature", "source_of"]
