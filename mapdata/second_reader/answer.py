"""From what the model says to claims: nothing gets in that the article and the gazetteer do not hold.

Whatever a text talks a model into, a claim is about a pair that was asked for, and its quote is cut from the
article by its place.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from mapdata.model import Article, Claim, Cue, Gazetteer, Status
from mapdata.reading.sentences import Sentence, split
from mapdata.second_reader.client import NoAnswer
from mapdata.second_reader.question import Asked, Question

# A model gives no odds that mean anything: its claims have the middle of the scale.
SCORE = 0.5
_FEWEST_WORDS = 3
# How many of its words an answer may put before the JSON document, counted in opening braces.
_TRIES = 50

# Why a claim was refused, in the words of the summary.
MADE_UP = "with a quote that is not in the passage"
TOO_SHORT = "with a quote of less than three words"
UNKNOWN_SITE = "of a site that is not in the gazetteer"
UNKNOWN_ACTOR = "of an actor that is not in the gazetteer"
UNKNOWN_STATUS = "with an unknown status"
NOT_ASKED = "of a pair that was not asked for"
NO_CLAIM = "of another shape"


class _Said(BaseModel):
    model_config = ConfigDict(strict=True)

    site: str
    actor: str
    status: str
    quote: str


def claims_of(
    answer: str, question: Question, article: Article, gazetteer: Gazetteer, construction: str
) -> tuple[list[Claim], Counter[str]]:
    """The claims in an answer that hold, and how many were refused for which reason.

    Raises NoAnswer for an answer that is no JSON document with a list of claims.
    """
    found: list[Claim] = []
    refused: Counter[str] = Counter()
    sentences = split(article.text)
    for raw in _listed(answer):
        try:
            said = _Said.model_validate(raw)
        except ValidationError:
            refused[NO_CLAIM] += 1
            continue
        checked = _checked(said, question, article, gazetteer)
        if isinstance(checked, str):
            refused[checked] += 1
        else:
            found.append(_claim(said, *checked, article, sentences, construction))
    return found, refused


def _checked(
    said: _Said, question: Question, article: Article, gazetteer: Gazetteer
) -> tuple[Asked, int] | str:
    """The pair that a claim is about and where its quote begins, or why it is refused."""
    if said.site not in gazetteer.sites:
        return UNKNOWN_SITE
    if said.actor not in gazetteer.actors:
        return UNKNOWN_ACTOR
    if said.status not in set(Status):
        return UNKNOWN_STATUS
    asked = [one for one in question.asked if (one.unsure.site, one.unsure.actor) == (said.site, said.actor)]
    if not asked:
        return NOT_ASKED
    places = [(one, at) for one in asked if (at := _find(said.quote, article.text, one)) is not None]
    if not places:
        return MADE_UP
    if len(said.quote.split()) < _FEWEST_WORDS:
        return TOO_SHORT
    return places[0]


def _find(quote: str, text: str, asked: Asked) -> int | None:
    """Where a quote stands, sign for sign: in the passage, a part of it at least in the pair's sentence."""
    if not quote.strip():
        return None
    at = text.find(quote, asked.start, asked.end)
    while at >= 0:
        if at + len(quote) > asked.unsure.start:
            return at
        at = text.find(quote, at + 1, asked.end)
    return None


def _claim(
    said: _Said, asked: Asked, at: int, article: Article, sentences: list[Sentence], construction: str
) -> Claim:
    """The model's quote is the words that decided; the claim's is the whole sentences around them."""
    touched = [one for one in sentences if one.start < at + len(said.quote) and at < one.end]
    start = min([asked.unsure.start, *(one.start for one in touched)])
    end = max([asked.unsure.end, *(one.end for one in touched)])
    words = article.text[at : at + len(said.quote)]
    begin = at + len(words) - len(words.lstrip())
    cue = Cue(begin, begin + len(words.strip()), words.strip())
    whole = (cue.start, cue.end) == (start, end)
    return Claim(
        article=article.id,
        site=said.site,
        actor=said.actor,
        status=Status(said.status),
        quote=article.text[start:end],
        start=start,
        end=end,
        attribution=asked.unsure.attribution,
        cues=() if whole else (cue,),
        published=article.published,
        construction=construction,
        score=SCORE,
    )


def _listed(answer: str) -> list[Any]:
    """The list of claims in an answer, which may stand between other words or in a fence."""
    shaped = False
    for document in _documents(answer):
        shaped = True
        if isinstance(document, dict) and isinstance(document.get("claims"), list):
            return document["claims"]
    raise NoAnswer("an answer of another shape" if shaped else "an answer that is no JSON")


def _documents(answer: str) -> Iterator[Any]:
    """The whole answer as JSON, or else what begins at its braces, the first ones first."""
    decoder = json.JSONDecoder()
    at = -1
    try:
        yield json.loads(answer)
        return
    except (ValueError, RecursionError):
        pass
    for _ in range(_TRIES):
        at = answer.find("{", at + 1)
        if at < 0:
            return
        try:
            yield decoder.raw_decode(answer, at)[0]
        except (ValueError, RecursionError):
            continue
