"""Which claims go back to one report."""

import hashlib
import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_made import ACTOR, OTHER_ACTOR, OTHER_SITE, SITE, article, claim, crediting

from mapdata.model import Status
from mapdata.origins import assign, copies, group_articles, signature, source_of
from mapdata.origins.copies import similarity
from mapdata.outlets import load_outlets

OUTLETS = load_outlets()
# Words drawn by lot: two different seeds have no run of five words in common.
VOCABULARY = [f"word{number}" for number in range(5000)]


def words(seed: int, count: int = 80) -> str:
    return "Troops are at the base. " + " ".join(random.Random(seed).choices(VOCABULARY, k=count))


def told(seed, outlet, day, *said, **more):
    """An article and its claims; each of `said` is (site, actor, status, attribution)."""
    one = article(words(seed), outlet=outlet, published=day, **more)
    made = []
    for site, actor, status, by in said:
        made.append(claim(one, site=site, actor=actor, status=Status(status), said=by))
    return one, made


def claimed(status="existing", by=None, site=SITE, actor=ACTOR):
    return site, actor, status, by


def origins(*tellings):
    """The origin of each claim of each telling, as lists."""
    found = iter(
        assign(
            [one for _, claims in tellings for one in claims],
            {one.id: source_of(one) for one, _ in tellings},
            OUTLETS,
        )
    )
    return [[next(found) for _ in claims] for _, claims in tellings]


def ids(*tellings):
    return [[origin.id for origin in found] for found in origins(*tellings)]


def day(number: int, month: int = 2, year: int = 2025) -> date:
    return date(year, month, number)


# --- credits ---------------------------------------------------------------------------------------------


def test_relays_of_a_wire_that_is_not_here_are_one_origin():
    relays = [
        told(1, "Orontes Wire", day(4), claimed("proposed", crediting("Reuters"))),
        told(2, "Jazira Post", day(5), claimed("proposed", crediting("reuters.com"))),
        told(3, None, day(9), claimed("proposed", crediting("Reuters"))),
    ]
    (first,), (second,), (third,) = origins(*relays)
    assert first == second == third
    assert (first.outlet, first.day) == ("Reuters", day(4))
    assert first.voice == OUTLETS.voice("Reuters", "")


def test_the_wire_itself_is_the_origin_of_its_relays_and_its_id_does_not_depend_on_them():
    wire = told(1, "Reuters", day(4), claimed(), claimed("denied"))
    relays = [told(n, f"Paper {n}", day(3 + n), claimed(by=crediting("Reuters"))) for n in range(2, 6)]
    alone = origins(wire)
    assert alone[0][0] == alone[0][1]
    together = origins(wire, *relays)
    assert {origin for found in together for origin in found} == {alone[0][0]}
    assert origins(wire, relays[0])[0] == alone[0]


def test_an_outlet_that_credits_itself_tells_its_own_report():
    wire = told(1, "Reuters", day(4), claimed(by=crediting("Reuters")))
    plain = told(1, "Reuters", day(4), claimed())
    assert origins(wire) == origins(plain)


def test_two_independent_reports_of_one_thing_stay_apart():
    found = origins(told(1, "Orontes Wire", day(4), claimed()), told(2, "Jazira Post", day(4), claimed()))
    assert found[0][0].id != found[1][0].id
    assert found[0][0].voice != found[1][0].voice


def test_relays_of_two_wires_stay_apart():
    one = told(1, "Orontes Wire", day(4), claimed(by=crediting("Reuters")))
    other = told(2, "Jazira Post", day(4), claimed(by=crediting("AFP")))
    assert ids(one)[0] != ids(one, other)[1]
    assert ids(one, other)[0] != ids(one, other)[1]


def test_one_article_relays_a_wire_and_carries_a_denial_of_its_own():
    mixed = told(1, "Orontes Wire", day(5), claimed("proposed", crediting("Reuters")), claimed("denied"))
    wire = told(2, "Reuters", day(4), claimed("proposed"))
    (plan, denial), (report,) = origins(mixed, wire)
    assert plan == report
    assert denial.id != plan.id
    assert (denial.outlet, denial.day) == ("Orontes Wire", day(5))


