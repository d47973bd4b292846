"""The command that says whether a snapshot is as it was made, and what has changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from mapdata.cli.claims import stored
from mapdata.cli.common import DONE, SOME_REFUSED, db_option, gazetteer_option, harmless, open_gazetteer, today
from mapdata.errors import SnapshotError
from mapdata.filters import check_against, parse
from mapdata.model import Gazetteer
from mapdata.selection import select
from mapdata.snapshot import Change, Opened, changes, ending_of, is_signed, ledger, one_line, opened, signature_path

MOST_LISTED = 40


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@db_option
@gazetteer_option
@click.option(
    "--signature",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The signature; default with --key: FILE.sig beside the file.",
)
@click.option(
    "--key",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The public key (Ed25519, PEM) of whoever signed.",
)
@click.pass_context
def verify(
    ctx: click.Context,
    file: Path,
    db: str | None,
    gazetteer_path: Path | None,
    signature: Path | None,
    key: Path | None,
) -> None:
    """Say whether a snapshot is as it was made, and what the database has that it has not.

    The hash inside a file shows accidents; only a signature shows that nobody has made it anew. With --db (or
    MAPDATA_DB) the same filters and day are asked of the database again. Exit code 1: the file is not as it was
    made, or not signed by the key.

    Example: mapdata verify map.html --db my.sqlite3
    """
    if signature is not None and key is None:
        raise click.UsageError("--signature needs --key, the public key of whoever signed")
    content = file.read_bytes()
    try:
        made = opened(content, ending_of(file))
    except SnapshotError as fault:
        raise SnapshotError(f"{file}: {fault}") from fault
    whole = _say_whether_whole(file, made)
    signed = key is None or _say_whether_signed(file, content, signature, key)
    if db is not None:
        _say_changes(made, db, open_gazetteer(gazetteer_path))
    ctx.exit(DONE if whole and signed else SOME_REFUSED)


def _say(text: str) -> None:
    """One line, whatever a file says of itself: it could write lines of its own below ours."""
    click.echo(harmless(" ".join(text.split("\n"))))


def _say_whether_whole(file: Path, made: Opened) -> bool:
    _say(f"{file}: {one_line(made.manifest)}")
    counts = made.manifest["counts"]
    reviewed = "only claims that a person has accepted" if made.manifest["reviewed"] else "reviewed or not"
    _say(f"{counts['claims']} claims of {counts['origins']} origins, {reviewed}")
    if made.claims_hold is False:
        _say("NOT as it was made: its claims are not those that it was made with")
    elif not made.sealed:
        rest = "; its claims are those that it was made with" if made.claims_hold else ""
        _say(f"NOT as it was made: its bytes have changed{rest}")
    else:
        _say("as it was made, by the hash that it carries")
    return made.sealed and made.claims_hold is not False


def _say_whether_signed(file: Path, content: bytes, signature: Path | None, key: Path) -> bool:
    path = signature or signature_path(file)
    try:
        found = path.read_bytes()
    except OSError as fault:
        raise SnapshotError(f"{path}: no signature that can be read ({fault.strerror or fault})") from fault
    signed = is_signed(content, found, key)
    _say(f"{'signed' if signed else 'NOT signed'} by the key {key}")
    return signed


def _say_changes(made: Opened, db: str, gazetteer: Gazetteer) -> None:
    if made.manifest["gazetteer"] != gazetteer.version:
        _say(
            f"read with gazetteer {made.manifest['gazetteer']}, compared with {gazetteer.version}: sites and"
            " actors may be others"
        )
    day = date.fromisoformat(made.manifest["as_of"])
    filters = parse(made.manifest["filters"])
    check_against(filters, gazetteer)
    evidence = stored(db, gazetteer)
    now = select(evidence, replace(filters, as_of=day), gazetteer, day)
    found = changes(made.ledger, ledger(now))
    if not found:
        _say(f"database: the same claims and standings as of {day}")
    else:
        _say(_summary(found, day))
        for change in found[:MOST_LISTED]:
            _say("  " + _line(change))
        if len(found) > MOST_LISTED:
            _say(f"  and {len(found) - MOST_LISTED} more")
    later = select(evidence, replace(filters, as_of=None), gazetteer, today()).claims - now.claims
    if later > 0:
        _say(f"database: {later} claims published since {day}, which a snapshot of that day has not")


def _summary(found: list[Change], day: date) -> str:
    added, removed = sum(one.added for one in found), sum(one.removed for one in found)
    moved = sum(one.before != one.now for one in found)
    return f"database as of {day}: {added} claims added, {removed} removed, {moved} standings changed"


def _line(change: Change) -> str:
    parts = [f"{change.site} {change.actor} {change.status}:"]
    parts += [f"+{change.added}"] * bool(change.added) + [f"-{change.removed}"] * bool(change.removed)
    if change.before != change.now:
        parts.append(f"{change.before or 'no standing'} → {change.now or 'no standing'}")
    return " ".join(parts)
