"""Articles to be exported: first what tells whether they have changed, then those that are needed, by their ids."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, Select, select, tuple_

from storage.article import Article
from storage.database.chunks import in_chunks
from storage.database.schema import articles
from storage.database.transaction import reading
from storage.stamp import Stamp

STAMPS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class StoredSelection:
    """Articles of the store. query: of their ids and stamps; of_ids: reads at most AT_ONCE of them.

    Reads some at a time and holds no transaction between them.
    """

    engine: Engine
    query: Select[Any]
    of_ids: Callable[[Sequence[str]], Sequence[Article]]
    stamps_at_once: int = STAMPS_AT_ONCE

    def stamps(self) -> Iterator[Stamp]:
        """Yield a stamp for each, first captured first; an article captured meanwhile may come at the end."""
        query = self.query.order_by(articles.c.captured_at, articles.c.id).limit(self.stamps_at_once)
        place = tuple_(articles.c.captured_at, articles.c.id)
        rows = self.rows(query)
        while rows:
            yield from (Stamp(row.id, f"{row.updated_at.isoformat()} {row.revision}") for row in rows)
            rows = self.rows(query.where(place > (rows[-1].captured_at, rows[-1].id)))

    def rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        """Return what a query finds."""
        with reading(self.engine) as connection:
            return connection.execute(query).all()

    def load(self, ids: Sequence[str]) -> Iterator[Article]:
        """Yield the articles of these ids, without those that are gone."""
        for chunk in in_chunks(ids):
            yield from self.of_ids(chunk)


def stamp_query() -> Select[Any]:
    """The query for what a stamp is made of."""
    return select(articles.c.id, articles.c.captured_at, articles.c.updated_at, articles.c.revision)
