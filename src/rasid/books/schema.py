"""The tables of a book. One schema for SQLite and PostgreSQL; days are dates, instants ISO text, structures
JSON text.

Readable with plain SQL: `incidents`, `commitments`, `findings` hold one row per record with its main
columns, `body` the record whole. What people and outlets said stands in `originals`, `captures`, `reports`,
`readings`, `claims`, `actions` and `log`; everything else is derived from them and can be built again.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

#: SQLite makes only INTEGER primary keys count up by themselves.
_N = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

log = Table(
    "log",
    metadata,
    Column("seq", _N, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

originals = Table(
    "originals",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("kept_sha256", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("n", _N, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("content", Text, nullable=False),
    Column("title", Text),
    Column("url", Text),
    Column("publisher", Text),
    Column("language", Text, nullable=False),
    Column("published", Date, index=True),
    Column("published_basis", Text),
    Column("carrier", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sealed_text", LargeBinary),
    Column("warnings", Text, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("added", Text, nullable=False),
    Column("reader", Text, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("n", _N, primary_key=True),
    Column("report", BigInteger, ForeignKey("reports.n"), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("n", _N, primary_key=True),
    Column("report", BigInteger, ForeignKey("reports.n"), nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("at", Text, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("report", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

claims = Table(
    "claims",
    metadata,
    Column("n", _N, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("report", BigInteger, ForeignKey("reports.n"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("canon", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("corrected", Text),
    Column("sources", Text, nullable=False),
    Column("features", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("component", BigInteger, index=True),
    Column("pin", BigInteger, index=True),
    Column("record", BigInteger, index=True),
    Column("host", BigInteger, index=True),
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("claim", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

labels = Table(
    "labels",
    metadata,
    Column("seq", _N, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("claim", BigInteger, nullable=False, unique=True),
)

incidents = Table(
    "incidents",
    metadata,
    Column("n", _N, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("date_precision", Text, nullable=False),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Text),
    Column("grade", Text, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("killed_low", Integer),
    Column("killed_high", Integer),
    Column("injured_low", Integer),
    Column("injured_high", Integer),
    Column("content", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated", Text, nullable=False),
    Column("body", Text, nullable=False),
    # as lists sort, and all that filters and facets look at, so that neither reads the wide rows
    Index("incidents_day", text("coalesce(start, '0001-01-01')"), "id"),
    Index(
        "incidents_listed",
        *("kind", "modality", "type", "grade", "country", "start", "end", "date_precision", "published"),
        *("lat", "lon", "id"),
    ),
    Index("incidents_updated", "updated", "id"),
    Index("incidents_country", "country", "start"),
)

commitments = Table(
    "commitments",
    metadata,
    Column("n", _N, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("made", Date),
    Column("start", Date),
    Column("until", Date),
    Column("country", Text),
    Column("published", Boolean, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("commitments_made", "made", "id"),
)

facets = Table(
    "facets",
    metadata,
    Column("slot", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("record", BigInteger, primary_key=True),
    Index("facets_record", "record", "slot"),
    sqlite_with_rowid=False,
)

terms = Table(
    "terms",
    metadata,
    Column("id", Text, primary_key=True),
    Column("commitment", BigInteger, nullable=False, index=True),
    Column("act", Text, nullable=False),
    Column("start", Date),
    Column("until", Date),
    Column("body", Text, nullable=False),
)

scopes = Table(
    "scopes",
    metadata,
    Column("place", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Index("scopes_term", "term"),
    sqlite_with_rowid=False,
)

watch = Table(
    "watch",
    metadata,
    Column("place", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("reports", Integer, nullable=False),
    sqlite_with_rowid=False,
)

findings = Table(
    "findings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("commitment", BigInteger, nullable=False, index=True),
    Column("term", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("incident", BigInteger, index=True),
    Column("answer", BigInteger, index=True),
    Column("day", Date, index=True),
    Column("strength", Float, nullable=False),
    Column("body", Text, nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("n", _N, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text),
    Column("detail", Text, nullable=False),
    Column("undone_by", BigInteger),
)

decisions = Table(
    "decisions",
    metadata,
    Column("action", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("claim", BigInteger, index=True),
    Column("subject", Text, nullable=False, index=True),
    Column("value", Text),
    Column("who", Text, nullable=False),
    Column("reason", Text),
)

limits = Table(
    "limits",
    metadata,
    Column("n", _N, primary_key=True),
    Column("place", Text, nullable=False),
    Column("place_id", Text),
    Column("start", Date, nullable=False),
    Column("end", Date),
    Column("why", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("n", _N, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("public", Text),
    Column("at", Text, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Text),
    Column("action", BigInteger),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Text, primary_key=True),
    Column("head", Text, nullable=False),
    Column("body", Text, nullable=False),
)
