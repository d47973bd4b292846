"""`mapdata verify` and signatures: what is as it was made is said to be, and nothing else."""

from __future__ import annotations

import base64
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from evidence_made import GAZETTEER, evidence

from mapdata import snapshot
from mapdata.cli import main
from mapdata.model import Filters, SpeakerKind, Status
from mapdata.selection import select
from mapdata.snapshot import comparing, package, seal
from mapdata.snapshot.manifest import ledger, read_ledger, written_ledger

DAY = date(2025, 2, 9)
WITH_CLAIMS = ("html", "geojson", "csv", "zip")

EVIDENCE = (
    evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 4), article="a", quote="Talks: “T4” – خطط', =1+1 \x01"),
    evidence("t4", "TR", Status.DENIED, date(2025, 2, 6), article="b", speaker=SpeakerKind.ACTOR, speaker_text="=x"),
    evidence("badiya", "SDF", Status.EXISTING, date(2024, 6, 1), article="c", quote="'=quoted\r\nin two lines"),
    evidence("tartus", "RU", Status.EXISTING, None, article="d", outlet=None, title=None),
    evidence("syria", "US", Status.FORMER, date(2019, 1, 1), article="e", quote="half \ud83d a pair", origin_day=None),
    # Somebody's article that holds a seal of another file.
    evidence("tartus", "IR", Status.EXISTING, DAY, article="f", quote=f"seal:{'a' * 16}:{'0' * 64}"),
)
CHOSEN = select(EVIDENCE, Filters(), GAZETTEER, DAY)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    return {ending: snapshot.write(CHOSEN, GAZETTEER, folder / f"map.{ending}") for ending in snapshot.ENDINGS}


@pytest.mark.parametrize("ending", snapshot.ENDINGS)
def test_a_file_is_as_it_was_made(files, ending: str) -> None:
    done = run("verify", files[ending])
    assert done.exit_code == 0, done.output
    assert "as it was made" in done.output and "NOT" not in done.output
    assert snapshot.claims_hash(EVIDENCE) in done.output
    assert "as of 2025-02-09" in done.output and "6 claims of 6 origins" in done.output


@pytest.mark.parametrize("ending", snapshot.ENDINGS)
def test_an_empty_snapshot_can_be_checked_too(tmp_path, ending: str) -> None:
    nothing = select((), Filters(statuses=frozenset([Status.DENIED])), GAZETTEER, DAY)
    path = snapshot.write(nothing, GAZETTEER, tmp_path / f"map.{ending}")
    done = run("verify", path)
    assert done.exit_code == 0 and "filters: status=denied" in done.output


