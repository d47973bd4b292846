"""Filters as words: lossless, canonical, and a message for whatever is wrong."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapdata.errors import FilterError
from mapdata.filters import WORDS, check_against, parse, to_words
from mapdata.model import Actor, ActorKind, Filters, Gazetteer, Site, SiteKind, Status, Theatre

IDS = st.from_regex(r"\w[\w.-]{0,11}", fullmatch=True)
COUNTRIES = st.sampled_from(["TR", "RU", "US", "NO", "none"])


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    return Filters(
        from_day=days[0] if draw(st.booleans()) else None,
        to_day=days[1] if draw(st.booleans()) else None,
        as_of=draw(st.none() | st.dates()),
        actors=draw(st.frozensets(IDS, max_size=3)),
        countries=draw(st.frozensets(COUNTRIES, max_size=3)),
        statuses=draw(st.frozensets(st.sampled_from(Status))),
        sites=draw(st.frozensets(IDS, max_size=3)),
        min_origins=draw(st.integers(1, 1000)),
        reviewed=draw(st.booleans()),
        recent=draw(st.none() | st.integers(0, 10_000)),
    )


@settings(deadline=None, derandomize=True)
@given(filters())
def test_words_lose_nothing(given_filters: Filters) -> None:
    words = to_words(given_filters)
    assert parse(words) == given_filters
    assert [word for word in WORDS if word in words] == list(words)


@settings(deadline=None, derandomize=True)
@given(filters())
def test_repeated_words_say_the_same_as_commas(given_filters: Filters) -> None:
    words = to_words(given_filters)
    assert parse({word: value.split(",") for word, value in words.items()}) == given_filters


def test_defaults_are_left_out() -> None:
    assert to_words(Filters()) == {}
    assert parse({}) == Filters()
    assert parse({"from": "", "actor": [" ", ","], "min_origins": "1", "reviewed": "0"}) == Filters()


def test_words_are_canonical() -> None:
    messy = {
        "site": "t4,hmeimim,t4",
        "status": "FORMER, existing",
        "country": ["none", "tr"],
        "reviewed": "Yes",
    }
    assert to_words(parse(messy)) == {
        "country": "TR,none",
        "status": "existing,former",
        "site": "hmeimim,t4",
        "reviewed": "1",
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"from": "today"}, "from: 'today' is no day: write it as 2025-02-04"),
        ({"as_of": "2025-02-30"}, "as_of: '2025-02-30' is no day: write it as 2025-02-04"),
        ({"to": "20250204"}, "to: '20250204' is no day: write it as 2025-02-04"),
        ({"to": "٢٠٢٥-٠٢-٠٤"}, "to: '٢٠٢٥-٠٢-٠٤' is no day: write it as 2025-02-04"),
        ({"from": ["2025-01-01", "2025-01-02"]}, "from: takes one value, not '2025-01-01', '2025-01-02'"),
        (
            {"from": "2025-02-04", "to": "2025-02-03"},
            "from 2025-02-04 is after to 2025-02-03: exchange them",
        ),
        ({"country": "Syria"}, "country: 'Syria' is no country: two letters such as TR, or 'none'"),
        ({"status": "planned"}, "unknown status 'planned': allowed: existing, proposed, denied, former"),
        ({"min_origins": "0"}, "min_origins: '0' is no whole number from 1 to 1000000"),
        ({"recent": "-3"}, "recent: '-3' is no whole number from 0 to 1000000"),
        ({"recent": "9" * 5000}, "is no whole number"),
        ({"reviewed": "maybe"}, "reviewed: 'maybe' is neither 1 nor 0"),
        ({"site": "<script>"}, "site: '<script>' is no id"),
        ({"actors": "TR"}, "unknown filter 'actors': did you mean 'actor'?"),
        ({"zoom": "3"}, "unknown filter 'zoom': allowed: from, to, as_of, actor"),
    ],
)
def test_bad_words_are_quoted_with_what_is_allowed(words: dict, message: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse(words)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_faults_at_once() -> None:
    with pytest.raises(FilterError) as caught:
        parse({"from": "x", "status": "y,existing,z", "colour": "red"})
    for word in ("'x'", "'y'", "'z'", "'colour'"):
        assert word in str(caught.value)


def test_filters_that_no_words_can_say_are_refused() -> None:
    with pytest.raises(FilterError, match="cannot be written"):
        to_words(Filters(sites=frozenset({"a,b"})))
    with pytest.raises(FilterError):
        to_words(Filters(from_day=date(2025, 2, 4), to_day=date(2025, 2, 3)))


GAZETTEER = Gazetteer(
    theatre=Theatre("Syria", (35.0, 32.0, 42.6, 37.6), ("en",)),
    actors={
        "TR": Actor("TR", "Türkiye", ActorKind.STATE, "TR", "TR", {"en": ("Turkey", "Türkiye")}),
        "SDF": Actor("SDF", "Syrian Democratic Forces", ActorKind.ARMED_GROUP, None, "SDF", {"en": ("SDF",)}),
    },
    sites={
        "t4": Site("t4", "T4 Air Base", SiteKind.AIR_BASE, "SY", 34.5, 37.6, {"en": ("T4", "Tiyas")}),
        "hmeimim": Site("hmeimim", "Hmeimim", SiteKind.AIR_BASE, "SY", 35.4, 35.9, {"en": ("Khmeimim",)}),
    },
    version="0" * 12,
)


def test_what_the_gazetteer_knows_passes() -> None:
    check_against(parse({"site": "t4", "actor": "SDF,TR", "country": "none"}), GAZETTEER)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"site": "tiyas"}, "site: the gazetteer has no 'tiyas': did you mean 't4'?"),
        ({"site": "hmeymim"}, "site: the gazetteer has no 'hmeymim': did you mean 'hmeimim'?"),
        ({"site": "paris"}, "site: the gazetteer has no 'paris': it has to be an id of the gazetteer"),
        ({"actor": "tr"}, "actor: the gazetteer has no 'tr': did you mean 'TR'?"),
        ({"actor": "Turkiye"}, "actor: the gazetteer has no 'Turkiye': did you mean 'TR'?"),
        ({"country": "FR"}, "country: no actor of the gazetteer belongs to 'FR': there are TR, none"),
    ],
)
def test_what_the_gazetteer_does_not_know_is_said_with_what_is_near(words: dict, message: str) -> None:
    with pytest.raises(FilterError) as caught:
        check_against(parse(words), GAZETTEER)
    assert message in str(caught.value)
