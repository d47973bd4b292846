"""The records that pass between the modules, and the words they are made of.

Everything here is frozen and without behaviour: no input, no output, no clock. The words are those of
docs/words.md; a record that needs a verb belongs into the module that has the verb.

Positions in a text are counted in Unicode code points of `Article.text`; coordinates are WGS84 decimal
degrees; a pair of coordinates is (longitude, latitude), as in GeoJSON. An unknown day is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """What an article says of a presence. The order is that of every list that the product shows."""

    EXISTING = "existing"
    PROPOSED = "proposed"
    DENIED = "denied"
    FORMER = "former"


class SiteKind(StrEnum):
    AIR_BASE = "air_base"
    NAVAL_BASE = "naval_base"
    ARMY_BASE = "army_base"
    OUTPOST = "outpost"
    TOWN = "town"
    PORT = "port"
    REGION = "region"
    COUNTRY = "country"


class ActorKind(StrEnum):
    STATE = "state"
    ARMED_GROUP = "armed_group"
    COALITION = "coalition"
    COMPANY = "company"


class SpeakerKind(StrEnum):
    """Who says it, seen from the presence that is claimed. `medium`: nobody but the outlet itself."""

    ACTOR = "actor"
    HOST = "host"
    OTHER_STATE = "other_state"
    UNNAMED_OFFICIAL = "unnamed_official"
    ANALYST = "analyst"
    MEDIUM = "medium"


class StandingState(StrEnum):
    CURRENT = "current"
    CONTESTED = "contested"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"


class VerdictKind(StrEnum):
    """What a person says of a claim. `withdrawn`: a verdict is taken back, and the claim is unjudged again."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"
    WITHDRAWN = "withdrawn"


class NoticeKind(StrEnum):
    """What befell an article. `reinstated`: a retraction was a mistake, and its claims are back."""

    RETRACTED = "retracted"
    REINSTATED = "reinstated"
    ERASED = "erased"