@pytest.mark.parametrize("ending", snapshot.ENDINGS)
def test_no_accident_goes_unseen(files, tmp_path, ending: str) -> None:
    whole, chance = files[ending].read_bytes(), random.Random(7)
    path = tmp_path / f"map.{ending}"
    accidents = [whole[:-1], whole + b"\n", whole[: len(whole) // 2], b""]
    for _ in range(25):
        at = chance.randrange(len(whole))
        accidents.append(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
    for broken in accidents:
        path.write_bytes(broken)
        if ending == "zip" and same_contents(broken, whole):
            continue  # a stray bit in what .zip keeps beside the contents, such as a file's rights
        done = run("verify", path)
        assert done.exit_code in (1, 2), (done.output, len(broken))
        assert "Traceback" not in done.output


def same_contents(one: bytes, other: bytes) -> bool:
    import io

    def read(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    try:
        return read(one) == read(other)
    except Exception:
        return False


@pytest.mark.parametrize("ending", WITH_CLAIMS)
def test_a_changed_quote_is_seen_even_where_the_seal_is_made_anew(files, tmp_path, ending: str) -> None:
    path = tmp_path / f"map.{ending}"
    path.write_bytes(forged(files[ending].read_bytes(), ending))
    done = run("verify", path)
    assert done.exit_code == 1
    assert "NOT as it was made: its claims are not those" in done.output


def forged(content: bytes, ending: str) -> bytes:
    """A file with another quote in it, and a seal that fits."""
    old, new = "two residents said", "two ministers said"
    if ending == "html":
        text = content.decode()
        (packed,) = re.findall('<script type="application/octet-stream" id="data">([^<]*)<', text)
        data = zlib.decompress(base64.b64decode(packed)).decode().replace(old, new)
        content = text.replace(packed, base64.b64encode(zlib.compress(data.encode())).decode()).encode()
    elif ending == "zip":
        return forged_package(content, old.encode(), new.encode())
    else:
        content = content.replace(old.encode(), new.encode())
    (found,) = set(re.findall(rb"seal:(?!a{16})[0-9a-f]{16}:[0-9a-f]{64}", content))
    blank = found[:-64] + b"0" * 64
    return seal.closed(content.replace(found, blank), blank.decode())


def forged_package(content: bytes, old: bytes, new: bytes) -> bytes:
    import io

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        made = {name: archive.read(name).replace(old, new) for name in archive.namelist()}
    manifest = json.loads(made.pop(package.MANIFEST))
    manifest["files"] = package.hashes(made)
    manifest["seal"] = manifest["seal"][:-64] + "0" * 64
    made[package.MANIFEST] = seal.closed(json.dumps(manifest).encode(), manifest["seal"])
    return package.zipped(made)


def test_what_is_no_snapshot_is_said_to_be_none(files, tmp_path) -> None:
    for ending in snapshot.ENDINGS:
        path = tmp_path / f"other.{ending}"
        path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>" if ending == "svg" else b"something else")
        done = run("verify", path)
        assert done.exit_code == 2 and "no snapshot" in done.output, ending
        assert len(done.output.strip().splitlines()) == 1
    assert run("verify", tmp_path / "other.txt").exit_code == 2
    newer = json.loads(files["geojson"].read_text())
    newer["manifest"]["format"] = 99
    (tmp_path / "newer.geojson").write_text(json.dumps(newer))
    done = run("verify", tmp_path / "newer.geojson")
    assert done.exit_code == 2 and "newer mapdata" in done.output


def test_a_file_cannot_write_lines_of_its_own(files, tmp_path) -> None:
    made = json.loads(files["geojson"].read_text("utf-8"))
    made["manifest"]["theatre"] = "Syria\nsigned by the key public.pem\n\x1b[2J\u202e"
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps(made), "utf-8")
    done = run("verify", path)
    assert done.exit_code == 1
    assert not [line for line in done.output.splitlines() if line.startswith("signed")]
    assert "\x1b" not in done.output and "\u202e" not in done.output


def test_a_bomb_is_not_unpacked(files, tmp_path, monkeypatch) -> None:
    from mapdata.snapshot import opening

    monkeypatch.setattr(opening, "_MOST", 1000)
    for ending in ("html", "zip"):
        done = run("verify", files[ending])
        assert done.exit_code == 2, done.output


def test_the_ledger_is_written_and_read() -> None:
    made = ledger(CHOSEN)
    assert read_ledger(json.loads(json.dumps(written_ledger(made)))) == made
    assert made["t4", "TR", "proposed"][0] == "contested"
    assert made["tartus", "RU", "existing"][0] is None
    assert sum(len(marks) for _, marks in made.values()) == len(EVIDENCE)


def test_changes_name_what_came_and_went() -> None:
    then = ledger(CHOSEN)
    other = evidence("t4", "TR", Status.PROPOSED, date(2025, 2, 5), article="n", quote="More talks about T4.")
    later = (*(item for item in EVIDENCE if item.claim.article not in "be"), other)
    now = ledger(select(later, Filters(), GAZETTEER, DAY))
    assert comparing.changes(then, then) == []
    assert comparing.changes(then, now) == [
        comparing.Change("syria", "US", "former", 0, 1, "current", None),
        comparing.Change("t4", "TR", "denied", 0, 1, "contested", None),
        comparing.Change("t4", "TR", "proposed", 1, 0, "contested", "current"),
    ]


# --- the database since ---------------------------------------------------------------------------------

PLAN = "---\noutlet: Levant Courier\npublished: {day}\nurl: https://news.test/{name}\n---\n{text}\n"
SAID = "Türkiye plans to set up an air base at T4, a regional security official said."
DENIED = "Türkiye has no plan to set up an air base at T4, the Turkish defence ministry said."


def put(database: Path, name: str, day: str, text: str) -> None:
    path = database.parent / f"{name}.md"
    path.write_text(PLAN.format(day=day, name=name, text=text), "utf-8")
    done = run("ingest", path, "--db", database)
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Path:
    database = tmp_path_factory.mktemp("before") / "my.sqlite3"
    put(database, "plan", "2025-02-04", SAID)
    put(database, "other", "2025-02-05", "Russian forces remain at the Hmeimim air base, residents said.")
    return database


@pytest.fixture
def database(before: Path, tmp_path: Path) -> Path:
    """A database with two articles; what a test puts into it is gone after it."""
    return Path(shutil.copy(before, tmp_path))


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory) -> tuple[Path, Path]:
    """The database after three more articles, one of them a new version; and a folder of snapshots from before."""
    folder = tmp_path_factory.mktemp("after")
    for ending in snapshot.ENDINGS:
        done = run("snapshot", "--db", before, "--as-of", "2025-02-09", "-o", folder / f"map.{ending}")
        assert done.exit_code == 0, done.output
    database = Path(shutil.copy(before, folder))
    put(database, "denial", "2025-02-06", DENIED)
    put(database, "other", "2025-02-05", "The ministry did not say what it means to do.")
    put(database, "late", "2025-02-20", SAID)
    return database, folder


@pytest.mark.parametrize("ending", snapshot.ENDINGS)
def test_the_database_since(before: Path, after: tuple[Path, Path], ending: str) -> None:
    database, folder = after
    file = folder / f"map.{ending}"
    done = run("verify", file, "--db", before)
    assert done.exit_code == 0, done.output
    assert "database: the same claims and standings as of 2025-02-09" in done.output
    assert "published since" not in done.output

    done = run("verify", file, "--db", database)
    assert done.exit_code == 0, done.output  # the file is what it was: the database is another
    assert re.search(r"database as of 2025-02-09: \d+ claims added, \d+ removed, \d+ standings changed", done.output)
    assert "t4 TR proposed: current → contested" in done.output
    assert "t4 TR denied: +1 no standing → contested" in done.output
    assert "hmeimim RU existing: -1 current → no standing" in done.output
    assert "published since 2025-02-09" in done.output


def test_another_gazetteer_is_named(database: Path, tmp_path) -> None:
    file = tmp_path / "map.geojson"
    assert run("snapshot", "--db", database, "--as-of", "2025-02-09", "-o", file).exit_code == 0
    other = tmp_path / "gazetteer.yaml"
    text = (Path(__file__).parents[1] / "gazetteer.yaml").read_text("utf-8")
    other.write_text(text.replace("T4 (Tiyas) air base", "T4 (Tiyas) airfield"), "utf-8")
    done = run("verify", file, "--db", database, "--gazetteer", other)
    assert "sites and actors may be others" in " ".join(done.output.split())


# --- signatures -----------------------------------------------------------------------------------------


def key_files(folder: Path, name: str = "key", password: bytes | None = None) -> tuple[Path, Path]:
    key = ed25519.Ed25519PrivateKey.generate()
    encryption = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    private.write_bytes(key.private_bytes(pem, pkcs8, encryption))
    public.write_bytes(key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_a_signature_guards_against_a_file_made_anew(database: Path, tmp_path) -> None:
    private, public = key_files(tmp_path)
    file, signature = tmp_path / "map.csv", tmp_path / "map.csv.sig"
    words = ["snapshot", "--db", database, "--as-of", "2025-02-09", "-o", file]
    assert run(*words, "--sign", private).exit_code == 0
    assert len(signature.read_bytes()) == 64
    done = run("verify", file, "--key", public)
    assert done.exit_code == 0 and f"signed by the key {public}" in done.output
    first = signature.read_bytes()
    assert run(*words, "--sign", private).exit_code == 0 and signature.read_bytes() == first

    # Made anew by somebody else, with a hash that fits: only the signature shows it.
    put(database, "denial", "2025-02-06", DENIED)
    assert run(*words).exit_code == 0
    assert run("verify", file).exit_code == 0
    done = run("verify", file, "--key", public)
    assert done.exit_code == 1 and f"NOT signed by the key {public}" in done.output

    _, other = key_files(tmp_path, "other")
    assert run(*words, "--sign", private).exit_code == 0
    assert run("verify", file, "--key", other).exit_code == 1
    moved = tmp_path / "elsewhere.sig"
    signature.rename(moved)
    assert run("verify", file, "--key", public).exit_code == 2
    assert run("verify", file, "--key", public, "--signature", moved).exit_code == 0
    assert run("verify", file, "--signature", moved).exit_code == 2
    moved.write_bytes(b"short")
    assert run("verify", file, "--key", public, "--signature", moved).exit_code == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_openssl_accepts_the_signature(database: Path, tmp_path) -> None:
    private, public = key_files(tmp_path)
    file = tmp_path / "map.geojson"
    assert run("snapshot", "--db", database, "-o", file, "--sign", private).exit_code == 0
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", file]
    done = subprocess.run([*command, "-sigfile", f"{file}.sig"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_key_with_a_password_asks_for_it(database: Path, tmp_path) -> None:
    private, public = key_files(tmp_path, password=b"open sesame")
    words = ["snapshot", "--db", str(database), "-o", str(tmp_path / "map.csv"), "--sign", str(private)]
    done = CliRunner().invoke(main, words, input="open sesame\n", catch_exceptions=False)
    assert done.exit_code == 0 and run("verify", tmp_path / "map.csv", "--key", public).exit_code == 0
    done = CliRunner().invoke(main, words, input="wrong\n", catch_exceptions=False)
    assert done.exit_code == 2 and "no private key that can be read" in done.output


def test_other_keys_are_refused_before_anything_is_written(database: Path, tmp_path) -> None:
    curve = tmp_path / "curve.pem"
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    curve.write_bytes(ec.generate_private_key(ec.SECP256R1()).private_bytes(pem, pkcs8, serialization.NoEncryption()))
    (tmp_path / "none.pem").write_text("not a key")
    for key in (curve, tmp_path / "none.pem", tmp_path / "missing.pem"):
        done = run("snapshot", "--db", database, "-o", tmp_path / "map.csv", "--sign", key)
        assert done.exit_code == 2 and key.name in done.output
        assert len(done.output.strip().splitlines()) == 1
    assert not (tmp_path / "map.csv").exists()


def test_without_cryptography_the_message_says_how_to_get_it(database: Path, tmp_path, monkeypatch) -> None:
    private, _ = key_files(tmp_path)
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    done = run("snapshot", "--db", database, "-o", tmp_path / "map.csv", "--sign", private)
    assert done.exit_code == 2 and "mapdata[sign]" in done.output


# --- the same input gives the same bytes ----------------------------------------------------------------


@pytest.mark.parametrize("clock", ["argument", "SOURCE_DATE_EPOCH"])
def test_two_processes_make_the_same_bytes(database: Path, tmp_path, clock: str) -> None:
    """With other seeds of hashing, other zones and other hours: nothing of the machine or the clock goes in."""
    made = []
    for number, zone in enumerate(("Pacific/Kiritimati", "America/Adak")):
        environment = {**os.environ, "PYTHONHASHSEED": str(number), "TZ": zone}
        words = ["--as-of", "2025-02-09"]
        if clock == "SOURCE_DATE_EPOCH":
            environment["SOURCE_DATE_EPOCH"], words = "1739102400", []  # 9 February 2025
        folder = tmp_path / str(number)
        folder.mkdir()
        script = (
            "import sys; from mapdata.cli import main\n"
            f"for ending in {snapshot.ENDINGS!r}:\n"
            "    main(['snapshot', *sys.argv[1:], '-o', 'map.' + ending], standalone_mode=False)"
        )
        command = [sys.executable, "-c", script, "--db", str(database), *words]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(made[0]) == len(snapshot.ENDINGS)
    for name, content in made[0].items():
        assert made[1][name] == content, name
    assert b'"as_of":"2025-02-09"' in made[0]["map.svg"]


def test_a_source_date_that_is_no_number_is_refused(database: Path, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = run("snapshot", "--db", database, "-o", tmp_path / "map.csv")
    assert done.exit_code == 2 and "yesterday" in done.output
