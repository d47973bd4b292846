"""The imports go one way, and each outside world has one room (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

import mapdata

PACKAGE = Path(mapdata.__file__).parent

# A room may import the rooms on lower levels, never one above it. Rooms of one level leave each other alone.
LEVEL = {
    "__init__": 0,
    "model": 0,
    "errors": 0,
    "folding": 0,
    "terminal": 0,
    "yaml_tree": 0,
    "configuration": 1,
    "filters": 1,
    "gazetteer": 1,
    "outlet_names": 1,
    "outlets": 1,
    "articles": 2,
    "reading": 3,
    "origins": 4,
    "discovery": 4,
    "second_reader": 4,
    "store": 5,
    "assessment": 6,
    "layers": 7,
    "selection": 8,
    "tables": 9,
    "columns": 9,
    "drawing": 10,
    "snapshot": 11,
    "ingest": 10,
    "cluster": 11,
    "evaluation": 10,
    "training": 11,
    "changes": 9,
    "changes_feed": 10,
    "silence": 9,
    "review": 11,
    "dashboard": 12,
    "cli": 13,
    "__main__": 14,
}

# Packages of the outside world that only one room may know.
ROOM_OF = {
    "sqlalchemy": {"store"},
    "folium": {"drawing"},
    "branca": {"drawing"},
    "streamlit_folium": {"dashboard"},
    "streamlit": {"dashboard"},
    "matplotlib": {"drawing"},
    "trafilatura": {"articles"},
    "feedparser": {"articles"},
    "docx": {"articles"},
    "geopy": {"gazetteer"},
    "click": {"cli"},
    "pypdf": {"articles", "snapshot"},
    "cryptography": {"snapshot"},
    "openai": {"second_reader"},
    "httpx": {"second_reader"},
    "fsspec": {"articles"},
    "distributed": {"cluster"},
}


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> list[str]:
    """Full dotted names of all that a file imports, function-level imports included."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where things come from"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    assert room in LEVEL, f"{path} is in no room of docs/architecture.md: add it there and here"
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "mapdata" and rest:
            other = rest.split(".")[0]
            if other in {room, "__version__"}:
                continue
            assert other in LEVEL, f"{path} imports {name}, which is in no room"
            assert LEVEL[other] < LEVEL[room], f"{path} imports {name}: backward"
        elif top in ROOM_OF:
            assert room in ROOM_OF[top], f"{path} imports {name}, which belongs to {ROOM_OF[top]}"


def test_no_file_is_longer_than_one_sitting_can_read() -> None:
    for path in FILES:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{path} has {lines} lines: split it by subject"
