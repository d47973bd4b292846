"""What whoever runs mapdata for others decides: one TOML file, and the environment above it.

    [mapdata]
    readonly = true      # nothing is uploaded, and no claim is judged

The file is named by MAPDATA_CONFIG, else it is `mapdata.toml` in the user's configuration folder. MAPDATA_READONLY (1
or 0) goes before the file. It is read whenever it is asked for, so that a change holds at once.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import platformdirs

from mapdata.errors import ConfigurationError, ReadonlyError

FILE_VARIABLE, READONLY_VARIABLE = "MAPDATA_CONFIG", "MAPDATA_READONLY"
_TRUTH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def path() -> Path:
    """Where the file is, or would be."""
    if named := os.environ.get(FILE_VARIABLE):
        return Path(named)
    return platformdirs.user_config_path("mapdata", appauthor=False) / "mapdata.toml"


def readonly() -> bool:
    """Whether uploads and verdicts are refused. Raises ConfigurationError where nobody can tell."""
    if (said := os.environ.get(READONLY_VARIABLE, "").strip().casefold()) != "":
        if said not in _TRUTH:
            raise ConfigurationError(f"{READONLY_VARIABLE}={said!r} is neither 1 nor 0")
        return _TRUTH[said]
    file = path()
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        if FILE_VARIABLE in os.environ:
            raise ConfigurationError(f"{file}: there is no such file; {FILE_VARIABLE} names it") from None
        return False
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ConfigurationError(f"{file}: cannot be read as TOML: {' '.join(str(fault).split())}") from None
    ours = found.pop("mapdata", {})
    unknown = [*found, *(key for key in ours if key != "readonly")] if isinstance(ours, dict) else ["mapdata"]
    if unknown:
        raise ConfigurationError(f"{file}: {unknown[0]!r} is no setting of mapdata; there is [mapdata] readonly")
    value = ours.get("readonly", False)
    if not isinstance(value, bool):
        raise ConfigurationError(f"{file}: [mapdata] readonly is {value!r}; write true or false")
    return value


def check_writable() -> None:
    """Raises ReadonlyError where the configuration refuses uploads and verdicts."""
    if readonly():
        raise ReadonlyError(
            "this mapdata only shows: its configuration ([mapdata] readonly) refuses uploads and verdicts"
        )
