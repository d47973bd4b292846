"""Front matter: the YAML between a first line `---` and the next line `---`.

It is read as a stream of events and never built into objects: every scalar is text (so that `lang: no` and
`published: 2025-02-30` are seen as written), and a bomb of aliases has nothing to blow up.
"""

from __future__ import annotations

import re

import yaml

from mapdata.articles.metadata import Metadata, MetadataFault, checked
from mapdata.errors import InputRefused

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"\s*[A-Za-z_]+[ \t]*:(?:\s|\Z)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LONGEST = 65_536  # signs of front matter; more is no metadata
_DEEPEST = 20  # levels of a value that nobody reads
_NULLS = {"", "~", "null", "Null", "NULL"}
_FIRST_LINE = 2  # front matter starts on the second line of its file


def split(text: str, where: str) -> tuple[dict[str, tuple[object, int]], str]:
    """(values by key with their line in the file, body). The body is exactly what follows the closing line.

    A text that does not open with `---` is all body. One that opens so and never closes is refused where
    its next line looks like a key, and is all body where it does not: a rule drawn above the text.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return {}, text
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        if _KEY.match(text, opening.end()):
            raise InputRefused(f"{where}:1", "front matter is never closed; add a line '---' after its keys")
        return {}, text
    return _values(text[opening.end() : closing.start()], where), text[closing.end() :]


def metadata(values: dict[str, tuple[object, int]], where: str) -> Metadata:
    try:
        return checked({key: value for key, (value, _line) in values.items()})
    except MetadataFault as fault:
        raise InputRefused(f"{where}:{values[fault.key][1]}", str(fault)) from None


def _values(source: str, where: str) -> dict[str, tuple[object, int]]:
    values: dict[str, tuple[object, int]] = {}
    try:
        _walk(source, where, values)
    except yaml.MarkedYAMLError as fault:
        line = (fault.problem_mark.line if fault.problem_mark else 0) + _FIRST_LINE
        if "nesting depth" in str(fault.problem):
            # Newer parsers stop deep nesting themselves, before the walk counts it.
            raise InputRefused(f"{where}:{line}", "front matter nests over 20 levels deep") from None
        raise InputRefused(
            f"{where}:{line}",
            f"front matter is no YAML ({fault.problem}); write one 'key: value' a line, "
            "and put quotes around a value that holds ': '",
        ) from None
    except yaml.YAMLError as fault:
        reason = " ".join(str(getattr(fault, "reason", fault)).split())
        raise InputRefused(where, f"front matter is no YAML ({reason}); write 'key: value' lines") from None
    return values


def _walk(source: str, where: str, values: dict[str, tuple[object, int]]) -> None:
    """Top-level keys and their scalars into `values`; a nested value stands as [] or {}, unread."""
    depth, key, documents = 0, None, 0
    for event in yaml.parse(source, Loader=_LOADER):
        line = event.start_mark.line + _FIRST_LINE
        if isinstance(event, yaml.AliasEvent):
            raise InputRefused(f"{where}:{line}", "front matter uses a YAML alias ('*'); write the value out")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise InputRefused(f"{where}:{line}", "front matter holds two YAML documents; keep one")
        elif isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent) and depth == 0:
            if not isinstance(event, yaml.MappingStartEvent):
                if isinstance(event, yaml.ScalarEvent) and event.value == "":
                    continue  # nothing between the two lines
                raise InputRefused(
                    f"{where}:{line}", "front matter is no mapping; write one 'key: value' a line"
                )
            depth = 1
        elif isinstance(event, yaml.CollectionStartEvent):
            if depth == 1:
                if key is None:
                    raise InputRefused(f"{where}:{line}", "front matter has a key that is no word")
                values[key] = ({} if isinstance(event, yaml.MappingStartEvent) else [], line)
                key = None
            depth += 1
            if depth > _DEEPEST:
                raise InputRefused(
                    f"{where}:{line}", f"front matter nests over {_DEEPEST} levels; write plain values"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and depth == 1:
            if key is None:
                key = event.value
                if key in values:
                    raise InputRefused(f"{where}:{line}", f"front matter says {key!r} twice; keep one")
            else:
                plain = event.implicit[0]
                values[key] = (None if plain and event.value in _NULLS else event.value, line)
                key = None
