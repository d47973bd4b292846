"""Who is said to be where: claims about military presence, read from public reporting, weighed and drawn."""

__version__ = "0.1.0"