def test_the_same_wire_a_year_later_is_another_report():
    one = told(1, "Orontes Wire", day(4), claimed(by=crediting("Reuters")))
    later = told(2, "Jazira Post", day(4, year=2026), claimed(by=crediting("Reuters")))
    wire = told(3, "Reuters", day(4), claimed())
    first, second, report = ids(one, later, wire)
    assert first == report
    assert second != report
    assert ids(one, later)[0] != ids(one, later)[1]


def test_days_chain_but_not_without_end():
    days = [day(1), day(9), day(17), day(25), day(5, month=3)]
    found = ids(*(told(n, f"Paper {n}", on, claimed(by=crediting("AFP"))) for n, on in enumerate(days)))
    assert found[0] == found[1] == found[2]
    assert found[3] == found[4] != found[0], "more than 21 days after the first"


def test_a_day_that_the_text_gives_counts_more_than_the_articles_own():
    early = told(1, "Orontes Wire", day(4), claimed(by=crediting("AFP")))
    late = told(2, "Jazira Post", day(20, month=6), claimed(by=crediting("AFP", "2025-02-03")))
    (first,), (second,) = origins(early, late)
    assert first == second
    assert first.day == day(3)
    another = told(3, "Jazira Post", day(8), claimed(by=crediting("AFP", "2025-02-07")))
    found = ids(early, late, another)
    assert found[2] != found[1], "two relays name two days"


def test_a_month_that_the_text_gives_finds_the_one_report_of_that_month():
    wire = told(1, "AFP", day(14, month=1), claimed())
    late = told(2, "Jazira Post", day(20, month=6), claimed(by=crediting("AFP", "2025-01")))
    assert ids(wire, late)[0] == ids(wire, late)[1]
    other = told(3, "AFP", day(14, month=3), claimed())
    assert ids(other, late)[0] != ids(other, late)[1]
    relay = told(4, "Orontes Wire", day(15, month=1), claimed(by=crediting("AFP")))
    assert ids(relay, late)[0] == ids(relay, late)[1]


def test_relays_of_other_claims_are_other_reports():
    here = told(1, "Orontes Wire", day(4), claimed(by=crediting("AFP")))
    there = told(2, "Jazira Post", day(4), claimed(by=crediting("AFP"), site=OTHER_SITE))
    both = told(
        3, "Paper", day(5), claimed(by=crediting("AFP")), claimed(by=crediting("AFP"), site=OTHER_SITE)
    )
    assert ids(here, there)[0] != ids(here, there)[1]
    first, _, third = ids(here, there, both)
    assert third == [first[0]] * 2, "most of it is told by the earlier one"


def test_a_relay_of_a_relay_goes_back_to_the_first():
    wire = told(1, "Reuters", day(4), claimed())
    relay = told(2, "Orontes Wire", day(5), claimed(by=crediting("Reuters")))
    again = told(3, "Jazira Post", day(6), claimed(by=crediting("Orontes Wire")))
    found = origins(again, relay, wire)
    assert found[0] == found[1] == found[2]
    without = origins(again, relay)
    assert without[0] == without[1]
    assert without[0][0].outlet == "Reuters"


def test_two_that_credit_each_other_are_one():
    one = told(1, "Orontes Wire", day(4), claimed(by=crediting("Jazira Post")))
    other = told(2, "Jazira Post", day(5), claimed(by=crediting("Orontes Wire")))
    assert ids(one, other)[0] == ids(one, other)[1]


@pytest.mark.parametrize("text", range(3, 9))
def test_undated_relays_of_one_wire_are_one_through_the_one_that_shares_claims_with_each(text):
    wire = crediting("AFP")
    first = told(1, "Orontes Wire", None, claimed(by=wire))
    second = told(2, "Jazira Post", None, claimed(site=OTHER_SITE, by=wire))
    # By its hash, which the text decides, it comes before, between or after them.
    both = told(text, "Tadmur Online", None, claimed(by=wire), claimed(site=OTHER_SITE, by=wire))
    assert len({id for found in ids(first, second, both) for id in found}) == 1
    # Without it nothing says that the other two tell one report.
    assert ids(first, second)[0] != ids(first, second)[1]


