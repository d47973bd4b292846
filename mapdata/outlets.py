"""Who publishes: outlets and agencies by name and address, and whose voice each of them is.

The list is curated (data/outlets.yaml). An outlet that is not in it works all the same: its folded name
is its voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import mapdata
from mapdata.errors import OutletsError
from mapdata.folding import fold
from mapdata.yaml_tree import Faults, Fields, Map, Node, Scalar, Seq, YamlFault, read_tree

KINDS = ("agency", "newspaper", "broadcaster", "website", "official", "monitor")

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Outlet:
    """names: by language, beside `name`. weak_names: by language, names that are also common words, places
    or persons (Petra, Dawn). domains: hosts without www; their subdomains count too. owner: None where it
    is not publicly known beyond doubt."""

    id: str
    name: str
    kind: str
    domains: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weak_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owner: str | None = None
    sources: tuple[str, ...] = ()


class Outlets:
    """The outlets of a list, found by name (in any of its languages) or by address."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.by_id: dict[str, Outlet] = {outlet.id: outlet for outlet in outlets}
        self._by_domain: dict[str, Outlet] = {}
        self._by_name: dict[str, Outlet] = {}
        for outlet in self.by_id.values():
            for domain in outlet.domains:
                self._by_domain.setdefault(domain, outlet)
            for name in _all_names(outlet):
                self._by_name.setdefault(fold(name), outlet)
                self._by_name.setdefault(_bare(name), outlet)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def find(self, name_or_url: str | None) -> Outlet | None:
        """The outlet of that name, or whose address it is; None if the list does not have it."""
        if not name_or_url:
            return None
        host = host_of(name_or_url)
        while host:
            if host in self._by_domain:
                return self._by_domain[host]
            host = host.partition(".")[2]
        return self._by_name.get(fold(name_or_url)) or self._by_name.get(_bare(name_or_url))

    def voice(self, outlet: str | None, fallback: str) -> str:
        """Whose voice counts: the owner where one is known, else the outlet, else `fallback`.

        Two outlets of one owner have one voice; two spellings of one outlet too.
        """
        known = self.find(outlet)
        if known is not None:
            return known.owner or fold(known.name)
        return (host_of(outlet) or _bare(outlet) if outlet else "") or fallback

    def names_for_matching(self) -> tuple[tuple[str, str], ...]:
        """(surface, outlet id) of every name that is an outlet wherever it stands in a text.

        Surfaces are as written: for short ones in capitals (AP, AA) the case matters. Weak names are left
        out, and so are official bodies, which speak and do not relay.
        """
        return tuple(
            (name, outlet.id)
            for outlet in self
            if outlet.kind != "official"
            for name in _strong_names(outlet)
        )

    def weak_names_for_matching(self) -> tuple[tuple[str, str], ...]:
        """(surface, outlet id) of the names that are an outlet only beside words of reporting."""
        return tuple(
            (name, outlet.id)
            for outlet in self
            if outlet.kind != "official"
            for name in dict.fromkeys(name for names in outlet.weak_names.values() for name in names)
        )


def host_of(text: str) -> str | None:
    """The host of an address, in lower case and without www; None for anything else."""
    text = text.strip().lower()
    if len(text.split()) > 1:
        return None
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return None
    host = host.rstrip(".").removeprefix("www.")
    return host if _HOST.fullmatch(host) else None


def _bare(name: str) -> str:
    """Folded, without the article that some writers put before it."""
    return fold(name).removeprefix("the ")


def _strong_names(outlet: Outlet) -> list[str]:
    weak = {fold(name) for names in outlet.weak_names.values() for name in names}
    strong = [outlet.name, *(name for names in outlet.names.values() for name in names)]
    return [name for name in dict.fromkeys(strong) if fold(name) not in weak]


def _all_names(outlet: Outlet) -> list[str]:
    return [*_strong_names(outlet), *(name for names in outlet.weak_names.values() for name in names)]


def load_outlets(path: str | Path | None = None) -> Outlets:
    """Reads and validates a list of outlets; None takes the one that comes with mapdata.

    Raises OutletsError with all faults, each with its line.
    """
    source = Path(path) if path is not None else Path(mapdata.__file__).parent / "data" / "outlets.yaml"
    try:
        tree = read_tree(source)
    except YamlFault as fault:
        raise OutletsError(str(source), [(fault.line, fault.text)]) from None
    faults = Faults()
    outlets = _read(tree, Fields(faults))
    if faults.found:
        raise OutletsError(str(source), faults.sorted())
    return Outlets(outlets)


def _read(tree: Node, take: Fields) -> list[Outlet]:
    top = take.record(tree, "outlets file", 1, ("schema", "outlets"))
    if top is None:
        return []
    schema = top.get("schema")
    if schema is not None and not (isinstance(schema, Scalar) and schema.plain and schema.value == "1"):
        take.faults.add(schema.line, "schema: has to be 1, the only one this mapdata reads")
    outlets = []
    taken: dict[str, tuple[str, int]] = {}
    for key, line, node in take.pairs(top.get("outlets"), "outlets"):
        where = f"outlet {key}"
        if not _ID.fullmatch(key):
            take.faults.add(line, f"{where}: an id has small letters, digits and '-'")
        values = take.record(
            node, where, line, ("name", "kind", "domains"), ("names", "weak_names", "owner", "sources")
        )
        if values is None:
            continue
        outlet = _outlet(key, where, values, take)
        if outlet.owner and not outlet.sources:
            take.faults.add(
                values["owner"].line, f"{where}: owner: say under 'sources' where the ownership is known from"
            )
        for name_node in _name_nodes(values):
            _claim(_bare(name_node.value), name_node, key, where, taken, take.faults)
        for domain_node in _items(values.get("domains")):
            if _HOST.fullmatch(domain_node.value):
                _claim(domain_node.value, domain_node, key, where, taken, take.faults)
            else:
                take.faults.add(
                    domain_node.line,
                    f"{where}: domains: {domain_node.value!r} is no host: write it as example.org",
                )
        outlets.append(outlet)
    return outlets


def _outlet(key: str, where: str, values: Mapping[str, Node], take: Fields) -> Outlet:
    kind = take.choice(values["kind"], f"{where}: kind", KINDS) if "kind" in values else None
    return Outlet(
        id=key,
        name=(take.word(values["name"], f"{where}: name") if "name" in values else None) or "",
        kind=kind or "",
        domains=take.words(values.get("domains"), f"{where}: domains"),
        names=take.by_language(values.get("names"), f"{where}: names"),
        weak_names=take.by_language(values.get("weak_names"), f"{where}: weak_names"),
        owner=take.word(values["owner"], f"{where}: owner") if "owner" in values else None,
        sources=take.words(values.get("sources"), f"{where}: sources"),
    )


def _claim(
    what: str, node: Scalar, key: str, where: str, taken: dict[str, tuple[str, int]], faults: Faults
) -> None:
    owner, line = taken.setdefault(what, (key, node.line))
    if owner != key:
        faults.add(node.line, f"{where}: shares {node.value!r} with {owner} (line {line}): leave it to one")


def _items(node: Node | None) -> list[Scalar]:
    return [item for item in node.items if isinstance(item, Scalar)] if isinstance(node, Seq) else []


def _name_nodes(values: Mapping[str, Node]) -> list[Scalar]:
    lists = [
        names
        for key in ("names", "weak_names")
        if isinstance(languages := values.get(key), Map)
        for _, names in languages.pairs
    ]
    nodes = [values.get("name"), *(item for names in lists for item in _items(names))]
    return [node for node in nodes if isinstance(node, Scalar) and fold(node.value)]
