"""Opening, migrating, reading: on every database."""

import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from storage.database.engine import open_engine
from storage.database.migrate import HEAD, MIGRATIONS, upgrade
from storage.database.schema import metadata
from storage.database.store import Store, open_store
from storage.database.transaction import writing
from storage.errors import DatabaseUnusable, NoSuchArticle
from storage.settings import StorageSettings
from storage.verdict import Verdict
from tests.storage.brought import Brought

OPEN_UP_TO_DATE = """
import sys
from storage.database.store import open_store
from storage.settings import StorageSettings
from storage.verdict import Verdict
with open_store(StorageSettings(database=sys.argv[1])) as store:
    print(store.articles.count(), "alembic" in sys.modules)
"""


def test_the_migrations_make_what_the_schema_says(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_a_source_of_the_first_version_is_there_after_the_migration(sqlite_url: str) -> None:
    engine = open_engine(StorageSettings(database=sqlite_url))
    with writing(engine) as connection:
        upgrade(connection, to="0001")
        columns = "name, definition, origin, is_paused, failures"
        values = """'blog', '{"url": "https://example.org/feed", "kind": "auto", "tags": ["a"]}', 'store', false, 2"""
        connection.execute(text(f"INSERT INTO sources ({columns}) VALUES ({values})".replace(":", r"\:")))
    engine.dispose()
    with open_store(StorageSettings(database=sqlite_url)) as store:
        state = store.sources.get("blog")
    assert (state.source.url, state.source.tags, state.failures) == ("https://example.org/feed", ("a",), 2)
    assert (state.place, state.empty_runs, state.url, state.source.recheck) == (0, 0, state.source.url, None)


def test_an_attempt_of_an_earlier_version_has_no_cause(sqlite_url: str) -> None:
    engine = open_engine(StorageSettings(database=sqlite_url))
    run = "INSERT INTO runs VALUES (1, 'blog', 'crawl', 'finished', '', :at, :at, 'x', :at, 1, 1, 0, 0)"
    columns = "run_id, url, url_key, redirects, verdict, reason, at, seconds, bytes, not_modified, is_fetched, title"
    attempt = "1, 'https://example.org/', 'https://example.org/', '[]', 'blocked', 'x', :at, 0, 0, false, true, ''"
    with writing(engine) as connection:
        upgrade(connection, to="0002")
        for statement in (run, f"INSERT INTO attempts ({columns}) VALUES ({attempt})"):
            connection.execute(text(statement), {"at": "2026-03-01 08:00:00.000000"})
    engine.dispose()
    with open_store(StorageSettings(database=sqlite_url)) as store:
        (found,) = store.attempts.of_url("https://example.org/")
    assert (found.verdict, found.cause) == (Verdict.BLOCKED, None)


def test_opening_an_up_to_date_store_does_not_load_alembic(store: Store, database_url: str) -> None:
    command = [sys.executable, "-c", OPEN_UP_TO_DATE, database_url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False"]


def test_a_new_database_opened_by_several_processes_at_once_is_made_once(database_url: str) -> None:
    command = [sys.executable, "-c", OPEN_UP_TO_DATE, database_url]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    ended = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * 4, ended


def test_a_database_of_a_newer_program_is_refused(store: Store, settings: StorageSettings) -> None:
    with writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusable, match="newer Bowerbird"):
        open_store(settings)


def test_sqlite_is_set_up_to_survive_a_power_cut(sqlite_url: str) -> None:
    with open_store(StorageSettings(database=sqlite_url)) as store, store.engine.connect() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_write_takes_the_lock_at_its_start_and_a_read_takes_none(sqlite_url: str) -> None:
    with open_store(StorageSettings(database=sqlite_url)) as store:
        waited = threading.Event()

        def write() -> None:
            with writing(store.engine):
                waited.set()

        with writing(store.engine):
            other = threading.Thread(target=write)
            other.start()
            assert not waited.wait(0.2)
            assert store.articles.count() == 0
        other.join(10)
        assert waited.is_set()


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("nonsense", "write sqlite:///PATH"),
        ("mysql://me:secret@host/name", "not supported"),
        ("me:secret://x:secret@y", "write sqlite:///PATH"),
        ("postgresql+psycopg://me:secret@127.0.0.1:1/name?connect_timeout=1", "check that the server runs"),
        ("postgresql+psycopg://me@127.0.0.1:1/name?password=secret", "check that the server runs"),
        ("sqlite:////dev/null/store.db", "check that its folder"),
    ],
)
def test_a_database_that_cannot_be_used_says_what_to_do_and_no_password(database: str, words: str) -> None:
    with pytest.raises(DatabaseUnusable, match=words) as raised:
        open_store(StorageSettings(database=database))
    assert "secret@" not in str(raised.value)
    assert "=secret" not in str(raised.value)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"something else" * 1000)
    with pytest.raises(DatabaseUnusable, match="name another one"):
        open_store(StorageSettings(database=f"sqlite:///{path}"))


