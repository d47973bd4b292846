"""A gazetteer of the contract's keys is read; one with faults is refused, with all faults and lines."""

# A fault a line reads best, long as it may be.
# ruff: noqa: E501

import os
import pickle
import time
from pathlib import Path

import pytest

from mapdata.errors import GazetteerError
from mapdata.gazetteer import default_path, load
from mapdata.model import ActorKind, Site, SiteKind

# The lines that the faults below are expected in are counted in this text.
CONTRACT = """\
schema: 1
theatre: {name: Nordland, bounds: [10.0, 60.0, 20.0, 70.0], languages: [en, 'no']}
actors:
  'NO':
    name: Norway
    kind: state
    country: 'NO'
    code: NO+
    names: {en: [Norway, Norwegian], 'no': [Norge]}
    metonyms: {en: [Oslo]}
  MILITIA:
    name: A Militia
    kind: armed_group
    country: null
    code: MIL
    names: {en: [the Militia]}
sites:
  bodo:
    name: Bodø Air Base
    kind: air_base
    country: 'NO'
    lat: 67.2692
    lon: 14.3653
    names: {en: [Bodo, Bodø], 'no': [Bodø flystasjon]}
    sources: [airport lists]
  coast:
    name: The coast
    kind: region
    country: 'NO'
    area: [[12, 66], [15, 66], [15, 68], [12, 68], [12, 66]]
    names: {en: [the Nordland coast]}
"""

CONTRACT_PLUS = (
    CONTRACT
    + """\
  harbour:
    name: Bodø harbour
    kind: port
    country: 'NO'
    lat: 67.28
    lon: 14.38
    names: {en: [Bodø harbour]}
    weak_names: {en: [Bodo]}
    near: {en: [Saltstraumen]}
    within: coast
    province: Nordland
    precision_m: 250
    ids: {geonames: '3160881'}
"""
)


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "gazetteer.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults_of(tmp_path: Path, text: str | bytes) -> list[tuple[int | None, str]]:
    with pytest.raises(GazetteerError) as caught:
        load(write(tmp_path, text))
    return caught.value.faults


def test_the_contracts_keys_alone_are_enough(tmp_path: Path) -> None:
    gazetteer = load(write(tmp_path, CONTRACT))
    assert gazetteer.theatre.bounds == (10.0, 60.0, 20.0, 70.0)
    assert gazetteer.theatre.languages == ("en", "no")
    assert gazetteer.actors["NO"].names == {"en": ("Norway", "Norwegian"), "no": ("Norge",)}
    assert gazetteer.actors["NO"].metonyms == {"en": ("Oslo",)}
    assert gazetteer.actors["MILITIA"].country is None
    assert gazetteer.actors["MILITIA"].kind is ActorKind.ARMED_GROUP
    bodo = gazetteer.sites["bodo"]
    assert (bodo.lat, bodo.lon, bodo.kind, bodo.sources) == (
        67.2692,
        14.3653,
        SiteKind.AIR_BASE,
        ("airport lists",),
    )
    coast = gazetteer.sites["coast"]
    assert coast.lat is None and coast.area[0] == coast.area[-1] == (12.0, 66.0)
    assert gazetteer.path == str(tmp_path / "gazetteer.yaml")


def test_the_example_of_the_docs_is_a_gazetteer(tmp_path: Path) -> None:
    page = Path(__file__).parent.parent / "docs" / "gazetteer.md"
    example = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    gazetteer = load(write(tmp_path, example))
    assert list(gazetteer.sites) == ["bodo", "coast"]
    for key in Site.__dataclass_fields__:
        assert key == "id" or f"`{key}`" in page.read_text(encoding="utf-8")


def test_the_other_keys_arrive(tmp_path: Path) -> None:
    harbour = load(write(tmp_path, CONTRACT_PLUS)).sites["harbour"]
    assert harbour.weak_names == {"en": ("Bodo",)}
    assert harbour.near == {"en": ("Saltstraumen",)}
    assert (harbour.within, harbour.province, harbour.precision_m) == ("coast", "Nordland", 250)
    assert harbour.ids == {"geonames": "3160881"}


def test_worker_processes_can_have_it(tmp_path: Path) -> None:
    gazetteer = load(write(tmp_path, CONTRACT_PLUS))
    assert pickle.loads(pickle.dumps(gazetteer)) == gazetteer


def test_version_goes_with_the_content(tmp_path: Path) -> None:
    version = load(write(tmp_path, CONTRACT)).version
    assert len(version) == 12 and int(version, 16) >= 0
    assert load(write(tmp_path, "# a remark\n" + CONTRACT)).version == version
    assert load(write(tmp_path, CONTRACT.replace("67.2692", "67.2693"))).version != version
    assert load(write(tmp_path, CONTRACT.replace("Oslo", "Bergen"))).version != version


