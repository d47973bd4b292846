"""What the figures were measured on, and with."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests.browser import executable

_PACKAGES = (
    "streamlit",
    "streamlit-folium",
    "folium",
    "uvicorn",
    "httptools",
    "uvloop",
    "numpy",
    "pandas",
    "sqlalchemy",
)


def described() -> dict[str, str]:
    """Name and value, in the order in which they are printed."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    browser = subprocess.run([executable(), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return {
        "Processor": f"{model[1] if model else platform.processor()}, {os.cpu_count()} cores",
        "System": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "Browser": browser,
        "Packages": packages,
    }


def load() -> float:
    """The load average of the last minute: processes that want a core."""
    return os.getloadavg()[0]