def test_a_database_in_memory_works() -> None:
    with open_store(StorageSettings(database="sqlite://")) as store:
        assert store.articles.count() == 0


@pytest.mark.parametrize(
    "published",
    [
        None,
        date(2024, 2, 29),
        datetime(2024, 2, 29, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-5, minutes=-30))),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-12))),
        datetime(2024, 2, 29, 12, 0),  # noqa: DTZ001
    ],
)
def test_a_published_moment_comes_back_as_it_went_in(run: Brought, published: datetime | date | None) -> None:
    made = run.page("https://example.org/a", "A text.", article={"published_at": published, "modified_at": published})
    article = run.store.articles.get(str(made.article_id))
    for moment in (article.published_at, article.modified_at):
        assert repr(moment) == repr(published)
    assert article.captured_at is not None
    assert article.captured_at.tzinfo is UTC


def test_articles_are_listed_newest_first_and_streamed_oldest_first(run: Brought) -> None:
    for start in range(0, 450, 150):
        run.record(*(run.outcome(f"https://example.org/{n}", f"Story number {n}.") for n in range(start, start + 150)))
    streamed = list(run.store.articles.iterate())
    assert len({article.id for article in streamed}) == 450
    times = [article.captured_at for article in streamed]
    assert times == sorted(times, key=str)
    assert [article.captured_at for article in run.store.articles.list(limit=2)] == times[:-3:-1]
    since = streamed[-1].captured_at
    assert len(list(run.store.articles.iterate(since=since))) == 150
    assert len(run.store.articles.list(limit=500, since=since)) == 150
    assert run.store.articles.list(limit=500, source="another") == []


def test_a_changed_article_is_streamed_again_to_one_who_asks_for_news(run: Brought) -> None:
    run.record(run.outcome("https://example.org/a", "One."), run.outcome("https://example.org/b", "Two."))
    before = run.now + timedelta(seconds=1)
    run.page("https://example.org/a", "One, corrected.")
    assert [article.text for article in run.store.articles.iterate(since=before)] == ["One, corrected."]


def test_search_finds_all_words_in_any_case_and_takes_signs_literally(run: Brought) -> None:
    run.page("https://example.org/a", "Die Übung beginnt um 100% pünktlich.", article={"title": "Straße"})
    run.page("https://example.org/b", "Another text_with signs.", article={"title": "Übung"})
    search = run.store.articles.search
    assert len(search("übung", limit=5)) == 2
    assert len(search("ÜBUNG pünktlich", limit=5)) == 1
    assert len(search("100%", limit=5)) == 1
    assert search("1%%", limit=5) == []
    assert len(search("text_with", limit=5)) == 1
    assert search("textxwith nothing", limit=5) == []
    assert len(search("übung", limit=1)) == 1


def test_an_article_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(NoSuchArticle, match="nothere"):
        store.articles.get("nothere")
    with pytest.raises(NoSuchArticle, match="nothere"):
        store.articles.revisions("nothere")


def test_the_engine_of_a_plain_postgresql_url_uses_psycopg(postgres_url: str) -> None:
    engine: Engine = open_engine(StorageSettings(database=postgres_url.replace("+psycopg", "")))
    assert engine.url.drivername == "postgresql+psycopg"
    engine.dispose()
