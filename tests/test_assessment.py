"""Properties of the rule, and the words of its sentence; the cases are in test_assessment_scenarios.py."""

import random
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from evidence_made import GAZETTEER, evidence
from hypothesis import given
from hypothesis import strategies as st

from mapdata.assessment import assess
from mapdata.assessment.phrases import ENGLISH
from mapdata.assessment.sentence import age_in_words, day_in_words
from mapdata.model import SpeakerKind, StandingState, Status

DAY = date(2025, 2, 9)

reports = st.lists(
    st.tuples(
        st.sampled_from(Status),
        st.integers(0, 800),  # days before DAY
        st.sampled_from("ABCDE"),  # voice
        st.sampled_from(SpeakerKind),
    ),
    max_size=12,
)


def made(drawn):
    """Evidence of one pair: one report each, told by its own article."""
    return [
        evidence(
            "t4",
            "TR",
            status,
            DAY - timedelta(days=ago),
            article=f"a{number}",
            origin=f"o{number}",
            voice=voice,
            speaker=speaker,
        )
        for number, (status, ago, voice, speaker) in enumerate(drawn)
    ]


def but_for_articles(assessments):
    return [
        replace(one, standings=tuple(replace(standing, articles=0) for standing in one.standings))
        for one in assessments
    ]


@given(reports, st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_never_shows(drawn, chance: random.Random) -> None:
    items = made(drawn)
    mixed = list(items)
    chance.shuffle(mixed)
    assert assess(mixed, DAY, GAZETTEER) == assess(items, DAY, GAZETTEER)


@given(reports, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 400)), max_size=12))
def test_relays_change_nothing_but_the_number_of_articles(drawn, relays) -> None:
    items = made(drawn)
    told_again = []
    for number, (which, later) in enumerate(relays):
        if which < len(items):
            told = items[which]
            day = min(DAY, told.source.published + timedelta(days=later))
            told_again.append(
                replace(
                    told,
                    claim=replace(told.claim, article=f"z{number}", published=day),
                    source=replace(told.source, id=f"z{number}", outlet=f"Relay {number}", published=day),
                )
            )
    with_relays = assess(items + told_again, DAY, GAZETTEER)
    assert but_for_articles(with_relays) == but_for_articles(assess(items, DAY, GAZETTEER))
    assert sum(s.articles for one in with_relays for s in one.standings) == len(items) + len(told_again)


def test_four_of_five_relays_taken_away_leave_all_but_the_number() -> None:
    wire = [
        evidence(
            "t4",
            "TR",
            Status.PROPOSED,
            date(2025, 2, 4) + timedelta(days=number),
            article=f"a{number}",
            origin="wire",
            origin_day=date(2025, 2, 4),
            voice="wire",
        )
        for number in range(6)
    ]
    (all_six,) = assess(wire, DAY, GAZETTEER)
    (two,) = assess([wire[0], wire[3]], DAY, GAZETTEER)
    assert (all_six.standings[0].articles, two.standings[0].articles) == (6, 2)
    assert but_for_articles([all_six]) == but_for_articles([two])


@given(reports, st.integers(0, 800))
def test_what_is_published_after_the_day_is_not_known_on_it(drawn, ago: int) -> None:
    items = made(drawn)
    as_of = DAY - timedelta(days=ago)
    known = [item for item in items if item.source.published <= as_of]
    assert assess(items, as_of, GAZETTEER) == assess(known, as_of, GAZETTEER)


@given(reports)
def test_standings_hang_together(drawn) -> None:
    for one in assess(made(drawn), DAY, GAZETTEER):
        states = {standing.status: standing.state for standing in one.standings}
        contested = [status for status, state in states.items() if state is StandingState.CONTESTED]
        assert len(contested) != 1, "nothing is contested alone"
        assert one.contested == bool(contested)
        assert states.get(Status.EXISTING) is not StandingState.LAPSED
        assert states.get(Status.FORMER) is not StandingState.LAPSED
        if StandingState.CURRENT in states.values() or contested:
            assert states[one.headline] in (StandingState.CURRENT, StandingState.CONTESTED)
        for standing in one.standings:
            assert len({origin.voice for origin in standing.origins}) == len(standing.origins)
            assert sum(count for _, count in standing.speakers) == len(standing.origins)
            assert [origin.day for origin in standing.origins] == sorted(
                (origin.day for origin in standing.origins), reverse=True
            )
            assert standing.first <= standing.newest == DAY - timedelta(days=standing.age_days)
            assert standing.newest == standing.origins[0].day
        assert "confirmed" not in one.sentence


def test_an_undated_claim_is_counted_and_moves_nothing() -> None:
    (alone,) = assess([evidence("t4", "TR", Status.EXISTING, None)], DAY, GAZETTEER)
    assert (alone.standings, alone.headline, alone.contested, alone.undated) == ((), None, False, 1)
    assert alone.sentence == ("Türkiye: no dated report. One undated claim is listed and moves no status.")


