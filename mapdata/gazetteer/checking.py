"""What a curator wants to know of a gazetteer that is valid: what is in it, and what looks thin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mapdata.folding import fold
from mapdata.gazetteer.loading import load
from mapdata.gazetteer.places import inside, kilometres
from mapdata.model import Actor, ActorKind, Gazetteer, Site, SiteKind

CLOSE_M = 1000  # two sites of one kind that are closer are rather one
_DEGREES_APART = 0.01  # of latitude, a little more than CLOSE_M


@dataclass(frozen=True, slots=True)
class Report:
    """sites_by_kind in the order of SiteKind; names_by_language counts the names of sites and actors.

    warnings: one line each; none of them keeps the gazetteer from being used.
    """

    path: str
    version: str
    theatre: str
    sites_by_kind: Mapping[SiteKind, int]
    actors_by_kind: Mapping[ActorKind, int]
    names_by_language: Mapping[str, int]
    warnings: tuple[str, ...]


def check(path: str | Path | None = None) -> Report:
    """The counts and warnings of a gazetteer. Raises GazetteerError if it has faults."""
    gazetteer = load(path)
    entries = [*gazetteer.actors.values(), *gazetteer.sites.values()]
    kinds = Counter(site.kind for site in gazetteer.sites.values())
    actor_kinds = Counter(actor.kind for actor in gazetteer.actors.values())
    names = Counter[str]()
    for entry in entries:
        names.update({language: len(spellings) for language, spellings in entry.names.items()})
    return Report(
        path=gazetteer.path or "",
        version=gazetteer.version,
        theatre=gazetteer.theatre.name,
        sites_by_kind={kind: kinds[kind] for kind in SiteKind if kinds[kind]},
        actors_by_kind={kind: actor_kinds[kind] for kind in ActorKind if actor_kinds[kind]},
        names_by_language=dict(sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))),
        warnings=tuple(_warnings(gazetteer)),
    )


def _warnings(gazetteer: Gazetteer) -> Iterator[str]:
    expected = gazetteer.theatre.languages
    strangers: dict[str, list[str]] = {}
    for what, entries in (("actor", gazetteer.actors), ("site", gazetteer.sites)):
        for key, entry in entries.items():
            yield from _of_names(f"{what} {key}", entry, expected)
            for language in entry.names:
                if language not in expected:
                    strangers.setdefault(language, []).append(key)
    for language, keys in sorted(strangers.items()):
        shown = ", ".join(keys[:5]) + (f" and {len(keys) - 5} more" if len(keys) > 5 else "")
        yield f"language {language!r} is not in theatre.languages, but has names: {shown}"
    for key, actor in gazetteer.actors.items():
        if actor.kind is ActorKind.STATE and actor.country != key:
            yield f"actor {key}: the id of a state is its ISO 3166-1 code, here {actor.country}"
        elif key != key.upper():
            yield f"actor {key}: ids of actors are in capitals, here {key.upper()}"
    for key, site in gazetteer.sites.items():
        if site.lat is None or site.lon is None or site.kind is SiteKind.COUNTRY:
            continue
        if not inside(site.lon, site.lat, gazetteer.theatre.bounds):
            yield f"site {key}: lat {site.lat:g}, lon {site.lon:g} is outside the theatre's bounds"
    yield from _close_pairs(gazetteer.sites.values())


def _of_names(where: str, entry: Actor | Site, expected: Iterable[str]) -> Iterator[str]:
    missing = [language for language in expected if not entry.names.get(language)]
    if missing:
        yield f"{where}: no name in {', '.join(missing)}"
    spellings = [name for names in entry.names.values() for name in names]
    if len({fold(name) for name in spellings}) == 1:
        yield f"{where}: only one spelling, {spellings[0]!r}: articles will have others"
    for language, names in entry.names.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{where}: {name!r} stands {count} times in names.{language}"


def _close_pairs(sites: Iterable[Site]) -> Iterator[str]:
    """Sites of one kind closer than CLOSE_M, swept from south to north so that ten thousand take no time."""
    window: list[Site] = []
    for site in sorted(
        (site for site in sites if site.lat is not None), key=lambda site: (site.lat, site.id)
    ):
        window = [other for other in window if site.lat - other.lat <= _DEGREES_APART]
        for other in window:
            if other.kind is site.kind:
                metres = 1000 * kilometres((site.lon, site.lat), (other.lon, other.lat))
                if metres < CLOSE_M:
                    pair = " and ".join(sorted((other.id, site.id)))
                    yield f"sites {pair}: two of kind {site.kind.value} only {metres:.0f} m apart"
        window.append(site)
