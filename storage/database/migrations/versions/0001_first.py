"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    create_sources()
    create_runs()
    create_attempts()
    create_attempt_urls()
    create_bodies()
    create_pages()
    create_articles()
    create_revisions()
    create_locations()
    create_validators()


def create_sources() -> None:
    op.create_table(
        "sources",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("found_kind", sa.Text()),
        sa.Column("next_run_at", sa.DateTime(timezone=True)),
        sa.Column("last_run_at", sa.DateTime(timezone=True)),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="sources_key"),
    )
    op.create_index("sources_by_next_run_at", "sources", ["next_run_at"])


def create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered", sa.BigInteger(), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("not_modified", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="runs_key"),
    )
    op.create_index("runs_by_source", "runs", ["source"])
    op.create_index("runs_by_status", "runs", ["status"])


def create_attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("run_id", NUMBER, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text()),
        sa.Column("redirects", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("not_modified", sa.Boolean(), nullable=False),
        sa.Column("is_fetched", sa.Boolean(), nullable=False),
        sa.Column("article_id", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("duplicate_of", sa.Text()),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="attempts_run_id"),
        sa.PrimaryKeyConstraint("id", name="attempts_key"),
    )
    op.create_index("attempts_by_run_id_verdict", "attempts", ["run_id", "verdict"])
    op.create_index("attempts_by_url_key_is_fetched_id", "attempts", ["url_key", "is_fetched", "id"])
    op.create_index("attempts_by_verdict", "attempts", ["verdict"])


def create_attempt_urls() -> None:
    op.create_table(
        "attempt_urls",
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("attempt_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="attempt_urls_attempt_id"),
        sa.PrimaryKeyConstraint("url_key", "attempt_id", name="attempt_urls_key"),
    )
    op.create_index("attempt_urls_by_attempt_id", "attempt_urls", ["attempt_id"])


def create_bodies() -> None:
    op.create_table(
        "bodies",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="bodies_key"),
    )


def create_pages() -> None:
    op.create_table(
        "pages",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_hash"], ["bodies.hash"], name="pages_body_hash"),
        sa.PrimaryKeyConstraint("id", name="pages_key"),
    )
    op.create_index("pages_by_body_hash", "pages", ["body_hash"])
    op.create_index("pages_by_fetched_at", "pages", ["fetched_at"])
    op.create_index("pages_by_url_key", "pages", ["url_key"])


def create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.Text()),
        sa.Column("published_sort", sa.DateTime(timezone=True)),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("is_paywalled", sa.Boolean(), nullable=False),
        sa.Column("is_truncated", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("reader", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="articles_key"),
        sa.UniqueConstraint("content_hash", name="articles_one_content_hash"),
    )
    op.create_index("articles_by_captured_at_id", "articles", ["captured_at", "id"])
    op.create_index("articles_by_published_sort", "articles", ["published_sort"])
    op.create_index("articles_by_source_captured_at", "articles", ["source", "captured_at"])
    op.create_index("articles_by_updated_at", "articles", ["updated_at"])


def create_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page_id", NUMBER),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="revisions_article_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="revisions_page_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("article_id", "number", name="revisions_key"),
    )
    op.create_index("revisions_by_content_hash", "revisions", ["content_hash"])
    op.create_index("revisions_by_page_id", "revisions", ["page_id"])


def create_locations() -> None:
    op.create_table(
        "locations",
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="locations_article_id"),
        sa.PrimaryKeyConstraint("url_key", name="locations_key"),
    )
    op.create_index("locations_by_article_id", "locations", ["article_id"])


def create_validators() -> None:
    op.create_table(
        "validators",
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("url_key", name="validators_key"),
    )
