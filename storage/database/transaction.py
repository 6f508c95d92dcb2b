"""Reading and writing transactions, and the one seam where a driver's error becomes ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.errors import DatabaseUnusable

IS_WRITE = "is_write"
# Any number: it only has to be the same in every process of the program.
TURN = 7_302_114

ADVICE = (
    ("unable to open database file", "check that its folder exists and may be written"),
    ("readonly", "check that the file and its folder may be written"),
    ("locked", "another process writes to it for a long time; wait for it or end it"),
    ("malformed", "the file is damaged; put a backup in its place"),
    ("not a database", "the file is something else; name another one in storage.database"),
    ("disk is full", "make room on the disk"),
    ("disk i/o", "check the disk"),
    ("password", "check the user and the password in storage.database"),
    ("does not exist", "check the name in storage.database, or create the database"),
    ("connect", "check that the server runs and that storage.database names it"),
    ("pool", "too many connections are open at once; do less at the same time"),
)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the database throughout on SQLite.

    Raises:
        DatabaseUnusable: the database failed.
    """
    with usable(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are kept when the block ends well, and none of them otherwise.

    On SQLite the write lock is taken at the start: a lock asked for halfway is refused, not waited for.

    Raises:
        DatabaseUnusable: the database failed, or another writer held the lock for 30 seconds.
    """
    with usable(engine), engine.connect() as connection:
        connection.execution_options(**{IS_WRITE: True})
        with connection.begin():
            yield connection


def take_turn(connection: Connection) -> None:
    """Wait until no other process decides on articles; SQLite's write lock has seen to it already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})


@contextmanager
def usable(engine: Engine) -> Iterator[None]:
    """Turn what the driver raises into DatabaseUnusable."""
    try:
        yield
    except DBAPIError as error:
        raise DatabaseUnusable(shown(engine.url), explained(str(error.orig))) from error
    except PoolTimeoutError as error:
        raise DatabaseUnusable(shown(engine.url), explained(str(error))) from error


def shown(url: URL) -> str:
    """Return the URL with its password masked."""
    if "password" in url.query:
        url = url.update_query_dict({"password": "***"})
    return url.render_as_string(hide_password=True)


def explained(problem: str) -> str:
    """Return the driver's words on one line, and what to do about them."""
    line = " ".join(problem.split()).rstrip(".")
    found = (advice for fragment, advice in ADVICE if fragment in line.lower())
    return f"{line}; {next(found, '`bowerbird settings show` tells which database it is')}"