# --- the gazetteer -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Theatre:
    """bounds: west, south, east, north."""

    name: str
    bounds: tuple[float, float, float, float]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """country: ISO 3166-1 alpha-2 of the layer it is drawn in, None for an actor without a state.

    names and metonyms: by language. `names` are words for the force, the state and its people; `metonyms`
    (capital, seat of government) are more often a speaker than a force.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    code: str
    names: Mapping[str, tuple[str, ...]]
    metonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site:
    """lat and lon are None for a site that has only an `area`: a closed ring of (lon, lat).

    weak_names: by language, names that count only beside a word for a base. near: by language, places
    that a base is described by ("the air base near Latakia"). within: id of the site that it lies in.
    precision_m: how far off the point may be, in metres.
    """

    id: str
    name: str
    kind: SiteKind
    country: str | None
    lat: float | None
    lon: float | None
    names: Mapping[str, tuple[str, ...]]
    area: tuple[tuple[float, float], ...] = ()
    sources: tuple[str, ...] = ()
    weak_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: str | None = None
    province: str | None = None
    precision_m: int | None = None
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """version: the first 12 hexadecimal digits of a hash of its content."""

    theatre: Theatre
    actors: Mapping[str, Actor]
    sites: Mapping[str, Site]
    version: str
    path: str | None = None


# --- articles and what is read in them -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article:
    """One text with its metadata.

    id: 20 hexadecimal digits, a hash of outlet, address and text. published_from: what the day was taken
    from: "metadata", "address", "text", or None with an unknown day. path: as the user gave it.
    illustrative: a summary in our own words (sample/), shown as such and not to be cited.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_from: str | None = None
    url: str | None = None
    lang: str | None = None
    path: str | None = None
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided a status, with their place in the article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom the article makes responsible for a claim.

    text: as a reader would say it ("a regional intelligence official, to Reuters"), None where it is the
    article's own outlet. credited: the outlet that the article credits with the report, as it names it.
    credited_on: the day of that report where the article gives one, as EDTF ("2025-02-04", "2025-01~").
    """

    text: str | None
    kind: SpeakerKind
    credited: str | None = None
    credited_on: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """(site, actor, status) with the quote that shows it: `text[start:end] == quote`.

    held_from, held_to: what the sentence says of the time of the presence, as EDTF strings with their
    precision kept ("2015", "2025-03-09"), never mixed with `published`, the day it could be read.
    construction: the name of the rule that proposed the pair. score: 0 to 1, how sure the reading is.
    review: accepted, corrected or added by a person; None where nobody has judged it.
    """

    article: str
    site: str
    actor: str
    status: Status
    quote: str
    start: int
    end: int
    attribution: Attribution
    cues: tuple[Cue, ...] = ()
    published: date | None = None
    held_from: str | None = None
    held_to: str | None = None
    construction: str = ""
    score: float = 1.0
    review: VerdictKind | None = None


# --- what people say of it -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a claim, or a claim that a person added.

    before: the claim as it stood, None for one that was missed. after: the claim that stands by this verdict,
    None where none does. replaces: id of the verdict that this one took the place of. carried: id of the verdict
    on an older version of the article that this one was taken over from. live: no later verdict replaced it.
    """

    id: int
    article: str
    kind: VerdictKind
    before: Claim | None
    after: Claim | None
    who: str
    why: str
    at: datetime
    replaces: int | None = None
    carried: int | None = None
    live: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """What was done to an article as a whole. versions, claims, verdicts: how many of them were erased."""

    id: int
    kind: NoticeKind
    article: str
    outlet: str | None
    who: str
    why: str
    at: datetime
    versions: int = 0
    claims: int = 0
    verdicts: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article. number: from 1, the oldest."""

    article: str
    number: int
    current: bool
    title: str | None
    outlet: str | None
    published: date | None
    added_at: datetime


# --- from claims to the map ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """An article without its text: what origins and evidence need of it.

    signature: MinHash of the text (see origins.signature), b"" for a text too short to have one.
    """

    id: str
    title: str | None
    outlet: str | None
    published: date | None
    url: str | None
    lang: str | None
    signature: bytes = b""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The report that a claim goes back to.

    outlet: whose report it is, None where nobody knows. voice: whose voice counts, the owner of the
    outlet where outlets.yaml knows one, so that two outlets of one owner are one voice.
    day: the first day on which the report is known, None where no article of it has a day.
    """

    id: str
    outlet: str | None
    voice: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim as the assessment weighs it: with its article's metadata and its origin."""

    claim: Claim
    source: Source
    origin: Origin


@dataclass(frozen=True, slots=True)
class Standing:
    """What the claims known on a day make of one (site, actor, status).

    origins: the independent ones, newest first, one a voice. first, newest: days of the earliest and the
    latest origin. age_days: from `newest` to the as-of day. speakers: how many origins by kind of
    speaker, in the order of SpeakerKind. articles: how many articles carry it, relays included.
    """

    site: str
    actor: str
    status: Status
    state: StandingState
    origins: tuple[Origin, ...]
    first: date
    newest: date
    age_days: int
    articles: int
    speakers: tuple[tuple[SpeakerKind, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The standings of one (site, actor) as of a day, and the sentence that says why.

    headline: the status that the pair is listed under; None where nothing dated is known. contested: at
    least one standing is. undated: claims without a day, which are listed and move no status.
    """

    site: str
    actor: str
    as_of: date
    standings: tuple[Standing, ...]
    headline: Status | None
    contested: bool
    sentence: str
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the product, the same words in the address, on the command line and in a snapshot.

    from_day and to_day go by the day of publication (`from` and `to`), both included; as_of None means
    today, which only the outermost caller knows. countries hold codes of layers, and "none" for actors
    without a state. An empty set means no restriction. recent: at most so many days of age.
    """

    from_day: date | None = None
    to_day: date | None = None
    as_of: date | None = None
    actors: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    sites: frozenset[str] = frozenset()
    min_origins: int = 1
    reviewed: bool = False
    recent: int | None = None


@dataclass(frozen=True, slots=True)
class Symbol:
    """One pill on the map: a standing that is current or contested, with what drawing needs of it."""

    site: str
    actor: str
    status: Status
    country: str | None
    contested: bool
    origins: int
    articles: int
    age_days: int
