"""Finding a site by any of its names, in any spelling or script. Pure."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from mapdata.folding import fold
from mapdata.model import Gazetteer

_CLOSE = 78  # rapidfuzz's ratio, 0 to 100, under which a name is another name

Names = tuple[tuple[str, str], ...]


def names(gazetteer: Gazetteer) -> Names:
    """All names of all sites, folded, each with the id of its site."""
    found = []
    for site in gazetteer.sites.values():
        written = [site.id, site.name, *(name for some in site.names.values() for name in some)]
        written += [name for some in site.weak_names.values() for name in some]
        found += [(fold(name), site.id) for name in dict.fromkeys(written)]
    return tuple(found)


def find(text: str, names: Names, most: int = 6) -> list[str]:
    """The ids of the sites that can be meant, the likeliest first, at most so many.

    Those that are called exactly so; else those with a name, or a word of one, that begins so; else those
    with a name that is close. Letter case, accents, apostrophes and hyphens do not count.
    """
    wanted = fold(text)
    if not wanted:
        return []
    exact = [site for name, site in names if name == wanted]
    begins = [site for name, site in names if name.startswith(wanted)]
    within = [site for name, site in names if f" {wanted}" in name]
    found = (
        exact
        or begins + within
        or [
            names[index][1]
            for _, _, index in process.extract(
                wanted, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=4 * most
            )
        ]
    )
    return list(dict.fromkeys(found))[:most]
