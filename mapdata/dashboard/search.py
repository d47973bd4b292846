"""Finding a site by any of its names, in any spelling or script. Pure."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from mapdata.folding import fold
from mapdata.model import Gazetteer, Site

_CLOSE = 78  # rapidfuzz's ratio, 0 to 100, under which a name is another name
_NAMES_SHOWN = 4  # of each language, or the many spellings of one would leave no room for the others


def label(site: Site) -> str:
    """The name and the others that a reader could type, for a list that is searched while one types."""
    others = dict.fromkeys(
        name
        for names in site.names.values()
        for name in names[:_NAMES_SHOWN]
        if fold(name) not in fold(site.name)
    )
    return " · ".join([site.name, *others])


Names = tuple[tuple[str, str], ...]


def names(gazetteer: Gazetteer) -> Names:
    """All names of all sites, folded, each with the id of its site."""
    found = []
    for site in gazetteer.sites.values():
        written = [site.id, site.name, *(name for some in site.names.values() for name in some)]
        written += [name for some in site.weak_names.values() for name in some]
        found += [(fold(name), site.id) for name in dict.fromkeys(written)]
    return tuple(found)


def find(text: str, names: Names) -> str | None:
    """The id of the site that is meant: a name as it is, else one that begins so, else the closest one.

    None where nothing is close. Letter case, accents, apostrophes and hyphens do not count.
    """
    wanted = fold(text)
    if not wanted:
        return None
    exact = [site for name, site in names if name == wanted]
    begins = [site for name, site in names if name.startswith(wanted)]
    if exact or begins:
        return (exact or begins)[0]
    close = process.extractOne(wanted, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return names[close[2]][1] if close else None
