"""gazetteer.yaml into records: every fault of the file at once, each with its line."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import mapdata
from mapdata.errors import GazetteerError
from mapdata.folding import fold
from mapdata.gazetteer import places
from mapdata.model import Actor, ActorKind, Gazetteer, Site, SiteKind, Theatre
from mapdata.yaml_tree import Faults, Fields, Node, Scalar, YamlFault, did_you_mean, read_tree, show

_ID = re.compile(r"\w[\w.-]*")
_MAX_CODE = 5

_TOP = ("schema", "theatre", "actors", "sites")
_THEATRE = ("name", "bounds", "languages")
_ACTOR = ("name", "kind", "country", "code", "names")
_SITE = ("name", "kind", "country", "names")
_SITE_OPTIONAL = (
    "lat",
    "lon",
    "area",
    "sources",
    "weak_names",
    "near",
    "within",
    "province",
    "precision_m",
    "ids",
)
_NO_POINT = {SiteKind.REGION, SiteKind.COUNTRY}


def default_path() -> Path:
    """The gazetteer that comes with mapdata: inside the installed package, else beside the checkout's."""
    package = Path(mapdata.__file__).resolve().parent
    packaged = package / "data" / "gazetteer.yaml"
    return packaged if packaged.is_file() else package.parent / "gazetteer.yaml"


def load(path: str | Path | None = None) -> Gazetteer:
    """Reads and validates a gazetteer; None takes the one that comes with mapdata.

    Raises GazetteerError with all faults, each with its line.
    """
    source = Path(path) if path is not None else default_path()
    try:
        tree = read_tree(source)
    except YamlFault as fault:
        raise GazetteerError(str(source), [(fault.line, fault.text)]) from None
    reader = _Reader()
    gazetteer = reader.gazetteer(tree, str(source))
    if reader.faults.found or gazetteer is None:
        raise GazetteerError(str(source), reader.faults.sorted())
    return gazetteer


# Names that a base and a place share are told apart by the words around them; no other kinds are.
_GROUP = {
    SiteKind.AIR_BASE: "base",
    SiteKind.NAVAL_BASE: "base",
    SiteKind.ARMY_BASE: "base",
    SiteKind.OUTPOST: "base",
    SiteKind.TOWN: "place",
    SiteKind.PORT: "place",
}


