"""A theatre and its symbols for the tests of the map, so that none of them leans on the curated list."""

from __future__ import annotations

import itertools

from mapdata.model import Actor, ActorKind, Gazetteer, Site, SiteKind, Status, Symbol, Theatre

HOSTILE = ("<script>alert(1)</script>", "{{ 6*7 }}", "{% x %}", "${1}", "`\"'><img src=x onerror=alert(1)>")

_POINTS = (
    ("t4", "T4 (Tiyas) Air Base", "مطار التيفور", SiteKind.AIR_BASE, 37.63, 34.5226),
    ("palmyra", "Palmyra military airport", "مطار تدمر", SiteKind.AIR_BASE, 38.317, 34.557),
    ("palmyra-town", "Palmyra (Tadmur)", "تدمر", SiteKind.TOWN, 38.284, 34.56),
    ("hmeimim", "Hmeimim Air Base", "قاعدة حميميم", SiteKind.AIR_BASE, 35.9487, 35.4008),
    ("tartus", "Tartus naval base", "طرطوس", SiteKind.NAVAL_BASE, 35.87, 34.9),
    ("latakia-port", "Latakia port", "مرفأ اللاذقية", SiteKind.PORT, 35.77, 35.52),
    ("menagh", "Menagh Air Base", "مطار منغ", SiteKind.AIR_BASE, 37.04, 36.52),
    ("al-bab", "Al-Bab", "الباب", SiteKind.TOWN, 37.52, 36.37),
    ("qamishli", "Qamishli airport", "مطار القامشلي", SiteKind.AIR_BASE, 41.19, 37.02),
    ("shaddadi", "Al-Shaddadi", "الشدادي", SiteKind.ARMY_BASE, 40.72, 36.05),
    ("omar", "Al-Omar field", "حقل العمر", SiteKind.ARMY_BASE, 40.55, 35.1),
    ("tanf", "Al-Tanf", "التنف", SiteKind.ARMY_BASE, 38.618, 33.488),
    ("mezzeh", "Mezzeh Air Base", "مطار المزة", SiteKind.AIR_BASE, 36.223, 33.477),
    ("hermon", "Mount Hermon", "جبل الشيخ", SiteKind.OUTPOST, 35.857, 33.416),
    ("ras-al-ayn", "Ras al-Ayn", "رأس العين", SiteKind.TOWN, 40.07, 36.85),
)
_BADIYA = ((37.2, 33.6), (38.4, 33.0), (39.6, 33.5), (40.6, 34.6), (40.0, 35.2), (38.6, 35.4), (37.6, 35.2))
_STATES = ("TR", "RU", "US", "IR", "IL", "FR")


def theatre(names: tuple[str, ...] = ()) -> Gazetteer:
    """The made theatre; `names` are further sites with these names, as a curator might have typed them."""
    sites = {
        key: Site(key, name, kind, "SY", lat, lon, {"en": (name,), "ar": (local,)})
        for key, name, local, kind, lon, lat in _POINTS
    }
    sites["badiya"] = Site(
        "badiya", "The Badiya", SiteKind.REGION, "SY", None, None, {"ar": ("البادية",)}, area=_BADIYA
    )
    sites["syria"] = Site("syria", "Syria", SiteKind.COUNTRY, "SY", 35.0, 38.0, {})
    for number, name in enumerate(names):
        lon, lat = 39.0 + 0.5 * number, 36.0
        sites[f"extra-{number}"] = Site(
            f"extra-{number}", name, SiteKind.TOWN, "SY", lat, lon, {"ar": (name,)}
        )
    actors = {code: Actor(code, f"State {code}", ActorKind.STATE, code, code, {}) for code in _STATES}
    actors["SDF"] = Actor("SDF", "Forces <b>SDF</b>", ActorKind.ARMED_GROUP, None, "SDF", {})
    bounds = (35.0, 32.0, 42.6, 37.6)
    return Gazetteer(Theatre("Syria", bounds, ("en", "ar")), actors, sites, f"made{len(names)}")


def symbol(site: str, actor: str, status: str, **more: int | bool) -> Symbol:
    country = actor if len(actor) == 2 else None
    values = {"contested": False, "origins": 1, "articles": 1, "age_days": 3} | more
    return Symbol(site, actor, Status(status), country, **values)


def few() -> list[Symbol]:
    """A map like any day's: every status, a contested pair, an old one, a region, a country."""
    return [
        symbol("t4", "TR", "proposed", contested=True, origins=2),
        symbol("t4", "TR", "denied", contested=True),
        symbol("t4", "IR", "former"),
        symbol("palmyra", "TR", "proposed"),
        symbol("palmyra", "IR", "former"),
        symbol("palmyra-town", "RU", "existing", age_days=700),
        symbol("hmeimim", "RU", "existing"),
        symbol("tartus", "RU", "existing", age_days=120),
        symbol("latakia-port", "IR", "denied"),
        symbol("menagh", "TR", "existing"),
        symbol("al-bab", "TR", "existing"),
        symbol("qamishli", "RU", "existing"),
        symbol("qamishli", "SDF", "existing"),
        symbol("shaddadi", "US", "existing", age_days=500),
        symbol("omar", "US", "former"),
        symbol("tanf", "US", "existing"),
        symbol("mezzeh", "US", "proposed"),
        symbol("mezzeh", "US", "denied"),
        symbol("hermon", "IL", "existing"),
        symbol("ras-al-ayn", "TR", "existing"),
        symbol("badiya", "TR", "proposed"),
        symbol("syria", "US", "denied"),
    ]


def many(count: int) -> list[Symbol]:
    """`count` symbols over the points, site by site in turn."""
    triples = itertools.product(
        ("existing", "proposed", "denied", "former"), (*_STATES, "SDF"), [point[0] for point in _POINTS]
    )
    return [symbol(site, actor, status) for status, actor, site in itertools.islice(triples, count)]