def test_undated_articles_join_only_what_cannot_be_mistaken():
    undated = told(1, "Orontes Wire", None, claimed(by=crediting("AFP")))
    one = told(2, "AFP", day(4), claimed())
    other = told(3, "AFP", day(4, month=6), claimed())
    assert ids(undated, one)[0] == ids(undated, one)[1]
    assert ids(undated, one, other)[0] not in ids(one, other)
    assert origins(undated)[0][0].day is None
    relay = told(4, "Jazira Post", day(4), claimed(by=crediting("AFP")))
    assert ids(undated, relay)[0] == ids(undated, relay)[1]


def test_outlets_of_one_owner_are_one_voice_and_unknown_ones_their_own():
    found = origins(
        told(1, "Sabah", day(4), claimed()),
        told(2, "Daily Sabah", day(4), claimed()),
        told(3, "The Orontes Wire", day(4), claimed()),
        told(4, "orontes wire", day(20), claimed()),
        told(5, None, day(4), claimed(), url="https://www.example.org/x"),
        told(6, None, day(4), claimed()),
    )
    sabah, daily, wire, same, page, nobody = [origin for (origin,) in found]
    assert sabah.id != daily.id
    assert sabah.voice == daily.voice
    assert wire.id != same.id
    assert wire.voice == same.voice
    assert page.voice == "example.org"
    assert (nobody.outlet, nobody.voice) == (None, told(6, None, day(4))[0].id)


# --- copies ----------------------------------------------------------------------------------------------


def copy_of(original, outlet, on, text=None):
    one, claims = original
    new = article(text or one.text, outlet=outlet, published=on)
    return new, [replace(claim, article=new.id, published=on) for claim in claims]


def test_copies_share_the_origin_of_the_earliest():
    original = told(1, "Orontes Wire", day(4), claimed(), claimed("denied"))
    longer = original[0].text + " " + words(2, 20)
    copied = copy_of(original, "Jazira Post", day(6), longer.upper())
    copied = (copied[0], [replace(one, quote=one.quote.upper()) for one in copied[1]])
    late = copy_of(original, None, None)
    found = origins(late, copied, original)
    assert {origin for each in found for origin in each} == {origins(original)[0][0]}


def test_a_copy_that_lost_the_credit_goes_where_the_other_says():
    relay = told(1, "Orontes Wire", day(5), claimed(by=crediting("Reuters")), claimed("denied"))
    copied = copy_of(relay, "Jazira Post", day(4))
    copied[1][0] = replace(copied[1][0], attribution=relay[1][1].attribution)
    (plan, denial), (its_plan, its_denial) = origins(relay, copied)
    assert plan == its_plan
    assert plan.outlet == "Reuters"
    assert denial == its_denial
    assert denial.outlet == "Jazira Post"


def test_the_credited_outlets_own_text_is_no_copy_of_its_copies():
    wire = told(1, "Reuters", day(4), claimed())
    relay = copy_of(wire, "Orontes Wire", day(4))
    relay[1][0] = replace(relay[1][0], attribution=crediting("Reuters"))
    assert origins(wire, relay) == origins(wire) * 2


def test_what_an_outlet_prints_again_after_months_it_says_again():
    one = told(1, "Orontes Wire", day(4), claimed())
    again = copy_of(one, "Orontes Wire", day(4, month=6), one[0].text + " Updated in June.")
    soon = copy_of(one, "Orontes Wire", day(6), one[0].text + " Updated once.")
    assert ids(one, again)[0] != ids(one, again)[1]
    assert ids(one, soon)[0] == ids(one, soon)[1]


