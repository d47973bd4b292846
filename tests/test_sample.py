"""The sample is what everybody sees first: marked as illustrative, of no real outlet, with its answers."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from mapdata import articles, gazetteer, outlets
from mapdata.model import Status

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample"
GOLD = ROOT / "tests" / "sample-gold.yaml"


@pytest.fixture(scope="module")
def reports():
    refused = []
    paths = sorted(str(path) for path in SAMPLE.glob("*.md") if path.name != "README")
    found = list(articles.read(paths, refused.append))
    assert refused == []
    return found


@pytest.fixture(scope="module")
def gold():
    return yaml.safe_load(GOLD.read_text(encoding="utf-8"))


def test_enough_reports_in_enough_languages_and_years(reports):
    languages = Counter(report.lang for report in reports)
    assert len(reports) >= 45
    assert sum(count >= 3 for count in languages.values()) >= 4
    years = {report.published.year for report in reports if report.published}
    assert {2012, 2026} <= years


def test_every_report_says_that_it_is_illustrative(reports):
    assert [report.path for report in reports if not report.illustrative] == []


def test_no_report_can_be_taken_for_a_real_citation(reports):
    known = outlets.load_outlets()
    assert {report.outlet for report in reports if known.find(report.outlet)} == set()
    assert [report.path for report in reports if report.url] == []


def test_the_readme_lists_every_outlet(reports):
    readme = " ".join((SAMPLE / "README").read_text(encoding="utf-8").split())
    assert {report.outlet for report in reports if report.outlet not in readme} == set()


def test_the_day_of_a_report_is_the_one_of_its_name(reports):
    for report in reports:
        day = Path(report.path).name[:10]
        expected = None if day.startswith("undated") else date.fromisoformat(day)
        assert report.published == expected, report.path


def test_every_report_is_answered_for(reports, gold):
    answered = {(GOLD.parent / entry["path"]).resolve() for entry in gold}
    assert answered == {Path(report.path).resolve() for report in reports}
    assert len({entry["id"] for entry in gold}) == len(gold)
    days = {Path(report.path).stem: report.published for report in reports}
    assert {entry["id"]: entry["published"] for entry in gold} == days


def test_the_answers_use_the_gazetteer_and_do_not_contradict_themselves(gold):
    known = gazetteer.load()
    for entry in gold:
        asked = [tuple(claim) for claim in entry["claims"]]
        optional = [tuple(claim) for claim in entry.get("optional", [])]
        either = [
            tuple(claim)
            for group in entry.get("any_of", [])
            for alternative in group
            for claim in alternative
        ]
        for site, actor, status in asked + optional + either:
            assert site in known.sites, entry["id"]
            assert actor in known.actors, entry["id"]
            assert status in set(Status), entry["id"]
        assert len(set(asked)) == len(asked), entry["id"]
        assert not set(asked) & set(optional + either), entry["id"]
        assert not set(optional) & set(either), entry["id"]


def test_the_sample_shows_a_plan_its_relays_and_its_denial(gold):
    t4 = Counter(
        status for entry in gold for site, actor, status in entry["claims"] if (site, actor) == ("t4", "TR")
    )
    assert t4["proposed"] >= 5
    assert t4["denied"] >= 1