def test_an_origin_without_a_day_takes_that_of_the_article() -> None:
    item = evidence("t4", "TR", Status.EXISTING, date(2025, 2, 1), origin_day=None)
    assert assess([item], DAY, GAZETTEER)[0].standings[0].newest == date(2025, 2, 1)


def test_a_voice_that_speaks_twice_is_one_origin_the_newest_of_the_two() -> None:
    items = [
        evidence("t4", "RU", Status.EXISTING, date(2016, 1, 1), article="a", voice="owner"),
        evidence("t4", "RU", Status.EXISTING, date(2025, 1, 1), article="b", voice="owner"),
    ]
    (standing,) = assess(items, DAY, GAZETTEER)[0].standings
    assert [origin.id for origin in standing.origins] == ["o-b"]
    assert (standing.first, standing.newest) == (date(2016, 1, 1), date(2025, 1, 1))


def test_the_speaker_is_whom_the_first_article_to_name_one_names() -> None:
    wire = {"origin": "wire", "voice": "wire", "origin_day": date(2025, 2, 4)}
    items = [
        evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 4), article="a", **wire),
        evidence(
            "t4",
            "TR",
            Status.PROPOSED,
            date(2025, 2, 5),
            article="b",
            speaker=SpeakerKind.HOST,
            **wire,
        ),
    ]
    assert assess(items, DAY, GAZETTEER)[0].standings[0].speakers == ((SpeakerKind.HOST, 1),)


def test_ids_that_the_gazetteer_does_not_have_stand_for_themselves() -> None:
    (one,) = assess([evidence("nowhere", "XX", Status.EXISTING, DAY)], DAY, GAZETTEER)
    assert one.sentence.startswith("XX: existing. ")


def test_the_sentence_of_a_contested_plan() -> None:
    items = [
        evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 4), article="a", voice="A"),
        evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 7), article="b", voice="B"),
        evidence(
            "t4",
            "TR",
            Status.DENIED,
            date(2025, 2, 6),
            article="c",
            voice="C",
            speaker=SpeakerKind.UNNAMED_OFFICIAL,
        ),
    ]
    assert assess(items, DAY, GAZETTEER)[0].sentence == (
        "Türkiye: proposed, contested. Two independent origins since 4 February 2025 report a plan; "
        "one denies it (an unnamed official). Newest evidence 2 days old."
    )


def test_the_sentence_says_in_words_who_says_it() -> None:
    kinds = (SpeakerKind.ACTOR, SpeakerKind.UNNAMED_OFFICIAL, SpeakerKind.UNNAMED_OFFICIAL)
    items = [
        evidence("t4", "TR", Status.EXISTING, DAY, article=f"a{i}", voice=str(i), speaker=kind)
        for i, kind in enumerate(kinds)
    ]
    assert (
        "(one of them the actor itself, two unnamed officials)" in assess(items, DAY, GAZETTEER)[0].sentence
    )


def test_an_old_headline_beside_a_new_denial_says_which_is_old() -> None:
    items = [
        evidence("t4", "IR", Status.EXISTING, date(2023, 1, 9), article="a", voice="A"),
        evidence("t4", "IR", Status.DENIED, date(2025, 2, 7), article="b", voice="B"),
    ]
    assert assess(items, DAY, GAZETTEER)[0].sentence.endswith(
        "Newest evidence 2 days old; no recent report of a presence, the newest of these 2 years old."
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "less than a day old"),
        (1, "1 day old"),
        (365, "365 days old"),
        (366, "12 months old"),
        (427, "14 months old"),
        (729, "23 months old"),
        (730, "2 years old"),
        (3653, "10 years old"),
    ],
)
def test_ages_have_units(days: int, said: str) -> None:
    assert age_in_words(days) == said


def test_days_are_written_out() -> None:
    assert day_in_words(date(2025, 2, 4)) == "4 February 2025"


@given(reports)
def test_every_state_that_the_rule_can_reach_has_its_words(drawn) -> None:
    for one in assess(made(drawn), DAY, GAZETTEER):
        assert one.sentence.endswith(".") and "{" not in one.sentence
    assert set(ENGLISH["headline"]) == set(ENGLISH["what"]) == {status.value for status in Status}


def test_a_hundred_thousand_claims_take_about_a_second() -> None:
    chance = random.Random(7)
    sites, actors = [f"s{i}" for i in range(150)], list(GAZETTEER.actors)
    items = [
        evidence(
            chance.choice(sites),
            chance.choice(actors),
            chance.choice(list(Status)),
            DAY - timedelta(days=chance.randrange(4000)),
            article=f"a{i}",
            voice=f"v{i % 200}",
        )
        for i in range(100_000)
    ]
    start = time.perf_counter()
    assessments = assess(items, DAY, GAZETTEER)
    took = time.perf_counter() - start
    assert len(assessments) == 900
    # Two seconds on a quiet machine would be slow; a loaded one gets a margin, a quadratic loop none.
    assert took < 6, f"{took:.1f} s"
