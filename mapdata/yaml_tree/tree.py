"""YAML as a tree of nodes that know their lines, read so that a hostile file costs nothing.

PyYAML's `safe_load` forgets lines, takes the last of two equal keys in silence, reads NO as false and
lets a few aliases expand to gigabytes. Here a file is read event by event and refused at the first one
that goes too far; nothing is constructed, and the caller decides what a plain NO or 012 means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.resolver import Resolver

MAX_BYTES = 20_000_000
MAX_DEPTH = 20
MAX_ALIASES = 100
MAX_GROWTH = 10_000  # nodes that aliases add

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"
# All but what YAML allows, and the overrides of direction, which make a name read as another one.
_UNPRINTABLE = re.compile(
    "[^\\x09\\x0a\\x0d\\x20-\\x7e\\x85\\xa0-\\u2029\\u202f-\\ud7ff"
    "\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)


class YamlFault(ValueError):
    """Why a file cannot be read as a tree: `line` is 1-based, None where it is about the whole file."""

    def __init__(self, line: int | None, text: str) -> None:
        self.line = line
        self.text = text
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Scalar:
    """type: what YAML 1.1 takes a plain word for: str, int, float, bool, null, timestamp, merge, value."""

    value: str
    type: str
    plain: bool
    line: int


@dataclass(frozen=True, slots=True)
class Seq:
    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Map:
    """pairs in file order, equal keys kept."""

    line: int
    pairs: list[tuple[Node, Node]] = field(default_factory=list)


Node = Scalar | Seq | Map


def read_tree(path: Path) -> Node:
    """The only document of a file. Raises YamlFault, with one line that says what and how to mend."""
    return parse_tree(_text_of(path))


def _text_of(path: Path) -> str:
    try:
        if path.is_dir():
            raise YamlFault(None, "is a folder: name the YAML file in it")
        if not path.exists():
            raise YamlFault(None, "no such file")
        if not path.is_file():
            raise YamlFault(None, "is not a regular file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise YamlFault(
                None, f"has {size / 1e6:.0f} MB, more than the {MAX_BYTES // 1_000_000} MB allowed"
            )
        raw = path.read_bytes()
    except PermissionError:
        raise YamlFault(None, "no permission to read it: check its owner and mode") from None
    except OSError as error:
        raise YamlFault(None, f"cannot be read: {error.strerror or error}") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start]
        raise YamlFault(line, f"is not UTF-8 (byte 0x{byte:02x}): save the file as UTF-8") from None


def _unprintable(found: re.Match[str], line: int) -> YamlFault:
    return YamlFault(line, f"control character U+{ord(found.group()):04X}: remove it")


def parse_tree(text: str) -> Node:
    """Like `read_tree`, for text."""
    strange = _UNPRINTABLE.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        raise _unprintable(strange, line)
    try:
        return _Builder().build(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else None
        raise YamlFault(line, f"is no YAML from here on: {what}") from None
    except yaml.YAMLError as error:
        raise YamlFault(None, f"is no YAML: {' '.join(str(error).split())}") from None


class _Builder:
    """Builds the tree from parser events, keeping count of depth, aliases and size."""

    def __init__(self) -> None:
        self._resolver = Resolver()
        self._types: dict[str, str] = {}
        # By anchor: the node and its size with aliases written out; None while the node is still open.
        self._anchors: dict[str, tuple[Node, int] | None] = {}
        self._aliases = 0
        self._growth = 0
        self._size = 0

    def build(self, events: Iterator[yaml.Event]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    line = event.start_mark.line + 1
                    raise YamlFault(line, "a second document starts here: only one is allowed, remove '---'")
                root = self._node(next(events), events, 1)
        if root is None:
            raise YamlFault(None, "is empty")
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor, line)
        if depth > MAX_DEPTH:
            raise YamlFault(line, f"is nested more than {MAX_DEPTH} deep: flatten it")
        before = self._size
        self._size += 1
        tagged = self._tag(event, line)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            if strange := _UNPRINTABLE.search(event.value):  # written as an escape: "\\u202e"
                raise _unprintable(strange, line)
            plain = event.implicit[0] and not tagged
            node = Scalar(event.value, self._type(event.value) if plain else "str", plain, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Seq(line)
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                node.items.append(self._node(inner, events, depth + 1))
        else:
            node = Map(line)
            while not isinstance(inner := next(events), yaml.MappingEndEvent):
                key = self._node(inner, events, depth + 1)
                node.pairs.append((key, self._node(next(events), events, depth + 1)))
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, self._size - before)
        return node

    def _alias(self, anchor: str, line: int) -> Node:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise YamlFault(line, f"has more than {MAX_ALIASES} aliases (*{anchor}): write the values out")
        if anchor not in self._anchors:
            raise YamlFault(line, f"alias *{anchor} has no anchor before it: write the value out")
        target = self._anchors[anchor]
        if target is None:
            raise YamlFault(line, f"alias *{anchor} contains itself: write the value out")
        node, size = target
        self._size += size
        self._growth += size
        if self._growth > MAX_GROWTH:
            raise YamlFault(line, "grows beyond all measure through its aliases: write the values out")
        return node

    def _tag(self, event: yaml.Event, line: int) -> bool:
        """Whether the node says !!str (or '!', which means the same); every other tag is refused."""
        if event.tag is None:
            return False
        if isinstance(event, yaml.ScalarEvent) and event.tag in {"!", f"{_CORE}str"}:
            return True
        shown = event.tag.replace(_CORE, "!!")
        raise YamlFault(line, f"the tag {shown} is not read: remove it")

    def _type(self, value: str) -> str:
        known = self._types.get(value)
        if known is None:
            tag = self._resolver.resolve(yaml.ScalarNode, value, (True, False))
            known = self._types[value] = tag.removeprefix(_CORE)
        return known
