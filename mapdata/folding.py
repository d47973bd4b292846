"""Names folded to what they have in common, so that Tal-Baydar, Tall Baydar's and TAL BAYDAR compare.

For comparing names with names (two entries of a gazetteer, an outlet as an article writes it). Finding
names in running text needs boundaries, inflection and offsets, and is the business of `mapdata.reading`.
"""

from __future__ import annotations

import unicodedata

# Signs that writers put in and leave out at will: apostrophes, ayn and hamza in transliteration, the
# Arabic kashida and the joiners that carry no sound.
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼʻʿʾ`´′ʹ\u0640\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff"))

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """The name in lower case, without diacritics and apostrophes, every other sign a single space.

    >>> fold("Tal-Baydar"), fold("Ra's al-‘Ayn"), fold("İdlib")
    ('tal baydar', 'ras al ayn', 'idlib')
    """
    bare = unicodedata.normalize("NFKD", text.translate(_DROPPED).casefold())
    kept = (sign for sign in bare if not unicodedata.combining(sign))
    letters = "".join(kept).translate(_LETTERS)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())
