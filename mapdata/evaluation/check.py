"""Checks labelled articles: `python -m mapdata.evaluation.check labels/<theatre>/<part> …`.

Ids in the gazetteer, quotes verbatim in their texts, article ids unique, and no skeleton (a sentence with its
names and numbers masked) more often than three times over all files given.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from mapdata.evaluation.gold import GoldError, as_article, faults, load_gold, nearest_gazetteer
from mapdata.gazetteer import load
from mapdata.model import Gazetteer
from mapdata.reading.folding import fold_in_place, fold_text
from mapdata.reading.matcher import Matcher
from mapdata.reading.names import gazetteer_patterns
from mapdata.reading.sentences import split

MOST_OF_A_SKELETON = 3
_NUMBER = re.compile(r"\d[\d.,:]*")


def gazetteer_of(path: Path) -> Path:
    """The gazetteer that labels are read with: gazetteer.yaml in the nearest folder above them."""
    found = nearest_gazetteer(path)
    if found is None:
        raise GoldError(f"{path}: no gazetteer.yaml in a folder above it")
    return found


def skeletons(text: str, matcher: Matcher) -> list[str]:
    """The sentences of a text with names and numbers masked, folded."""
    hits = matcher.find(fold_text(text), text)
    found = []
    for sentence in split(text):
        pieces, last = [], sentence.start
        for hit in hits:
            if hit.start >= last and hit.end <= sentence.end:
                pieces.append(text[last : hit.start] + "_")
                last = hit.end
        pieces.append(text[last : sentence.end])
        found.append(_NUMBER.sub("#", fold_in_place("".join(pieces))))
    return found


def check(paths: list[Path]) -> tuple[list[str], Counter[str]]:
    """(faults, counts) over label files and folders of them."""
    files = sorted(
        {
            file
            for path in paths
            for file in ([path] if path.is_file() else path.rglob("*.yaml"))
            if file.name != "gazetteer.yaml"
        }
    )
    found: list[str] = []
    counts: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    gazetteers: dict[Path, tuple[Gazetteer, Matcher]] = {}
    for file in files:
        try:
            where = gazetteer_of(file)
            if where not in gazetteers:
                gazetteer = load(where)
                gazetteers[where] = gazetteer, Matcher(gazetteer_patterns(gazetteer))
            gazetteer, matcher = gazetteers[where]
            for gold in load_gold(file):
                article = as_article(gold, file.parent)
                found += [f"{file.name}: {fault}" for fault in faults(gold, article, gazetteer)]
                ids[gold.id] += 1
                masked = skeletons(article.text, matcher)
                seen.update(line for line in masked if len(line.split()) > 4)
                counts["articles"] += 1
                counts["sentences"] += len(masked)
                counts[f"lang {gold.lang}"] += 1
                for claim in gold.claims:
                    counts[str(claim.status)] += 1
        except (GoldError, ValueError) as fault:
            found.append(str(fault))
    found += [f"article id {one} stands {number} times" for one, number in ids.items() if number > 1]
    found += [f"skeleton {number} times: {one[:110]}" for one, number in seen.items() if number > MOST_OF_A_SKELETON]
    return found, counts


def main() -> int:
    found, counts = check([Path(argument) for argument in sys.argv[1:]])
    for fault in found:
        print(fault, file=sys.stderr)
    print(", ".join(f"{name}: {number}" for name, number in sorted(counts.items())))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
