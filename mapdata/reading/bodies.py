"""What an actor is called for short: "the coalition", "the Guards", "the Front" (rules/bodies.yaml).

A short form can be anybody's, so it counts for the actor that the article named last of those that it fits,
and for one not named before only where the gazetteer has no other such body and the word is telling enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from mapdata.model import Actor, ActorKind
from mapdata.reading.folding import fold
from mapdata.reading.inflection import forms
from mapdata.reading.matcher import Hit, Pattern


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body: see rules/bodies.yaml. example: (full name, sentence)."""

    lang: str
    body: str
    short: tuple[str, ...]
    capital: bool
    alone: bool
    example: tuple[str, str]


@cache
def load() -> tuple[Body, ...]:
    raw = yaml.safe_load(files("mapdata.reading").joinpath("rules/bodies.yaml").read_text(encoding="utf-8"))
    return tuple(
        Body(
            lang,
            fold(entry["body"]),
            tuple(entry["short"]),
            entry.get("capital", False),
            entry.get("alone", False),
            (entry["example"]["name"], entry["example"]["text"]),
        )
        for lang, entries in raw.items()
        for entry in entries
    )


def _is_such(actor: Actor, body: Body) -> bool:
    """Whether a full name of the actor ends with the word for the body, or begins with it."""
    for name in actor.names.get(body.lang, ()):
        words = [word.removeprefix("ال") if body.lang == "ar" else word for word in fold(name).split()]
        if len(words) > 1 and body.body in {words[0], words[-1]}:
            return True
    return False


def patterns(actors: Iterable[Actor]) -> list[Pattern]:
    """Short forms as patterns of kind "actor", or "short" where the actor has to be named before."""
    found = []
    # A state's own services have words like these in their names ("Coast Guard") that others' have too.
    every = list(actors)
    for body in load():
        such = [actor for actor in every if _is_such(actor, body)]
        sure = body.alone and len(such) == 1 and such[0].kind is not ActorKind.STATE
        for actor in such:
            for short in body.short:
                written = fold(short)
                listed = (
                    {written, "لل" + written[2:]} if body.lang == "ar" else forms(written, body.lang, short)
                )
                for form in listed:
                    found.append(
                        Pattern(
                            form,
                            "actor" if sure else "short",
                            actor.id,
                            body.lang,
                            title=body.capital,
                            apart=body.lang == "en",
                            bending=body.lang == "tr",
                        )
                    )
    return found


def resolve(hits: list[Hit]) -> list[Hit]:
    """Hits in the order of their places, with each short form as its actor's name or left out.

    Where several actors share a short form, it is that of the one named last.
    """
    if not any(hit.kind == "short" for hit in hits):
        return hits
    named: dict[str, int] = {}
    kept: list[Hit] = []
    meant: dict[tuple[int, int], str | None] = {}
    for number, hit in enumerate(hits):
        if hit.kind == "actor":
            named[hit.key] = number
        if hit.kind != "short":
            kept.append(hit)
            continue
        place = (hit.start, hit.end)
        if place not in meant:
            fits = [one.key for one in hits[number:] if (one.start, one.end) == place and one.kind == "short"]
            fits = [key for key in fits if key in named]
            meant[place] = max(fits, key=lambda key: named[key]) if fits else None
        if meant[place] == hit.key:
            kept.append(Hit(hit.start, hit.end, hit.f_start, hit.f_end, "actor", hit.key, hit.lang))
    return kept
