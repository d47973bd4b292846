"""The still map: measures that hold, and rows of pills that hide no other and stay on the map."""

import math
from itertools import combinations

import pytest
from bulk import DAY, bulk
from evidence_made import GAZETTEER
from hypothesis import given
from hypothesis import strategies as st

from mapdata.drawing import basemap, still
from mapdata.drawing.placing import Block, crosses, place
from mapdata.model import Filters, Status, Symbol
from mapdata.selection import select

FRAME = still.frame_of(GAZETTEER.theatre.bounds, 880, 860)


def overlap(a, b) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def symbol(site: str, actor: str, status: Status = Status.EXISTING) -> Symbol:
    return Symbol(site, actor, status, None, False, 1, 1, 10)


def test_the_frame_holds_the_theatre_and_keeps_shapes() -> None:
    west, south, east, north = GAZETTEER.theatre.bounds
    left, bottom = FRAME.project(west, south)
    right, top = FRAME.project(east, north)
    assert 0 < left < right < FRAME.width and 0 < top < bottom < FRAME.height
    # Mercator: a kilometre is as long to the north as to the east, at one latitude.
    x1, y1 = FRAME.project(38.0, 35.0)
    x2, y2 = FRAME.project(38.01, 35.01)
    assert (x2 - x1) * 1 / math.cos(math.radians(35)) == pytest.approx(y1 - y2, rel=1e-3)


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    km, pixels = still.scale_bar(FRAME)
    lat = FRAME.middle_lat
    degrees = km / (111.195 * math.cos(math.radians(lat)))
    assert FRAME.project(38 + degrees, lat)[0] - FRAME.project(38, lat)[0] == pytest.approx(pixels, rel=1e-3)


@given(
    st.lists(
        st.tuples(st.integers(100, 780), st.integers(100, 700), st.integers(60, 160)),
        max_size=14,
        unique=True,
    )
)
def test_rows_of_pills_hide_none_and_stay_on_the_map(spots) -> None:
    blocks = [Block(x, y, width, 40) for x, y, width in spots]
    rects = place(blocks, (0, 0, 880, 800))
    for rect in rects:
        assert rect[0] >= 0 and rect[1] >= 0 and rect[2] <= 880 and rect[3] <= 800
    assert not [pair for pair in combinations(rects, 2) if overlap(*pair)]


def test_a_line_crosses_a_rectangle_only_where_it_goes_through() -> None:
    assert crosses((0, 0, 10, 10), (4, 4, 6, 6))
    assert not crosses((0, 0, 3, 3), (4, 4, 6, 6))
    assert not crosses((0, 5, 10, 5), (4, 6, 6, 8))


def test_each_symbol_has_one_pill_within_its_sites_block() -> None:
    symbols = [symbol("t4", actor, status) for actor in ("TR", "RU", "US") for status in Status]
    symbols += [symbol("badiya", "IR"), symbol("syria", "US")]
    placed = still.placed(symbols, GAZETTEER, FRAME)
    assert [site.site.id for site in placed] == ["t4", "badiya"]  # a country is no point
    assert [one.symbol for site in placed for one in site.pills] == symbols[:-1]
    for site in placed:
        for one in site.pills:
            assert site.left <= one.left and one.left + one.width <= site.right
            assert site.top <= one.top and one.top + 22 <= site.bottom
    assert placed[1].area and not placed[0].area


def test_where_not_all_pills_have_room_each_site_says_how_many_more_it_has() -> None:
    gazetteer, made = bulk(1000)
    chosen = select(made, Filters(), gazetteer, DAY)
    frame = still.frame_of(gazetteer.theatre.bounds, 880, 860)
    placed = still.placed(chosen.symbols, gazetteer, frame)
    drawn = {one.symbol for site in placed for one in site.pills if one.symbol}
    more = sum(int(one.code) for site in placed for one in site.pills if one.symbol is None)
    assert more > 100 and len(drawn) + more == len(chosen.symbols)
    assert {site.site.id for site in placed} == {symbol.site for symbol in chosen.symbols}
    for site in placed:
        assert site.left >= 0 and site.right <= frame.width and site.top >= 0 and site.bottom <= frame.height
        assert site.pills[0].symbol is not None


def test_the_packaged_base_layer_unpacks_to_closed_rings_around_the_theatre() -> None:
    shapes = still.ground(basemap.load(GAZETTEER), FRAME, {"SY"})
    assert shapes.theatre and shapes.land and shapes.borders
    for polygon in shapes.theatre:
        for ring in polygon:
            assert math.dist(ring[0], ring[-1]) < 0.01
    xs = [x for polygon in shapes.theatre for ring in polygon for x, _ in ring]
    assert 0 < min(xs) < 0.3 * FRAME.width and 0.7 * FRAME.width < max(xs) < FRAME.width
