"""What the measurements stand on: made-up claims that are the same each time, honest percentiles, a whole report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench import claims, report, texts, theatre
from bench.numbers import exponent, spread
from mapdata.model import Status
from mapdata.store import Store


def test_a_database_of_claims_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    gazetteer = theatre.write(tmp_path / "bench.yaml")
    assert (len(gazetteer.sites), len(gazetteer.actors)) == (150, 6)
    found = []
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        made = claims.write(tmp_path / f"{name}.sqlite3", gazetteer, 2000, seed)
        assert made.claims == 2000
        with Store.open(tmp_path / f"{name}.sqlite3", readonly=True) as store:
            found.append(store.load())
            for claim in found[-1].claims[:20]:
                assert store.article(claim.article).text[claim.start : claim.end] == claim.quote
    assert found[0].claims == found[1].claims != found[2].claims
    assert {claim.status for claim in found[0].claims} == set(Status)
    assert any(claim.published is None for claim in found[0].claims)


def test_percentiles_are_values_that_were_seen() -> None:
    found = spread([float(n) for n in range(100, 0, -1)])
    assert (found.count, found.median, found.p95, found.most) == (100, 50.0, 95.0, 100.0)
    assert spread([7.0]).p95 == 7.0
    assert spread([1.0, 2.0, 3.0]).median == 2.0
    with pytest.raises(ValueError, match="nothing was measured"):
        spread([])


def test_the_report_shows_what_was_measured_and_nothing_else() -> None:
    look = {"symbols": 1900.0, "whole": 2300.0, "requests": 120}
    change = {what: {"count": 9, "median": 150.0, "p95": 300.0, "most": 310.0} for what in ("map", "page", "sent")}
    slow = change | {"map": {"count": 5, "median": 30_000.0, "p95": 31_000.0, "most": 31_000.0}}
    results = {
        "machine": {"Processor": "two cores"},
        "first map": {
            "load": [1.0, 2.0],
            "measured": {"warm": [look], "cold": [{"server_s": 2.0, "symbols_ms": 3500.0}]},
        },
        "changes": {
            "load": [1.0, 2.0],
            "measured": {"10000": change | {"megabytes": 200.0}, "1000000": change | {"megabytes": 400.0}},
        },
        "naive": {
            "load": [3.0, 4.0],
            "measured": {
                "one": {"10000": change | {"megabytes": 300.0}},
                "without": {"10000": slow | {"megabytes": 1.0}},
            },
        },
    }
    text = report.written(results)
    assert "| first symbols, warm server | 1,900 ms | 1,900 ms | 3 s |" in text
    assert "| first symbols, server just started | 3,500 ms | 3,500 ms | 4 s |" in text
    assert "| 1,000,000 | 1 | 200 |" in text
    assert "| all but one actor, 10,000 | 30.0 s |" in text
    assert "Twenty people" not in text
    del results["naive"]
    results["first map"]["measured"]["warm"] = [look | {"symbols": 1800.0}]
    later = report.written(results, text)
    assert "| first symbols, warm server | 1,800 ms |" in later
    assert "| all but one actor, 10,000 | 30.0 s |" in later, "what was not measured anew stays"
    assert later == report.written(results, later)


def test_the_articles_of_the_reading_benchmark_name_sites_as_often_as_asked() -> None:
    one = texts.theatres()[0]
    names = [name.casefold() for name in texts.names(one.gazetteer)[0]]
    for share, wanted in ((1.0, 20), (0.1, 2), (0.0, 0)):
        made = list(texts.articles(one, 20, share))
        assert made == list(texts.articles(one, 20, share)) != list(texts.articles(one, 20, share, seed=2))
        assert all(3000 <= len(article.text) < 6000 for article in made)
        named = [any(name in article.text.casefold() for name in names) for article in made]
        assert sum(named) >= wanted
        assert share or not any(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", a.text.casefold()) for a in made for name in names
        )
    (read,), (other,) = (list(texts.articles(one, 1, 1.0, exchanged=True, seed=seed)) for seed in (1, 2))
    assert read.text != other.text


def test_a_wider_gazetteer_keeps_its_own_sites() -> None:
    one = texts.theatres()[0].gazetteer
    wide = texts.widened(one, 500, 3)
    assert len(wide.sites) == 500
    assert all(wide.sites[key] == site for key, site in one.sites.items())
    assert {len(site.names["en"]) for key, site in wide.sites.items() if key not in one.sites} == {3}


def test_growth_is_the_power_of_the_size_and_worse_than_said_is_a_fault() -> None:
    assert exponent({10: 5.0, 100: 5.0, 1000: 5.0}) == pytest.approx(0)
    assert exponent({10: 2.0, 1000: 200.0}) == pytest.approx(1)
    page = {"map": {}, "sent": {}}
    fast = {size: page | {"page": {"median": 500.0}} for size in ("1000", "1000000")}
    slow = fast | {"1000000": page | {"page": {"median": 2000.0}}}
    sites = {"exponent": 0.05, "limit": 0.1}

    def faults(changes, sites, grown) -> list[str]:
        given = {"changes": changes, "growth": {"sites": sites}, "memory": {"grown": grown}}
        return report.faults({part: {"measured": measured} for part, measured in given.items()})

    assert faults(fast, sites, 0.02) == []
    assert "claims by the power 0.20" in faults(slow, sites, 0.02)[0]
    assert "sites by the power 0.30" in faults(fast, sites | {"exponent": 0.3}, 0.02)[0]
    assert "memory of reading grew by 50%" in faults(fast, sites, 0.5)[0]
