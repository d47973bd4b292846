"""Features and symbols: valid GeoJSON, in the right layer, with their quotes."""

import json
from datetime import date

from evidence_made import CLOCKWISE, GAZETTEER, evidence
from shapely.geometry import Polygon, shape

from mapdata.assessment import assess
from mapdata.layers import features, layers, ring, symbols
from mapdata.model import Filters, Status

DAY = date(2025, 2, 9)
HOSTILE = '<script>alert(1)</script> {{ 6*7 }} {% x %} ${1} "quoted" \u2028'

EVIDENCE = (
    evidence(
        "t4", "TR", Status.PROPOSED, date(2025, 2, 4), article="a", quote=HOSTILE, url="https://a.test/1"
    ),
    evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 7), article="b", voice="B"),
    evidence("t4", "TR", Status.DENIED, date(2025, 2, 6), article="c"),
    evidence("badiya", "SDF", Status.EXISTING, date(2025, 2, 1), article="d"),
    evidence("syria", "US", Status.DENIED, date(2025, 1, 1), article="e"),
    evidence("hmeimim", "RU", Status.PROPOSED, date(2014, 1, 1), article="f"),
    evidence("nowhere", "RU", Status.EXISTING, date(2025, 1, 1), article="g"),
    evidence("tartus", "RU", Status.EXISTING, None, article="h"),
)
ASSESSMENTS = assess(EVIDENCE, DAY, GAZETTEER)


def test_symbols_are_what_is_current_or_contested_and_has_a_place() -> None:
    got = [(s.site, s.actor, s.status.value, s.country, s.contested) for s in symbols(ASSESSMENTS, GAZETTEER)]
    assert got == [
        ("badiya", "SDF", "existing", None, False),
        ("t4", "TR", "proposed", "TR", True),
        ("t4", "TR", "denied", "TR", True),
    ]


def test_layers_are_by_country_and_status_those_without_a_state_last() -> None:
    made = layers(ASSESSMENTS, EVIDENCE, GAZETTEER)
    assert list(made) == [("TR", Status.PROPOSED), ("TR", Status.DENIED), ("none", Status.EXISTING)]
    for collection in made.values():
        assert collection["type"] == "FeatureCollection"
        for feature in collection["features"]:
            assert shape(feature["geometry"]).is_valid
    # The features of all layers are the symbols, one for one.
    ids = [feature["id"] for collection in made.values() for feature in collection["features"]]
    assert sorted(ids) == sorted(f"{s.site}|{s.actor}|{s.status}" for s in symbols(ASSESSMENTS, GAZETTEER))


def test_coordinates_are_lon_lat_and_rings_counter_clockwise() -> None:
    made = layers(ASSESSMENTS, EVIDENCE, GAZETTEER)
    (point, *_) = made["TR", Status.PROPOSED]["features"]
    assert point["geometry"] == {"type": "Point", "coordinates": [37.6299, 34.5226]}
    (region,) = made["none", Status.EXISTING]["features"]
    outer = region["geometry"]["coordinates"][0]
    assert not Polygon(CLOCKWISE).exterior.is_ccw
    assert Polygon(outer).exterior.is_ccw
    assert outer[0] == outer[-1] and len(outer) == len(CLOCKWISE)
    assert ring(CLOCKWISE[:-1]) == ring(CLOCKWISE)


def test_a_feature_carries_its_own_quotes_newest_first_word_for_word() -> None:
    (feature,) = layers(ASSESSMENTS, EVIDENCE, GAZETTEER)["TR", Status.PROPOSED]["features"]
    told = json.loads(json.dumps(feature))["properties"]
    assert [quote["article"] for quote in told["quotes"]] == ["b", "a"]
    assert told["quotes"][1]["quote"] == HOSTILE
    assert told["quotes"][1]["url"] == "https://a.test/1"
    assert (told["id"], told["state"], told["origins"], told["age_days"]) == (
        "t4|TR|proposed",
        "contested",
        2,
        2,
    )
    assert told["sentence"].startswith("Türkiye: proposed, contested.")


def test_what_is_said_of_a_country_as_a_whole_is_a_feature_without_a_place() -> None:
    placeless = [f["id"] for _, f in features(ASSESSMENTS, EVIDENCE, GAZETTEER) if f["geometry"] is None]
    # And so is a site that the gazetteer does not have: nothing is lost in an export.
    assert placeless == ["nowhere|RU|existing", "syria|US|denied"]


def test_filters_choose_among_the_standings() -> None:
    only = Filters(statuses=frozenset({Status.DENIED}), countries=frozenset({"TR"}))
    assert [s.status for s in symbols(ASSESSMENTS, GAZETTEER, only)] == [Status.DENIED]
    assert list(layers(ASSESSMENTS, EVIDENCE, GAZETTEER, only)) == [("TR", Status.DENIED)]
