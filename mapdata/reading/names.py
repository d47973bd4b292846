"""The names of a gazetteer as patterns to look for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from mapdata.model import Gazetteer, Site
from mapdata.outlets import Outlets
from mapdata.reading import bodies, lexicon, shortnames
from mapdata.reading.folding import fold
from mapdata.reading.geography import BASES
from mapdata.reading.inflection import forms
from mapdata.reading.matcher import Pattern

# A name of another language that is shorter than this may be a common word of the text's own.
_SURE = 6


def _is_code(name: str) -> bool:
    """Capitals alone and short: US, UN, PMF, T4. Found only where the text has capitals as well."""
    letters = [sign for sign in name if sign.isalpha()]
    return bool(letters) and name.upper() == name and name.lower() != name and len(name) <= 6


@cache
def _common(lang: str) -> frozenset[str]:
    """The words of a language that the rules know as words."""
    return frozenset(pattern.form for pattern in lexicon.patterns(lang) if not pattern.exact)


def _patterns(names: Mapping[str, Iterable[str]], kind: str, key: str, bending: bool) -> Iterable[Pattern]:
    for lang, spellings in names.items():
        for spelling in spellings:
            folded = fold(spelling)
            if not folded:
                continue
            caps = _is_code(spelling)
            # Marines, Grand Port: in lower case it is the common word.
            common = (
                lang in {"en", "fr"}
                and spelling.istitle()
                and (folded in _common(lang) or (kind == "site" and " " in spelling))
            )
            for form in forms(folded, lang, spelling, people=bending):
                yield Pattern(
                    form,
                    kind,
                    key,
                    lang,
                    caps,
                    title=common,
                    bending=(bending and not caps and len(form) > 3) or lang == "tr",
                )


# Words by which a name says what kind of base it is, folded; what is left of the name is that of its place.
_KIND_WORDS = re.compile(
    r"(?<!\w)(?:international|military|army|naval|navy|air|drone|joint|base|bases|airbase|airfield|airport|garrison|camp|fort|station|"
    r"facility|port|field|barracks|headquarters|site|complex|"
    r"base aerienne|base navale|base militaire|aerodrome|aeroport|militaire|camp militaire|de|du|d'|la|le|"
    r"hava|ussu|us|deniz|askeri|havaalani|havalimani|kampi|kislasi|"
    r"военно|воздушная|морская|военная|военный|авиабаза|база|аэродром|аэропорт|пункт|порт|"
    r"مطار|قاعده|قواعد|الجويه|البحريه|العسكريه|العسكري|عسكري|الدولي|معسكر|ميناء|جويه|بحريه|عسكريه)(?!\w)"
)
_SMALL_AT_ENDS = re.compile(
    r"^(?:(?:in|of|at|the|near|a|s|en|au|aux|des|в|у|на|في) )+|(?:^|(?: (?:in|of|at|the|s|de|в))+)$"
)
_FEWEST_SIGNS = 4


def _bare(form: str) -> str:
    return re.sub(r"^(?:al|el|an|ar|as|at|ash|the|la|le) |^ال", "", form)


def _without_kind(site: Site) -> dict[str, list[str]]:
    """The names of a base's place, as its own names give them: "Deir ez-Zor" of "Deir ez-Zor airport"."""
    found: dict[str, list[str]] = {}
    spellings = [*((lang, name) for lang, names in site.names.items() for name in names), ("en", site.name)]
    for lang, name in spellings:
        folded = fold(name)
        rest = " ".join(_KIND_WORDS.sub(" ", folded.replace("(", " ").replace(")", " ")).split())
        rest = _SMALL_AT_ENDS.sub("", rest)
        if rest != folded and len(rest) >= _FEWEST_SIGNS:
            found.setdefault(lang, []).append(rest)
    return found


def gazetteer_patterns(gazetteer: Gazetteer) -> list[Pattern]:
    """Every name of every site and actor, in all languages and forms.

    The display name of a site or an actor is a name too.
    """
    found: list[Pattern] = []
    for actor in gazetteer.actors.values():
        found += _patterns(actor.names, "actor", actor.id, bending=True)
        found += _patterns({"en": [actor.name]}, "actor", actor.id, bending=False)
        found += _patterns(actor.metonyms, "metonym", actor.id, bending=False)
    found += bodies.patterns(gazetteer.actors.values())
    for site in gazetteer.sites.values():
        found += _site_patterns(site)
    return [*found, *_short_patterns(gazetteer, found)]


def _site_patterns(site: Site) -> list[Pattern]:
    own = [
        *_patterns(site.names, "site", site.id, bending=False),
        *_patterns({"en": [site.name]}, "site", site.id, bending=False),
    ]
    found = [*own, *_patterns(site.weak_names, "weak", site.id, bending=False)]
    if site.kind in BASES:
        found += [
            replace(pattern, form=pattern.form.replace(" ", "'s ", 1))
            for pattern in own
            if pattern.lang == "en" and " " in pattern.form
        ]
        strong = {_bare(pattern.form) for pattern in own}
        for pattern in _patterns(_without_kind(site), "weak", site.id, bending=False):
            # "al-Khadim" of "al-Khadim air base" is a name in its own right where "Khadim" is one.
            found.append(replace(pattern, kind="site") if _bare(pattern.form) in strong else pattern)
    return [*found, *_patterns(site.near, "near", site.id, bending=False)]


def _short_patterns(gazetteer: Gazetteer, names: list[Pattern]) -> Iterable[Pattern]:
    """Short forms of sites that are no name of anything else in the gazetteer."""
    holders: dict[str, set[str]] = {}
    for pattern in names:
        if pattern.kind in {"site", "actor", "metonym", "near"}:
            holders.setdefault(shortnames.bare(pattern.form), set()).add(pattern.key)
    shorts = [
        (site, lang, form) for site in gazetteer.sites.values() for lang, form in shortnames.of_site(site)
    ]
    for site, _, form in shorts:
        holders.setdefault(shortnames.bare(form), set()).add(site.id)
    for site, lang, form in shorts:
        if holders[shortnames.bare(form)] == {site.id}:
            for pattern in _patterns({lang: [form]}, "site", site.id, bending=False):
                yield replace(pattern, placed=True)


def names_for(patterns: Iterable[Pattern], lang: str) -> list[Pattern]:
    """Of all names those that can be meant in a text of this language.

    Names of every language are looked for, since a report may keep a foreign spelling. But only its own take
    endings there, and short ones of other languages in the same script are words of this one (Şam, "Damascus"
    in Turkish, folds to Sam).
    """
    own = {pattern.form for pattern in patterns if pattern.lang in {lang, "en"}}
    found = []
    for pattern in patterns:
        if pattern.lang == lang or pattern.form in own:
            found.append(pattern)
        elif len(pattern.form) >= _SURE or not pattern.form[0].isascii():
            found.append(replace(pattern, bending=False) if pattern.bending else pattern)
    return found


def outlet_patterns(outlets: Outlets) -> list[Pattern]:
    """The names of outlets that are nothing else besides, in all languages; Turkish ones take endings."""
    return [
        Pattern(fold(name), "outlet", key, "tr" if name.isascii() else "ar", _is_code(name), bending=False)
        for name, key in outlets.names_for_matching()
    ]
