"""What was read goes into the store, a batch a transaction; what is there already is not read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mapdata.errors import InputRefused
from mapdata.ingest import extracting
from mapdata.ingest.crew import Recruit
from mapdata.ingest.extracting import Reading, Refused, Second, batches, where
from mapdata.ingest.program import program_version
from mapdata.model import Article, Gazetteer
from mapdata.outlets import Outlets
from mapdata.store import Outcome, Reviews, Store, article_faults, sound

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Counts:
    """What an ingest did. `refused` counts inputs and claims that were refused; the others, articles.

    claims: how many the articles have that were read now; what was unchanged is not read again. erased: articles
    that were not taken, since somebody demanded that they be removed.
    """

    new: int = 0
    new_versions: int = 0
    reread: int = 0
    corrected: int = 0
    unchanged: int = 0
    refused: int = 0
    claims: int = 0
    erased: int = 0


def ingest(
    paths: Iterable[str],
    store: Store,
    gazetteer: Gazetteer,
    *,
    jobs: int = 1,
    recruit: Recruit | None = None,
    refused: Refused,
    progress: Progress | None = None,
    outlets: Outlets | None = None,
    second: Second | None = None,
) -> Counts:
    """Read, extract and store what is at the paths. Repeatable: what is there already changes nothing.

    recruit: who reads instead of processes of this machine (see crew). refused is called for each input and each
    claim that cannot be taken; the rest goes on. progress is
    called with the number of articles done, and with None, since a folder or a feed does not say how many
    it has. Each batch is one transaction, so that what is done when this is stopped stays done.
    """
    taking = _Taking(store, gazetteer, second, refused, progress, None)
    # Into an empty store everything is new: no file need be looked at before it is read.
    look = store.articles_count() > 0
    return taking.store(
        extracting.extract_paths(
            paths, gazetteer, jobs=jobs, recruit=recruit, refused=taking.refuse, outlets=outlets, second=second,
            choose=taking.choose, look=look,
        )
    )  # fmt: skip


def reread(
    store: Store,
    gazetteer: Gazetteer,
    *,
    jobs: int = 1,
    refused: Refused,
    progress: Progress | None = None,
    outlets: Outlets | None = None,
    second: Second | None = None,
) -> Counts:
    """Read the stored articles again where another gazetteer or program read them; like `ingest`."""
    taking = _Taking(store, gazetteer, second, refused, progress, store.articles_count())
    return taking.store(
        extracting.extract(
            store.articles(), gazetteer, jobs=jobs, refused=taking.refuse, outlets=outlets, second=second,
            choose=taking.choose,
        )
    )  # fmt: skip


class _Taking:
    """One run into a store: what is worth reading, what becomes of it, and how much of each there was."""

    def __init__(
        self,
        store: Store,
        gazetteer: Gazetteer,
        second: Second | None,
        refused: Refused,
        progress: Progress | None,
        total: int | None,
    ) -> None:
        self._store, self._gazetteer, self._second = store, gazetteer, second
        self._reviews = Reviews(store)
        self._refused, self._progress, self._total = refused, progress, total
        self._program = program_version()
        # What a second reader has read is not read again without it: its claims would be lost.
        self._wide = f"{self._program} + {second.name}" if second else self._program
        self._outcomes: Counter[Outcome] = Counter()
        self._refusals = self._claims = self._done = 0

    def refuse(self, fault: InputRefused) -> None:
        self._refusals += 1
        self._refused(fault)

    def choose(self, articles: list[Article]) -> set[str]:
        """The ids of those that are not stored as they are; counts the others."""
        fit = []
        for article in articles:
            if faults := article_faults(article):
                self.refuse(InputRefused(where(article), "; ".join(faults)))
                self._done += 1
            else:
                fit.append(article)
        unread = self._store.unread(fit, self._gazetteer, program=self._wide)
        gone = self._reviews.erased(article for article in fit if article.id not in unread)
        self._outcomes[Outcome.ERASED] += sum(article.id in gone for article in fit)
        self._outcomes[Outcome.UNCHANGED] += sum(article.id not in unread | gone for article in fit)
        self._done += len(fit) - sum(article.id in unread for article in fit)
        self._tell()
        return unread

    def store(self, readings: Iterator[Reading]) -> Counts:
        for batch in batches(readings, key=lambda reading: reading[0]):
            checked: dict[str, list[Reading]] = {}
            for article, claims in batch:
                self._done += 1
                if faults := article_faults(article):
                    self.refuse(InputRefused(where(article), "; ".join(faults)))
                    continue
                kept, faults = sound(article, claims, self._gazetteer)
                for fault in faults:
                    self.refuse(InputRefused(where(article), fault))
                second = self._second
                by = self._program if second is None or article.id in second.missed else self._wide
                checked.setdefault(by, []).append((article, kept))
                self._claims += len(kept)
            for by, part in checked.items():
                self._outcomes.update(self._store.put_many(part, self._gazetteer, program=by))
            self._tell()
        outcomes = self._outcomes
        return Counts(
            new=outcomes[Outcome.NEW],
            new_versions=outcomes[Outcome.NEW_VERSION],
            reread=outcomes[Outcome.REREAD],
            corrected=outcomes[Outcome.CORRECTED],
            unchanged=outcomes[Outcome.UNCHANGED],
            refused=self._refusals,
            claims=self._claims,
            erased=outcomes[Outcome.ERASED],
        )

    def _tell(self) -> None:
        if self._progress:
            self._progress(self._done, self._total)
