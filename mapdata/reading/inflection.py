"""The forms that a name takes in a sentence, by language, and what may stand at its two ends.

Names are kept in their dictionary form. Russian changes the name itself, so its forms are listed ahead of
matching; Turkish and Arabic hang endings and prefixes on it, so those are looked at when a match is found.
All words here are folded (see folding).
"""

from __future__ import annotations

import re

_CASES = 6  # nominative, genitive, dative, accusative, instrumental, prepositional

# Russian paradigms by the ending of the dictionary form: what is cut off, then the six cases.
_RU_ADJECTIVE = {
    "masculine": ("{й}", "ого", "ому", "{й}", "ым", "ом"),
    "feminine": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "neuter": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "plural": ("ые", "ых", "ым", "ых", "ыми", "ых"),
}
_RU_NOUN: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("ия", 1, ("я", "и", "и", "ю", "ей", "и")),
    ("ие", 1, ("е", "я", "ю", "е", "ем", "и")),
    ("ы", 1, ("ы", "ов", "ам", "ов", "ами", "ах")),
    ("и", 1, ("и", "", "ам", "", "ами", "ах")),
    ("а", 1, ("а", "ы", "е", "у", "ой", "е")),
    ("я", 1, ("я", "и", "е", "ю", "ей", "е")),
    ("ь", 1, ("ь", "я", "ю", "ь", "ем", "е")),
    ("ь", 1, ("ь", "и", "и", "ь", "ью", "и")),
    ("й", 1, ("й", "я", "ю", "й", "ем", "е")),
    ("о", 1, ("о", "а", "у", "о", "ом", "е")),
)
_RU_CONSONANT = ("", "а", "у", "", "ом", "е")
_RU_VELARS = "гкхжшщч"


def _russian_adjective(word: str) -> list[list[str]]:
    stem = word[:-2]
    soft = stem[-1:] in _RU_VELARS
    paradigms = []
    for endings in _RU_ADJECTIVE.values():
        forms = []
        for ending in endings:
            ending = ending.replace("{й}", word[-2:] if word[-1] == "й" else "ий" if soft else "ый")
            forms.append(stem + (ending.replace("ы", "и") if soft else ending))
        paradigms.append(forms)
    return paradigms


def _russian_paradigms(word: str) -> list[list[str]]:
    """The paradigms that a word may follow, each a list of its six cases; the word alone if none fits."""
    if len(word) < 4 or not re.fullmatch("[а-яй]+", word):
        return [[word] * _CASES]
    if word.endswith(
        (
            "ский",
            "ская",
            "ское",
            "ские",
            "ный",
            "ная",
            "ное",
            "ные",
            "ой",
            "ый",
            "ая",
            "ое",
            "ые",
            "кий",
            "кая",
        )
    ):
        return _russian_adjective(word)
    for ending, cut, _forms in _RU_NOUN:
        if word.endswith(ending):
            stem = word[:-cut]
            soft = stem[-1:] in _RU_VELARS
            same = [f for e, _, f in _RU_NOUN if e == ending]
            return [[stem + (f.replace("ы", "и") if soft else f) for f in forms_] for forms_ in same]
    if word[-1] in "бвгджзклмнпрстфхцчшщ":
        return [[word + ending for ending in _RU_CONSONANT]]
    return [[word] * _CASES]


def _russian(name: str) -> set[str]:
    """All words in one case together, and the first noun with what stands before it while the rest stays."""
    words = name.split()
    if len(words) > 5:
        return {name}
    forms = {name}
    paradigms = [_russian_paradigms(word) for word in words]
    if len(words) == 1:
        return forms | {form for paradigm in paradigms[0] for form in paradigm}
    for case in range(_CASES):
        for head in range(1, len(words) + 1):
            choices: list[set[str]] = [
                # The first half of a compound ("северо-восток") stays as it is.
                {p[case] for p in paradigm} | ({word} if word.endswith("о") else set())
                for word, paradigm in zip(words, paradigms[:head], strict=False)
            ]
            combined = [""]
            for choice in choices:
                combined = [f"{left} {right}".strip() for left in combined for right in sorted(choice)][:24]
            rest = " ".join(words[head:])
            forms |= {f"{left} {rest}".strip() for left in combined}
    return forms


def forms(name: str, lang: str) -> set[str]:
    """Folded forms under which a folded name is looked for in a text, itself among them."""
    found = {name}
    if "'" in name:
        found |= {name.replace("'", ""), " ".join(name.replace("'", " ").split())}
    if lang in {"ru", "uk"}:
        for form in list(found):
            found |= _russian(form)
    if lang in {"ar", "fa"}:
        found |= {form[2:] for form in found if form.startswith("ال") and len(form) > 4}
    if lang == "en":
        for form in list(found):
            if form.startswith(("al ", "el ")) and len(form) > 7:
                found.add(form[3:])
            elif form.startswith("the ") and len(form) > 8:
                found.add(form[4:])
    return found


_AR_PREFIX = re.compile("(?:و|ف)?(?:ب|ل|ك)?(?:ال)?|(?:و|ف)?لل")
_TR_SUFFIX = re.compile(
    "(?:l[ai]r?)?(?:[iu]m?|s[iu])?n?(?:y?[iuea]|[dt][ea](?:n|ki)?|n?[iu]n|n[ae]|[dt][iu]r|ki|c[ae]|l[iu]k?|l[ae])?(?:n?[iu]n|[iu])?"
)
_RIGHT = {
    "tr": _TR_SUFFIX,
    "ar": re.compile("ه|ين|ون|ان|ات|ا"),
    "fr": re.compile("e?s?|ne?s?"),
    "en": re.compile("s"),
}


def left_boundary(text: str, start: int, lang: str) -> bool:
    """Whether a name in `lang` may begin at `start` of the folded text."""
    if start == 0 or not text[start - 1].isalnum():
        return True
    if lang not in {"ar", "fa"}:
        return False
    begin = start
    while begin > 0 and start - begin < 5 and text[begin - 1].isalnum():
        begin -= 1
    if begin > 0 and text[begin - 1].isalnum():
        return False
    return _AR_PREFIX.fullmatch(text, begin, start) is not None


def right_boundary(text: str, end: int, lang: str, bending: bool) -> int | None:
    """Where a name that matched up to `end` really ends, endings of its language included; None if it runs on.

    bending: whether the name takes endings (Turkish always; elsewhere the adjectives and peoples of actors).
    """
    size = len(text)
    if end >= size or not text[end].isalnum():
        return end
    if not bending or lang not in _RIGHT:
        return None
    stop = end
    while stop < size and text[stop].isalnum() and stop - end < 9:
        stop += 1
    if stop < size and text[stop].isalnum():
        return None
    return stop if _RIGHT[lang].fullmatch(text, end, stop) else None
