"""docs/benchmarks.md from what was measured. Figures stand as they are, those that miss their mark too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bench import reading_report
from bench.numbers import exponent, spread

Results = Mapping[str, Any]

LIMIT_CLAIMS = 0.1
"""The most that a change of a filter may grow with the number of claims: the exponent of a power."""
_HEAD = """# How fast reading and the dashboard are

`make bench` measures this anew and writes this file. Reading: articles recombined from the training parts of
`labels/` (`bench/texts.py`). The dashboard: a real Chromium, the server as `mapdata app` starts it, made-up
claims on 150 sites by six actors (`bench/claims.py`). Both are the same for the same number and seed. All parts ran one
after the other on one machine; its load is given with each, since what waits for a core is slower by that. A part that
was not measured anew stands as it was measured before.
"""


_PART = re.compile(r"<!-- ([a-z ]+) -->\n(.*?)\n<!-- end -->", re.DOTALL)


def written(results: Results, before: str = "") -> str:
    """The whole file. before: the file as it stands, whose parts stay where they were not measured anew."""
    lines = [_HEAD, *_machine(results)]
    kept = dict(_PART.findall(before))
    for part, write in (
        ("reading", reading_report.speed),
        ("growth", reading_report.growth),
        ("memory", reading_report.memory),
        ("first map", _first_map),
        ("changes", _changes),
        ("naive", _naive),
        ("cold", _cold),
        ("columns", _columns),
        ("people", _people),
    ):
        if part in results:
            mine = [*write(results[part]["measured"])]
            loads = "{:.1f} and {:.1f}".format(*results[part]["load"])
            mine.append(f"Load average of the machine before and after: {loads}.\n")
            if part == "naive" and "changes" in results and "10000" in results["naive"]["measured"]["one"]:
                mine += _ratios(results["changes"]["measured"], results["naive"]["measured"])
            kept[part] = "\n".join(mine)
        if part in kept:
            lines.append(f"<!-- {part} -->\n{kept[part].rstrip()}\n<!-- end -->\n")
    return "\n".join(lines)


def faults(results: Results) -> list[str]:
    """Where growth is worse than the file says."""
    found = list(reading_report.faults(results))
    changes = {int(size): one["page"]["median"] for size, one in results.get("changes", {}).get("measured", {}).items()}
    if len(changes) > 1 and (power := exponent(changes)) > LIMIT_CLAIMS:
        found.append(f"a change of a filter grows with the claims by the power {power:.2f}, more than {LIMIT_CLAIMS}")
    return found


def _machine(results: Results) -> Iterator[str]:
    yield "| | |\n|---|---|"
    yield from (f"| {name} | {value} |" for name, value in results["machine"].items())
    yield ""


def _first_map(found: Mapping[str, Any]) -> Iterator[str]:
    symbols = spread([look["symbols"] for look in found["warm"]])
    whole = spread([max(look["whole"], look["symbols"]) for look in found["warm"]])
    files = spread([look["requests"] for look in found["warm"]])
    yield "## The first map, on the sample\n"
    yield "From the start of the navigation, in a new browser with an empty profile for each look.\n"
    yield "| | median | slowest | wanted |\n|---|---|---|---|"
    yield f"| first symbols, warm server | {_ms(symbols.median)} | {_ms(symbols.most)} | 3 s |"
    yield f"| whole page, warm server | {_ms(whole.median)} | {_ms(whole.most)} | |"
    yield f"| first symbols, server just started | {_cold_words(found['cold'])} | 4 s |"
    yield ""
    yield f"{symbols.count} looks; {files.median:.0f} files each.\n"


def _cold_words(looks: list[Mapping[str, float]]) -> str:
    symbols = spread([look["symbols_ms"] for look in looks])
    return f"{_ms(symbols.median)} | {_ms(symbols.most)}"


def _changes(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## From a change of a filter to the redrawn map\n"
    yield "Changes of country, status and days, no two with the same result. *Page*: until histogram, counts and"
    yield "origins have followed. Bytes are those that left the server, packed.\n"
    yield from _table([("", found)])
    yield "Wanted at a million claims: about 200 ms median and 400 ms at p95 for the page, 30 kB, 800 MB.\n"
    if len(found) > 1:
        power = exponent({int(size): one["page"]["median"] for size, one in found.items()})
        yield f"The page's median grows with the claims by the power {power:.3f}; more than {LIMIT_CLAIMS} fails.\n"


def _naive(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## The naive map, in the same run\n"
    yield "st_folium with a marker and a popup a claim, on the same databases; a change of actor.\n"
    yield from _table([("one actor of six, ", found["one"]), ("all but one actor, ", found["without"])])


def _ratios(ours: Mapping[str, Any], naive: Mapping[str, Any]) -> Iterator[str]:
    sizes = [size for size in ("10000", max(ours, key=int)) if size in ours]
    yield "How many times as fast as the naive map with 10,000 claims, by medians (wanted: 100):\n"
    yield "| ours, claims | one actor of six | all but one |\n|---|---|---|"
    for size in dict.fromkeys(sizes):
        mine = ours[size]["map"]["median"]
        others = [naive[shown].get("10000") for shown in ("one", "without")]
        ratios = [f"{other['map']['median'] / mine:.0f}" if other else "not measured" for other in others]
        yield f"| {int(size):,} | " + " | ".join(ratios) + " |"
    yield ""


def _table(rows: list[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    yield "| claims | map, median | map, p95 | page, median | page, p95 | kB, median | kB, p95 | server's memory |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, sizes in rows:
        for size, one in sizes.items():
            cells = [_ms(one[what][rank]) for what in ("map", "page") for rank in ("median", "p95")]
            cells += [f"{one['sent'][rank] / 1000:.0f}" for rank in ("median", "p95")]
            yield f"| {name}{int(size):,} | " + " | ".join(cells) + f" | {one['megabytes']:.0f} MB |"
    yield ""


def _cold(found: Mapping[str, Any]) -> Iterator[str]:
    symbols = spread([look["symbols_ms"] for look in found["looks"]])
    server = spread([1000 * look["server_s"] for look in found["looks"]])
    yield f"## The first map of a server that has just started, with {found['claims']:,} claims\n"
    yield f"First symbols {_ms(symbols.median)} after the navigation (slowest {_ms(symbols.most)}; wanted: 6 s), with"
    yield f"columns kept from before. The server itself answers {_ms(server.median)} after its start.\n"


def _columns(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## After a change of the database\n"
    yield "The columns are made anew, origins included, once for each state of a database; from 50,000 claims on they"
    yield "are kept as a file.\n"
    yield "| claims | seconds |\n|---|---|"
    yield from (f"| {int(size):,} | {one['anew_s']:.1f} |" for size, one in found.items())
    yield ""


def _people(found: Mapping[str, Any]) -> Iterator[str]:
    waits = found["waits_ms"]
    more = (found["megabytes_twenty"] - found["megabytes_one"]) / 20
    yield f"## Twenty people, {found['claims']:,} claims\n"
    yield "Each changes a filter every five seconds, for a minute; from the change to the last message of its run, at"
    yield f"the server: median {_ms(waits['median'])}, p95 {_ms(waits['p95'])} (wanted: 1 s), {waits['count']} changes."
    one = found["megabytes_one"]
    yield f"Memory: {one:.0f} MB with one session, {more:.1f} MB for each further one (wanted: 2 MB)."
    yield ""


def _ms(value: float) -> str:
    return f"{value / 1000:.1f} s" if value >= 10_000 else f"{value:,.0f} ms"
