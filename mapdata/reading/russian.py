"""The cases of a Russian name, listed ahead of matching since Russian changes the name itself.

All words here are folded (see folding): hyphens are blanks, so what a hyphen bound is told by the spelling.
"""

from __future__ import annotations

import re

_CASES = 6  # nominative, genitive, dative, accusative, instrumental, prepositional
_MOST_WORDS = 5
_MOST_FORMS = 24
# A word shorter than this is declined only where the name is nothing else and has a capital: Ниш, but not ВВС.
_FEWEST_SIGNS = 4

# By the ending of the dictionary form: what is cut off, then the six cases.
_ADJECTIVE = {
    "й": ("{й}", "ого", "ому", "{й}", "ым", "ом"),
    "ая": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "ое": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "е": ("ые", "ых", "ым", "ых", "ыми", "ых"),
}
_ADJECTIVE_ENDINGS = (
    *("ский", "ская", "ское", "ские", "ный", "ная", "ное", "ные"),
    *("ой", "ый", "ая", "ое", "ые", "кий", "кая"),
)
# горячие, большие, великие: plural adjectives after a letter that no ы follows.
_SOFT_PLURAL = re.compile("[гкхжшщч]ие$")
_NOUN: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("ия", 1, ("я", "и", "и", "ю", "ей", "и")),
    ("ие", 1, ("е", "я", "ю", "е", "ем", "и")),
    ("ане", 1, ("е", "", "ам", "", "ами", "ах")),
    ("яне", 1, ("е", "", "ам", "", "ами", "ах")),
    ("цы", 1, ("ы", "ев", "ам", "ев", "ами", "ах")),
    ("ы", 1, ("ы", "ов", "ам", "ов", "ами", "ах")),
    ("чи", 1, ("и", "ей", "ам", "и", "ами", "ах")),
    ("ши", 1, ("и", "ей", "ам", "и", "ами", "ах")),
    ("и", 1, ("и", "", "ам", "", "ами", "ах")),
    ("и", 1, ("и", "ов", "ам", "ов", "ами", "ах")),
    ("и", 1, ("и", "ей", "ям", "ей", "ями", "ях")),
    ("а", 1, ("а", "ы", "е", "у", "ой", "е")),
    ("я", 1, ("я", "и", "е", "ю", "ей", "е")),
    ("ь", 1, ("ь", "я", "ю", "ь", "ем", "е")),
    ("ь", 1, ("ь", "и", "и", "ь", "ью", "и")),
    ("й", 1, ("й", "я", "ю", "й", "ем", "е")),
    ("о", 1, ("о", "а", "у", "о", "ом", "е")),
)
_CONSONANT = ("", "а", "у", "", "ом", "е")
_AFTER_SIBILANT = ("", "а", "у", "", "ем", "е")
_VELARS = "гкхжшщч"
_SIBILANTS = "жшщчц"
# The endings of a number that is written with its last sign: 102-я, 102-й, 102-е.
_ORDINAL = {
    "я": ("я", "й", "й", "ю", "й", "й"),
    "й": ("й", "го", "му", "й", "м", "м"),
    "е": ("е", "х", "м", "х", "ми", "х"),
}
# A people's plural and what one of it is called.
_ONE_OF = (("йцы", "ец"), ("цы", "ец"), ("ане", "анин"), ("яне", "янин"), ("ы", ""))


def _adjective(word: str, agrees: bool) -> list[list[str]]:
    """In all genders, or where it agrees with a noun in its own alone."""
    stem = word[:-2]
    velar, sibilant = stem[-1:] in _VELARS, stem[-1:] in _SIBILANTS
    own = next(ending for ending in _ADJECTIVE if word.endswith(ending))
    paradigms = []
    for endings in [_ADJECTIVE[own]] if agrees else _ADJECTIVE.values():
        forms = []
        for ending in endings:
            ending = ending.replace("{й}", word[-2:] if word[-1] == "й" else "ий" if velar else "ый")
            ending = ending.replace("ы", "и") if velar else ending
            forms.append(stem + (re.sub("^о", "е", ending) if sibilant else ending))
        paradigms.append(forms)
    return paradigms


