"""Where the second reader is, and how patiently it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mapdata.errors import SecondReaderError

KEY_VARIABLE = "MAPDATA_SECOND_READER_KEY"


@dataclass(frozen=True, slots=True)
class Settings:
    """url: of an OpenAI-compatible API, as a rule ending with /v1. key: None for a server that wants none.

    timeout: seconds for a whole answer, however slowly it drips. tries: how often a request is made that
    finds no connection, no answer in time, a busy server or a broken one. pause: seconds before the second
    try, twice as long before each further one, never more than `longest_pause`. give_up_after: so many
    articles in a row without an answer, and no more are asked.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    tries: int = 3
    pause: float = 0.5
    longest_pause: float = 8.0
    give_up_after: int = 3


def settings(url: str, model: str, key: str | None = None, *, timeout: float = 60.0) -> Settings:
    """Checked settings. Raises SecondReaderError for an address, a model or a key that cannot be meant; the
    message never holds the key."""
    url, model = url.strip().rstrip("/"), model.strip()
    try:
        parts = urlsplit(url)
        host, user, _ = parts.hostname, parts.username or parts.password, parts.port
    except ValueError:
        host = user = parts = None
    if parts is not None and user:
        raise SecondReaderError(
            f"the second reader's address may hold no name and no password: put the key into {KEY_VARIABLE}"
        )
    if parts is None or parts.scheme not in {"http", "https"} or not host or not url.isprintable():
        raise SecondReaderError(
            f"{url!r} is no address of a second reader: give one like http://localhost:8080/v1"
        )
    if parts.query or parts.fragment or any(sign.isspace() for sign in url):
        raise SecondReaderError(
            f"{url!r} is more than the address of an API: leave out what follows its path (? or #) and blanks"
        )
    if not model or not model.isprintable():
        raise SecondReaderError(
            f"{model!r} is no name of a model: give the one that the server knows it by (--second-model)"
        )
    key = (key or "").strip() or None
    if key is not None and not (key.isascii() and key.isprintable() and " " not in key):
        raise SecondReaderError(f"the key in {KEY_VARIABLE} holds signs that no key has: set it again")
    return Settings(url, model, key, timeout)
