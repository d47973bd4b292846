"""Entries for a new site, proposed to a curator, who checks the point and the names before adding one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import yaml
from rapidfuzz import fuzz, process

from mapdata.errors import SuggestError
from mapdata.folding import fold
from mapdata.gazetteer.offline_lists import Candidate, by_language, candidates
from mapdata.gazetteer.places import inside, kilometres, widened
from mapdata.model import Gazetteer, SiteKind

# Words that say the kind and not the place; the lists are in English.
_GENERIC = frozenset({
    *("air", "airbase", "airfield", "airport", "airstrip", "base"),
    *("heliport", "international", "intl", "military"),
})  # fmt: skip
_CUTOFF = 75  # of 100
_CUTOFF_ELSEWHERE = 92
# In points of score: how much a place outside the theatre steps back, and one far outside.
_STEP_BACK = (0, 10, 25)
_KIND_NAMED = 12  # how much an airfield steps forward for a name that says "air base" or the like


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed entry. id: free in the gazetteer. source: the list it comes from. score: 0 to 100, how well
    the name fits. nearest: id of the nearest site that the gazetteer has, nearest_km how far it is, both None
    in a gazetteer without points. in_theatre: whether the point is within the theatre's bounds."""

    id: str
    name: str
    kind: SiteKind
    country: str | None
    lat: float
    lon: float
    names: Mapping[str, tuple[str, ...]]
    ids: Mapping[str, str]
    source: str
    score: float
    nearest: str | None
    nearest_km: float | None
    in_theatre: bool


def suggest(
    name: str,
    gazetteer: Gazetteer,
    online: bool = False,
    *,
    limit: int = 8,
    server: str | None = None,
) -> list[Suggestion]:
    """The best entries for a site of that name: those in the theatre before equals elsewhere.

    Offline lists alone, unless `online` asks Nominatim too (at `server`, None for OpenStreetMap's own).
    Raises SuggestError for a name without letters, lists that are not installed, and a Nominatim that
    gives no answer.
    """
    if not fold(name):
        raise SuggestError(f"the name {name!r} has no letters: give the name of a place")
    bounds = gazetteer.theatre.bounds
    near = widened(bounds)
    named_kind = _core(fold(name)) != fold(name)

    def rank(scored: tuple[float, Candidate]) -> tuple[float, str, str]:
        score, place = scored
        steps = 0 if inside(place.lon, place.lat, bounds) else 1 if inside(place.lon, place.lat, near) else 2
        forward = _KIND_NAMED if named_kind and place.kind is SiteKind.AIR_BASE else 0
        return (_STEP_BACK[steps] - score - forward, place.name, place.source)

    here: list[Candidate] = []
    elsewhere: list[Candidate] = []
    for place in candidates(near):
        (here if inside(place.lon, place.lat, near) else elsewhere).append(place)
    scored = _scored(name, here, _CUTOFF) + _scored(name, elsewhere, _CUTOFF_ELSEWHERE, names_only=True)
    if online:
        # Imported here, since its library is slow to load and no other command needs it.
        from mapdata.gazetteer import nominatim

        # Nominatim searches by more than spelling: what it finds is shown whatever the score.
        scored += _scored(name, nominatim.ask(name, gazetteer.theatre, server or nominatim.SERVER), 0)
    scored.sort(key=rank)
    found: list[Suggestion] = []
    used = set(gazetteer.sites)
    for score, place in scored[:limit]:
        suggestion = _suggestion(name, place, score, gazetteer, used)
        used.add(suggestion.id)
        found.append(suggestion)
    return found


def holders(name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Ids of the sites that have that name already, as a label, a name or a weak name."""
    asked = fold(name)
    return tuple(
        key
        for key, site in gazetteer.sites.items()
        if any(fold(known) == asked for known in (site.name, *_flat(site.names), *_flat(site.weak_names)))
    )


def to_yaml(suggestion: Suggestion) -> str:
    """The entry as text for the `sites:` of a gazetteer, indented to stand there."""
    entry = {
        "name": suggestion.name,
        "kind": suggestion.kind.value,
        "country": suggestion.country,
        "lat": suggestion.lat,
        "lon": suggestion.lon,
        "names": {language: list(names) for language, names in suggestion.names.items()},
        "sources": [suggestion.source],
        "ids": dict(suggestion.ids),
    }
    text = yaml.safe_dump(
        {suggestion.id: entry}, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000
    )
    return "".join(f"  {line}\n" for line in text.splitlines())


def _scored(
    name: str, places: Sequence[Candidate], cutoff: int, names_only: bool = False
) -> list[tuple[float, Candidate]]:
    """(score, place) of the places with a spelling near `name`, or with it as their code."""
    asked = fold(name)
    core = _core(asked)
    texts: list[str] = []
    owners: list[int] = []
    for index, place in enumerate(places):
        known = place.spellings[:1] if names_only else (*place.spellings, place.beside)
        for spelling in filter(None, known):
            texts.append(_core(fold(spelling)))
            owners.append(index)
    best: dict[int, float] = {}
    hits = process.extract(core, texts, scorer=fuzz.token_sort_ratio, score_cutoff=cutoff, limit=None)
    for _, score, at in hits:
        best[owners[at]] = max(score, best.get(owners[at], 0.0))
    code = name.strip().upper()
    for index, place in enumerate(places):
        if any(code == value for _, value in place.ids):
            best[index] = 100.0
    return [(round(score, 1), places[index]) for index, score in best.items()]


def _flat(names: Mapping[str, Sequence[str]]) -> list[str]:
    return [name for group in names.values() for name in group]


def _core(folded: str) -> str:
    words = [word for word in folded.split() if word not in _GENERIC]
    return " ".join(words) or folded


def _suggestion(
    asked: str, place: Candidate, score: float, gazetteer: Gazetteer, used: Iterable[str]
) -> Suggestion:
    taken = {fold(name) for site in gazetteer.sites.values() for name in _flat(site.names)}
    # Of spellings that fold alike the plainest is what articles write: Afrin, not ‘Afrīn.
    plainest: dict[str, str] = {}
    for spelling in place.spellings:
        kept = plainest.setdefault(fold(spelling), spelling)
        if spelling.isascii() and "`" not in spelling and not kept.isascii():
            plainest[fold(spelling)] = spelling
    label = plainest[fold(place.name)]
    others = [spelling for key, spelling in plainest.items() if key not in taken]
    others.sort(key=lambda spelling: -fuzz.ratio(fold(asked), fold(spelling)))
    spellings = [label, *others]
    names = by_language(dict.fromkeys(spellings), gazetteer.theatre.languages)
    distances = [
        (kilometres((place.lon, place.lat), (site.lon, site.lat)), key)
        for key, site in gazetteer.sites.items()
        if site.lat is not None and site.kind is not SiteKind.COUNTRY
    ]
    nearest_km, nearest = min(distances, default=(None, None))
    return Suggestion(
        id=_free_id(place, used),
        name=label,
        kind=place.kind,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        names={language: tuple(group) for language, group in names.items()} or {"en": (label,)},
        ids=dict(place.ids),
        source=place.source,
        score=score,
        nearest=nearest,
        nearest_km=None if nearest_km is None else round(nearest_km, 1),
        in_theatre=inside(place.lon, place.lat, gazetteer.theatre.bounds),
    )


def _free_id(place: Candidate, used: Iterable[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(place.name)).strip("-") or place.ids[0][1].lower().replace(
        "/", "-"
    )
    number, free = 2, slug
    while free in used:
        free, number = f"{slug}-{number}", number + 1
    return free
