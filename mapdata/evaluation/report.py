"""The figures of an evaluation, and every miss with its text: as a table to read, as records for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mapdata.evaluation.origin_scores import OriginResult
from mapdata.evaluation.run import Evaluation
from mapdata.evaluation.scores import Measures, Result, Share, Tally, total
from mapdata.model import Claim, Status

_WHAT = {
    "speaker": "who says it",
    "kind": "kind of speaker",
    "from": "held from",
    "to": "held to",
    "quote": "quote",
}


def parts(results: Sequence[Result]) -> Iterator[tuple[str, str, Measures]]:
    """(kind of part, its name, measures): all of it, by status, and by language where there are several."""
    whole = total(results)
    yield "all", "all", whole.all
    for status in Status:
        if status in whole.by_status:
            yield "status", str(status), whole.by_status[status]
    languages = sorted({result.lang for result in results if result.lang})
    if len(languages) > 1:
        for lang in languages:
            yield "lang", lang, total(result for result in results if result.lang == lang).all


def report(evaluation: Evaluation, misses: bool = True) -> str:
    """Tables of whole claims, pairs and what is known of each claim, by status and language; then every miss."""
    results = evaluation.results
    found = list(parts(results))
    blocks = [
        _tallies("whole claims", [(name, m.claims) for _, name, m in found]),
        _tallies("pairs (site, actor)", [(name, m.pairs) for _, name, m in found]),
        _shares(found),
    ]
    if any(m.dates != Tally() for _, _, m in found):
        blocks.append(_tallies("dates, given the claim", [(name, m.dates) for _, name, m in found]))
    if evaluation.origins is not None:
        rows = [("all", evaluation.origins.pairs)]
        if len(evaluation.origins_by_lang) > 2:
            rows += [(lang, one.pairs) for lang, one in evaluation.origins_by_lang.items()]
        blocks.append(_tallies("origins (pairs of articles)", rows))
    blocks.append(f"articles: {len(results)}")
    if misses:
        blocks += [block for result in results if (block := _misses(result))]
        if evaluation.origins is not None and (block := _origin_misses(evaluation.origins)):
            blocks.append(block)
    return "\n\n".join(blocks)


def records(evaluation: Evaluation, misses: bool = True) -> dict[str, Any]:
    """The same for JSON. Shares of nothing asked are null."""
    made: dict[str, Any] = {"articles": len(evaluation.results), "status": {}, "lang": {}}
    for kind, name, measures in parts(evaluation.results):
        if kind == "all":
            made["all"] = _measures(measures)
        else:
            made[kind][name] = _measures(measures)
    if evaluation.origins is not None:
        made["origins"] = {
            "all": _tally(evaluation.origins.pairs),
            "lang": {lang: _tally(one.pairs) for lang, one in evaluation.origins_by_lang.items()},
        }
    if misses:
        made["misses"] = [record for result in evaluation.results for record in _miss_records(result)]
        if evaluation.origins is not None:
            made["origins"]["joined"] = [list(pair) for pair in evaluation.origins.joined]
            made["origins"]["parted"] = [list(pair) for pair in evaluation.origins.parted]
    return made


# --- tables -----------------------------------------------------------------------------------------------


def _tallies(title: str, rows: Sequence[tuple[str, Tally]]) -> str:
    lines = [f"{title:<28} {'precision':>9} {'recall':>7} {'F1':>6} {'right':>6} {'surplus':>8} {'missed':>7}"]
    for name, tally in rows:
        if tally != Tally():
            lines.append(
                f"  {name:<26} {tally.precision:9.3f} {tally.recall:7.3f} {tally.f1:6.3f}"
                f" {tally.right:6} {tally.surplus:8} {tally.missed:7}"
            )
    return "\n".join(lines)


def _shares(found: Sequence[tuple[str, str, Measures]]) -> str:
    """Of what was asked for and read, the share that is right, and of how many."""
    columns = ("status", "speaker", "kind", "quotes")
    lines = [f"{'right, given the claim':<28} {'status*':>13} {'who says it':>13} {'of which kind':>13} {'quote':>13}"]
    for _, name, measures in found:
        cells = " ".join(f"{_share(getattr(measures, column)):>13}" for column in columns)
        lines.append(f"  {name:<26} {cells}")
    return "\n".join([*lines, "  * given the pair"])


def _share(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.3f} of {share.asked}"


def _misses(result: Result) -> str:
    lines = []
    for (site, actor, status), quote in result.missed:
        lines.append(f"  missed   {site} · {actor} · {status}")
        if quote:
            lines.append(f"           {quote}")
    for claim in result.surplus:
        cues = ", ".join(cue.text for cue in claim.cues)
        lines.append(f"  surplus  {_named(claim)}  ({claim.construction}; {cues})")
        lines.append(f"           {claim.quote}")
    for one in result.differs:
        lines.append(f"  differs  {_named(one.claim)}: {_WHAT[one.what]} is {one.wanted}; read: {one.read}")
        if one.what != "quote":
            lines.append(f"           {one.claim.quote}")
    return "\n".join([result.article, *lines]) if lines else ""


def _named(claim: Claim) -> str:
    return f"{claim.site} · {claim.actor} · {claim.status}"


def _origin_misses(found: OriginResult) -> str:
    lines = [f"  put together, and of two reports   {one} · {other}" for one, other in found.joined]
    lines += [f"  kept apart, and of one report      {one} · {other}" for one, other in found.parted]
    return "\n".join(["origins", *lines]) if lines else ""


# --- records ----------------------------------------------------------------------------------------------


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        "right": tally.right,
        "surplus": tally.surplus,
        "missed": tally.missed,
    }


def _measures(measures: Measures) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in ("claims", "pairs", "dates"):
        made[name] = _tally(getattr(measures, name))
    for name in ("status", "speaker", "kind", "quotes"):
        share = getattr(measures, name)
        value = None if share.value is None else round(share.value, 4)
        made[name] = {"share": value, "right": share.right, "asked": share.asked}
    return made


def _miss_records(result: Result) -> Iterator[dict[str, Any]]:
    for (site, actor, status), quote in result.missed:
        yield {
            "article": result.article,
            "miss": "missed",
            "site": site,
            "actor": actor,
            "status": str(status),
            "quote": quote,
        }
    for claim in result.surplus:
        yield _of(result, claim, "surplus") | {"cues": [cue.text for cue in claim.cues]}
    for one in result.differs:
        yield _of(result, one.claim, one.what) | {"wanted": one.wanted, "read": one.read}


def _of(result: Result, claim: Claim, miss: str) -> dict[str, Any]:
    return {
        "article": result.article,
        "miss": miss,
        "site": claim.site,
        "actor": claim.actor,
        "status": str(claim.status),
        "quote": claim.quote,
    }
