"""What stands before the name that it belongs to: "القوات الروسية", "les troupes russes", "войска России".

Arabic and French put the noun before the adjective, Russian and Arabic before the genitive; Turkish marks the
owner with an ending. English does none of this, so every rule here first makes sure which language it sees,
by the script or by the small letter of a nationality.
"""

from __future__ import annotations

import re

from mapdata.reading.view import ActorMention, CueHit, View

_HEADS = ("base", "base_air", "base_naval", "base_army", "force", "asset", "presence", "person", "strike")
# Kinds of cue that keep a noun from what follows it.
_PARTING = frozenset([
    "plan", "build", "built", "deny", "neg", "former", "withdraw", "exist", "host", "strike", "visit",
    "support", "oppose", "speech", "near", "which",
])  # fmt: skip
_REACH = 4
_SPACE = re.compile(r"[\w\s'’\-\"“”«»]*")
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# A nominative is no genitive: "базу Россия …" begins another clause.
_NOMINATIVE = re.compile(r"(?:ия|аина|ша|[лй]ь?|[бгджзкмнпртфхцчшщ]|[^ое]в)$")
# Small words that keep a noun from a name, by language. A small letter may also begin an actor's name in
# English ("coalition"), where no noun stands before its name; so the English ones are with the French.
_ARABIC_PARTS = re.compile(
    "[وب]?(?:[إأا]ن|في|من|على|[إا]لى|عن|مع|بين|قرب|ضد|بعد|قبل|لكن|كما|حيث|أو|لا|لم|لن|قد|منذ|حتى|خلال|ما|هناك)"
)
_RUSSIAN_PARTS = re.compile(
    "во?|на|из|со?|к|у|об?|от|до|для|по|при|под|над|за|и|или|а|но|что|чтобы|как|не|ни|где|между|через|против"
)
_FRENCH_PARTS = re.compile(
    "à|aux?|dans|en|sur|qu[ei]|et|ou|p[ao][ru]r?|avec|contre|entre|vers|a|ont|est|sont|mais|une?|chez|sous|"
    "the|of|and|or|by|with|for|to|from|in|on|at|that|said|but|as|is|are|was|were|against|while"
)
_BY = frozenset(
    ("", "-", "من", "من قبل", "من جانب", "ل", "par", "par la", "par le", "par l'", "par l’", "par les")
)
_ENGLISH_VERB = re.compile(r"(?:s|ed|ing)$")
_CYRILLIC_ADJECTIVE = re.compile(
    r"(?:[ыио]й|[аяую]я|[ую]ю|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]х|[ыи]м|[ое]м|[ыи]ми)$"
)
_GENITIVE = re.compile(r"['’]?n?[ıiuüIİ]n$")


def head(view: View, actor: ActorMention) -> CueHit | None:
    """The noun or person before an actor that the actor's name qualifies; None where names stand before."""
    parts = _parts_of(view, actor)
    if parts is None:
        return None
    for cue in reversed(view.of(*_HEADS)):
        if cue.end > actor.start or (cue.start < view.sentence.start):
            continue
        gap = view.between(cue.end, actor.start)
        words = gap.replace("’", "'").split()
        if len(gap) > 60 or not _SPACE.fullmatch(gap):
            return None
        # The article that is joined to an Arabic adjective is no word of its own.
        if words and words[-1] in {"ال", "و", "وال"}:
            if words[-1].startswith("و"):
                return None
            words = words[:-1]
        if len(words) > _REACH or any(parts.fullmatch(word.lower()) for word in words):
            return None
        between = [c for c in view.cues if cue.end <= c.start and c.end <= actor.start]
        if any(
            c.category in _PARTING and not adjectival_foreign(view.text[c.start : c.end]) for c in between
        ):
            return None
        if any(cue.end <= other.start < actor.start for other in view.actors):
            return None
        return cue
    return None


def _parts_of(view: View, actor: ActorMention) -> re.Pattern[str] | None:
    """The words that part a noun from this name, by its language; None if it stands before its noun."""
    name = view.text[actor.start : actor.end]
    if _ARABIC.search(name):
        return _ARABIC_PARTS
    if _CYRILLIC.search(name):
        genitive = name.isupper() or (name[:1].isupper() and not _NOMINATIVE.search(name.lower()))
        return _RUSSIAN_PARTS if genitive else None
    return _FRENCH_PARTS if name[:1].islower() and name.isalpha() else None


def backed(view: View, actor: ActorMention) -> bool:
    """ "المدعومة من A", "soutenues par A", "поддерживаемые A": A is behind a force and not the force."""
    for cue in view.of("backed"):
        if 0 <= actor.start - cue.end <= 14:
            word = view.text[cue.start : cue.end]
            gap = view.between(cue.end, actor.start).strip().lower().removesuffix("ال").strip()
            foreign = _ARABIC.search(word) or _CYRILLIC.search(word) or gap.startswith(("par", "-"))
            if foreign and gap in _BY:
                return True
    return False


def genitive(view: View, end: int) -> bool:
    """Whether the name that ends here is a Turkish owner ("Rusya'nın"): all up to its noun is the noun's."""
    rest = re.match(r"['’](\w{2,4})\b", view.text[end : end + 6])
    return rest is not None and _GENITIVE.search(rest[1]) is not None


def adjectival(word: str) -> bool:
    """Whether a cue between a name and its noun reads as an adjective ("existing") rather than as a verb."""
    if _CYRILLIC.search(word):
        return _CYRILLIC_ADJECTIVE.search(word) is not None
    return _ENGLISH_VERB.search(word) is None


def adjectival_foreign(word: str) -> bool:
    """The same for words before a name: Russian and Arabic by the ending of a quality."""
    word = word.lower()
    if _ARABIC.search(word):
        return word.endswith(("ية", "ي", "يين", "يون")) and not word.startswith(("ت", "ي"))
    return _CYRILLIC_ADJECTIVE.search(word) is not None