def test_a_signature_depends_on_the_words_alone_and_stays_what_it_is():
    text = " ".join(f"word{number}" for number in range(60))
    assert hashlib.sha256(signature(text)).hexdigest()[:16] == "0cea14dd00543404", (
        "signatures are stored: where they change, a migration of the store has to make them anew"
    )
    assert signature(f"«{text.upper()}»,\n") == signature(text)
    assert len(signature(text)) == 512
    assert signature("word " * 24) == b"" != signature("word " * 25)


def test_similarity_estimates_the_share_of_shingles():
    base = words(1, 400).split()
    for common in (1.0, 0.7, 0.5, 0.2):
        cut = int(len(base) * common)
        other = base[:cut] + words(9, 400).split()[cut:]
        expected = common / (2 - common)
        assert similarity(signature(" ".join(base)), signature(" ".join(other))) == pytest.approx(
            expected, abs=0.13
        )
    assert similarity(b"", b"") == 0.0


def test_copies_of_many_texts_are_found_in_a_crowd():
    base = words(1, 300)
    signed = {f"c{number}": signature(f"{base} {words(100 + number, number % 90)}") for number in range(300)}
    signed |= {f"o{number}": signature(words(1000 + number)) for number in range(300)}
    signed["short"] = b""
    assert copies(signed) == {f"c{number}": "c0" for number in range(300)}
    assert copies(signed, lambda one, other: False) == {}


# --- all together ----------------------------------------------------------------------------------------


def newsroom():
    wire = told(1, "Reuters", day(4), claimed(), claimed("proposed", actor=OTHER_ACTOR))
    return [
        wire,
        told(2, "Orontes Wire", day(5), claimed(by=crediting("Reuters")), claimed("denied")),
        copy_of(wire, "Jazira Post", day(4)),
        copy_of(wire, None, None),
        told(3, "Jazira Post", day(8), claimed("denied", crediting("Orontes Wire"))),
        told(4, "Paper", None, claimed(by=crediting("AFP"))),
        told(5, "Paper", day(7), claimed(by=crediting("AFP")), claimed(by=crediting("AFP"), site=OTHER_SITE)),
        told(6, None, day(15), claimed(by=crediting("AFP", "2025-02~"))),
        told(7, "Sheet", day(15), claimed(by=crediting("AFP", "2025-02-06"), site=OTHER_SITE)),
        told(8, "Sheet", day(25, month=4), claimed(by=crediting("AFP"))),
        told(9, None, None),
    ]


@given(st.permutations(range(len(newsroom()))), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_input_does_not_matter(order, chance):
    room = newsroom()
    claims = [one for _, found in room for one in found]
    sources = {one.id: source_of(one) for one, _ in room}
    expected = dict(zip(claims, assign(claims, sources, OUTLETS), strict=True))
    chance.shuffle(claims)
    shuffled = {room[at][0].id: sources[room[at][0].id] for at in order}
    assert dict(zip(claims, assign(claims, shuffled, OUTLETS), strict=True)) == expected
    groups = group_articles(claims, shuffled, OUTLETS)
    assert groups == group_articles(list(expected), sources, OUTLETS)
    assert sorted(id for _, found in groups for id in found) == sorted(sources)


def test_articles_are_grouped_under_the_origin_of_most_of_their_claims():
    wire = told(1, "Reuters", day(4), claimed(), claimed("proposed"), claimed(site=OTHER_SITE))
    by = crediting("Reuters")
    relay = told(2, "Orontes Wire", day(5), claimed(by=by), claimed("proposed", by), claimed("denied"))
    own = told(3, "Jazira Post", day(5), claimed("denied"))
    silent = copy_of((wire[0], []), "Paper", day(6))
    alone = told(4, None, None)
    room = [wire, relay, own, silent, alone]
    groups = group_articles(
        [one for _, found in room for one in found], {one.id: one for one, _ in room}, OUTLETS
    )
    together = sorted([wire[0].id, relay[0].id, silent[0].id])
    assert sorted(found for _, found in groups) == sorted([together, [own[0].id], [alone[0].id]])
    assert (ids(wire)[0][0], together) in groups
    assert group_articles([], {}, OUTLETS) == []
