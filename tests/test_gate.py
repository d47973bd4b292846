"""The reader's figures on the tune part and on the sample do not fall unnoticed.

The pins are what was measured when they were last set. A drop fails; who means to lower one says so with
`pytest --lower-the-gate`, and changes the pin in the same commit. The test part of the labels is not read here.
"""

from pathlib import Path

import pytest

from mapdata.articles import from_text
from mapdata.evaluation.gold import as_article, load_gold
from mapdata.evaluation.scores import Result, score, total
from mapdata.gazetteer import load
from mapdata.outlets import load_outlets
from mapdata.reading import Reader

ROOT = Path(__file__).parents[1]
# whole claims F1, pairs F1
PINS = {"tune": (0.53, 0.70), "sample": (0.69, 0.79)}


def measured(part: str) -> Result:
    outlets = load_outlets()
    files = [ROOT / "tests" / "sample-gold.yaml"] if part == "sample" else sorted(ROOT.glob(f"labels/*/{part}/*.yaml"))
    assert files
    results = []
    readers: dict[Path, tuple] = {}
    for file in files:
        own = file.parents[1] / "gazetteer.yaml"
        where = own if own.exists() and part != "sample" else ROOT / "gazetteer.yaml"
        if where not in readers:
            gazetteer = load(where)
            readers[where] = gazetteer, Reader(gazetteer, outlets)
        gazetteer, reader = readers[where]
        for gold in load_gold(file):
            results.append(score(gold, reader.read(as_article(gold, file.parent)), gazetteer))
    return total(results)


@pytest.mark.parametrize("part", PINS)
def test_the_figures_hold(part: str, request: pytest.FixtureRequest) -> None:
    claims, pairs = PINS[part]
    found = measured(part)
    if request.config.getoption("--lower-the-gate"):
        pytest.skip(f"{part}: claims {found.claims.f1:.3f}, pairs {found.pairs.f1:.3f}")
    assert found.claims.f1 >= claims, f"{part}: whole claims F1 {found.claims.f1:.3f} fell below {claims}"
    assert found.pairs.f1 >= pairs, f"{part}: pairs F1 {found.pairs.f1:.3f} fell below {pairs}"


NAMED = """
schema: 1
theatre: {{name: Test, bounds: [0, 0, 60, 60], languages: [en]}}
actors:
  XA: {{name: {a}, kind: state, country: XA, code: XA, names: {{en: [{a}, {adjective}]}},
       metonyms: {{en: [{capital}]}}}}
  XB: {{name: {b}, kind: state, country: XB, code: XB, names: {{en: [{b}]}}}}
sites:
  one: {{name: {s} base, kind: air_base, country: XC, lat: 10, lon: 10, names: {{en: [{s}]}}}}
  two: {{name: {t} base, kind: naval_base, country: XC, lat: 40, lon: 40, names: {{en: [{t}]}}}}
"""
TEXT = """{a} may take over {s}, {capital} said, and {adjective} sailors stay at {t} until then.

{b} has objected. The base at {t} was left by {b} in 2015, and it will not go back there.
"""


def test_the_weights_know_no_names(tmp_path: Path) -> None:
    """The same sentences about other names are weighed the same: nothing is learned of who is usually where."""
    names = (
        {"a": "Turkey", "adjective": "Turkish", "capital": "Ankara", "b": "Russia", "s": "Palmyra", "t": "Tartus"},
        {"a": "Arlandia", "adjective": "Arlish", "capital": "Port Ar", "b": "Borland", "s": "Zell", "t": "Old Quay"},
    )
    weighed = []
    for number, chosen in enumerate(names):
        file = tmp_path / f"{number}.yaml"
        file.write_text(NAMED.format(**chosen), encoding="utf-8")
        reader = Reader(load(file), load_outlets())
        candidates, lang = reader.candidates(from_text(TEXT.format(**chosen)))
        ruled = reader.decision.ruled(candidates)
        odds = reader.decision.odds(candidates, ruled, lang)
        weighed.append(
            [(c.site, c.actor, c.construction, row.tolist()) for c, row in zip(candidates, odds, strict=True)]
        )
    assert len(weighed[0]) >= 4
    assert weighed[0] == weighed[1]