def test_default_gazetteer_is_the_projects_own() -> None:
    assert default_path().name == "gazetteer.yaml"


# (what it shows, text to replace, replacement, [(line, part of the message), …]): all faults, in file order
CASES = [
    ("schema", "schema: 1", "schema: 2", [(1, "schema: has to be 1")]),
    ("no schema", "schema: 1", "# none", [(1, "'schema' is missing")]),
    (
        "unknown key, a near one named",
        "    kind: state",
        "    kind: state\n    colour: red\n    metonym: {}",
        [(7, "actor NO: unknown key 'colour'"), (8, "unknown key 'metonym': did you mean 'metonyms'?")],
    ),
    ("unknown top key", "actors:", "site: {}\nactors:", [(3, "unknown key 'site': did you mean 'sites'?")]),
    (
        "duplicate key",
        "    code: MIL",
        "    code: MIL\n    code: MLT",
        [(16, "actor MILITIA: duplicate 'code', first in line 15")],
    ),
    ("duplicate id", "  coast:", "  bodo:", [(26, "sites: duplicate 'bodo', first in line 18")]),
    ("duplicate language", "'no': [Norge]", "en: [Norge]", [(9, "names: duplicate 'en', first in line 9")]),
    ("duplicate top key", "sites:", "actors: {}\nsites:", [(17, "duplicate 'actors', first in line 3")]),
    ("missing key", "    code: MIL\n", "", [(11, "actor MILITIA: 'code' is missing")]),
    ("missing latitude", "    lat: 67.2692\n", "", [(18, "site bodo: 'lat' is missing")]),
    ("missing names", "    names: {en: [the Militia]}\n", "", [(11, "'names' is missing")]),
    ("latitude of 340", "lat: 67.2692", "lat: 340", [(22, "lat 340, lon 14.3653 is off the globe")]),
    ("longitude of 340", "lon: 14.3653", "lon: 340", [(23, "lat 67.2692, lon 340 is off the globe")]),
    (
        "swapped",
        "lat: 67.2692\n    lon: 14.3653",
        "lat: 14.3653\n    lon: 67.2692",
        [(22, "outside the theatre's bounds: are lat and lon swapped?")],
    ),
    ("far away", "lat: 67.2692", "lat: 6.72692", [(22, "outside the theatre's bounds: mend the point or widen")]),
    ("not a number", "lat: 67.2692", "lat: .nan", [(22, "lat: has to be a number, not '.nan'")]),
    ("quoted number", "lat: 67.2692", "lat: '67.2'", [(22, "not '67.2', remove the quotes")]),
    ("decimal comma", "lat: 67.2692", "lat: 67,2692", [(22, "write a point for the comma")]),
    ("sexagesimal", "lat: 67.2692", "lat: 67:16:09", [(22, "not '67:16:09', in decimal degrees")]),
    ("region without area", "    area: [[12, 66], [15, 66], [15, 68], [12, 68], [12, 66]]\n", "",
     [(26, "site coast: a region needs 'area'")]),
    ("area not closed", ", [12, 66]]", "]", [(30, "area: is not closed: repeat its first point [12, 66]")]),
    ("area of three points", "[15, 68], [12, 68], ", "", [(30, "area: has 3 points: a ring needs four")]),
    ("area off the globe", "[15, 68]", "[15, 168]", [(30, "area: [15, 168] is off the globe")]),
    ("area crossing itself", "[15, 66], [15, 68]", "[15, 68], [15, 66]", [(30, "area: crosses or touches itself")]),
    ("area of text", "[15, 68]", "north", [(30, "area: each point has to be a pair [lon, lat]")]),
    (
        "area swapped",
        "[[12, 66], [15, 66], [15, 68], [12, 68], [12, 66]]",
        "[[66, 12], [66, 15], [68, 15], [68, 12], [66, 12]]",
        [(30, "area: lies far outside the theatre's bounds: are lon and lat swapped?")],
    ),
    (
        "unknown kind of site",
        "kind: air_base",
        "kind: airbase",
        [(20, "unknown 'airbase': did you mean 'air_base'? allowed: air_base, naval_base, army_base, outpost, town")],
    ),
    ("unknown kind of actor", "kind: state", "kind: empire",
     [(6, "unknown 'empire': allowed: state, armed_group, coalition, company")]),
    ("NO as an id", "  'NO':", "  NO:", [(4, "actors: key: YAML reads NO as a boolean: quote it: 'NO'")]),
    ("NO as a country", "    country: 'NO'\n    lat", "    country: NO\n    lat",
     [(21, "site bodo: country: YAML reads NO as a boolean: quote it: 'NO'")]),
    ("no as a language", "'no': [Norge]", "no: [Norge]", [(9, "names: key: YAML reads no as a boolean")]),
    ("ON as a name", "[the Militia]", "[the Militia, ON]", [(16, "YAML reads ON as a boolean: quote it: 'ON'")]),
    ("a number as a code", "code: MIL", "code: 007", [(15, "code: YAML reads 007 as a number: quote it: '007'")]),
    ("a day as a name", "[the Militia]", "[2020-01-01]", [(16, "YAML reads 2020-01-01 as a date")]),
    ("code too long", "code: MIL", "code: MILITIA", [(15, "code 'MILITIA' has 7 signs: shorten it to 5")]),
    ("country in full", "country: 'NO'\n    code", "country: Norway\n    code",
     [(7, "country: has to be two capital letters (ISO 3166-1) or null, not 'Norway'")]),
    ("country in small letters", "country: 'NO'\n    code", "country: tr\n    code", [(7, "not 'tr', write 'TR'")]),
    ("empty name", "[the Militia]", "['']", [(16, "names.en: is empty")]),
    ("no name at all", "{en: [the Militia]}", "{}", [(16, "names: has no name at all")]),
    ("a name for a list", "{en: [the Militia]}", "{en: the Militia}",
     [(16, "names.en: has to be a list, not 'the Militia', write [the Militia]")]),
    ("a list for a name", "name: A Militia", "name: [A Militia]", [(12, "name: has to be text, not a list")]),
    ("a list for names", "{en: [the Militia]}", "[the Militia]", [(16, "names: has to be a mapping, not a list")]),
    ("a word for an entry", "sites:", "sites:\n  here: there", [(18, "site here: has to be a mapping")]),
    ("no sites", CONTRACT[CONTRACT.index("sites:") :], "sites:\n", [(17, "sites: has to be a mapping, not nothing")]),
    ("bounds of three", "[10.0, 60.0, 20.0, 70.0]", "[10.0, 60.0, 20.0]", [(2, "bounds: has to be four numbers")]),
    ("bounds reversed", "[10.0, 60.0, 20.0, 70.0]", "[20.0, 60.0, 10.0, 70.0]", [(2, "bounds: [20.0, 60.0")]),
    ("bounds off the globe", "[10.0, 60.0, 20.0, 70.0]", "[10, 60, 200, 70]", [(2, "is off the globe")]),
    ("id with a comma", "  coast:", "  'co,ast':", [(26, "site 'co,ast': an id has letters, digits")]),
    (
        "actors share a name",
        "[the Militia]",
        "[norwegian]",
        [(16, "actor MILITIA: shares the name 'norwegian' with NO (line 9): add a word")],
    ),
    (
        "sites share a folded name",
        "[the Nordland coast]",
        "[Bodø-Flystasjon]",
        [(31, "site coast: shares the name 'Bodø-Flystasjon' with bodo (line 24): leave it to one of them, or move")],
    ),
    ("sites share a label", "name: The coast", "name: BODØ AIR-BASE", [(27, "shares the name 'BODØ AIR-BASE' with bodo")]),
    ("merge key", "    kind: state", "    <<: {kind: state}", [(4, "'kind' is missing"), (6, "YAML reads << as a merge key")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_fault_and_its_line(tmp_path: Path, old: str, new: str, expected: list[tuple[int, str]]) -> None:
    assert old in CONTRACT
    faults = faults_of(tmp_path, CONTRACT.replace(old, new, 1))
    assert [line for line, _ in faults] == [line for line, _ in expected], faults
    for (_, text), (_, part) in zip(faults, expected, strict=True):
        assert part in text
        assert "\n" not in text


def test_a_base_and_its_town_may_share_a_name(tmp_path: Path) -> None:
    town = "    name: Bodo town\n    kind: town\n    country: 'NO'\n    lat: 67.28\n    lon: 14.4\n    names: {en: [Bodo Air Base]}\n"
    base_name = load(write(tmp_path, CONTRACT)).sites["bodo"].names["en"][0]
    text = CONTRACT.rstrip("\n") + "\n  bodo-town:\n" + town.replace("Bodo Air Base", base_name)
    assert load(write(tmp_path, text)).sites["bodo-town"].names["en"] == (base_name,)
    [(_, fault)] = faults_of(tmp_path, text.replace("kind: town", "kind: air_base"))
    assert f"shares the name {base_name!r} with bodo" in fault


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("within: coast", "within: cost", (41, "within: 'cost' names no site: did you mean 'coast'?")),
        ("within: coast", "within: harbour", (41, "goes round in a circle (harbour > harbour)")),
        ("precision_m: 250", "precision_m: -1", (43, "precision_m: has to be a whole number of 1 or more")),
        ("precision_m: 250", "precision_m: 2.5", (43, "precision_m: has to be a whole number of 1 or more")),
        ("'3160881'", "3160881", (44, "ids.geonames: YAML reads 3160881 as a number: quote it: '3160881'")),
        ("weak_names:", "weak_name:", (39, "unknown key 'weak_name': did you mean 'weak_names'?")),
    ],
)
def test_fault_in_an_optional_key(tmp_path: Path, old: str, new: str, expected: tuple[int, str]) -> None:
    [(line, text)] = faults_of(tmp_path, CONTRACT_PLUS.replace(old, new, 1))
    assert line == expected[0]
    assert expected[1] in text


def test_all_faults_come_in_one_message(tmp_path: Path) -> None:
    text = CONTRACT_PLUS
    for case in (
        "latitude of 340",
        "NO as an id",
        "code too long",
        "area not closed",
        "unknown kind of site",
    ):
        _, old, new, _ = next(known for known in CASES if known[0] == case)
        text = text.replace(old, new, 1)
    with pytest.raises(GazetteerError) as caught:
        load(write(tmp_path, text))
    assert [line for line, _ in caught.value.faults] == [4, 15, 20, 22, 30]
    message = str(caught.value).splitlines()
    assert message[0].endswith("has 5 faults:")
    assert message[4].startswith(f"{tmp_path / 'gazetteer.yaml'}:22: site bodo: lat 340")


def test_a_weak_name_tells_apart_and_a_neighbour_is_no_fault(tmp_path: Path) -> None:
    assert "harbour" in load(write(tmp_path, CONTRACT_PLUS)).sites  # shares Bodo with bodo, weakly
    just_outside = CONTRACT.replace("67.2692", "70.5")
    assert load(write(tmp_path, just_outside)).sites["bodo"].lat == 70.5


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        (BOMB, 4, "grows beyond all measure through its aliases"),
        ("a: &a x\n" + "b: *a\n" * 101, 102, "has more than 100 aliases (*a)"),
        ("a: &a [*a]", 1, "alias *a contains itself"),
        ("a: *b", 1, "alias *b has no anchor before it"),
        ("a:\n" + " [\n" * 100_000, 21, "is nested more than 20 deep"),
        (
            "a: 1\nb: !!python/object/apply:os.system [ls]",
            2,
            "the tag !!python/object/apply:os.system is not read",
        ),
        ("a: 1\nb: !mine x", 2, "the tag !mine is not read"),
        ("a: [1, 2", 1, "is no YAML from here on"),
        ("schema: 1\n\tactors: {}", 2, "is no YAML from here on"),
        ("- one\n- two", 1, "gazetteer: has to be a mapping, not a list"),
        ("only words", 1, "has to be a mapping, not 'only words'"),
        ("", None, "is empty"),
        ("# nothing\n", None, "is empty"),
        ("schema: 1\n---\nschema: 1", 2, "a second document starts here"),
        ("a: 1\nb: \x07", 2, "control character U+0007"),
        (b"schema: 1\nname: T\xfcrkiye", 2, "is not UTF-8 (byte 0xfc)"),
        ("schema: 1".encode("utf-16"), 1, "is not UTF-8"),
    ],
)
def test_hostile_and_broken_files(tmp_path: Path, text: str | bytes, line: int | None, part: str) -> None:
    started = time.monotonic()
    [fault] = faults_of(tmp_path, text)
    assert fault[0] == line
    assert part in fault[1]
    assert time.monotonic() - started < 2


