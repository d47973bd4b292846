"""What is known of an article beside its text, checked where foreign data come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from mapdata.articles.dates import parse_day
from mapdata.articles.language import normalised

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
_KINDS = {dict: "a mapping", list: "a list", bool: "true or false", int: "a number", float: "a number"}
_UNSAFE_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")


def quoted(value: object) -> str:
    """A value as a message shows it: in quotes, on one line, at most 60 signs."""
    shown = str(value)
    return repr(shown if len(shown) <= 60 else shown[:57] + "…")


def _kind(value: object) -> str:
    return _KINDS.get(type(value), type(value).__name__)


def unstorable(text: str) -> str | None:
    """Why a text can be neither hashed nor stored, None where it can."""
    if "\x00" in text:
        return "holds a NUL sign; take it out"
    if _SURROGATE.search(text):
        return "holds half a surrogate pair (such as \\ud800); save it as UTF-8 again"
    return None


def _line(value: object) -> str | None:
    """One line of text with single blanks, None for nothing."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"must be text, not {_kind(value)} ({quoted(value)}); put it in quotes")
    if reason := unstorable(value):
        raise ValueError(reason)
    return " ".join(value.split()) or None


def _day(value: object) -> date | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = parse_day(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{quoted(value)} is no date; write YYYY-MM-DD or leave it out")
    return found


def _flag(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    found = _FLAGS.get(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{quoted(value)} is neither true nor false")
    return found


def web_address(value: str | None) -> str | None:
    """The address as given if it is an http(s) one that a reader may be sent to, else None."""
    if not value or _UNSAFE_IN_ADDRESS.search(value.strip()):
        return None
    try:
        parts = urlsplit(value.strip())
        good = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return value.strip() if good else None


Line = Annotated[str | None, BeforeValidator(_line)]


class Metadata(BaseModel):
    """The keys of front matter, of a row and of a page. Other keys are accepted and not read.

    url: None for anything but an http(s) address (`javascript:` and the like are no address to follow).
    lang: two letters, None where what is said is no language.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    title: Line = None
    outlet: Line = None
    published: Annotated[date | None, BeforeValidator(_day)] = None
    url: Annotated[str | None, BeforeValidator(lambda value: web_address(_line(value)))] = None
    lang: Annotated[str | None, BeforeValidator(lambda value: normalised(_line(value)))] = None
    illustrative: Annotated[bool, BeforeValidator(_flag)] = False


NOTHING = Metadata()


class MetadataFault(ValueError):
    """One key of the metadata that cannot be used. `key` names it."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        super().__init__(f"{key} {reason}")


def checked(values: Mapping[str, Any]) -> Metadata:
    """Metadata from foreign values; MetadataFault with the first fault."""
    try:
        return Metadata.model_validate(dict(values))
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        key = str(first["loc"][0]) if first["loc"] else "metadata"
        cause = first.get("ctx", {}).get("error")
        raise MetadataFault(key, str(cause) if cause else first["msg"]) from None
