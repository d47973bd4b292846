"""The forms that a name takes in a sentence, by language, and what may stand at its two ends.

Names are kept in their dictionary form. Russian changes the name itself, so its forms are listed ahead of
matching (see russian); Turkish and Arabic hang endings and prefixes on it, so those are looked at when a match
is found.
All words here are folded (see folding).
"""

from __future__ import annotations

import re

from mapdata.reading import russian

# Arabic names shorter than this keep their article: without it they are common words ("at" for العند).
_FEWEST_ARABIC = 4


def forms(name: str, lang: str, spelling: str = "", people: bool = False) -> set[str]:
    """Folded forms under which a folded name is looked for in a text, itself among them.

    spelling: the name as the gazetteer has it, whose hyphens and capitals folding takes away. people: whether
    it is an actor's, which one person or a compound adjective can go by.
    """
    found = {name}
    if "'" in name:
        found |= {name.replace("'", ""), " ".join(name.replace("'", " ").split())}
    if lang in {"ru", "uk"}:
        for form in list(found):
            found |= russian.cases(form, spelling)
            if people:
                found |= russian.of_people(form)
    if lang in {"ar", "fa"}:
        for form in [form[2:] for form in found if form.startswith("ال") and len(form) > 4]:
            # للمزة: the article's first letter goes after this one preposition.
            found.add(form if len(form) >= _FEWEST_ARABIC else "لل" + form)
    if lang in {"en", "fr"} and not people:
        for form in list(found):
            found |= _articles(form)
    if lang == "en":
        for form in list(found):
            if form.startswith(("al ", "el ")) and len(form) > 7:
                found.add(form[3:])
            elif form.startswith("the ") and len(form) > 8:
                found.add(form[4:])
            if people:
                found |= _one_of(form)
    return found


_ARTICLE = re.compile(r"(?<!\S)(?:[ae]l|[ae]([drsz]|sh)) (?=\w)")
_SUN_LETTER = re.compile(r"sh|[dnrstz]")


def _articles(name: str) -> set[str]:
    """A name with its Arabic article as others write it: al-Zor, el-Zor, ez-Zor, az-Zor."""
    found = {name}
    for match in _ARTICLE.finditer(name):
        letter = _SUN_LETTER.match(name, match.end())
        if match[1] and (letter is None or letter[0] != match[1]):
            continue  # "en route", "as Highfield": no article
        written = ["al", "el"] + ([f"a{letter[0]}", f"e{letter[0]}"] if letter else [])
        found |= {f"{name[: match.start()]}{article} {name[match.end() :]}" for article in written}
    return found


# Plurals that are no people: one of them is another thing.
_NO_PEOPLE = ("ates", "ations", "ards", "orces", "ss", "ies")


def _one_of(name: str) -> set[str]:
    """What one of a people is called in English: Frenchman, Houthi."""
    if " " in name or len(name) < 5:
        return set()
    if name.endswith("men"):
        return {name[:-3] + "man"}
    return {name[:-1]} if name.endswith("s") and not name.endswith(_NO_PEOPLE) else set()


_AR_PREFIX = re.compile("(?:و|ف)?(?:ب|ل|ك)?(?:ال)?|(?:و|ف)?لل")
_TR_SUFFIX = re.compile(
    "l[ae]rd[iu]|(?:l[ai]r?)?(?:[iu]m?|s[iu])?n?(?:y?[iuea]|[dt][ea](?:n|ki)?|n?[iu]n|n[ae]|[dt][iu]r|ki|c[ae]|l[iu]k?|l[ae])?(?:n?[iu]n|[iu])?"
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


def takes_endings(lang: str, bending: bool) -> bool:
    """Whether a name in `lang` can run on behind its form. bending: see right_boundary."""
    return bending and lang in _RIGHT


def right_boundary(text: str, end: int, lang: str, bending: bool) -> int | None:
    """Where a name that matched up to `end` really ends, endings of its language included; None if it runs on.

    bending: whether the name takes endings (Turkish always; elsewhere the adjectives and peoples of actors).
    """
    size = len(text)
    if end >= size or not text[end].isalnum():
        return end
    if not takes_endings(lang, bending):
        return None
    stop = end
    while stop < size and text[stop].isalnum() and stop - end < 9:
        stop += 1
    if stop < size and text[stop].isalnum():
        return None
    return stop if _RIGHT[lang].fullmatch(text, end, stop) else None


_PLACE_BEFORE = re.compile(
    r"(?:^|\W)(?:in|at|on|inside|into|from|within|around|outside|near|leave|leaves|left|quit|vacated?|"
    r"a|au|aux|dans|sur|depuis|quitter|quitte|в|на|из|с|под|у|возле|около|близ)[\s\"'«“]{1,2}$"
)
_PLACE_AFTER = re.compile(r"'?[dt][ea](?:n|ki\w*)?(?!\w)")


def placed(text: str, start: int, end: int, lang: str) -> bool:
    """Whether the folded text from start to end stands as a place does: after "in", "at", in Turkish with
    the ending for it."""
    if lang == "tr" and (text[start:end].endswith(_PLACE_ENDINGS) or _PLACE_AFTER.match(text, end)):
        return True
    return _PLACE_BEFORE.search(text, max(0, start - 12), start) is not None


_PLACE_ENDINGS = ("da", "de", "ta", "te", "dan", "den", "tan", "ten", "daki", "deki", "taki", "teki")
