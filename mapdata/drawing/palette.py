"""Colours of countries: eight that stay apart for colour-blind readers, and a grey for all others.

The hues are those of Okabe and Ito's set (Color Universal Design, 2008), darkened until white writing on them
has a contrast of 4.5:1 or better; a test measures that, and the distances as people with deuteranopia and
protanopia see them. Colour is never alone: the code in the pill tells actors apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """One slot of the palette. slot: 0 to 7, 8 is the neutral one. value: `#rrggbb`."""

    slot: int
    name: str
    value: str


COLOURS = tuple(
    Colour(slot, name, value)
    for slot, (name, value) in enumerate(
        [
            ("red", "#ca0214"),
            ("blue", "#087da9"),
            ("indigo", "#3830b1"),
            ("green", "#177c51"),
            ("plum", "#930873"),
            ("leaf", "#478233"),
            ("navy", "#21324a"),
            ("brown", "#4a2408"),
        ]
    )
)
NEUTRAL = Colour(8, "grey", "#6c7075")


def assign(used: Iterable[tuple[str | None, int]]) -> dict[str | None, Colour]:
    """Colours by country, the most used first; equals in the order of their codes; from the ninth on grey.

    used: (country of the layer, how often) over the whole data, not over what a filter leaves, so that a
    filter never changes a colour. A country that occurs twice is summed. None (actors without a state)
    competes like a country. Ask with `colour_of`: a country that is missing here is grey.
    """
    sums: dict[str | None, int] = {}
    for country, count in used:
        sums[country] = sums.get(country, 0) + count
    ranked = sorted((c for c, n in sums.items() if n > 0), key=lambda c: (-sums[c], c is None, c or ""))
    return {c: COLOURS[i] if i < len(COLOURS) else NEUTRAL for i, c in enumerate(ranked)}


def colour_of(palette: Mapping[str | None, Colour], country: str | None) -> Colour:
    return palette.get(country, NEUTRAL)


def mixed(value: str, other: str, share: float) -> str:
    """`value` with a share (0 to 1) of another colour in it, mixed in sRGB as renderers do."""
    pairs = zip(channels(value), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def channels(value: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, 0 to 255 each."""
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)
