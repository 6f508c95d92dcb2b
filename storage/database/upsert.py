"""Insert or update in one statement, as both databases know it."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table, *, rows: Sequence[dict[str, object]], update: Sequence[str]) -> None:
    """Insert rows; where the primary key is there already, set the named columns and leave the others."""
    if not rows:
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    key = [column.name for column in table.primary_key]
    if update:
        values = {name: statement.excluded[name] for name in update}
        connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values), rows)
    else:
        connection.execute(statement.on_conflict_do_nothing(index_elements=key), rows)
