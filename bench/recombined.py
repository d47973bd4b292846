"""Any number of articles out of the labelled ones: paragraphs recombined, names exchanged. For speed and memory only.

    python -m bench.recombined FOLDER --articles 1000000 --seed 1

Texts come from the parts train and tune of labels/ (never test), in their languages. Each name of a site or an actor
is exchanged for one that the gazetteer of the product has in that language, the same one throughout an article. What
they say is nonsense, and how well they are read says nothing of how well articles are.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from mapdata.evaluation.gold import as_article, load_gold
from mapdata.gazetteer import load
from mapdata.model import Gazetteer

LABELS = Path(__file__).parents[1] / "labels"
FILE_ARTICLES = 10_000
_FIRST = date(2023, 1, 1)
_DAYS = 1000
_FEWEST_SIGNS = 40


@dataclass(frozen=True)
class Stock:
    """Paragraphs by language, each cut at its names: words and (kind, id) in turn. names: what the product's
    gazetteer calls its sites and actors, by kind and language."""

    paragraphs: Mapping[str, list[list[str | tuple[str, str]]]]
    names: Mapping[tuple[str, str], list[str]]


def stock() -> Stock:
    """All that there is to recombine; the order of files decides nothing but the seed's meaning."""
    paragraphs: dict[str, list[list[str | tuple[str, str]]]] = {}
    product = load()
    for folder in sorted(LABELS.iterdir()):
        own = folder / "gazetteer.yaml"
        gazetteer = load(own) if own.exists() else product
        cuts: dict[str, tuple[re.Pattern[str], dict[str, tuple[str, str]]]] = {}
        for part in ("train", "tune"):
            for file in sorted((folder / part).glob("*.yaml")):
                for gold in load_gold(file):
                    article = as_article(gold, file.parent)
                    lang = article.lang or "en"
                    if lang not in cuts:
                        cuts[lang] = _cut(gazetteer, lang)
                    for text in article.text.split("\n\n"):
                        if len(text) >= _FEWEST_SIGNS:
                            paragraphs.setdefault(lang, []).append(_split(text.strip(), *cuts[lang]))
    names = {
        (kind, lang): [name for one in kept.values() for name in dict(one.names).get(lang, ())[:1]]
        for kind, kept in (("site", product.sites), ("actor", product.actors))
        for lang in paragraphs
    }
    return Stock({lang: some for lang, some in sorted(paragraphs.items()) if names["site", lang]}, names)


def articles(count: int, seed: int, kept: Stock | None = None) -> Iterator[dict[str, str]]:
    """So many rows for a .jsonl, no two of one address; the same for the same seed and labels."""
    kept = kept or stock()
    chance = random.Random(seed)
    languages = list(kept.paragraphs)
    weights = [len(kept.paragraphs[lang]) for lang in languages]
    outlets = [f"Outlet {number}" for number in range(300)]
    for number in range(count):
        lang = chance.choices(languages, weights)[0]
        given: dict[tuple[str, str], str] = {}
        made = []
        for paragraph in chance.choices(kept.paragraphs[lang], k=chance.choice((1, 2, 2, 3, 4))):
            words = []
            for word in paragraph:
                if isinstance(word, tuple):
                    if word not in given:
                        given[word] = chance.choice(kept.names[word[0], lang])
                    word = given[word]
                words.append(word)
            made.append("".join(words))
        outlet = chance.randrange(len(outlets))
        yield {
            "text": "\n\n".join(made),
            "outlet": outlets[outlet],
            "published": (_FIRST + timedelta(days=chance.randrange(_DAYS))).isoformat(),
            "url": f"https://outlet{outlet}.test/{seed}/{number}",
            "lang": lang,
        }


def write(folder: Path, count: int, seed: int) -> list[Path]:
    """The articles as .jsonl of some thousands each."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = articles(count, seed)
    paths = []
    for first in range(0, count, FILE_ARTICLES):
        path = folder / f"{first:08}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for _ in range(min(FILE_ARTICLES, count - first)):
                out.write(json.dumps(next(rows), ensure_ascii=False) + "\n")
        paths.append(path)
    return paths


def _cut(gazetteer: Gazetteer, lang: str) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """What finds the names of a language in a text, and whose they are."""
    whose: dict[str, tuple[str, str]] = {}
    for kind, kept in (("actor", gazetteer.actors), ("site", gazetteer.sites)):
        for id, one in kept.items():
            whose |= dict.fromkeys(dict(one.names).get(lang, ()), (kind, id))
    longest = sorted(whose, key=lambda name: (-len(name), name))
    return re.compile(rf"\b({'|'.join(map(re.escape, longest)) or '(?!)'})\b"), whose


def _split(text: str, names: re.Pattern[str], whose: Mapping[str, tuple[str, str]]) -> list[str | tuple[str, str]]:
    pieces = names.split(text)
    return [whose[piece] if number % 2 else piece for number, piece in enumerate(pieces) if piece]


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--articles", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=1)
    said = asked.parse_args()
    write(said.folder, said.articles, said.seed)
