"""Fixtures that more than one test file needs."""

from collections.abc import Iterator
from pathlib import Path

import browser
import postgres
import pytest
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run; each test opens a context of its own."""
    with browser.chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres_port() -> Iterator[int]:
    """The port of a PostgreSQL server that runs for the tests alone."""
    binaries = postgres.binaries()
    if binaries is None:
        pytest.skip(postgres.MISSING)
    with postgres.server(binaries) as port:
        yield port


@pytest.fixture
def postgres_address(postgres_port: int) -> str:
    """The address of a PostgreSQL database that is empty when the test begins."""
    postgres.empty(postgres_port)
    return postgres.address(postgres_port)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind that the store knows."""
    if request.param == "sqlite":
        return str(tmp_path / "mapdata.sqlite3")
    return request.getfixturevalue("postgres_address")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--lower-the-gate", action="store_true", help="show the reader's figures instead of holding it to them"
    )
