"""The language of a text: the two letters that metadata say, or a guess by script and common words."""

from __future__ import annotations

import re
from collections import Counter

# What metadata write where they do not write ISO 639-1.
_NAMES = {
    "eng": "en",
    "english": "en",
    "ara": "ar",
    "arabic": "ar",
    "العربية": "ar",
    "tur": "tr",
    "turkish": "tr",
    "türkçe": "tr",
    "rus": "ru",
    "russian": "ru",
    "русский": "ru",
    "fra": "fr",
    "fre": "fr",
    "french": "fr",
    "français": "fr",
    "ukr": "uk",
    "ukrainian": "uk",
}

_COMMON = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "that",
            "is",
            "for",
            "on",
            "with",
            "by",
            "as",
            "from",
            "has",
            "was",
            "said",
            "it",
            "its",
            "at",
            "be",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "du",
            "de",
            "et",
            "un",
            "une",
            "dans",
            "que",
            "qui",
            "est",
            "pour",
            "sur",
            "au",
            "aux",
            "par",
            "avec",
            "sont",
        ]
    ),
    "tr": frozenset(
        [
            "ve",
            "bir",
            "bu",
            "da",
            "de",
            "için",
            "ile",
            "olarak",
            "olan",
            "daha",
            "çok",
            "ise",
            "ancak",
            "kadar",
            "sonra",
            "göre",
            "dedi",
        ]
    ),
}

_ENOUGH = 2000  # signs; a language shows in fewer
_ARABIC = re.compile(r"[\u0621-\u064a]+")
_PERSIAN = re.compile(r"[پچژگ]")
_CYRILLIC = re.compile(r"[а-яёіїєґ]+", re.IGNORECASE)
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_HEBREW = re.compile(r"[\u05d0-\u05ea]+")
_LATIN = re.compile(r"[a-zà-öø-ÿışğœ]+", re.IGNORECASE)
_TURKISH = re.compile(r"[ışğİŞĞ]")
_WORD = re.compile(r"[^\W\d_]+")


def normalised(value: str | None) -> str | None:
    """ISO 639-1 of what metadata say ("en-US", "ar_SY", "Turkish"); None where they say nothing readable."""
    if not value:
        return None
    head = re.split(r"[-_.,; ]", value.strip().casefold(), maxsplit=1)[0]
    if head in _NAMES:
        return _NAMES[head]
    return head if re.fullmatch(r"[a-z]{2}", head) else None


def language_of(text: str) -> str | None:
    """Two letters for the language of a text, None where there are no letters to judge by.

    A guess for what comes in, not an identification: Arabic, Persian, Cyrillic (Ukrainian by its own
    letters) and Hebrew by script; Turkish, French and English by letters and common words, English where
    nothing speaks for another.
    """
    head = text[:_ENOUGH]
    if head.isascii():
        return _latin(head) if _LATIN.search(head) else None
    counts = {
        "latin": _letters(_LATIN, head),
        "ar": _letters(_ARABIC, head),
        "ru": _letters(_CYRILLIC, head),
        "he": _letters(_HEBREW, head),
    }
    script = max(counts, key=counts.__getitem__)
    if counts[script] == 0:
        return None
    if script == "ar":
        return "fa" if len(_PERSIAN.findall(head)) * 50 > counts["ar"] else "ar"
    if script == "ru":
        return "uk" if len(_UKRAINIAN.findall(head)) * 50 > counts["ru"] else "ru"
    return script if script != "latin" else _latin(head)


def _letters(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))


def _latin(head: str) -> str:
    words = Counter(_WORD.findall(head.lower()))
    score = {lang: float(sum(words[word] for word in common)) for lang, common in _COMMON.items()}
    # Names carry Turkish letters into English prose, so they are a vote and no verdict.
    score["tr"] += len(_TURKISH.findall(head)) / 2
    return max(score, key=score.__getitem__)  # the first, English, where nothing speaks for another
