"""The second reader: asks for what the first abstained on, and says what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from mapdata.errors import SecondReaderError
from mapdata.model import Article, Claim, Gazetteer
from mapdata.outlets import Outlets
from mapdata.reading import Reader
from mapdata.reading.unsure import LOW, Unsure
from mapdata.second_reader.question import Question, prompt, questions
from mapdata.second_reader.settings import Settings

Reading = tuple[Article, tuple[Claim, ...]]

# How far is read ahead before the first request, to say how many articles it is about.
_AHEAD_ARTICLES = 256
_AHEAD_CHARACTERS = 4_000_000


class SecondReader:
    """Adds to the first reader's claims. Built once for a run: `improve` the readings, show the `summary`.

    missed: ids of the articles that it should have read and could not: their claims are the first reader's.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        outlets: Outlets,
        settings: Settings,
        announce: Callable[[str], None],
        *,
        low: float = LOW,
        reader: Reader | None = None,
    ) -> None:
        """announce: called with one line before the first text leaves the machine. low: pairs that the first
        reader holds less likely than this are not asked for. reader: the first one, None for the usual.
        Raises SecondReaderError where openai is not installed."""
        try:
            # Imported here, so that nobody needs openai who has no second reader.
            from mapdata.second_reader import answer, client
        except ImportError as fault:
            raise SecondReaderError(
                f"{fault.name or 'openai'} is not installed: pip install 'mapdata[second-reader]'"
            ) from None
        self._no_answer = client.NoAnswer
        self._claims_of = answer.claims_of
        self._client = client.Client(settings)
        self._gazetteer = gazetteer
        self._reader = reader or Reader(gazetteer, outlets)
        self._settings = settings
        self._announce = announce
        self._announced = False
        self._low = low
        self._in_a_row = 0
        self._asked = self._added = self._too_long = 0
        self._refused: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self.missed: set[str] = set()

    @property
    def name(self) -> str:
        """What its claims have as their construction: that they are its own, and by which model."""
        return f"second reader ({self._settings.model})"

    def improve(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The readings in their order, with the claims of the second reader among the first one's."""
        ahead: list[tuple[Reading, list[Question]]] = []
        characters = 0
        for reading in readings:
            ahead.append((reading, self._questions(*reading)))
            characters += len(reading[0].text)
            if len(ahead) >= _AHEAD_ARTICLES or characters >= _AHEAD_CHARACTERS:
                yield from self._all(ahead, more=True)
                ahead, characters = [], 0
        yield from self._all(ahead, more=False)

    def summary(self) -> str | None:
        """What came of it, in one line; None where nothing was asked."""
        if not self._announced and not self._too_long:
            return None
        parts = [f"{self._asked:,} articles asked about", f"{self._added:,} claims added"]
        if self._refused:
            parts.append(f"{self._refused.total():,} refused ({_listed(self._refused)})")
        if self._failed:
            alone = f"{len(self.missed):,} articles have the first reader's claims alone"
            parts.append(f"{alone} ({_listed(self._failed)})")
        if self._too_long:
            parts.append(f"{self._too_long:,} sentences too long to send")
        return f"{self.name}: " + "; ".join(parts)

    def close(self) -> None:
        self._client.close()

    # --- article after article -------------------------------------------------------------------------

    def _questions(self, article: Article, claims: Sequence[Claim]) -> list[Question]:
        known = {(claim.site, claim.actor) for claim in claims}
        pairs: list[Unsure] = [
            one for one in self._reader.unsure(article, self._low) if (one.site, one.actor) not in known
        ]
        asked = questions(article, pairs, self._gazetteer)
        self._too_long += len(pairs) - sum(len(question.asked) for question in asked)
        return asked

    def _all(self, ahead: list[tuple[Reading, list[Question]]], *, more: bool) -> Iterator[Reading]:
        number = sum(bool(asked) for _, asked in ahead)
        if number and not self._announced:
            self._announced = True
            self._announce(self._line(number, len(ahead), more))
        for (article, claims), asked in ahead:
            yield article, self._with(article, claims, asked)

    def _line(self, number: int, read: int, more: bool) -> str:
        about = "1 article" if number == 1 else f"{number:,} articles"
        of = f" of the first {read:,}, and of later ones as they are read," if more else ""
        return f"sentences of {about}{of} go to {self._settings.url} (model {self._settings.model})"

    def _with(self, article: Article, claims: tuple[Claim, ...], asked: list[Question]) -> tuple[Claim, ...]:
        if not asked:
            return claims
        if self._in_a_row >= self._settings.give_up_after:
            self._miss(article, f"not asked after {self._in_a_row} in a row without an answer")
            return claims
        self._asked += 1
        found: dict[tuple[str, str, str], Claim] = {}
        for question in asked:
            try:
                said = self._client.ask(prompt(), question.text)
                these, refused = self._claims_of(said, question, article, self._gazetteer, self.name)
            except self._no_answer as fault:
                self._in_a_row += 1
                self._miss(article, fault.reason)
                return claims
            self._in_a_row = 0
            self._refused += refused
            for claim in these:
                found.setdefault((claim.site, claim.actor, claim.status), claim)
        self._added += len(found)
        return tuple(sorted((*claims, *found.values()), key=lambda claim: claim.start))

    def _miss(self, article: Article, reason: str) -> None:
        self.missed.add(article.id)
        self._failed[reason] += 1


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{number:,} {reason}" for reason, number in counted.most_common())
