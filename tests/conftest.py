"""Fixtures that more than one test file needs."""

from collections.abc import Iterator

import browser
import pytest
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run; each test opens a context of its own."""
    with browser.chromium() as opened:
        yield opened
