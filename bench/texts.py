"""Articles of about 3 KB for measuring the reader: paragraphs of the labelled articles, recombined.

Only training parts are used, English ones, since what stands beside mapdata reads English alone. The same seed gives
the same articles. They measure speed and memory, never how well anything is read.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from mapdata import gazetteer as gazetteers
from mapdata.articles import article_id
from mapdata.evaluation.gold import load_gold, nearest_gazetteer
from mapdata.model import Article, Gazetteer

LABELS = Path(__file__).parent.parent / "labels"
# Those with most English training text.
THEATRES = ("northeast-asia", "persian-gulf", "south-asia", "syria")
SIGNS = 3000
"""An article ends with the paragraph that reaches so many signs."""
_SHORTEST_PARAGRAPH = 60
_FIRST_DAY, _DAYS = date(2024, 1, 1), 700
_OUTLETS = ("Harbour Courier", "The Upland Gazette", "Northern Wire", "Bench Evening Post")
# Names of people and the like: capitals inside a sentence.
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_SYLLABLES = ("ba", "do", "ke", "li", "mu", "na", "ro", "su", "ta", "ve", "zi", "gha", "sho", "ter", "van", "mir")


@dataclass(frozen=True, slots=True)
class Theatre:
    """A gazetteer, the paragraphs of its labelled articles, and such as name none of its sites."""

    name: str
    path: Path
    gazetteer: Gazetteer
    named: tuple[str, ...]
    nameless: tuple[str, ...]


def names(gazetteer: Gazetteer) -> tuple[list[str], list[str]]:
    """The names of all sites and of all actors, as the gazetteer spells them, in all its languages."""
    sites = {
        name
        for site in gazetteer.sites.values()
        for spellings in (site.names, site.weak_names, site.near)
        for listed in spellings.values()
        for name in (*listed, site.name)
    }
    actors = {
        name
        for actor in gazetteer.actors.values()
        for spellings in (actor.names, actor.metonyms)
        for listed in spellings.values()
        for name in (*listed, actor.name)
    }
    return sorted(sites), sorted(actors)


@cache
def theatres() -> tuple[Theatre, ...]:
    """The theatres that articles are made for."""
    every = {
        folder.name: list(_paragraphs(folder)) for folder in sorted(LABELS.iterdir()) if (folder / "train").is_dir()
    }
    found = []
    for name in THEATRES:
        path = nearest_gazetteer(LABELS / name / "train" / "any.yaml")
        assert path is not None
        gazetteer = gazetteers.load(path)
        listed = sorted(names(gazetteer)[0], key=len, reverse=True)
        site = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)", re.IGNORECASE)
        others = [text for other, texts in every.items() if other != name for text in texts]
        found.append(
            Theatre(name, path, gazetteer, tuple(every[name]), tuple(text for text in others if not site.search(text)))
        )
    return tuple(found)


def articles(
    theatre: Theatre, count: int, relevant: float, seed: int = 1, exchanged: bool = False
) -> Iterator[Article]:
    """So many articles of which a share names a site, spread evenly. exchanged: with a few capitalised words of each
    (people, papers) made anew, so that no two hundred thousand articles have one vocabulary."""
    rng = random.Random(f"{theatre.name} {seed}")
    known = {word for listed in names(theatre.gazetteer) for name in listed for word in name.split()}
    owed = 0.0
    for number in range(count):
        owed += relevant
        pool = theatre.named if owed >= 1 else theatre.nameless
        owed -= owed >= 1
        parts: list[str] = []
        while sum(map(len, parts)) < SIGNS:
            parts.append(rng.choice(pool))
        text = "\n\n".join(parts)
        if exchanged:
            text = _exchanged(text, rng, known)
        outlet, day = rng.choice(_OUTLETS), _FIRST_DAY + timedelta(days=rng.randrange(_DAYS))
        url = f"https://bench.example/{theatre.name}/{seed}/{number}"
        yield Article(article_id(outlet, url, text), text, None, outlet, day, "metadata", url, "en")


def mixed(count: int, relevant: float, seed: int = 1) -> list[tuple[str, Article]]:
    """(theatre, article) for articles of all theatres in turn."""
    each = [(one.name, articles(one, -(-count // len(THEATRES)), relevant, seed)) for one in theatres()]
    return [(name, next(made)) for _ in range(-(-count // len(THEATRES))) for name, made in each][:count]


def widened(gazetteer: Gazetteer, sites: int, names_each: int, seed: int = 1) -> Gazetteer:
    """The gazetteer with made-up sites that no text names, until it has so many."""
    rng = random.Random(seed)
    known, patterns = dict(gazetteer.sites), list(gazetteer.sites.values())
    while len(known) < sites:
        number = len(known)
        like = patterns[number % len(patterns)]
        spelled = tuple(f"{_word(rng, 4)} {_word(rng, 3)}" for _ in range(names_each))
        place = {"lat": rng.uniform(-60, 60), "lon": rng.uniform(-180, 180)} if like.lat is not None else {}
        key = f"made-{number}"
        known[key] = replace(
            like, id=key, name=spelled[0], names={"en": spelled}, weak_names={}, near={}, area=(), within=None, **place
        )
    return replace(gazetteer, sites=known)


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _exchanged(text: str, rng: random.Random, known: set[str]) -> str:
    return _CAPITALISED.sub(lambda match: match[0] if match[0] in known or rng.random() < 0.7 else _word(rng, 3), text)


def _paragraphs(folder: Path) -> Iterator[str]:
    for file in sorted((folder / "train").glob("*.yaml")):
        for gold in load_gold(file):
            if gold.lang == "en" and gold.text:
                yield from (part.strip() for part in gold.text.split("\n\n") if len(part) > _SHORTEST_PARAGRAPH)