def test_byte_order_mark_and_string_tags_are_no_faults(tmp_path: Path) -> None:
    text = CONTRACT.replace("country: 'NO'", "country: !!str NO").replace("'no'", '"no"')
    assert load(write(tmp_path, b"\xef\xbb\xbf" + text.encode())).actors["NO"].country == "NO"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"nothing\.yaml: no such file"):
        load(tmp_path / "nothing.yaml")
    with pytest.raises(GazetteerError, match="is a folder"):
        load(tmp_path)
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        os.truncate(file.fileno(), 200_000_000)
    with pytest.raises(GazetteerError, match="has 200 MB, more than the 20 MB allowed"):
        load(large)


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path, CONTRACT)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(GazetteerError, match="no permission to read it"):
        load(path)


def test_ten_thousand_sites_take_seconds(tmp_path: Path) -> None:
    site = """\
  site-{0}:
    name: Site {0}
    kind: town
    country: 'NO'
    lat: {1}
    lon: {2}
    names: {{en: [Site {0}, Sited {0}], 'no': [Sted {0}]}}
    sources: [a list]
"""
    sites = "".join(site.format(i, 60 + i % 997 / 100, 10 + i % 991 / 100) for i in range(10_000))
    path = write(tmp_path, CONTRACT + sites)
    started = time.monotonic()
    assert len(load(path).sites) == 10_002
    assert time.monotonic() - started < 15
