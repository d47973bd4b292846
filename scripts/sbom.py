"""What mapdata is made of: every package that an installation brings along, with its version and its licence.

python scripts/sbom.py build/sbom.json      a bill of materials (CycloneDX 1.5)
python scripts/sbom.py --licences           docs/licences.md
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

LICENCES = Path(__file__).parent.parent / "docs" / "licences.md"
EXTRAS = ("dask", "postgres", "lists", "second-reader", "sign")

# Packages that name no licence where one looks for it; their own files have it.
_SAID_ELSEWHERE = {"streamlit-folium": "MIT", "xstatic-leaflet": "BSD-2-Clause"}

# All may be used, changed and sold beside a program under the MIT licence. Of the weaker copyleft (MPL, LGPL) a
# package is used as it is, and is not part of ours.
COMPATIBLE = re.compile(
    r"(MIT(-0|-CMU)?|(3-Clause )?BSD(-[23]-Clause)?|0BSD|Apache[ -](Software|2\.0|License 2\.0)|ISC|Zlib|CC0-1\.0"
    r"|PSF-2\.0|Python Software Foundation|CNRI-Python|HPND|Unlicense|MPL-(1\.1|2\.0)|Mozilla Public License 2\.0"
    r"|LGPL-(2\.1|3\.0)(-only|-or-later)?)( License)?( \(MPL 2\.0\))?"
)


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(name: str = "mapdata", extras: tuple[str, ...] = EXTRAS) -> dict[str, Distribution]:
    """The package and all that it needs here, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(name, extras)]
    while waiting:
        name, wanted = waiting.pop()
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue  # an extra that is not installed
        if found.setdefault(key(name), one) is not one and not wanted:
            continue
        for line in one.requires or ():
            needed = Requirement(line)
            fits = needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in (*wanted, ""))
            if fits and (key(needed.name) not in found or needed.extras):
                waiting.append((needed.name, tuple(needed.extras)))
    return dict(sorted(found.items()))


def licence(name: str, one: Distribution) -> str:
    told = one.metadata
    if said := _SAID_ELSEWHERE.get(name) or told.get("License-Expression"):
        return said
    classes = [line.split("::")[-1].strip() for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    return " OR ".join(classes) or (told.get("License") or "unknown").split("\n")[0][:60]


def is_compatible(said: str) -> bool:
    """Every part of an AND, and one of an OR."""
    every = [part.strip(" ()") if part.count("(") != 1 else part.strip() for part in re.split(r"\s+AND\s+", said)]
    return all(any(_known(choice) for choice in re.split(r"\s+OR\s+", part)) for part in every)


def _known(said: str) -> bool:
    return COMPATIBLE.match(said.strip()) is not None and "AGPL" not in said


def bill() -> dict[str, object]:
    def component(name: str, one: Distribution) -> dict[str, object]:
        return {
            "type": "library",
            "name": name,
            "version": one.version,
            "purl": f"pkg:pypi/{name}@{one.version}",
            "bom-ref": f"pkg:pypi/{name}@{one.version}",
            "licenses": [{"license": {"name": licence(name, one)}}],
        }

    parts = closure()
    ours = parts.pop("mapdata")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**component("mapdata", ours), "type": "application"}},
        "components": [component(name, one) for name, one in parts.items()],
    }


def table() -> Iterator[str]:
    yield "# Licences of what comes along"
    yield ""
    yield "Written by `python scripts/sbom.py --licences`; a test fails for a package that is missing here, or"
    yield "whose licence does not go with ours (MIT). `make sbom` lists the versions that are installed. The base"
    yield "map is Natural Earth's (public domain); mapdata copies no code of others into its repository."
    yield ""
    yield "| package | licence |"
    yield "|---|---|"
    for name, one in closure().items():
        if name != "mapdata":
            yield f"| {name} | {licence(name, one)} |"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("out", nargs="?", type=Path)
    asked.add_argument("--licences", action="store_true")
    given = asked.parse_args()
    if given.licences:
        LICENCES.write_text("\n".join(table()) + "\n", encoding="utf-8")
    if given.out:
        given.out.write_text(json.dumps(bill(), indent=1) + "\n", encoding="utf-8")
