"""Makers of evidence and a small gazetteer, for the tests from the assessment to the snapshot."""

from datetime import date

from mapdata.model import (
    Actor,
    ActorKind,
    Attribution,
    Claim,
    Cue,
    Evidence,
    Gazetteer,
    Origin,
    Site,
    SiteKind,
    Source,
    SpeakerKind,
    Status,
    Theatre,
)


def actor(id_: str, name: str, country: str | None) -> Actor:
    kind = ActorKind.STATE if country else ActorKind.ARMED_GROUP
    return Actor(id=id_, name=name, kind=kind, country=country, code=id_[:5], names={"en": (name,)})


def site(id_: str, name: str, kind: SiteKind, lat: float | None, lon: float | None, area=()) -> Site:
    return Site(
        id=id_, name=name, kind=kind, country="SY", lat=lat, lon=lon, names={"en": (name,)}, area=area
    )


# A ring that runs clockwise, as a person may draw it: what GeoJSON wants is the other way round.
CLOCKWISE = ((37.0, 34.0), (37.0, 35.5), (40.0, 35.5), (40.0, 34.0), (37.0, 34.0))

GAZETTEER = Gazetteer(
    theatre=Theatre("Syria", (35.0, 32.0, 42.6, 37.6), ("en", "ar")),
    actors={
        one.id: one
        for one in (
            actor("TR", "Türkiye", "TR"),
            actor("RU", "Russia", "RU"),
            actor("US", "United States", "US"),
            actor("IR", "Iran", "IR"),
            actor("IL", "Israel", "IL"),
            actor("SDF", "Syrian Democratic Forces", None),
        )
    },
    sites={
        one.id: one
        for one in (
            site("t4", "T4 (Tiyas) Air Base", SiteKind.AIR_BASE, 34.5226, 37.6299),
            site("hmeimim", "Hmeimim Air Base", SiteKind.AIR_BASE, 35.4008, 35.9487),
            site("tartus", "Tartus Naval Base", SiteKind.NAVAL_BASE, 34.9086, 35.8703),
            site("badiya", "The Badiya", SiteKind.REGION, None, None, CLOCKWISE),
            site("syria", "Syria", SiteKind.COUNTRY, 35.0, 38.5),
        )
    },
    version="0123456789ab",
)


def evidence(
    site: str,
    actor: str,
    status: Status,
    published: date | None,
    *,
    article: str = "a1",
    outlet: str | None = "Levant Courier",
    origin: str | None = None,
    origin_outlet: str | None = None,
    origin_day: date | str | None = "published",
    voice: str | None = None,
    speaker: SpeakerKind = SpeakerKind.MEDIUM,
    speaker_text: str | None = None,
    quote: str = "The convoy reached the field, two residents said.",
    title: str | None = "Convoy reaches the field",
    url: str | None = None,
) -> Evidence:
    """One claim with its source and origin; what is not given is the outlet's own report of that day."""
    claim = Claim(
        article=article,
        site=site,
        actor=actor,
        status=status,
        quote=quote,
        start=10,
        end=10 + len(quote),
        attribution=Attribution(speaker_text, speaker),
        cues=(Cue(14, 20, quote[4:10]),),
        published=published,
    )
    source = Source(id=article, title=title, outlet=outlet, published=published, url=url, lang="en")
    made = Origin(
        id=origin or f"o-{article}",
        outlet=origin_outlet or outlet,
        voice=voice or outlet or article,
        day=published if origin_day == "published" else origin_day,
    )
    return Evidence(claim, source, made)
