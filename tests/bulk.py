"""Evidence in bulk for measures: quotes of the length and the variety of words that reports have."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from mapdata.gazetteer import load
from mapdata.model import Attribution, Claim, Cue, Evidence, Gazetteer, Origin, Source, SpeakerKind, Status

SAMPLE = Path(__file__).parents[1] / "sample"
DAY = date(2025, 4, 30)


def bulk(count: int, seed: int = 1) -> tuple[Gazetteer, list[Evidence]]:
    """So many claims, two an article, over eleven years; words of the sample in five languages, at random."""
    chance, gazetteer = random.Random(seed), load()
    words = sorted({word for file in SAMPLE.glob("*.md") for word in file.read_text("utf-8").split("---")[-1].split()})
    sites, actors = list(gazetteer.sites), list(gazetteer.actors)

    def said(length: int) -> str:
        return " ".join(chance.choice(words) for _ in range(length))

    outlets = [said(2) for _ in range(80)]
    sources = []
    for _ in range(count // 2):
        title, day = said(9), date(2014, 1, 1) + timedelta(days=int(4100 * chance.random() ** 0.6))
        url = f"https://news{chance.randrange(80)}.example/{day.year}/{day.month}/{'-'.join(title.lower().split())}"
        sources.append(Source(f"{chance.getrandbits(80):020x}", title, chance.choice(outlets), day, url, "en"))
    origins = [
        Origin(f"{chance.getrandbits(80):020x}", chance.choice(outlets), chance.choice(outlets), source.published)
        for source in sources
    ]
    made: dict[tuple[str, str, str, Status], Evidence] = {}
    while len(made) < count:
        at = chance.randrange(len(sources))
        source, site, actor = sources[at], chance.choice(sites), chance.choice(actors)
        status = chance.choices(list(Status), [6, 2, 1, 1])[0]
        quote, start = said(chance.randint(18, 42)), chance.randrange(3000)
        speaker = Attribution(chance.choice([None, f"an official in {said(1)}"]), chance.choice(list(SpeakerKind)))
        cues = (Cue(start + 4, start + 12, quote[4:12]),)
        end = start + len(quote)
        claim = Claim(source.id, site, actor, status, quote, start, end, speaker, cues, source.published)
        made[source.id, site, actor, status] = Evidence(claim, source, origins[at])
    return gazetteer, list(made.values())
