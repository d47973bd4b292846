"""Names that look like bases and are not in the gazetteer: what a curator may want to add."""

from mapdata.discovery.finding import Discovered, Seen, discover

__all__ = ["Discovered", "Seen", "discover"]