def version_of(theatre: Theatre, actors: Mapping[str, Actor], sites: Mapping[str, Site]) -> str:
    """12 hexadecimal digits that change when the content does, and not with layout or the order of keys."""
    content = {
        "theatre": asdict(theatre),
        "actors": {key: asdict(actor) for key, actor in actors.items()},
        "sites": {key: asdict(site) for key, site in sites.items()},
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


class _Reader:
    def __init__(self) -> None:
        self.faults = Faults()
        self.fields = Fields(self.faults)
        self.bounds: places.Bounds | None = None
        self.site_ids: set[str] = set()  # faulty sites too, so that one fault does not make another
        self.within: dict[str, tuple[str, int]] = {}

    def gazetteer(self, tree: Node, path: str) -> Gazetteer | None:
        top = self.fields.record(tree, "gazetteer", 1, _TOP)
        if top is None:
            return None
        if "schema" in top:
            self._schema(top["schema"])
        theatre = self._theatre(top["theatre"]) if "theatre" in top else None
        actors = self._entries(top.get("actors"), "actor", self._actor)
        sites = self._entries(top.get("sites"), "site", self._site)
        self._check_within()
        if self.faults.found or theatre is None:
            return None
        version = version_of(theatre, actors, sites)
        return Gazetteer(theatre=theatre, actors=actors, sites=sites, version=version, path=path)

    def _schema(self, node: Node) -> None:
        if not (isinstance(node, Scalar) and node.plain and node.value == "1"):
            self.faults.add(
                node.line, f"schema: has to be 1, the only one this mapdata reads, not {show(node)}"
            )

    def _theatre(self, node: Node) -> Theatre | None:
        values = self.fields.record(node, "theatre", node.line, _THEATRE)
        if values is None:
            return None
        name = self.fields.word(values["name"], "theatre: name") if "name" in values else None
        if "bounds" in values:
            self.bounds = places.bounds(values["bounds"], self.fields)
        languages = self.fields.words(values.get("languages"), "theatre: languages")
        if name is None or self.bounds is None:
            return None
        return Theatre(name=name, bounds=self.bounds, languages=languages)

    def _entries(self, node: Node | None, what: str, read) -> dict:
        """Entries by id. Names that two of them share are faults, in the later one's line."""
        entries = {}
        label_of: dict[str, dict[str, tuple[str, int]]] = {}
        name_of: dict[str, dict[str, tuple[str, int]]] = {}
        for key, line, value in self.fields.pairs(node, f"{what}s"):
            if not _ID.fullmatch(key):
                self.faults.add(
                    line, f"{what} {key!r}: an id has letters, digits, '-', '_' and '.', no spaces or commas"
                )
            if what == "site":
                self.site_ids.add(key)
            values = self.fields.record(
                value,
                f"{what} {key}",
                line,
                _ACTOR if what == "actor" else _SITE,
                ("metonyms",) if what == "actor" else _SITE_OPTIONAL,
            )
            if values is None:
                continue
            if entry := read(key, values, line):
                entries[key] = entry
            self._claim_names(key, what, values, label_of, name_of)
        return entries

    def _claim_names(
        self,
        key: str,
        what: str,
        values: Mapping[str, Node],
        label_of: dict[str, dict[str, tuple[str, int]]],
        name_of: dict[str, dict[str, tuple[str, int]]],
    ) -> None:
        """Compares the strong names of an entry with those of all entries before it, folded.

        A base and the town or port beside it may share one: a word for a base tells them apart in a text.
        """
        kind = values.get("kind")
        group = _GROUP.get(kind.value, "") if isinstance(kind, Scalar) else ""
        hint = "add a word to one of them"
        if what == "site":
            hint = (
                "leave it to one of them, or move it to weak_names where a word for the kind tells them apart"
            )
        for node in _scalars(values.get("names")):
            self._claim(node, key, what, name_of, group, hint)
        for node in _scalars(values.get("name")):
            self._claim(node, key, what, label_of, "", "add a word to one of them")

    def _claim(
        self,
        node: Scalar,
        key: str,
        what: str,
        owners: dict[str, dict[str, tuple[str, int]]],
        group: str,
        hint: str,
    ) -> None:
        folded = fold(node.value)
        if not folded:
            return
        by_group = owners.setdefault(folded, {})
        for other, (owner, line) in by_group.items():
            if owner != key and {group, other} != {"base", "place"}:
                self.faults.add(
                    node.line,
                    f"{what} {key}: shares the name {node.value!r} with {owner} (line {line}): {hint}",
                )
                return
        by_group.setdefault(group, (key, node.line))

    def _actor(self, key: str, values: Mapping[str, Node], line: int) -> Actor | None:
        where = f"actor {key}"
        take = self.fields
        before = len(self.faults.found)
        name = take.word(values["name"], f"{where}: name") if "name" in values else None
        kinds = [kind.value for kind in ActorKind]
        kind = take.choice(values["kind"], f"{where}: kind", kinds) if "kind" in values else None
        country = take.country(values["country"], f"{where}: country") if "country" in values else None
        code = take.word(values["code"], f"{where}: code") if "code" in values else None
        if code is not None and len(code) > _MAX_CODE:
            self.faults.add(
                values["code"].line,
                f"{where}: code {code!r} has {len(code)} signs: shorten it to {_MAX_CODE} at most",
            )
        names = self._names(values, where)
        metonyms = take.by_language(values.get("metonyms"), f"{where}: metonyms")
        if len(self.faults.found) > before or name is None or kind is None or code is None:
            return None
        return Actor(
            id=key,
            name=name,
            kind=ActorKind(kind),
            country=country,
            code=code,
            names=names,
            metonyms=metonyms,
        )

    def _site(self, key: str, values: Mapping[str, Node], line: int) -> Site | None:
        where = f"site {key}"
        take = self.fields
        before = len(self.faults.found)
        name = take.word(values["name"], f"{where}: name") if "name" in values else None
        kinds = [kind.value for kind in SiteKind]
        kind = take.choice(values["kind"], f"{where}: kind", kinds) if "kind" in values else None
        country = take.country(values["country"], f"{where}: country") if "country" in values else None
        lon, lat = self._point(values, where, kind, line)
        area: places.Ring = ()
        if "area" in values:
            area = places.ring(values["area"], f"{where}: area", self.bounds, take)
        elif kind == SiteKind.REGION:
            self.faults.add(
                line, f"{where}: a region needs 'area', a closed ring of [lon, lat] pairs: add it"
            )
        names = self._names(values, where)
        within = take.word(values["within"], f"{where}: within") if "within" in values else None
        if within is not None:
            self.within[key] = (within, values["within"].line)
        province = take.word(values["province"], f"{where}: province") if "province" in values else None
        precision = None
        if "precision_m" in values:
            precision = take.whole_number(values["precision_m"], f"{where}: precision_m", 1)
        ids = {}
        for name_of_list, _, value in take.pairs(values.get("ids"), f"{where}: ids"):
            ids[name_of_list] = take.word(value, f"{where}: ids.{name_of_list}")
        site = Site(
            id=key,
            name=name or "",
            kind=SiteKind(kind) if kind else SiteKind.TOWN,
            country=country,
            lat=lat,
            lon=lon,
            names=names,
            area=area,
            sources=take.words(values.get("sources"), f"{where}: sources"),
            weak_names=take.by_language(values.get("weak_names"), f"{where}: weak_names"),
            near=take.by_language(values.get("near"), f"{where}: near"),
            within=within,
            province=province,
            precision_m=precision,
            ids=ids,
        )
        return None if len(self.faults.found) > before or name is None or kind is None else site

    def _names(self, values: Mapping[str, Node], where: str) -> dict[str, tuple[str, ...]]:
        if "names" not in values:
            return {}
        before = len(self.faults.found)
        names = self.fields.by_language(values["names"], f"{where}: names")
        if not any(names.values()) and len(self.faults.found) == before:
            self.faults.add(values["names"].line, f"{where}: names: has no name at all: give at least one")
        return names

    def _point(
        self, values: Mapping[str, Node], where: str, kind: str | None, line: int
    ) -> tuple[float | None, float | None]:
        """(lon, lat), both None for a site without a point."""
        missing = [key for key in ("lat", "lon") if key not in values]
        if missing and (len(missing) == 1 or (kind is not None and kind not in _NO_POINT)):
            for key in missing:
                self.faults.add(line, f"{where}: {key!r} is missing: add it")
        if missing:
            return None, None
        lat = self.fields.number(values["lat"], f"{where}: lat")
        lon = self.fields.number(values["lon"], f"{where}: lon")
        if lat is None or lon is None:
            return None, None
        at = values["lat"].line if abs(lat) > 90 or abs(lon) <= 180 else values["lon"].line
        theatre = None if kind == SiteKind.COUNTRY else self.bounds
        places.check_point(lon, lat, at, where, theatre, self.faults)
        return lon, lat

    def _check_within(self) -> None:
        known = self.site_ids
        for key, (outer, line) in self.within.items():
            if outer not in known:
                hint = did_you_mean(outer, known)
                self.faults.add(line, f"site {key}: within: {outer!r} names no site: {hint}")
                continue
            chain = [key]
            while outer in self.within and outer not in chain:
                chain.append(outer)
                outer = self.within[outer][0]
            if outer == key:
                circle = " > ".join([*chain, key])
                self.faults.add(line, f"site {key}: within: goes round in a circle ({circle}): remove one")


def _scalars(node: Node | None) -> list[Scalar]:
    """All words under a node that YAML reads as text."""
    if node is None:
        return []
    if isinstance(node, Scalar):
        return [node] if node.type == "str" else []
    children = [value for _, value in node.pairs] if hasattr(node, "pairs") else node.items
    return [scalar for child in children for scalar in _scalars(child)]
