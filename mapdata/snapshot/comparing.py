"""What has changed between a snapshot and the same selection as a database has it now. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mapdata.snapshot.manifest import Ledger


@dataclass(frozen=True, slots=True)
class Change:
    """Of one (site, actor, status): claims that came and went, and the state before and now.

    A state is None where no dated claim makes one. A claim whose metadata were corrected goes and comes.
    """

    site: str
    actor: str
    status: str
    added: int
    removed: int
    before: str | None
    now: str | None


def changes(then: Ledger, now: Ledger) -> list[Change]:
    """All that differs, by site, actor and status."""
    nothing: tuple[None, frozenset[str]] = (None, frozenset())
    found = []
    for key in sorted(then.keys() | now.keys()):
        (before, old), (after, new) = then.get(key, nothing), now.get(key, nothing)
        if before != after or old != new:
            found.append(Change(*key, added=len(new - old), removed=len(old - new), before=before, now=after))
    return found
