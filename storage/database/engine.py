"""Opening a database: what SQLite and PostgreSQL each need. Not for tables or transactions."""

import re
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from storage.database.columns import read_json
from storage.database.transaction import IS_WRITE, explained, shown
from storage.errors import DatabaseUnusable
from storage.settings import StorageSettings

BUSY_SECONDS = 30
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON")
PASSWORD = re.compile(r"(://[^:/@]*:)[^@]*@")


def open_engine(settings: StorageSettings) -> Engine:
    """Return an engine for storage.database; SQLite's folder is created, a connection is not yet made.

    Raises:
        DatabaseUnusable: the URL cannot be read, its driver is not installed, or its folder cannot be made.
    """
    url = readable_url(settings.database)
    try:
        return sqlite_engine(url) if url.get_backend_name() == "sqlite" else postgres_engine(url)
    except ImportError as error:
        raise DatabaseUnusable(
            shown(url), f"{error.name or 'its driver'} is not installed; install bowerbird[postgres]"
        ) from error
    except OSError as error:
        raise DatabaseUnusable(shown(url), explained(f"unable to open database file: {error}")) from error


def readable_url(database: str) -> URL:
    """Return the URL of a database of a kind we know, with the driver we use.

    Raises:
        DatabaseUnusable: it cannot be read or names another kind.
    """
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:
        masked = PASSWORD.sub(r"\1***@", database)
        why = "it is no database URL; write sqlite:///PATH or postgresql+psycopg://USER@HOST/NAME"
        raise DatabaseUnusable(masked, why) from error
    backend = url.get_backend_name()
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise DatabaseUnusable(shown(url), f"{backend} is not supported; use sqlite or postgresql+psycopg")
    return url.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def sqlite_engine(url: URL) -> Engine:
    """Return an engine whose transactions are ours: the driver's own ones begin too late and too weakly."""
    if not url.database or url.database == ":memory:":
        engine = create_engine(
            url, poolclass=StaticPool, connect_args={"check_same_thread": False}, json_deserializer=read_json
        )
    else:
        if not url.database.startswith("file:"):
            Path(url.database).expanduser().absolute().parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, json_deserializer=read_json)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def prepare_sqlite(driver: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    """Set up one connection. FULL: with NORMAL a power cut loses rows that were acknowledged."""
    driver.isolation_level = None
    driver.create_function("lower", 1, lowered, deterministic=True)
    use_write_ahead_log(driver)
    for pragma in PRAGMAS:
        driver.execute(f"PRAGMA {pragma}")


def use_write_ahead_log(driver: sqlite3.Connection) -> None:
    """Turn the write-ahead log on.

    Two processes that do so in the same moment make SQLite say "locked" at once, without its usual patience.
    """
    give_up_at = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            driver.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up_at:
                raise
            time.sleep(0.02)
        else:
            return


def lowered(value: Any) -> Any:
    """Lower case in every script; SQLite's own knows ASCII only, and PostgreSQL's does not need us."""
    return value.lower() if isinstance(value, str) else value


def begin_sqlite(connection: Connection) -> None:
    """Begin a transaction; one that will write takes the lock now, when waiting is still possible."""
    is_write = connection.get_execution_options().get(IS_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def postgres_engine(url: URL) -> Engine:
    """Return an engine whose sessions speak UTC: a time at the end of year 9999 has no other zone."""
    engine = create_engine(url, pool_pre_ping=True, json_deserializer=read_json)
    event.listen(engine, "connect", prepare_postgres)
    return engine


def prepare_postgres(driver: Any, entry: ConnectionPoolEntry) -> None:
    """Set up one connection; committed, or the first rollback would undo it."""
    driver.execute("SET TIME ZONE 'UTC'")
    driver.commit()