def _paradigms(word: str, fewest: int = _FEWEST_SIGNS, agrees: bool = False) -> list[list[str]]:
    """The paradigms that a word may follow, each a list of its six cases; the word alone if none fits."""
    if len(word) < fewest or not re.fullmatch("[а-яй]+", word):
        return [[word] * _CASES]
    if word.endswith(_ADJECTIVE_ENDINGS) or _SOFT_PLURAL.search(word):
        return _adjective(word, agrees)
    for ending, cut, _forms in _NOUN:
        if word.endswith(ending):
            stem = word[:-cut]
            velar = stem[-1:] in _VELARS
            same = [
                f for e, _, f in _NOUN if e == ending and not (velar and len(ending) == 1 and f[2] == "ям")
            ]
            found = [[stem + (f.replace("ы", "и") if velar else f) for f in endings] for endings in same]
            if agrees and ending in {"ы", "а"}:
                # вооружённые силы, российские войска: plurals whose genitive has no ending.
                found.append([word, stem, stem + "ам", word, stem + "ами", stem + "ах"])
            if re.search("[лнрт]ки$", word):
                # турки, турок: the vowel that stands between the two where nothing follows.
                loose = stem[:-1] + "ок"
                found.append([word, loose, stem + "ам", loose, stem + "ами", stem + "ах"])
            return found
    if word[-1] in "бвгджзклмнпрстфхцчшщ":
        return [[word + ending for ending in (_AFTER_SIBILANT if word[-1] in _SIBILANTS else _CONSONANT)]]
    return [[word] * _CASES]


def _bound(spelling: str) -> set[int]:
    """The words of a spelling that a hyphen ties to the next one, by number."""
    words = [part for chunk in spelling.split() for part in re.split(r"(?<=[-‑])", chunk) if part]
    return {number for number, word in enumerate(words) if word.endswith(("-", "‑"))}


def cases(name: str, spelling: str = "") -> set[str]:
    """All words in one case together, and the first noun with what stands before it while the rest stays.

    spelling: the name as the gazetteer has it. Of words that it binds with a hyphen the last one may be
    declined alone (в Мерса-Матрухе), and a numeral's ending goes with its noun (102-й базы).
    """
    words = name.split()
    if len(words) > _MOST_WORDS:
        return {name}
    bound = _bound(spelling)
    if len(words) == 1:
        short = 3 if spelling[:1].isupper() and not spelling.isupper() else _FEWEST_SIGNS
        return {name} | {form for paradigm in _paradigms(words[0], short) for form in paradigm}
    paradigms = [
        [list(_ORDINAL[word])]
        if word in _ORDINAL and number and words[number - 1].isdecimal()
        else _paradigms(word, agrees=True)
        for number, word in enumerate(words)
    ]
    forms = {name}
    for case in range(_CASES):
        for head in range(1, len(words) + 1):
            choices = [
                # The first half of a compound ("северо-восток") stays as it is.
                {p[case] for p in paradigm} | ({word} if number in bound or word.endswith("о") else set())
                for number, (word, paradigm) in enumerate(zip(words, paradigms[:head], strict=False))
            ]
            combined = [""]
            for choice in choices:
                combined = [f"{left} {right}".strip() for left in combined for right in sorted(choice)]
                combined = combined[:_MOST_FORMS]
            rest = " ".join(words[head:])
            forms |= {f"{left} {rest}".strip() for left in combined}
    return forms


def of_people(name: str) -> set[str]:
    """More forms of the name of a people or an army: one of it (американец, россиянин, талиб), and the first
    half of a compound adjective (российско-турецкий)."""
    if " " in name or len(name) <= _FEWEST_SIGNS:
        return set()
    if re.search("ск(?:ий|ая|ое|ие)$", name):
        return {name[:-2] + "о"}
    for many, one in _ONE_OF:
        if name.endswith(many):
            single = name.removesuffix(many) + one
            if len(single) < _FEWEST_SIGNS:
                return set()
            if one == "ец":
                # The vowel goes where an ending follows: американец, американца.
                stem = name[:-1]
                return {single, *(stem + ending for ending in ("а", "у", "ем", "е"))}
            return {single + ending for ending in _CONSONANT}
    return set()
