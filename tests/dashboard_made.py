"""A small store for the dashboard's tests: articles in our own words, their claims placed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mapdata import gazetteer as gazetteers
from mapdata.articles import article_id
from mapdata.model import Article, Attribution, Claim, Cue, Gazetteer, SpeakerKind, Status
from mapdata.store import Store

DAY = date(2025, 2, 9)

HOSTILE = "<script>alert(1)</script> {{ 6*7 }} {% x %} ${1} ![p](http://tracker.example/p.png) <img src=x>"


@dataclass(frozen=True)
class Told:
    """One claim: the quote as it stands in the text, and the cues within it."""

    site: str
    actor: str
    status: Status
    quote: str
    cues: tuple[str, ...] = ()
    said_by: str | None = None
    kind: SpeakerKind = SpeakerKind.MEDIUM
    credited: str | None = None
    held_from: str | None = None


E, P, D, F = Status.EXISTING, Status.PROPOSED, Status.DENIED, Status.FORMER
OFFICIAL = SpeakerKind.UNNAMED_OFFICIAL

PLAN = (
    "Teams were in Damascus this week to talk about training the new army.\n\n"
    "Among the places under discussion for Turkish air bases are the T4 airfield and the airport of Palmyra, "
    "a regional intelligence official said. Nothing has been signed.\n\n"
    "The ministry did not answer questions."
)
PLACES = "places under discussion for Turkish air bases are the T4 airfield and the airport of Palmyra"
RELAY = "The wire says that " + PLACES + ", citing an official. Our own desk has not checked this."

ARTICLES: tuple[tuple[str, date | None, str, str, tuple[Told, ...]], ...] = (
    # outlet, day, language, text, claims
    (
        "Gulf Wire",
        date(2025, 2, 4),
        "en",
        PLAN,
        tuple(
            Told(site, "TR", P, PLACES, ("under discussion",), "a regional intelligence official", OFFICIAL)
            for site in ("t4", "palmyra")
        ),
    ),
    *(
        (
            outlet,
            date(2025, 2, 5),
            "en",
            RELAY,
            (Told("t4", "TR", P, PLACES, ("under discussion",), "an official", OFFICIAL, "Gulf Wire"),),
        )
        for outlet in ("Morning Herald", "Coast Post")
    ),
    (
        "Bosphorus Daily",
        date(2025, 2, 6),
        "en",
        "“We have nobody at T4 and we are sending nobody,” a source in the defence ministry told the paper.",
        (
            Told(
                "t4",
                "TR",
                D,
                "We have nobody at T4 and we are sending nobody",
                ("nobody",),
                "a source in the defence ministry",
                SpeakerKind.ACTOR,
            ),
        ),
    ),
    (
        "Sada",
        date(2025, 2, 7),
        "ar",
        "قال مصدر عسكري إن وفداً استطلع مطار التيفور تمهيداً لإقامة قاعدة تركية.\n\nولم يصدر تعليق.",
        (
            Told(
                "t4",
                "TR",
                P,
                "قال مصدر عسكري إن وفداً استطلع مطار التيفور تمهيداً لإقامة قاعدة تركية.",
                ("استطلع",),
                "مصدر عسكري",
                OFFICIAL,
            ),
        ),
    ),
    (
        "Steppe Monitor",
        date(2024, 12, 20),
        "en",
        "Iranian officers left the T4 base in the first days of the month, after some nine years there.",
        (Told("t4", "IR", F, "Iranian officers left the T4 base", ("left",), held_from="2015"),),
    ),
    (
        "Steppe Monitor",
        date(2023, 6, 2),
        "en",
        "Iran keeps drones and crews at the T4 base, satellite pictures suggest.",
        (Told("t4", "IR", E, "Iran keeps drones and crews at the T4 base", ("keeps",), held_from="2015"),),
    ),
    (
        "Levant Review",
        date(2025, 1, 15),
        "en",
        "Russian aircraft remain at Hmeimim, and ships still call at the naval base of Tartus, both leased.",
        (
            Told("hmeimim", "RU", E, "Russian aircraft remain at Hmeimim", ("remain",)),
            Told("tartus", "RU", E, "ships still call at the naval base of Tartus", ("still",)),
        ),
    ),
    (
        "Levant Review",
        date(2024, 3, 3),
        "en",
        "American troops are stationed at al-Tanf, and at the gas field of Conoco; they left al-Omar.",
        (
            Told("al-tanf", "US", E, "American troops are stationed at al-Tanf", ("stationed",)),
            Told("conoco", "US", E, "at the gas field of Conoco"),
            Told("al-omar", "US", F, "they left al-Omar", ("left",)),
        ),
    ),
    (
        "Hermon Times",
        date(2024, 12, 12),
        "en",
        "Israeli soldiers hold the summit of Mount Hermon on the Syrian side.",
        (Told("mount-hermon", "IL", E, "Israeli soldiers hold the summit of Mount Hermon", ("hold",)),),
    ),
    (
        "Gulf Wire",
        date(2025, 1, 28),
        "en",
        "Bases in the Syrian desert would go to Turkish forces under a pact that is being prepared.",
        (Told("badiya", "TR", P, "Bases in the Syrian desert would go to Turkish forces", ("would",)),),
    ),
    (
        "Bosphorus Daily",
        date(2025, 1, 30),
        "en",
        "The minister said that there is no plan for bases in Syria at all.",
        (
            Told(
                "syria",
                "TR",
                D,
                "there is no plan for bases in Syria at all",
                ("no plan",),
                "the defence minister",
                SpeakerKind.ACTOR,
            ),
        ),
    ),
    (
        "Old Notes",
        None,
        "en",
        "Turkish engineers walked over the T4 airfield, notes without a date say.",
        (Told("t4", "TR", P, "Turkish engineers walked over the T4 airfield", ("walked",)),),
    ),
    (
        HOSTILE,
        date(2025, 1, 5),
        "en",
        f"The Kurdish-led SDF holds the airport of Qamishli {HOSTILE} and says so {HOSTILE}.",
        (
            Told(
                "qamishli-airport",
                "SDF",
                E,
                f"SDF holds the airport of Qamishli {HOSTILE}",
                ("holds",),
                HOSTILE,
                SpeakerKind.ACTOR,
            ),
        ),
    ),
)


def articles() -> list[tuple[Article, list[Claim]]]:
    return [
        _read(number, outlet, day, lang, text, told)
        for number, (outlet, day, lang, text, told) in enumerate(ARTICLES)
    ]


def _read(
    number: int, outlet: str, day: date | None, lang: str, text: str, told: tuple[Told, ...]
) -> tuple[Article, list[Claim]]:
    url = "javascript:alert(1)" if outlet == HOSTILE else f"https://news.example/{number}"
    id_ = article_id(outlet, url, text)
    article = Article(
        id=id_,
        text=text,
        title=f"Report {number}",
        outlet=outlet,
        published=day,
        published_from="metadata" if day else None,
        url=url,
        lang=lang,
        illustrative=outlet == "Hermon Times",
    )
    return article, [_claim(article, one) for one in told]


def _claim(article: Article, told: Told) -> Claim:
    start = article.text.index(told.quote)
    cues = []
    for cue in told.cues:
        at = article.text.index(cue, start)
        cues.append(Cue(at, at + len(cue), cue))
    return Claim(
        article=article.id,
        site=told.site,
        actor=told.actor,
        status=told.status,
        quote=told.quote,
        start=start,
        end=start + len(told.quote),
        attribution=Attribution(told.said_by, told.kind, told.credited),
        cues=tuple(cues),
        published=article.published,
        held_from=told.held_from,
        construction="test",
    )


def fill(path: Path, gazetteer: Gazetteer | None = None) -> Path:
    """A new SQLite store at the path, with all articles."""
    with Store.open(path) as store:
        store.put_many(articles(), gazetteer or gazetteers.load())
    return path
