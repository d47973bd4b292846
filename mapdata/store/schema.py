"""The tables, the version of their layout, and the steps from one version to the next."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    func,
    insert,
    text,
    update,
)

SCHEMA_VERSION = 2

metadata = MetaData()

# One row. `revision` grows with every transaction that changes anything that readers can see.
meta = Table(
    "meta",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("schema_version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
)

# `series` binds the versions of one article together; `current` marks the newest, the one that counts.
articles = Table(
    "articles",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("series", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", Date),
    Column("published_from", String(32)),
    Column("url", Text),
    Column("lang", String(64)),
    Column("text", Text, nullable=False),
    Column("path", Text),
    Column("illustrative", Boolean, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    # Its outlet took it back: it stays, and its claims are on no map.
    Column("retracted", Boolean, nullable=False, server_default=false()),
    Column("added_at", DateTime(timezone=True), server_default=func.now(), nullable=False),
    UniqueConstraint("series", "version", name="uq_articles_series_version"),
    Index("ix_articles_published", "published"),
)

gazetteers = Table(
    "gazetteers",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("theatre", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), server_default=func.now(), nullable=False),
)

# What the claims of an article were read with; a new reading replaces the row and the claims together.
readings = Table(
    "readings",
    metadata,
    Column("article", String(64), ForeignKey("articles.id"), primary_key=True),
    Column("gazetteer", String(64), ForeignKey("gazetteers.version"), nullable=False),
    Column("program", Text, nullable=False),
    Column("read_at", DateTime(timezone=True), server_default=func.now(), nullable=False),
)

# The day of publication is the article's alone, so that a corrected day needs one change in one place.
claims = Table(
    "claims",
    metadata,
    Column("article", String(64), ForeignKey("articles.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("site", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("attribution", Text),
    Column("speaker", String(32), nullable=False),
    Column("credited", Text),
    Column("credited_on", Text),
    Column("cues", JSON, nullable=False),
    Column("held_from", Text),
    Column("held_to", Text),
    Column("construction", Text, nullable=False),
    Column("score", Double, nullable=False),
    UniqueConstraint("article", "site", "actor", "status", name="uq_claims_article_site_actor_status"),
    Index("ix_claims_site_actor_status", "site", "actor", "status"),
    Index("ix_claims_actor", "actor"),
)

# What people said of claims. The claims that reading found stay as they are in `claims`; which stand is worked
# out when they are read. `anchors`: what a verdict rules over, as [site, actor, status, start, end] in the article's
# text, so that it holds whatever reads the article next. `before`, `after`: claims as JSON.
verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", String(64), ForeignKey("articles.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("live", Boolean, nullable=False),
    Column("anchors", JSON, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("replaces", Integer),
    Column("carried", Integer),
    Index("ix_verdicts_article", "article"),
)

# What befell whole articles. An erased one leaves this row alone, and nothing of its text.
notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("article", String(64), nullable=False),
    Column("series", String(64), nullable=False),
    Column("outlet", Text),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("versions", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("verdicts", Integer, nullable=False),
    Index("ix_notices_series", "series"),
)


def _with_reviews(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE articles ADD COLUMN retracted BOOLEAN DEFAULT false NOT NULL"))
    metadata.create_all(connection, tables=[verdicts, notices])


# MIGRATIONS[n] takes a database from version n to n + 1, within the transaction that opening holds.
# A new column or table comes with its step here and with SCHEMA_VERSION one higher.
MIGRATIONS: dict[int, Callable[[Connection], None]] = {1: _with_reviews}


def create(connection: Connection) -> None:
    """Make all tables in an empty database and mark it with our version."""
    metadata.create_all(connection)
    connection.execute(insert(meta).values(id=1, schema_version=SCHEMA_VERSION, revision=0))


def migrate(connection: Connection, version: int) -> None:
    """Take an older database to our version, one step after the other."""
    for step in range(version, SCHEMA_VERSION):
        MIGRATIONS[step](connection)
    connection.execute(
        update(meta).values(schema_version=SCHEMA_VERSION, revision=meta.c.revision + 1).where(meta.c.id == 1)
    )
