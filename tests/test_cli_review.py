"""The commands of a reviewer and of who follows changes, on the store of the dashboard's tests."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import dashboard_made
import feedparser
import pytest
from click.testing import CliRunner
from lxml import etree

from mapdata import gazetteer as gazetteers
from mapdata.articles import article_id
from mapdata.cli import main
from mapdata.evaluation.gold import load_gold
from mapdata.store import Reviews, Store


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAPDATA_WHO", "Ada")
    path = dashboard_made.fill(tmp_path / "made.sqlite3")
    monkeypatch.setenv("MAPDATA_DB", str(path))
    return path


def run(*words: str, code: int = 0):
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == code, done.output
    return done


def queued(*words: str) -> list[dict]:
    return json.loads(run("review", "list", "--format", "json", *words).stdout)


def id_of(site: str, actor: str, status: str, outlet: str | None = None) -> str:
    [found] = [
        row["id"]
        for row in queued()
        if (row["site"], row["actor"], row["status"]) == (site, actor, status) and outlet in (None, row["outlet"])
    ]
    return found


def claims(*words: str) -> set[tuple[str, str, str, str | None]]:
    rows = json.loads(run("claims", "--format", "json", *words).stdout)
    return {(row["site"], row["actor"], row["status"], row["reviewed"]) for row in rows}


def test_the_list_shows_what_to_look_at_and_follows_filters(db):
    table = run("review", "list", "--as-of", "2025-02-09", "--site", "t4", "--limit", "3").stdout.splitlines()
    assert table[0].split() == ["id", "published", "site", "actor", "status", "why", "quote"]
    assert len(table) == 4
    assert "other origins say otherwise" in table[1]
    assert {row["site"] for row in queued("--site", "t4")} == {"t4"}


def test_verdicts_of_one_reason_on_several_claims_and_what_they_leave_on_the_map(db):
    relays = [id_of("t4", "TR", "proposed", outlet) for outlet in ("Morning Herald", "Coast Post")]
    said = run("review", "accept", *relays, "--why", "the wire says so")
    assert said.stderr == "2 accepted\n"
    run("review", "reject", id_of("al-omar", "US", "former"), "--why", "a rumour")
    run("review", "correct", id_of("conoco", "US", "existing"), "--status", "former", "--who", "Bo")
    assert claims("--reviewed") == {("t4", "TR", "proposed", "accepted"), ("conoco", "US", "former", "corrected")}
    assert ("al-omar", "US", "former", None) not in claims()
    history = json.loads(run("review", "list", "--history", "--format", "json").stdout)
    assert [(row["who"], row["what"], row["why"]) for row in history] == [
        ("Bo", "corrected", ""),
        ("Ada", "rejected", "a rumour"),
        ("Ada", "accepted", "the wire says so"),
        ("Ada", "accepted", "the wire says so"),
    ]
    [rejected] = [row["verdict"] for row in history if row["what"] == "rejected"]
    run("review", "undo", str(rejected), "--why", "it is in the paper")
    assert ("al-omar", "US", "former", None) in claims()
    assert "withdrawn" in run("review", "list", "--history").stdout


def test_a_snapshot_of_reviewed_claims_says_so(db, tmp_path):
    run("review", "accept", id_of("hmeimim", "RU", "existing"))
    run("snapshot", "--reviewed", "--as-of", "2025-02-09", "-o", str(tmp_path / "map.geojson"))
    made = json.loads((tmp_path / "map.geojson").read_text("utf-8"))
    assert [feature["properties"]["site"] for feature in made["features"]] == ["hmeimim"]
    assert made["manifest"]["filters"]["reviewed"] == "1"
    assert made["manifest"]["counts"]["reviewed"] == made["manifest"]["counts"]["claims"] == 1
    run("snapshot", "--as-of", "2025-02-09", "-o", str(tmp_path / "map.csv"))
    rows = (tmp_path / "map.csv").read_text("utf-8-sig").splitlines()
    assert "reviewed" in rows[0].split(",")
    assert sum(",accepted," in row for row in rows) == 1


def test_a_claim_that_was_missed_and_examples_of_all_that_was_judged(db, tmp_path):
    article = queued("--site", "al-tanf")[0]["article"]
    quote = "American troops are stationed at al-Tanf"
    run("review", "add", article, "--site", "al-omar", "--actor", "US", "--status", "existing", "--quote", quote)
    assert ("al-omar", "US", "existing", "added") in claims()
    run("review", "reject", id_of("conoco", "US", "existing"))
    file = tmp_path / "reviewed.yaml"
    assert "1 articles" in run("review", "export", "-o", str(file)).stderr
    [gold] = load_gold(file)
    assert [(c.site, c.actor, c.status.value, c.quote) for c in gold.claims] == [("al-omar", "US", "existing", quote)]
    assert {c.site for c in gold.optional} == {"al-tanf", "al-omar"}
    done = run("evaluate", str(file))
    assert "whole claims" in done.stdout
    assert done.stderr == ""


def test_a_retraction_and_an_erasure(db):
    article = queued("--site", "hmeimim")[0]["article"]
    run("review", "retract", article, "--why", "the outlet took it back")
    assert not {site for site, *_ in claims()} & {"hmeimim", "tartus"}
    assert "retracted" in run("review", "list", "--history").stdout
    run("review", "retract", article, "--undo")
    assert ("hmeimim", "RU", "existing", None) in claims()
    assert "already" not in run("review", "erase", article, "--yes", "--why", "demand").stderr
    assert b"Russian aircraft remain at Hmeimim" not in b"".join(
        path.read_bytes() for path in db.parent.glob(db.name + "*")
    )
    with Store.open(db, readonly=True) as store:
        assert [notice.kind.value for notice in Reviews(store).notices()] == ["retracted", "reinstated", "erased"]


def test_what_an_outlet_changed(db):
    with Store.open(db) as store:
        old = next(article for article in store.articles() if "remain" in article.text)
        text = old.text.replace("remain", "stay")
        store.put(replace(old, id=article_id(old.outlet, old.url, text), text=text), [], gazetteers.load())
    said = run("review", "versions", old.id).stdout
    assert "version 2" in said
    assert "Russian aircraft [-remain-]{+stay+} at Hmeimim" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["accept", "ffffffff"], "'ffffffff' is no claim's id: `mapdata review list` shows them"),
        (["add", "none", "--site", "t4", "--actor", "TR", "--status", "denied", "--quote", "x"], "no article 'none'"),
        (["undo", "99"], "verdict 99 rules over nothing"),
        (["retract", "none"], "there is no article 'none'"),
        (["erase", "none", "--yes"], "there is no article 'none'"),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_line(db, words, said):
    done = run("review", *words, code=2)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_correction_without_anything_and_a_quote_that_is_not_there(db):
    one = id_of("hmeimim", "RU", "existing")
    assert "nothing to correct" in run("review", "correct", one, code=2).stderr
    assert "a quote is verbatim" in run("review", "correct", one, "--quote", "not there", code=2).stderr
    assert "'atlantis' is not in gazetteer" in run("review", "correct", one, "--site", "atlantis", code=2).stderr


def test_the_switch_refuses_and_nothing_is_written(db, monkeypatch):
    one, before = id_of("hmeimim", "RU", "existing"), db.read_bytes()
    monkeypatch.setenv("MAPDATA_READONLY", "1")
    assert "this mapdata only shows" in run("review", "accept", one, code=2).stderr
    assert "this mapdata only shows" in run("review", "erase", one, "--yes", code=2).stderr
    assert db.read_bytes() == before
    assert queued(), "looking is allowed"


# --- changes ----------------------------------------------------------------------------------------------


def test_changes_as_a_table(db):
    lines = run("changes", "--from", "2025-02-03", "--to", "2025-02-09").stdout.splitlines()
    assert lines[0].split() == ["day", "site", "actor", "change", "before", "after", "quote"]
    assert re.match(
        r"2025-02-07 +T4 \(Tiyas\) air base +Türkiye +first reported +nothing +proposed and denied, contested", lines[1]
    )
    assert [line.split()[0] for line in lines[1:]] == ["2025-02-07", "2025-02-04"]


def test_changes_as_json_and_with_filters(db):
    words = ["changes", "--from", "2024-12-01", "--to", "2025-02-09", "--format", "json"]
    found = json.loads(run(*words, "--actor", "IR").stdout)
    assert [(one["site"], one["change"], one["before"], one["after"]) for one in found] == [
        ("t4", "status changed", ["existing"], ["former"])
    ]
    assert found[0]["evidence"][0]["quote"] == "Iranian officers left the T4 base"
    assert json.loads(run(*words, "--reviewed").stdout) == []
    assert "did you mean" in run("changes", "--from", "2025-01-01", "--actor", "TU", code=2).stderr


def test_changes_as_a_feed_that_readers_take(db):
    text = run("changes", "--from", "2024-01-01", "--to", "2025-02-09", "--format", "atom").stdout
    assert text == run("changes", "--from", "2024-01-01", "--to", "2025-02-09", "--format", "atom").stdout
    etree.fromstring(text.encode("utf-8"))
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert feed.feed.title == "Military presence in Syria: what changed"
    assert feed.feed.updated == "2025-02-09T00:00:00Z"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) > 5
    by_title = {entry.title: entry for entry in feed.entries}
    t4 = by_title["T4 (Tiyas) air base, Türkiye: proposed and denied, contested (first reported)"]
    assert "sending nobody" in t4.content[0].value
    assert {link.href for link in t4.links} >= {"https://news.example/3"}
    # A hostile text stays text, and an address that is none is no link.
    hostile = next(entry for entry in feed.entries if "Qamishli" in entry.title)
    assert "<script>alert(1)</script>" in hostile.content[0].value
    assert hostile.content[0].type == "text/plain"
    assert "links" not in hostile
    assert "javascript" not in text
