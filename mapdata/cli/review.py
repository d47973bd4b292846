"""Commands for who judges claims: see what is new or uncertain, say what is right, write it out as examples."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from mapdata import tables
from mapdata.cli.claims import selected
from mapdata.cli.common import (
    Group,
    db_option,
    filter_options,
    gazetteer_option,
    harmless,
    now,
    open_gazetteer,
)
from mapdata.errors import ReviewError
from mapdata.model import Claim, Filters, SpeakerKind, Status, VerdictKind
from mapdata.review import desk
from mapdata.review.claims import claim_id, corrected, made, named, span_of
from mapdata.review.export import as_yaml, examples
from mapdata.review.queue import Item, Order, queue
from mapdata.review.versions import Change, compare, shortened
from mapdata.store import Judgement, Reviews, Store

Command = TypeVar("Command", bound=Callable[..., Any])

_QUEUE_COLUMNS = (("id", 12), ("published", 10), ("site", 18), ("actor", 9), ("status", 8), ("why", 44), ("quote", 60))
_HISTORY_COLUMNS = (
    ("verdict", 8),
    ("at", 16),
    ("who", 16),
    ("what", 10),
    ("claim", 12),
    ("before", 34),
    ("after", 34),
    ("why", 40),
)


@click.group(cls=Group)
def review() -> None:
    """Judge claims: accept, correct, reject or add them, take articles off the map, and export what was said.

    Example: mapdata review list --limit 20
    """


def signed(command: Command) -> Command:
    """Who says it, and why: both are kept."""
    command = click.option("--why", default="", metavar="TEXT", help="The reason; kept with the verdict.")(command)
    return click.option(
        "--who", required=True, envvar="MAPDATA_WHO", metavar="NAME", help="Who says so; kept with the verdict."
    )(command)


def status_option(required: bool) -> Callable[[Command], Command]:
    return click.option("--status", type=click.Choice([status.value for status in Status]), required=required)


@review.command("list")
@filter_options
@db_option
@gazetteer_option
@click.option("--order", type=click.Choice([order.value for order in Order]), default="doubt", show_default=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@click.option("--history", is_flag=True, help="What has been said so far instead, the newest first.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_(
    filters: Filters,
    db: str | None,
    gazetteer_path: Path | None,
    order: str,
    limit: int,
    history: bool,
    shape: str,
) -> None:
    """Print the claims that nobody has judged, the least certain first, each with its id and why to look at it.

    Example: mapdata review list --limit 20
    """
    if history:
        with Store.open(db, readonly=True) as store:
            rows = _history(Reviews(store))[:limit]
        columns: Sequence[tuple[str, int]] = _HISTORY_COLUMNS
    else:
        gazetteer = open_gazetteer(gazetteer_path)
        selection = selected(db, gazetteer, filters)
        groups = queue(selection.evidence, selection.assessments, selection.as_of, Order(order))
        rows = [_queued(item) for group in groups for item in group.items][:limit]
        columns = _QUEUE_COLUMNS
    text = tables.json_text(rows) if shape == "json" else tables.aligned(rows, columns)
    sys.stdout.write(harmless(text) if shape == "table" else text)


def _queued(item: Item) -> dict[str, Any]:
    claim, source = item.evidence.claim, item.evidence.source
    return {
        "id": claim_id(claim),
        "article": claim.article,
        "published": source.published.isoformat() if source.published else "undated",
        "site": claim.site,
        "actor": claim.actor,
        "status": claim.status.value,
        "score": round(claim.score, 3),
        "why": "; ".join(item.reasons),
        "outlet": source.outlet,
        "quote": claim.quote,
    }


def _history(reviews: Reviews) -> list[dict[str, Any]]:
    found: list[tuple[Any, dict[str, Any]]] = []
    for verdict in reviews.verdicts():
        of = verdict.before or verdict.after
        row = {
            "verdict": verdict.id,
            "at": verdict.at.isoformat(timespec="minutes")[:16],
            "who": verdict.who,
            "what": verdict.kind.value,
            "claim": claim_id(of) if of else "",
            "article": verdict.article,
            "before": _named(verdict.before),
            "after": _named(verdict.after),
            "why": verdict.why,
            "replaces": verdict.replaces,
            "live": verdict.live,
        }
        found.append((verdict.at, row))
    for notice in reviews.notices():
        row = {"verdict": "", "at": notice.at.isoformat(timespec="minutes")[:16], "who": notice.who}
        row |= {"what": notice.kind.value, "claim": "", "article": notice.article}
        row |= {"before": f"article {notice.article} of {notice.outlet or 'unknown outlet'}", "after": ""}
        found.append((notice.at, {**row, "why": notice.why, "replaces": None, "live": True}))
    return [row for _, row in sorted(found, key=lambda one: one[0], reverse=True)]


def _named(claim: Claim | None) -> str:
    return f"{claim.site} {claim.actor} {claim.status.value} {claim.start}:{claim.end}" if claim else ""


@review.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@signed
@db_option
@gazetteer_option
def accept(ids: tuple[str, ...], who: str, why: str, db: str | None, gazetteer_path: Path | None) -> None:
    """Say that claims are right; several at once where one reason does for all.

    Example: mapdata review accept 3f2a9c41 --who Ada --why "read in full"
    """
    _judge_all(VerdictKind.ACCEPTED, ids, who, why, db, gazetteer_path)


@review.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@signed
@db_option
@gazetteer_option
def reject(ids: tuple[str, ...], who: str, why: str, db: str | None, gazetteer_path: Path | None) -> None:
    """Say that articles do not claim this; the claims leave the map and stay in the history.

    Example: mapdata review reject 3f2a9c41 --who Ada --why "a visit, no presence"
    """
    _judge_all(VerdictKind.REJECTED, ids, who, why, db, gazetteer_path)


def _judge_all(
    kind: VerdictKind, ids: Sequence[str], who: str, why: str, db: str | None, gazetteer_path: Path | None
) -> None:
    gazetteer = open_gazetteer(gazetteer_path)
    with Store.open(db, readonly=True) as store:
        claims = named(store.claims(), ids)
    done = [Judgement(kind, claim.article, claim) for claim in claims]
    desk.judge(db, done, gazetteer, who=who, why=why, at=now())
    click.echo(f"{len(done)} {kind.value}", err=True)


@review.command()
@click.argument("id", metavar="ID")
@signed
@click.option("--site", metavar="ID", help="The site that it is about.")
@click.option("--actor", metavar="ID", help="The actor whose presence it is.")
@status_option(required=False)
@click.option("--quote", metavar="TEXT", help="The words that show it, verbatim from the article.")
@db_option
@gazetteer_option
def correct(
    id: str,
    who: str,
    why: str,
    site: str | None,
    actor: str | None,
    status: str | None,
    quote: str | None,
    db: str | None,
    gazetteer_path: Path | None,
) -> None:
    """Say what a claim should be; what is not given stays as it is.

    Example: mapdata review correct 3f2a9c41 --status former --who Ada --why "left in May"
    """
    gazetteer = open_gazetteer(gazetteer_path)
    if not (site or actor or status or quote):
        raise ReviewError("nothing to correct: give --site, --actor, --status or --quote, or accept the claim")
    with Store.open(db, readonly=True) as store:
        [claim] = named(store.claims(), [id])
        text = store.article(claim.article).text
    span = span_of(text, quote) if quote else None
    after = corrected(claim, text, site=site, actor=actor, status=Status(status) if status else None, span=span)
    one = Judgement(VerdictKind.CORRECTED, claim.article, claim, after)
    desk.judge(db, [one], gazetteer, who=who, why=why, at=now())
    click.echo(f"corrected: {claim_id(after)}", err=True)


@review.command()
@click.argument("article", metavar="ARTICLE")
@signed
@click.option("--site", required=True, metavar="ID")
@click.option("--actor", required=True, metavar="ID")
@status_option(required=True)
@click.option("--quote", required=True, metavar="TEXT", help="The words that show it, verbatim from the article.")
@click.option("--said-by", metavar="TEXT", help="Whom the article makes responsible; default: the outlet.")
@click.option(
    "--speaker",
    type=click.Choice([kind.value for kind in SpeakerKind]),
    default=SpeakerKind.MEDIUM.value,
    show_default=True,
)
@db_option
@gazetteer_option
def add(
    article: str,
    who: str,
    why: str,
    site: str,
    actor: str,
    status: str,
    quote: str,
    said_by: str | None,
    speaker: str,
    db: str | None,
    gazetteer_path: Path | None,
) -> None:
    """Add a claim that reading missed. ARTICLE is the id of a stored article.

    Example: mapdata review add 79e83fe9294b9fb6d38a --site t4 --actor TR --status proposed --quote "…" --who Ada
    """
    gazetteer = open_gazetteer(gazetteer_path)
    with Store.open(db, readonly=True) as store:
        stored = store.article(article)
    span = span_of(stored.text, quote)
    claim = made(stored, site, actor, Status(status), span, said_by=said_by, kind=SpeakerKind(speaker))
    one = Judgement(VerdictKind.ADDED, stored.id, None, claim)
    desk.judge(db, [one], gazetteer, who=who, why=why, at=now())
    click.echo(f"added: {claim_id(claim)}", err=True)


@review.command()
@click.argument("verdict", type=int, metavar="VERDICT")
@signed
@db_option
def undo(verdict: int, who: str, why: str, db: str | None) -> None:
    """Take a verdict back: its claim stands again as it was read. `list --history` shows the numbers.

    Example: mapdata review undo 12 --who Ada --why "wrong article"
    """
    desk.withdraw(db, verdict, who=who, why=why, at=now())
    click.echo(f"verdict {verdict} is taken back", err=True)


@review.command()
@click.argument("article", metavar="ARTICLE")
@signed
@click.option("--undo", is_flag=True, help="The retraction was a mistake: its claims are back.")
@db_option
def retract(article: str, who: str, why: str, undo: bool, db: str | None) -> None:
    """Take the claims of an article off the map, since its outlet took it back; it stays in the history.

    Example: mapdata review retract 79e83fe9294b9fb6d38a --who Ada --why "retracted by the outlet on 3 May"
    """
    desk.retract(db, article, who=who, why=why, at=now(), undo=undo)
    click.echo(f"article {article} is {'reinstated' if undo else 'retracted'}", err=True)


@review.command()
@click.argument("article", metavar="ARTICLE")
@signed
@click.option("--yes", is_flag=True, help="Do not ask.")
@db_option
def erase(article: str, who: str, why: str, yes: bool, db: str | None) -> None:
    """Remove an article's text for good, quotes and verdicts included; a dated note stays, without its words.

    Example: mapdata review erase 79e83fe9294b9fb6d38a --who Ada --why "demand of 3 May"
    """
    if not yes:
        click.confirm(f"Article {article}, its quotes and verdicts cannot be brought back. Erase them?", abort=True)
    notice = desk.erase(db, article, who=who, why=why, at=now())
    click.echo(
        f"erased: {notice.versions} versions, {notice.claims} claims, {notice.verdicts} verdicts;"
        " copies in backups, snapshots and a running dashboard are not reached",
        err=True,
    )


@review.command()
@click.argument("article", metavar="ARTICLE")
@db_option
def versions(article: str, db: str | None) -> None:
    """Print what an outlet changed between the versions of an article: [-gone-] and {+new+}.

    Example: mapdata review versions 79e83fe9294b9fb6d38a
    """
    with Store.open(db, readonly=True) as store:
        stored = store.article(article)
        found = [one for series in Reviews(store).versions(stored.id) for one in series]
        texts = [store.article(one.article).text for one in found]
    for number, one in enumerate(found):
        click.echo(f"version {one.number}: {one.article}, stored {one.added_at:%Y-%m-%d}")
        if number:
            click.echo(harmless(_marked(texts[number - 1], texts[number])))


def _marked(old: str, new: str) -> str:
    signs = {Change.SAME: ("", ""), Change.GONE: ("[-", "-]"), Change.NEW: ("{+", "+}")}
    pieces = shortened(compare(old, new))
    return "".join(f"{signs[piece.change][0]}{piece.text}{signs[piece.change][1]}" for piece in pieces)


@review.command()
@db_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; default: print.")
def export(db: str | None, output: Path | None) -> None:
    """Write what was judged as labelled examples, in the form that `mapdata evaluate` and training read.

    Example: mapdata review export -o reviewed.yaml
    """
    with Store.open(db, readonly=True) as store:
        verdicts = Reviews(store).verdicts()
        claims: dict[str, list[Claim]] = {}
        for claim in store.claims():
            claims.setdefault(claim.article, []).append(claim)
        stands = store.sources()
        judged = [store.article(id) for id in sorted({verdict.article for verdict in verdicts}) if id in stands]
    text = as_yaml(examples(judged, claims, verdicts))
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise ReviewError(f"{output}: cannot be written: {fault.strerror}") from None
    click.echo(f"{harmless(str(output))}: {len(judged)} articles", err=True)
