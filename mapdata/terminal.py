"""Text from outside for a terminal or a log, which obey more signs than they show."""

from __future__ import annotations

import unicodedata

_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def harmless(text: str) -> str:
    """The text with control, direction and other unseen signs as codes: shown, never obeyed.

    Line ends and tabs stay. Codes are written as JSON writes them, so that a line of JSON stays one.
    """
    return "".join(map(_shown, text))


def _shown(sign: str) -> str:
    if sign in "\n\t" or unicodedata.category(sign) not in _STEERING:
        return sign
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
