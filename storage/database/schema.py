"""The tables. Not for how they came to be: that is migrations/, which a test holds against this module."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.database.columns import CleanText, Json, MomentText, UtcTime

NAMES = {
    "ix": "%(table_name)s_by_%(column_0_N_name)s",
    "uq": "%(table_name)s_one_%(column_0_N_name)s",
    "fk": "%(table_name)s_%(column_0_N_name)s",
    "pk": "%(table_name)s_key",
}
# SQLite numbers rows by itself only where the type is INTEGER.
Number = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(naming_convention=NAMES)

# definition: what a Source holds beyond its name. claimed_until: the lease of the process that crawls it now.
sources = Table(
    "sources",
    metadata,
    Column("name", CleanText, primary_key=True),
    Column("definition", Json, nullable=False),
    Column("origin", Text, nullable=False),
    Column("is_paused", Boolean, nullable=False),
    Column("found_kind", Text),
    Column("next_run_at", UtcTime),
    Column("last_run_at", UtcTime),
    Column("claimed_until", UtcTime),
    Column("failures", Integer, nullable=False),
    Column("empty_runs", Integer, nullable=False, server_default="0"),
    Column("place", Integer, nullable=False, server_default="0"),
    Column("place_since", UtcTime),
    Column("place_because", CleanText),
    Column("own_tried_at", UtcTime),
    Index(None, "next_run_at"),
)

# process, beat_at: who runs it and when it was last heard of. source has no foreign key: a run outlives its source.
runs = Table(
    "runs",
    metadata,
    Column("id", Number, primary_key=True),
    Column("source", CleanText, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("process", Text, nullable=False),
    Column("beat_at", UtcTime, nullable=False),
    Column("offered", BigInteger, nullable=False),
    Column("requests", BigInteger, nullable=False),
    Column("not_modified", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Index(None, "source"),
    Index(None, "status"),
)

# is_fetched: the page was really asked for, so neither known nor filtered. cause: as storage/cause.py writes it.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Number, primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("url", CleanText, nullable=False),
    Column("url_key", Text, nullable=False),
    Column("final_url", CleanText),
    Column("redirects", Json, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("status", Integer),
    Column("seconds", Float, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("not_modified", Boolean, nullable=False),
    Column("is_fetched", Boolean, nullable=False),
    Column("article_id", Text),
    Column("title", CleanText, nullable=False),
    Column("duplicate_of", Text),
    Column("cause", CleanText),
    Index(None, "url_key", "is_fetched", "id"),
    Index(None, "run_id", "verdict"),
    Index(None, "verdict"),
)

# The other URLs of an attempt: where it ended and what it passed on the way.
attempt_urls = Table(
    "attempt_urls",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("attempt_id", ForeignKey("attempts.id"), primary_key=True),
    Index(None, "attempt_id"),
)

# One row a distinct response; body is zlib-compressed.
bodies = Table(
    "bodies",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Number, primary_key=True),
    Column("url", CleanText, nullable=False),
    Column("url_key", Text, nullable=False),
    Column("fetched_at", UtcTime, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Json, nullable=False),
    Column("body_hash", ForeignKey("bodies.hash"), nullable=False),
    Index(None, "url_key"),
    Index(None, "fetched_at"),
    Index(None, "body_hash"),
)

# content_hash is null for a text without words. revision: the number of the current text. updated_at: when that text
# was stored, or the record that goes with it. record: what is neither queried nor sorted. reader, extra: what a person
# set and wrote; a crawl leaves it.
articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("source", CleanText, nullable=False),
    Column("category", CleanText, nullable=False),
    Column("type", CleanText, nullable=False),
    Column("language", CleanText),
    Column("captured_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("published_at", MomentText),
    Column("published_sort", UtcTime),
    Column("word_count", Integer, nullable=False),
    Column("is_paywalled", Boolean, nullable=False),
    Column("is_truncated", Boolean, nullable=False),
    Column("content_hash", Text),
    Column("revision", Integer, nullable=False),
    Column("record", Json, nullable=False),
    Column("reader", Json, nullable=False),
    Column("extra", Json, nullable=False),
    UniqueConstraint("content_hash"),
    Index(None, "captured_at", "id"),
    Index(None, "updated_at"),
    Index(None, "published_sort"),
    Index(None, "source", "captured_at"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", Text),
    Column("title", CleanText, nullable=False),
    Column("body", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("html", CleanText, nullable=False),
    Column("captured_at", UtcTime, nullable=False),
    Column("page_id", ForeignKey("pages.id", ondelete="SET NULL")),
    Index(None, "content_hash"),
    Index(None, "page_id"),
)

# is_own: the article was captured here or moved here; otherwise a copy of its text was found here.
locations = Table(
    "locations",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("url", CleanText, nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("is_own", Boolean, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Index(None, "article_id"),
)

validators = Table(
    "validators",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("url", CleanText, nullable=False),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("body_hash", Text, nullable=False),
    Column("offers_hash", Text),
    Column("checked_at", UtcTime),
    Column("unchanged_answers", Integer, nullable=False, server_default="0"),
    Column("is_distrusted", Boolean, nullable=False, server_default=false()),
)
