"""What the filters do, and what they must never do: change a standing by hiding its contradiction."""

from dataclasses import replace
from datetime import date, timedelta

from evidence_made import GAZETTEER, evidence

from mapdata.model import Filters, Source, Status, VerdictKind
from mapdata.outlets import load_outlets
from mapdata.selection import evidence_of, select

TODAY = date(2025, 2, 9)

EVIDENCE = (
    evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 4), article="plan-1", voice="A"),
    evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 7), article="plan-2", voice="B"),
    evidence("t4", "TR", Status.DENIED, date(2025, 2, 6), article="denial", voice="C"),
    evidence("hmeimim", "RU", Status.EXISTING, date(2023, 5, 1), article="base", voice="A"),
    evidence("tartus", "RU", Status.EXISTING, None, article="undated"),
    evidence("badiya", "SDF", Status.FORMER, date(2024, 12, 1), article="left", voice="A"),
    evidence("syria", "US", Status.DENIED, date(2025, 1, 1), article="whole", voice="A"),
    evidence("tartus", "TR", Status.EXISTING, date(2025, 3, 1), article="later"),
)


def drawn(filters: Filters):
    chosen = select(EVIDENCE, filters, GAZETTEER, TODAY)
    return {(symbol.site, symbol.actor, symbol.status.value) for symbol in chosen.symbols}


ALL = {
    ("t4", "TR", "proposed"),
    ("t4", "TR", "denied"),
    ("hmeimim", "RU", "existing"),
    ("badiya", "SDF", "former"),
}


def test_without_filters_all_that_is_known_today() -> None:
    chosen = select(EVIDENCE, Filters(), GAZETTEER, TODAY)
    assert drawn(Filters()) == ALL
    assert (chosen.claims, chosen.total, chosen.origins, chosen.undated) == (7, 8, 7, 1)
    assert [item.claim.article for item in chosen.country_wide] == ["whole"]
    assert chosen.as_of == TODAY
    assert [(one.site, one.actor) for one in chosen.assessments] == sorted(
        {(item.claim.site, item.claim.actor) for item in chosen.evidence}
    )


def test_as_of_shows_what_could_be_read_on_that_day() -> None:
    chosen = select(EVIDENCE, Filters(as_of=date(2025, 2, 5)), GAZETTEER, TODAY)
    assert {item.claim.article for item in chosen.evidence} == {"plan-1", "base", "undated", "left", "whole"}
    assert not any(one.contested for one in chosen.assessments)
    assert ("tartus", "TR", "existing") in drawn(Filters(as_of=date(2025, 3, 1)))


def test_from_and_to_go_by_the_day_of_publication_and_include_both_ends() -> None:
    window = Filters(from_day=date(2025, 2, 4), to_day=date(2025, 2, 6))
    assert drawn(window) == {("t4", "TR", "proposed"), ("t4", "TR", "denied")}
    chosen = select(EVIDENCE, window, GAZETTEER, TODAY)
    assert {item.claim.article for item in chosen.evidence} == {"plan-1", "denial", "undated"}


def test_what_is_shown_is_restricted_without_touching_a_standing() -> None:
    chosen = select(EVIDENCE, Filters(statuses=frozenset({Status.PROPOSED})), GAZETTEER, TODAY)
    (symbol,) = chosen.symbols
    assert symbol.contested, "the denial is out of view, and the plan is contested all the same"
    assert {item.claim.article for item in chosen.evidence} == {"plan-1", "plan-2"}
    assert len(chosen.window) == 7


def test_actor_country_and_site() -> None:
    assert drawn(Filters(actors=frozenset({"RU"}))) == {("hmeimim", "RU", "existing")}
    assert drawn(Filters(countries=frozenset({"none"}))) == {("badiya", "SDF", "former")}
    assert drawn(Filters(countries=frozenset({"none", "RU"}))) == {
        ("badiya", "SDF", "former"),
        ("hmeimim", "RU", "existing"),
    }
    assert drawn(Filters(sites=frozenset({"t4"}))) == {("t4", "TR", "proposed"), ("t4", "TR", "denied")}


def test_origins_and_age_restrict_standings() -> None:
    two = select(EVIDENCE, Filters(min_origins=2), GAZETTEER, TODAY)
    assert [(s.site, s.status, s.origins) for s in two.symbols] == [("t4", Status.PROPOSED, 2)]
    assert {item.claim.article for item in two.evidence} == {"plan-1", "plan-2"}
    assert drawn(Filters(recent=100)) == {
        ("t4", "TR", "proposed"),
        ("t4", "TR", "denied"),
        ("badiya", "SDF", "former"),
    }


def test_reviewed_leaves_what_a_person_accepted() -> None:
    assert drawn(Filters(reviewed=True)) == set()
    judged = [
        replace(item, claim=replace(item.claim, review=VerdictKind.ACCEPTED)) if item.claim.article == "base" else item
        for item in EVIDENCE
    ]
    left = select(judged, Filters(reviewed=True), GAZETTEER, TODAY).symbols
    assert {(s.site, s.actor, s.status.value) for s in left} == {("hmeimim", "RU", "existing")}


def test_facets_count_under_the_other_filters() -> None:
    facets = select(
        EVIDENCE, Filters(statuses=frozenset({Status.DENIED}), actors=frozenset({"TR"})), GAZETTEER, TODAY
    ).facets
    assert facets.statuses == {
        Status.EXISTING: 0,
        Status.PROPOSED: 1,
        Status.DENIED: 1,
        Status.FORMER: 0,
    }
    # The whole-country denial counts too: it is shown, in the list.
    assert facets.actors == {"TR": 1, "US": 1, "RU": 0, "SDF": 0}
    assert facets.countries == {"TR": 1, "US": 0, "RU": 0, "none": 0}
    assert facets.sites == {"t4": 1, "hmeimim": 0, "tartus": 0, "badiya": 0, "syria": 0}


def test_facets_count_what_is_drawn_where_nothing_is_filtered() -> None:
    chosen = select(EVIDENCE, Filters(), GAZETTEER, TODAY)
    for facet in (chosen.facets.statuses, chosen.facets.countries, chosen.facets.actors, chosen.facets.sites):
        assert sum(facet.values()) == len(ALL) + 1


def test_evidence_of_joins_claims_with_articles_and_origins() -> None:
    claims = [item.claim for item in EVIDENCE]
    sources = {item.claim.article: item.source for item in EVIDENCE}
    joined = evidence_of(claims, sources, load_outlets())
    assert [item.claim for item in joined] == claims
    assert all(isinstance(item.source, Source) and item.source.id == item.claim.article for item in joined)
    # All are the same outlet's, so they are one voice.
    assert len({item.origin.voice for item in joined}) == 1


def test_the_day_is_an_argument() -> None:
    old = select(EVIDENCE, Filters(), GAZETTEER, TODAY + timedelta(days=4000))
    assert {(s.site, s.actor, s.status.value) for s in old.symbols} == {
        ("hmeimim", "RU", "existing"),
        ("tartus", "TR", "existing"),
        ("badiya", "SDF", "former"),
    }
