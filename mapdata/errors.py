"""What can go wrong, in one short tree.

Every message says what, where and how to mend, and quotes the input that it is about. `cli` turns them
into exit codes: an InputRefused is one input of a batch that the rest survives; every other MapdataError
ends the command.
"""

from __future__ import annotations


class MapdataError(Exception):
    """The root: catch this to catch all that mapdata raises on purpose."""


class GazetteerError(MapdataError, ValueError):
    """A gazetteer that cannot be used. `faults` holds (line, text), line 1-based or None, in file order."""

    def __init__(self, path: str, faults: list[tuple[int | None, str]]) -> None:
        self.path = path
        self.faults = faults
        lines = [f"{path}:{line}: {text}" if line else f"{path}: {text}" for line, text in faults]
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"gazetteer {path} has {count}:\n" + "\n".join(lines))


class OutletsError(MapdataError, ValueError):
    """A list of outlets that cannot be used; `faults` as in GazetteerError."""

    def __init__(self, path: str, faults: list[tuple[int | None, str]]) -> None:
        self.path = path
        self.faults = faults
        lines = [f"{path}:{line}: {text}" if line else f"{path}: {text}" for line, text in faults]
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"list of outlets {path} has {count}:\n" + "\n".join(lines))


class SuggestError(MapdataError):
    """Entries for a new site cannot be proposed: lists not installed, Nominatim out of reach."""


class SecondReaderError(MapdataError, ValueError):
    """A second reader that cannot be asked: its address, model or key cannot be meant, openai is missing."""


class InputRefused(MapdataError, ValueError):
    """One input (an article, a row, an address) that cannot be read; the batch goes on."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{where}: {reason}")

    def __reduce__(self) -> tuple[type[InputRefused], tuple[str, str]]:
        # Made again from its two parts where it comes from another process.
        return type(self), (self.where, self.reason)


class StoreError(MapdataError):
    """The database cannot be opened, is of a newer version, or refused what was to be written."""


class ClusterError(MapdataError):
    """A cluster that cannot be reached, has no workers, or whose workers lack what they need."""


class ConfigurationError(MapdataError, ValueError):
    """A configuration that says something impossible: the file is no TOML, a key is unknown or of the wrong kind."""


class ReadonlyError(MapdataError):
    """Something was to be uploaded or judged, and the configuration allows neither."""


class ReviewError(MapdataError, ValueError):
    """A verdict that cannot be meant: a claim that is not there, words that the text does not have."""


class FilterError(MapdataError, ValueError):
    """A filter that says something impossible: an unknown status, a day that is no day."""


class ServeError(MapdataError):
    """The dashboard cannot be served: the port is taken, the address is not this machine's."""


class SnapshotError(MapdataError, ValueError):
    """A file of the map that cannot be made: an ending that we do not write, a place that is not writable."""
