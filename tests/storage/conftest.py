"""What the tests of the store share: a fresh database of each kind, and short ways to write outcomes."""

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from storage.article import Article, Author, Image, Link, Origin, Provider, ReaderState, Related, Topic
from storage.database.store import Store, open_store
from storage.settings import StorageSettings
from tests.storage.brought import Brought

SERVER = os.environ.get("BOWERBIRD_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@cache
def why_no_server() -> str:
    """Say why no server answers, or nothing where one does."""
    try:
        with psycopg.connect(libpq_url(), connect_timeout=3):
            return ""
    except psycopg.OperationalError as error:
        return str(error)


def libpq_url() -> str:
    return make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A fresh schema of the test server; the test is skipped where there is none, and fails in CI."""
    if why_no_server():
        message = f"no PostgreSQL server answers at {make_url(SERVER)!r}: {why_no_server()}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    schema = f"bowerbird_{uuid.uuid4().hex}"
    with psycopg.connect(libpq_url(), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
        url = make_url(SERVER).update_query_dict({"options": f"-csearch_path={schema}"})
        yield url.render_as_string(hide_password=False)
        connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'store.db'}"


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, empty database of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def settings(database_url: str) -> StorageSettings:
    return StorageSettings(database=database_url)


@pytest.fixture
def store(settings: StorageSettings) -> Iterator[Store]:
    """An open store of each kind."""
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> Brought:
    """A run to record outcomes in."""
    return Brought(store)


@pytest.fixture
def full_article() -> Article:
    """An article with a value in every field."""
    image = Image(url="https://example.org/i.png", width=1, height=2, alt="a", caption="c", is_cached=True, file="i")
    provider = Provider(name="The Harbour", domain="example.org", images=(image,))
    published = datetime(2026, 2, 1, 8, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    return Article(
        url="https://example.org/full",
        title="Full \U0001f6a2",
        canonical_url="https://example.org/canonical",
        amp_url="https://example.org/amp",
        excerpt="An excerpt",
        language="en",
        authors=(Author("Ann"), Author("Desk", "organisation")),
        published_at=published,
        modified_at=date(2026, 2, 2),
        captured_at=datetime(2026, 2, 3, tzinfo=UTC),
        provider=provider,
        source="harbour",
        category="news",
        type="video",
        keywords=("k",),
        tags=("t", "u"),
        topics=(Topic("SQL", "Concept", "A language."), Topic("x")),
        categories=("c",),
        images=(image,),
        links=(Link("https://example.org/l", "l", "d"),),
        summary="A summary",
        body="**Text**",
        text="Text of it",
        html="<b>Text</b>",
        is_paywalled=True,
        is_truncated=True,
        license="CC0",
        quality=7,
        related=(Related("r", "https://example.org/r", published_at=published, provider=provider, images=(image,)),),
        reader=ReaderState(already_read=True, read_priority=1, relevance=2),
        origins={"title": Origin("json-ld"), "published_at": Origin("text", "guess")},
        extra={"on": date(2026, 1, 1), "deep": {"at": published, "$raw": b"x", "n": [1, 2.5, None, True]}},
    )
