"""What was measured of reading, for docs/benchmarks.md and for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LIMIT_MEMORY = 0.1
"""The most that the memory may grow from a quarter of the articles to all, as a share."""
_NAMES = {
    "mapdata": "mapdata: all of it, from names to origins",
    "spacy": "spaCy EntityRuler and negspacy: names, negated or not",
    "medspacy": "medspaCy with ConText: likewise",
    "flashgeotext": "flashgeotext: names alone",
}


def ratios(results: Mapping[str, Any]) -> str:
    """How many times as fast as each of the others mapdata read, by which articles name a site."""
    found = results.get("reading", {}).get("measured", {}).get("ratios", {})
    return "\n".join(
        f"reading, times as fast as {name}: " + ", ".join(f"{kind} {times:.2f}" for kind, times in by.items())
        for name, by in found.items()
    )


def faults(results: Mapping[str, Any]) -> Iterator[str]:
    """Where growth is worse than the file says."""
    for what, one in results.get("growth", {}).get("measured", {}).items():
        if one["exponent"] > one["limit"]:
            yield f"reading grows with {what} by the power {one['exponent']:.2f}, more than {one['limit']}"
    grown = results.get("memory", {}).get("measured", {}).get("grown", 0.0)
    if grown > LIMIT_MEMORY:
        yield f"the memory of reading grew by {grown:.0%} from a quarter of the articles to all"


def speed(found: Mapping[str, Any]) -> Iterator[str]:
    rates, times = found["a_second"], found["ratios"]
    own = rates["mapdata"]
    yield "## Articles read on one core\n"
    count, signs, claims = found["articles"], found["signs"], found["claims"]["all"]
    yield f"{count} English articles of {signs:,.0f} signs about four theatres; where all name a site, {claims:.0f}"
    yield "claims each. All readers look for the same names and take turns on one core, each in a process of its own."
    yield "Articles a second of processor time, median of the turns; in brackets how many times mapdata is as fast.\n"
    yield "| | all name a site | one in ten | none |\n|---|---|---|---|"
    for name, by in rates.items():
        cells = [f"{by[kind]:,.0f}" + (f" ({times[name][kind]:.2f})" if name in times else "") for kind in by]
        yield f"| {_NAMES[name]} | " + " | ".join(cells) + " |"
    yield ""
    yield "Wanted where all name a site: as fast as EntityRuler and negspacy, half of it at the least; 100 times"
    yield "medspaCy."
    yield f"One in ten is {own['tenth'] / own['all']:.1f} times as fast as all (wanted: 5)."
    if "spacy" in rates:
        tenth, none = (own[kind] / rates["spacy"]["all"] for kind in ("tenth", "none"))
        yield "Against what EntityRuler and negspacy do where all name a site:"
        yield f"one in ten {tenth:.1f} times (wanted: 6), none {none:.1f} times (wanted: 12)."
    if "medspacy" not in rates:
        yield "medspaCy was not installed (`make build/bench/medspacy`)."
    listed = [[f"{package} {one}" for package, one in known.items()] for known in found["versions"].values()]
    yield f"Versions: {'; '.join(map(', '.join, listed))}.\n"


def growth(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## How the time of an article grows with the gazetteer\n"
    yield "The same articles, and ever more sites that none of them names. `make bench` fails where the time grows by"
    yield "more than the power that is the limit: the automaton's drift as it leaves the processor's cache.\n"
    yield "| | milliseconds an article | seconds to make the reader | power | limit |\n|---|---|---|---|---|"
    for what, one in found.items():
        by = ", ".join(f"{int(size):,}: {ms:.2f}" for size, ms in one["milliseconds"].items())
        built = ", ".join(f"{seconds:.1f}" for seconds in one["built_s"].values())
        yield f"| {what} | {by} | {built} | {one['exponent']:.3f} | {one['limit']} |"
    yield ""


def memory(found: Mapping[str, Any]) -> Iterator[str]:
    samples, count = found["samples"], found["articles"]
    places = sorted({len(samples) * part // 20 for part in (0, 1, 5, 10, 15)} | {len(samples) - 1})
    marks = [f"{count * (at + 1) // len(samples):,}: {samples[at]:.0f}" for at in places]
    yield f"## Memory over {count:,} articles\n"
    yield "One process reads articles that are all different, some of their words made anew. Megabytes after so many"
    yield f"articles: {', '.join(marks)}."
    yield f"From a quarter of them to all: {found['grown']:+.1%}; above {LIMIT_MEMORY:.0%} `make bench` fails.\n"
