"""`python readers.py NAME FILE`: one way to read articles, in a process of its own, timed from outside.

It stands alone, without mapdata, so that a program that needs other versions can have an environment of its own. FILE
is JSON: for each theatre its sites' and actors' names and (for mapdata) its gazetteer, and lists of (theatre, article).
It answers "ready", then for each line on its standard input, the name of a list, the seconds of the processor that it
took to read it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

Theatres = dict[str, dict[str, Any]]
Listed = list[tuple[str, dict[str, str]]]
Read = Callable[[Sequence[tuple[str, Any]]], int]


def _each(made: dict[str, Callable[[str], int]]) -> Read:
    return lambda texts: sum(made[theatre](text) for theatre, text in texts)


def _rules(one: dict[str, Any]) -> Iterable[dict[str, str]]:
    for label, listed in (("SITE", one["sites"]), ("ACTOR", one["actors"])):
        yield from ({"label": label, "pattern": name} for name in listed)


def spacy_negspacy(theatres: Theatres) -> Read:
    """A blank English pipeline: sentences, EntityRuler for the names, negspacy."""
    import negspacy.negation  # noqa: F401 - makes the component known
    import spacy

    def of(one: dict[str, Any]) -> Callable[[str], int]:
        nlp = spacy.blank("en")
        nlp.max_length = 10_000_000
        nlp.add_pipe("sentencizer")
        nlp.add_pipe("entity_ruler").add_patterns(list(_rules(one)))
        nlp.add_pipe("negex", config={"ent_types": ["SITE", "ACTOR"]})
        return lambda text: sum(1 + bool(found._.negex) for found in nlp(text).ents)

    return _each({name: of(one) for name, one in theatres.items()})


def medspacy(theatres: Theatres) -> Read:
    """Its splitter, its matcher with the names, and ConText."""
    import medspacy as med
    from medspacy.ner import TargetRule

    def of(one: dict[str, Any]) -> Callable[[str], int]:
        nlp = med.load(medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"])
        matcher = nlp.get_pipe("medspacy_target_matcher")
        matcher.add([TargetRule(rule["pattern"], rule["label"]) for rule in _rules(one)])
        return lambda text: sum(1 + bool(found._.is_negated) for found in nlp(text).ents)

    return _each({name: of(one) for name, one in theatres.items()})


def flashgeotext(theatres: Theatres) -> Read:
    """Finds the names, and no more."""
    from flashgeotext.geotext import GeoText, GeoTextConfiguration
    from flashgeotext.lookup import LookupData

    def of(one: dict[str, Any]) -> Callable[[str], int]:
        found = GeoText(GeoTextConfiguration(use_demo_data=False, case_sensitive=True))
        for label in ("sites", "actors"):
            found.add(LookupData(name=label, data={name: [name] for name in one[label]}))
        return lambda text: sum(len(places) for places in found.extract(text).values())

    return _each({name: of(one) for name, one in theatres.items()})


def mapdata(theatres: Theatres) -> Read:
    """The whole of it: names, candidates, decision, attribution, times; then the origins of all claims."""
    from mapdata import gazetteer as gazetteers
    from mapdata.origins import assign, source_of
    from mapdata.outlets import load_outlets
    from mapdata.reading import Reader

    outlets = load_outlets()
    readers = {name: Reader(gazetteers.load(Path(one["gazetteer"])), outlets) for name, one in theatres.items()}

    def read(articles: Sequence[tuple[str, Any]]) -> int:
        told, sources = [], {}
        for theatre, article in articles:
            claims = readers[theatre].read(article)
            told += claims
            if claims:
                sources[article.id] = source_of(article)
        assign(told, sources, outlets)
        return len(told)

    return read


READERS: dict[str, tuple[Callable[[Theatres], Read], tuple[str, ...]]] = {
    "mapdata": (mapdata, ("mapdata",)),
    "spacy": (spacy_negspacy, ("spacy", "negspacy")),
    "medspacy": (medspacy, ("medspacy", "spacy")),
    "flashgeotext": (flashgeotext, ("flashgeotext",)),
}


def _articles(listed: Listed) -> list[tuple[str, Any]]:
    from mapdata.model import Article

    return [(theatre, Article(**raw | {"published": date.fromisoformat(raw["published"])})) for theatre, raw in listed]


def main() -> None:
    name, file = sys.argv[1:]
    given = json.loads(Path(file).read_text("utf-8"))
    make, packages = READERS[name]
    read = make(given["theatres"])
    lists = {
        kind: _articles(listed) if name == "mapdata" else [(theatre, raw["text"]) for theatre, raw in listed]
        for kind, listed in given["articles"].items()
    }
    print(json.dumps({"versions": {package: version(package) for package in packages}}), flush=True)
    for line in sys.stdin:
        texts = lists[line.strip()]
        began = time.process_time()
        found = read(texts)
        print(json.dumps({"seconds": time.process_time() - began, "articles": len(texts), "found": found}), flush=True)


if __name__ == "__main__":
    main()
