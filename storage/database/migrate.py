"""Bringing a database to the version of this program. Not for what a version holds: that is migrations/."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database.transaction import shown, take_turn, usable, writing
from storage.errors import DatabaseUnusable

# The newest file of migrations/versions. Versions are numbered, so a later one is a greater text.
HEAD = "0004"
VERSION = text("SELECT version_num FROM alembic_version")
MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(engine: Engine) -> None:
    """Create or migrate the tables where they are not of this version.

    Of two processes that open a new database at the same moment one migrates, and the other waits for it.

    Raises:
        DatabaseUnusable: it cannot be opened, or a newer program made it.
    """
    with usable(engine), engine.connect() as connection:
        version = stored_version(connection)
    refuse_newer(engine, version)
    if version == HEAD:
        return
    with writing(engine) as connection:
        take_turn(connection)
        version = stored_version(connection) if has_version(connection) else None
        refuse_newer(engine, version)
        if version != HEAD:
            upgrade(connection)


def stored_version(connection: Connection) -> str | None:
    """Return the version of the tables, with one query where there is one; None where there are no tables."""
    try:
        found = connection.scalar(VERSION)
    except DBAPIError:
        connection.rollback()
        if has_version(connection):
            raise
        return None
    return None if found is None else str(found)


def has_version(connection: Connection) -> bool:
    """Whether the database was ever migrated."""
    return inspect(connection).has_table("alembic_version")


def refuse_newer(engine: Engine, version: str | None) -> None:
    """Do nothing for a version this program knows.

    Raises:
        DatabaseUnusable: the version is a later one.
    """
    if version is not None and version > HEAD:
        why = f"a newer Bowerbird made it (version {version}, this one knows {HEAD}); upgrade Bowerbird"
        raise DatabaseUnusable(shown(engine.url), why)


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Run the missing migrations in the connection's transaction: all of them or none."""
    # Alembic costs a fifth of a second to import, and most starts do not need it.
    from alembic.command import upgrade as run_migrations
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    run_migrations(settings, to)
