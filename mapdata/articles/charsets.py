"""Which one-byte encoding some bytes are in, by the language that they then read like.

A news text is short for statistics, so the judge is plain: how often each letter outside ASCII occurs in
Arabic, Turkish, Russian and French. The same bytes make common letters in the right encoding, and rare
letters, signs or capitals within words in the others.
"""

from __future__ import annotations

import re

# Letters outside ASCII by language, the commonest first: their rank is their weight.
_LETTERS = {
    "ar": "اليمونرتبةعدسفهكقحجشطصخأىضذزثءغئظإآؤ",
    "fa": "ایندرمهوتسبشکزلگفعقخپحجصطچآغضذثئظژ",
    "ru": "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъё",
    "tr": "ıüşğöçİâ",
    "fr": "éèàêçôîùûâëïœ",
}
_SIGNS = "«»“”‘’–—…،؛؟№°€\xa0"  # in texts of any language
_WEIGHT: dict[str, float] = {}
for _alphabet in _LETTERS.values():
    for _rank, _letter in enumerate(_alphabet):
        _weight = 1.0 - 0.8 * _rank / len(_alphabet)
        _WEIGHT[_letter] = max(_weight, _WEIGHT.get(_letter, 0.0))

# In the order that decides a draw: the commonest in the wild first.
_CANDIDATES = (
    "cp1252",
    "cp1256",
    "cp1251",
    "cp1254",
    "iso-8859-6",
    "iso-8859-5",
    "iso-8859-15",
    "koi8-r",
    "cp866",
)
_CAPITAL_WITHIN = re.compile(r"[a-zа-яёà-öø-ÿışğ][А-ЯЁÀ-ÖØ-ÞİŞĞ]")
_MIXED = re.compile(r"[a-zA-Z][؀-ۿЀ-ӿ]|[؀-ۿЀ-ӿ][a-zA-Z]|[؀-ۿ][Ѐ-ӿà-ÿ]|[Ѐ-ӿà-ÿ][؀-ۿ]")
_CONVINCING = 0.3  # the mean weight of a sign that the winner must have

_READABLE = re.compile(r"[\t\n\r\x0c -~\xa0-ɏͰ-ϿЀ-ԯא-ת،-ۿ‌-‟†-‧€№؀-ۿ\u2028-\u206f一-鿿ぁ-ヿ가-힣]")


def likeliest(data: bytes) -> str | None:
    """The encoding among those of our languages in which the bytes read best; None where none reads well."""
    best, best_score = None, _CONVINCING
    for encoding in _CANDIDATES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _likeness(text)
        if score > best_score:
            best, best_score = encoding, score
    return best


def _likeness(text: str) -> float:
    """The mean weight of the signs outside ASCII, from about -2 (no text) to 1."""
    foreign = [sign for sign in text if sign > "\x7f"]
    if not foreign:
        return 0.0
    total = 0.0
    for sign in foreign:
        if sign in _WEIGHT:
            total += _WEIGHT[sign]
        elif sign in _SIGNS:
            total += 0.5
        elif sign.lower() in _WEIGHT:
            total += 0.8 * _WEIGHT[sign.lower()]
        else:
            total -= 2.0 if not sign.isalpha() else 1.0
    total -= 2.0 * len(_CAPITAL_WITHIN.findall(text)) + 2.0 * len(_MIXED.findall(text))
    return total / len(foreign)


def reads_like_text(text: str) -> bool:
    """Whether nearly all signs are of scripts that reports are written in: for UTF-16 without BOM."""
    return bool(text) and len(_READABLE.findall(text)) >= 0.95 * len(text) and "\x00" not in text
