"""From paths to claims, and into the store: in order, by one process or by many, in bounded memory."""

from mapdata.ingest.crew import Crew, Recruit, here, processes
from mapdata.ingest.extracting import Refused, Second, extract, extract_paths
from mapdata.ingest.program import program_version
from mapdata.ingest.storing import Counts, Progress, ingest, reread

__all__ = [
    "Counts",
    "Crew",
    "Progress",
    "Recruit",
    "Refused",
    "Second",
    "extract",
    "extract_paths",
    "here",
    "ingest",
    "processes",
    "program_version",
    "reread",
]
