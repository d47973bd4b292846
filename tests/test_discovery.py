"""Names that look like bases and are not in the gazetteer."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mapdata.cli import main
from mapdata.discovery import discover
from mapdata.gazetteer import load
from mapdata.model import Article, SiteKind
from mapdata.outlets import load_outlets

GAZETTEER = load()
OUTLETS = load_outlets()
WORDS = yaml.safe_load(files("mapdata.discovery").joinpath("words.yaml").read_text(encoding="utf-8"))


def found(*texts: str, lang: str = "en"):
    articles = [Article(id=str(number), text=text, lang=lang, path=f"{number}.md") for number, text in enumerate(texts)]
    return discover(articles, GAZETTEER, OUTLETS)


@pytest.mark.parametrize(("lang", "example"), [(lang, say) for lang, own in WORDS.items() for say in own["examples"]])
def test_each_example_gives_its_name_and_nothing_else(lang: str, example: str) -> None:
    (wanted,) = re.findall("«(.+?)»", example)
    assert [one.name for one in found(example.replace("«", "").replace("»", ""), lang=lang)] == [wanted]


def test_what_the_gazetteer_has_is_no_discovery() -> None:
    assert found("Russian jets fly from Hmeimim air base, and nobody is left at the Shayrat airfield.") == []


def test_names_of_most_articles_come_first_with_their_sentences() -> None:
    one, other = found(
        "They dug in at Camp Ostermark. Nothing else happened.",
        "A second company went to Harrowgate air base.",
        "The Harrowgate airfield is closed. Harrowgate Air Base was built in 1951.",
    )
    assert (one.name, one.articles, one.kind) == ("Harrowgate", 2, SiteKind.AIR_BASE)
    assert [seen.sentence for seen in one.seen] == [
        "A second company went to Harrowgate air base.",
        "The Harrowgate airfield is closed.",
    ]
    assert (other.name, other.articles, other.kind) == ("Ostermark", 1, SiteKind.ARMY_BASE)


def test_words_around_a_name_are_none_of_it() -> None:
    (one,) = found("On Monday The Russian Harrowgate Air Base was shelled; the Air Base burnt.")
    assert one.name == "Harrowgate"


def test_the_command_lists_names_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("They dug in at Camp Ostermark.", encoding="utf-8")
    (tmp_path / "two.md").write_text("", encoding="utf-8")
    done = CliRunner().invoke(main, ["gazetteer", "suggest", "--from", str(tmp_path)])
    assert "Ostermark: army base, in 1 article" in done.stdout
    assert "one.md: They dug in at Camp Ostermark." in done.stdout
    assert done.exit_code == 1
    assert "two.md" in done.stderr


def test_a_name_and_paths_do_not_mix() -> None:
    done = CliRunner().invoke(main, ["gazetteer", "suggest", "two", "names"])
    assert done.exit_code == 2
    assert "--from" in done.stderr
