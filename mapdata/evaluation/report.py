"""The figures of an evaluation as text."""

from __future__ import annotations

from collections.abc import Sequence

from mapdata.evaluation.scores import Result, Tally, total
from mapdata.model import Status


def _line(name: str, tally: Tally) -> str:
    return (
        f"{name:<24} {tally.precision:9.3f} {tally.recall:7.3f} {tally.f1:6.3f}"
        f" {tally.right:6} {tally.surplus:8} {tally.missed:7}"
    )


def report(results: Sequence[Result], misses: bool = True) -> str:
    """A table of whole claims, pairs, each status and each language, then every miss with its text."""
    whole = total(results)
    lines = [f"{'':<24} {'precision':>9} {'recall':>7} {'F1':>6} {'right':>6} {'surplus':>8} {'missed':>7}"]
    lines.append(_line("whole claims", whole.claims))
    lines.append(_line("pairs (site, actor)", whole.pairs))
    lines += [_line(f"  {status}", whole.by_status[status]) for status in Status if status in whole.by_status]
    languages = sorted({result.lang for result in results if result.lang})
    if len(languages) > 1:
        for lang in languages:
            lines.append(_line(f"  in {lang}", total(r for r in results if r.lang == lang).claims))
    if whole.status_asked:
        lines.append(
            f"status right, given the pair: {whole.status_right / whole.status_asked:.3f} of {whole.status_asked}"
        )
    if whole.quotes_asked:
        lines.append(
            f"quote right, given the claim: {whole.quotes_right / whole.quotes_asked:.3f} of {whole.quotes_asked}"
        )
    lines.append(f"articles: {len(results)}")
    if misses:
        for result in results:
            lines += _misses(result)
    return "\n".join(lines)


def _misses(result: Result) -> list[str]:
    if not result.surplus and not result.missed:
        return []
    lines = ["", f"{result.article}"]
    for (site, actor, status), quote in result.missed:
        lines.append(f"  missed   {site} · {actor} · {status}")
        if quote:
            lines.append(f"           {quote}")
    for claim in result.surplus:
        cues = ", ".join(cue.text for cue in claim.cues)
        lines.append(
            f"  surplus  {claim.site} · {claim.actor} · {claim.status}  ({claim.construction}; {cues})"
        )
        lines.append(f"           {claim.quote}")
    return lines
