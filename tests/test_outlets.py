"""Outlets are found by any of their names and addresses, and outlets of one owner have one voice."""

import pickle
from pathlib import Path

import pytest

from mapdata.errors import OutletsError
from mapdata.outlets import KINDS, Outlets, load_outlets


@pytest.fixture(scope="module")
def outlets() -> Outlets:
    return load_outlets()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Reuters", "reuters"),
        ("  REUTERS ", "reuters"),
        ("رويترز", "reuters"),
        ("the Associated Press", "ap"),
        ("AFP", "afp"),
        ("Agence France Presse", "afp"),
        ("Hurriyet", "hurriyet"),
        ("РИА Новости", "ria-novosti"),
        ("Al-Jazeera", "al-jazeera"),
        ("Asharq al-Awsat", "asharq-al-awsat"),
        ("Times of Israel", "times-of-israel"),
        ("Petra", "petra"),
        ("Civil.ge", "civil-ge"),
        ("https://www.reuters.com/world/middle-east/some-story-2025-02-04/", "reuters"),
        ("HTTPS://WWW.BBC.CO.UK/news?x=1#y", "bbc"),
        ("http://arabic.cnn.com:8080/x", "cnn"),
        ("sputniknews.com.tr", "sputnik"),
        ("news.sky.com/story/1", "sky-news"),
        ("today.lorientlejour.com", "orient-le-jour"),
    ],
)
def test_found_by_name_and_address(outlets: Outlets, asked: str, expected: str) -> None:
    found = outlets.find(asked)
    assert found is not None
    assert found.id == expected


@pytest.mark.parametrize(
    "asked",
    [
        None,
        "",
        "  ",
        "-",
        "My Weblog",
        "https://notreuters.com/reuters.com",
        "http://[",
        "reuters.com.evil.example",
    ],
)
def test_what_is_not_in_the_list_is_not_found(outlets: Outlets, asked: str | None) -> None:
    assert outlets.find(asked) is None


@pytest.mark.parametrize(
    "same_voice",
    [
        ("Sputnik", "RIA Novosti", "ria.ru"),
        ("Hürriyet", "CNN Türk", "Milliyet", "DHA", "https://www.hurriyetdailynews.com/a"),
        ("Al Arabiya", "Al Hadath", "قناة الحدث"),
        ("Asharq Al-Awsat", "Arab News"),
        ("The Wall Street Journal", "The Times", "nypost.com"),
        ("BBC", "BBC Arabic", "bbc.com"),
        ("RFI", "France 24"),
    ],
)
def test_one_owner_is_one_voice(outlets: Outlets, same_voice: tuple[str, ...]) -> None:
    assert len({outlets.voice(name, "nobody") for name in same_voice}) == 1


def test_voices_that_differ(outlets: Outlets) -> None:
    names = [
        "Reuters",
        "AP",
        "AFP",
        "Anadolu",
        "TASS",
        "Sputnik",
        "SANA",
        "Fox News",
        "WSJ",
        "CNN",
        "CNN Türk",
    ]
    assert len({outlets.voice(name, "nobody") for name in names}) == len(names)


def test_voice_of_the_unknown_is_its_folded_name_or_host(outlets: Outlets) -> None:
    assert outlets.voice("The Évening-Post", "x") == outlets.voice("evening post", "x") == "evening post"
    assert outlets.voice("https://www.weblog.example/2025/a", "x") == "weblog.example"
    assert outlets.voice(None, "article 7") == outlets.voice("…", "article 7") == "article 7"


def test_every_entry_is_found_by_all_that_it_has(outlets: Outlets) -> None:
    assert len(outlets) >= 90
    for outlet in outlets:
        assert outlet.kind in KINDS
        assert outlets.find(outlet.name) is outlet
        for domain in outlet.domains:
            assert outlets.find(f"https://www.{domain}/path") is outlet
        for names in (*outlet.names.values(), *outlet.weak_names.values()):
            for name in names:
                assert outlets.find(name) is outlet, name


def test_names_for_matching_leave_out_words_places_and_speakers(outlets: Outlets) -> None:
    strong = dict(outlets.names_for_matching())
    weak = dict(outlets.weak_names_for_matching())
    assert strong["Reuters"] == "reuters" and strong["المرصد السوري لحقوق الإنسان"] == "sohr"
    assert not set(strong) & set(weak)
    for word in ("Petra", "Dawn", "The Times", "Fars", "Sabah"):
        assert word in weak and word not in strong
    assert "CENTCOM" not in strong and outlets.find("CENTCOM").kind == "official"


def test_worker_processes_can_have_it(outlets: Outlets) -> None:
    assert pickle.loads(pickle.dumps(outlets)).find("Reuters").id == "reuters"


GOOD = """\
schema: 1
outlets:
  gazette:
    name: The Gazette
    kind: newspaper
    domains: [gazette.example]
    owner: Somebody
    sources: [its masthead]
  courier:
    name: The Courier
    kind: website
    domains: [courier.example]
    names: {en: [Courier Online]}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("kind: website", "kind: blog", 11, "unknown 'blog': allowed: agency, newspaper"),
        ("    names:", "    nmaes:", 13, "unknown key 'nmaes': did you mean 'names'?"),
        ("  courier:", "  gazette:", 9, "duplicate 'gazette', first in line 3"),
        ("courier.example", "gazette.example", 12, "shares 'gazette.example' with gazette (line 6)"),
        ("Courier Online", "gazette", 13, "shares 'gazette' with gazette (line 4)"),
        ("courier.example", "https://courier.example/", 12, "'https://courier.example/' is no host"),
        ("    sources: [its masthead]\n", "", 7, "say under 'sources' where the ownership is known from"),
        ("    kind: website\n", "", 9, "'kind' is missing"),
        ("  courier:", "  Courier Online:", 9, "an id has small letters"),
        ("[Courier Online]", "[NO]", 13, "YAML reads NO as a boolean"),
        ("schema: 1", "schema: 2", 1, "schema: has to be 1"),
    ],
)
def test_faults_of_a_list_name_their_line(tmp_path: Path, old: str, new: str, line: int, part: str) -> None:
    path = tmp_path / "outlets.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert len(load_outlets(path)) == 2
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(OutletsError) as caught:
        load_outlets(path)
    [fault] = caught.value.faults
    assert fault[0] == line
    assert part in fault[1]
    assert f"{path}:{line}: " in str(caught.value)


def test_missing_list(tmp_path: Path) -> None:
    with pytest.raises(OutletsError, match="no such file"):
        load_outlets(tmp_path / "none.yaml")
