"""Values taken out of a YAML tree, each fault noted with its line, none of them stopping the reading."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from mapdata.yaml_tree.tree import Map, Node, Scalar, Seq

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_KINDS = {Map: "a mapping", Seq: "a list"}
# What YAML 1.1 makes of a plain word, said so that a curator sees what happened.
_READ_AS = {
    "bool": "a boolean",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "null": "nothing",
    "merge": "a merge key",
    "value": "a default value",
}


@dataclass
class Faults:
    """(line, text) of everything that is wrong, as it is found."""

    found: list[tuple[int | None, str]] = field(default_factory=list)

    def add(self, line: int | None, text: str) -> None:
        self.found.append((line, text))

    def sorted(self) -> list[tuple[int | None, str]]:
        """In file order, faults of the whole file first."""
        return sorted(self.found, key=lambda fault: fault[0] or 0)


def did_you_mean(word: str, allowed: Collection[str]) -> str:
    """The end of a message: the nearest allowed word, or all of them if they are few."""
    near = process.extractOne(word.casefold(), sorted(allowed), scorer=fuzz.ratio, score_cutoff=60)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"allowed: {', '.join(sorted(allowed))}" if 0 < len(allowed) <= 20 else "check its spelling"


def show(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.type == "null" else repr(node.value)
    return _KINDS[type(node)]


@dataclass(frozen=True)
class Fields:
    """Reads nodes into plain values. A method returns None (or an empty container) for a faulty node.

    `where` names the place for a reader: "site t4: lat".
    """

    faults: Faults

    def pairs(self, node: Node | None, where: str) -> Iterator[tuple[str, int, Node]]:
        """(key, its line, value) of a mapping; equal keys are faults and only the first one counts."""
        if node is None:
            return
        if not isinstance(node, Map):
            self.faults.add(node.line, f"{where}: has to be a mapping, not {show(node)}")
            return
        seen: dict[str, int] = {}
        for key_node, value in node.pairs:
            key = self.word(key_node, f"{where}: key")
            if key is None:
                continue
            if key in seen:
                first = seen[key]
                self.faults.add(
                    key_node.line,
                    f"{where}: duplicate {key!r}, first in line {first}: remove one or rename it",
                )
                continue
            seen[key] = key_node.line
            yield key, key_node.line, value

    def record(
        self, node: Node, where: str, line: int, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Node] | None:
        """The values of a mapping with fixed keys. Unknown, duplicate and missing keys are faults."""
        if not isinstance(node, Map):
            self.faults.add(node.line, f"{where}: has to be a mapping, not {show(node)}")
            return None
        allowed = {*required, *optional}
        values: dict[str, Node] = {}
        for key, key_line, value in self.pairs(node, where):
            if key in allowed:
                values[key] = value
            else:
                hint = did_you_mean(key, allowed)
                self.faults.add(key_line, f"{where}: unknown key {key!r}: {hint}")
        for key in required:
            if key not in values:
                self.faults.add(line, f"{where}: {key!r} is missing: add it")
        return values

    def word(self, node: Node, where: str) -> str | None:
        """A text that is not empty. A plain NO, 007 or 2020-01-01 is a fault: YAML reads no text there."""
        if not isinstance(node, Scalar):
            self.faults.add(node.line, f"{where}: has to be text, not {show(node)}")
            return None
        if node.type == "null" or not node.value.strip():
            self.faults.add(node.line, f"{where}: is empty: give a text or remove it")
            return None
        if node.type != "str":
            self.faults.add(
                node.line,
                f"{where}: YAML reads {node.value} as {_READ_AS.get(node.type, node.type)}: "
                f"quote it: '{node.value}'",
            )
            return None
        return node.value.strip()

    def words(self, node: Node | None, where: str) -> tuple[str, ...]:
        if node is None:
            return ()
        if not isinstance(node, Seq):
            hint = f", write [{node.value}]" if isinstance(node, Scalar) and node.value else ""
            self.faults.add(node.line, f"{where}: has to be a list, not {show(node)}{hint}")
            return ()
        words = (self.word(item, where) for item in node.items)
        return tuple(word for word in words if word is not None)

    def by_language(self, node: Node | None, where: str) -> dict[str, tuple[str, ...]]:
        return {
            language: self.words(value, f"{where}.{language}")
            for language, _, value in self.pairs(node, where)
        }

    def choice(self, node: Node, where: str, allowed: Collection[str]) -> str | None:
        word = self.word(node, where)
        if word is None or word in allowed:
            return word
        near = process.extractOne(word.casefold(), list(allowed), scorer=fuzz.ratio, score_cutoff=60)
        hint = f"did you mean {near[0]!r}? " if near else ""
        self.faults.add(node.line, f"{where}: unknown {word!r}: {hint}allowed: {', '.join(allowed)}")
        return None

    def number(self, node: Node, where: str) -> float | None:
        if isinstance(node, Scalar) and node.plain and _NUMBER.fullmatch(node.value):
            return float(node.value)
        hint = ""
        if isinstance(node, Scalar):
            if _NUMBER.fullmatch(node.value):
                hint = ", remove the quotes"
            elif _NUMBER.fullmatch(node.value.replace(",", ".", 1)):
                hint = ", write a point for the comma"
            elif re.search(r"\d\s*[:°]\s*\d|\d\s*°?\s*[NSEW]$", node.value):
                hint = ", in decimal degrees"
        self.faults.add(node.line, f"{where}: has to be a number, not {show(node)}{hint}")
        return None

    def whole_number(self, node: Node, where: str, least: int) -> int | None:
        number = self.number(node, where)
        if number is None:
            return None
        if number < least or number != int(min(number, 1e15)):
            self.faults.add(
                node.line, f"{where}: has to be a whole number of {least} or more, not {show(node)}"
            )
            return None
        return int(number)

    def country(self, node: Node, where: str) -> str | None:
        """Two capital letters, or None for null."""
        if isinstance(node, Scalar) and node.type == "null" and node.plain:
            return None
        word = self.word(node, where)
        if word is None:
            return None
        if re.fullmatch("[A-Z]{2}", word):
            return word
        hint = f", write {word.upper()!r}" if re.fullmatch("[A-Za-z]{2}", word) else ""
        self.faults.add(
            node.line, f"{where}: has to be two capital letters (ISO 3166-1) or null, not {word!r}{hint}"
        )
        return None
