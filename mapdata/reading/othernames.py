"""Names that a site or a state lends to other things: straits, newspapers, airlines, treaties, ships.

"The Luzon Strait" is not Luzon, and nobody is stationed in "the Numarra treaty".
"""

from __future__ import annotations

import re

# What a treaty or a meeting is called that has its place's name, in lower case too.
_PAPER_AFTER = re.compile(
    r"\s(?:treat(?:y|ies)|pact|agreements?|accords?|process|memorandum|protocols?|declaration|convention|summit|"
    r"conference)\b(?! with)|"
    r"['’]?\w{0,3}\s(?:anlaşma|mutabakat|süreci|protokol|bildirgesi)|"
    r"\s(?:соглашени|меморандум|протокол)",
    re.IGNORECASE,
)
_PAPER_BEFORE = re.compile(
    r"(?:\b(?:accords?|traité|processus|protocole|sommet|déclaration) (?:de |d['’]|du )|"
    r"\b(?:treaty|accords|pact|declaration) of |"
    r"(?:^|\s)(?:ال)?(?:اتفاقية|اتفاق|معاهدة|مسار|إعلان) )$",
    re.IGNORECASE,
)
_SHIP_BEFORE = re.compile(
    r"(?:\b(?:HMS|USS|USNS|INS|HMAS|HMCS|TCG)|\b(?:frigate|destroyer|corvette|carrier|frégate|корвет\w{0,2}|фрегат\w{0,2})|"
    r"فرقاطة)[\s,]+[«\"“'‘]?$",
    re.IGNORECASE,
)
# What has a state's name and is none of its forces.
_THING_AFTER = re.compile(
    r"[\s-](?:Airlines?|Airways|Ocean|Sea\b|Gulf\b|Strait|Cypriots?|University|Institute|Academy|Times|Post\b|Herald|"
    r"Street|Road\b)"
)
_CAPITAL_AFTER = re.compile(r"\s(?:[A-Z][a-z]+)\b")
_WORD = re.compile(r"[^\W\d_]{2,}")


def lends_site(text: str, start: int, end: int, sentence: tuple[int, int], based: bool) -> bool:
    """Whether the name of a site at start to end is part of another thing's.

    sentence: where its sentence begins and ends. based: whether a word for a base belongs to the name.
    """
    before, after = text[max(sentence[0], start - 30) : start], text[end : min(sentence[1], end + 30)]
    if _PAPER_AFTER.match(after) or _PAPER_BEFORE.search(before) or _SHIP_BEFORE.search(before):
        return True
    if based or not _CAPITAL_AFTER.match(after) or text[start:end].isupper():
        return False
    # In a headline every word has a capital, and the one after a name says nothing.
    words = _WORD.findall(text, *sentence)
    return sum(word[0].isupper() for word in words) < 0.5 * len(words)


def lends_state(text: str, end: int) -> bool:
    """Whether the name of an actor that ends at `end` is part of another thing's: the Indian Ocean."""
    return _THING_AFTER.match(text, end) is not None
