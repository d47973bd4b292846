# ruff: noqa: E501 (a gazetteer reads best with a line an entry)
"""What the reader makes of clear cases, in an invented theatre whose gazetteer has the contract's keys alone.

The cases are those of docs/annotation.md; what the reader gets right on unseen wording is measured on the
labelled articles, not here.
"""

from pathlib import Path

import pytest

from mapdata.articles import from_text
from mapdata.gazetteer import load
from mapdata.model import Article, SpeakerKind
from mapdata.outlets import load_outlets
from mapdata.reading import Reader

GAZETTEER = """\
schema: 1
theatre: {name: Morrow (invented), bounds: [10.0, 40.0, 16.0, 46.0], languages: [en]}
actors:
  AR: {name: Arland, kind: state, country: AR, code: AR, names: {en: [Arland, Arlandian, Arlandians]}, metonyms: {en: [Arlmouth]}}
  BE: {name: Bergia, kind: state, country: BE, code: BE, names: {en: [Bergia, Bergian, Bergians]}, metonyms: {en: [Bergstad]}}
  MO: {name: Morrow, kind: state, country: MO, code: MO, names: {en: [Morrow, Morrovian]}, metonyms: {en: [Port Morrow]}}
  GUARD: {name: Red Guard, kind: armed_group, country: BE, code: GUARD, names: {en: [Red Guard, Red Guards]}}
sites:
  highfield: {name: Highfield air base, kind: air_base, country: MO, lat: 43.0, lon: 13.0, names: {en: [Highfield, Highfield air base]}}
  stonewell: {name: Stonewell air base, kind: air_base, country: MO, lat: 42.0, lon: 12.0, names: {en: [Stonewell, T9]}}
  coldharbour: {name: Coldharbour naval base, kind: naval_base, country: MO, lat: 41.0, lon: 11.0, names: {en: [Coldharbour naval base]}}
  alda: {name: Alda, kind: town, country: MO, lat: 43.03, lon: 13.05, names: {en: [Alda]}}
  coldharbour-town: {name: Coldharbour, kind: port, country: MO, lat: 41.01, lon: 11.02, names: {en: [Coldharbour]}}
  steppe: {name: The Steppe, kind: region, country: MO, area: [[11.5, 41.5], [14.0, 41.5], [14.0, 44.0], [11.5, 44.0], [11.5, 41.5]], names: {en: [the Steppe]}}
  north: {name: Northern Morrow, kind: region, country: MO, area: [[11.0, 44.5], [15.0, 44.5], [15.0, 45.8], [11.0, 45.8], [11.0, 44.5]], names: {en: [northern Morrow, Morrow's north]}}
  morrow: {name: Morrow, kind: country, country: MO, lat: 43.0, lon: 13.0, names: {en: [Morrow]}}
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    path: Path = tmp_path_factory.mktemp("theatre") / "gazetteer.yaml"
    path.write_text(GAZETTEER, encoding="utf-8")
    return Reader(load(path), load_outlets())


def claims(reader: Reader, text: str) -> set[tuple[str, str, str]]:
    found = reader.read(Article(id="x", text=text, lang="en"))
    for claim in found:
        assert text[claim.start : claim.end] == claim.quote
        for cue in claim.cues:
            assert text[cue.start : cue.end] == cue.text
    # The host's own army and the country as a whole are for other tests.
    return {(c.site, c.actor, c.status.value) for c in found if c.actor != "MO" and c.site != "morrow"}


CASES = [
    ("existing", "Arlandian troops are stationed at Highfield.", {("highfield", "AR", "existing")}),
    ("proposed", "Arland plans to establish an air base at Highfield.", {("highfield", "AR", "proposed")}),
    ("denied", "Bergia denied reports that it would set up a base at Highfield.", {("highfield", "BE", "denied")}),
    ("former", "Arlandian troops withdrew from Highfield in May.", {("highfield", "AR", "former")}),
    ("talks on the fate", "Bergia is in talks about the fate of its naval base in Coldharbour.", {("coldharbour", "BE", "existing")}),
    ("described", "Bergia operates an air base near the town of Alda.", {("highfield", "BE", "existing")}),
    ("both of which", "Arland may lease Highfield and Stonewell, both of which were previously used by the Red Guard.",
     {("highfield", "GUARD", "former"), ("stonewell", "GUARD", "former")}),
    ("a list", "Arland operates bases at Highfield, Stonewell and Coldharbour naval base.",
     {("highfield", "AR", "existing"), ("stonewell", "AR", "existing"), ("coldharbour", "AR", "existing")}),
    ("a region", "Arland maintains troops in northern Morrow.", {("north", "AR", "existing")}),
    ("possession", "The ministry spoke of Bergia's two bases in the Steppe.", {("steppe", "BE", "existing")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_claimed(reader: Reader, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= claims(reader, text)


NOTHING = [
    ("a strike", "Bergian jets bombed Highfield at night, killing three people."),
    ("a speaker", "Arlmouth said that it was concerned about the situation in Morrow."),
    ("a nationality of a speaker", "An Arlandian official spoke in Alda about trade."),
    ("only near", "The fire broke out 60 km east of Stonewell, Arlandian media said."),
    ("no site", "Arland and Bergia signed a treaty on fisheries."),
    ("no actor", "Visitors come to Alda for its market."),
]


@pytest.mark.parametrize("text", [case[1] for case in NOTHING], ids=[case[0] for case in NOTHING])
def test_what_is_not(reader: Reader, text: str) -> None:
    assert claims(reader, text) == set()


def test_a_former_garrison_is_former_for_its_own_force_alone(reader: Reader) -> None:
    text = "Arlandian troops are stationed at Highfield, a former Bergian garrison."
    assert claims(reader, text) == {("highfield", "AR", "existing"), ("highfield", "BE", "former")}


def test_a_ministry_that_denies_its_own_plan_is_the_actor(reader: Reader) -> None:
    text = "The Arlandian foreign ministry denied that it was planning a base at Highfield."
    assert claims(reader, text) == {("highfield", "AR", "denied")}


def test_these_bases_are_those_of_the_sentence_before(reader: Reader) -> None:
    text = (
        "Arland may establish new air bases in the Steppe, a regional official said.\n\n"
        "Possible locations for these bases include Highfield and Stonewell, he added."
    )
    assert {("highfield", "AR", "proposed"), ("stonewell", "AR", "proposed")} <= claims(reader, text)


def test_a_heading_has_the_status_of_the_text_below(reader: Reader) -> None:
    text = "Arlandian bases in the Steppe\n\nArland plans to establish two air bases in the Steppe, sources said."
    assert claims(reader, text) == {("steppe", "AR", "proposed")}


def test_the_base_and_not_the_town_where_the_sentence_is_about_a_base(reader: Reader) -> None:
    assert claims(reader, "Bergia keeps frigates at its naval base in Coldharbour.") == {
        ("coldharbour", "BE", "existing")
    }


def test_one_line_for_each_site_actor_and_status(reader: Reader) -> None:
    text = "Arlandian troops are stationed at Highfield. The Arlandian troops at Highfield have tanks."
    found = reader.read(Article(id="x", text=text, lang="en"))
    keys = [(c.site, c.actor, c.status) for c in found]
    assert len(keys) == len(set(keys)) > 0


def test_who_says_it(reader: Reader) -> None:
    def said(text: str) -> tuple[str | None, SpeakerKind, str | None]:
        claim = next(c for c in reader.read(Article(id="x", text=text, lang="en")) if c.site == "highfield")
        return claim.attribution.text, claim.attribution.kind, claim.attribution.credited

    assert said(
        "Arlandian troops are stationed at Highfield, a regional security official told Reuters."
    ) == (
        "a regional security official, to Reuters",
        SpeakerKind.UNNAMED_OFFICIAL,
        "Reuters",
    )
    assert (
        said("Arlandian troops are stationed at Highfield, the Arlandian defence ministry said.")[1]
        is SpeakerKind.ACTOR
    )
    assert (
        said("Arlandian troops are stationed at Highfield, the Morrovian government said.")[1]
        is SpeakerKind.HOST
    )
    assert (
        said("Arlandian troops are stationed at Highfield, the Bergian foreign ministry said.")[1]
        is SpeakerKind.OTHER_STATE
    )
    assert (
        said("Arlandian troops are stationed at Highfield, according to analysts.")[1] is SpeakerKind.ANALYST
    )
    assert said("Arlandian troops are stationed at Highfield.")[:2] == (None, SpeakerKind.MEDIUM)


def test_since_when(reader: Reader) -> None:
    [claim] = reader.read(
        Article(id="x", text="Arlandian troops have been stationed at Highfield since 2015.", lang="en")
    )
    assert (claim.held_from, claim.held_to) == ("2015", None)


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    article = Article(id="x", text="\n\n".join(case[1] for case in CASES), lang="en")
    assert reader.read(article) == reader.read(article)


@pytest.mark.parametrize("lang", ["en", "ar", "tr", "ru", "fr", "uk", None])
def test_any_language_is_read_without_failing(reader: Reader, lang: str | None) -> None:
    reader.read(Article(id="x", text="Highfield, Arland. Высокое поле. قاعدة. Üs. Base aérienne.", lang=lang))


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("ARLMOUTH - Something is afoot at Highfield.", set()),
        ("ARLMOUTH, Feb 4 (Newswire) - Something is afoot at Highfield.", set()),
        ("ARLMOUTH – Bergian troops are at Highfield.", {"BE"}),
        # The same capital as a government that acts.
        ("Arlmouth - and not for the first time - has planes at Highfield.", {"AR"}),
        ("ARLMOUTH KEEPS PLANES AT HIGHFIELD", {"AR"}),
    ],
)
def test_the_capital_of_a_dateline_is_no_actor(reader: Reader, text: str, actors: set[str]) -> None:
    found, _ = reader.candidates(Article(id="x", text=text, lang="en"))
    assert {one.actor for one in found if one.site == "highfield" and one.actor != "MO"} == actors


@pytest.mark.parametrize("after", ["Xylophones could be heard until morning.", "It rained.", "The moon was out."])
def test_a_sentence_without_a_word_for_it_claims_nothing_of_what_was_named_before(reader: Reader, after: str) -> None:
    text = f"Arlandian troops remain at Highfield.\n\n{after}"
    found = reader.read(Article(id="x", text=text, lang="en"))
    assert [(one.actor, one.quote) for one in found] == [("AR", "Arlandian troops remain at Highfield.")]


def test_what_is_only_meant_carries_the_words_that_decided_it() -> None:
    """On the sample, so on texts that were not written for this: nothing is claimed of a pair named before in vain."""
    root = Path(__file__).parents[1]
    real = Reader(load(root / "gazetteer.yaml"), load_outlets())
    meant = [
        claim
        for path in sorted((root / "sample").glob("*.md"))
        for claim in real.read(from_text(path.read_text(encoding="utf-8")))
        if claim.construction in {"carried subject", "recent actor"}
    ]
    assert len(meant) > 3
    assert all(claim.cues for claim in meant)
