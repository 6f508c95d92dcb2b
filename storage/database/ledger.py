"""What the store holds, as far as one batch needs it: read once, then kept true while the batch is decided on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from storage.article import Article
from storage.database.article_rows import article_from
from storage.database.articles import current_texts
from storage.database.chunks import in_chunks
from storage.database.draft import Draft
from storage.database.schema import articles, locations, revisions
from storage.identity.article_id import LONGEST, SHORTEST, article_id


@dataclass(slots=True)
class Holding:
    """An article in the store. since: when its current text came; revision: the number of that text."""

    id: str
    url: str
    title: str
    content_hash: str | None
    words: int
    is_partial: bool
    revision: int
    since: datetime
    has_page: bool


@dataclass(slots=True)
class Place:
    """A URL at which an article was seen; is_own: as the article itself, not as a copy of its text."""

    url_key: str
    url: str
    article_id: str
    is_own: bool
    first_seen_at: datetime


@dataclass(slots=True)
class Ledger:
    """Places by url_key, holdings by id, and whose each text is, by hash; earlier texts included.

    free_ids: ids that no article has; asked for beforehand, for most new articles take one of them.
    """

    connection: Connection | None = None
    places: dict[str, Place] = field(default_factory=dict)
    holdings: dict[str, Holding] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    free_ids: set[str] = field(default_factory=set)

    def owner(self, content_hash: str | None) -> Holding | None:
        """Return the article that has or had this text; nobody owns the empty one."""
        found = self.owners.get(content_hash) if content_hash else None
        return self.holdings[found] if found else None

    def text(self, held: Holding) -> str:
        """Return the current text of an article; read only where a decision hangs on it."""
        if held.id not in self.texts and self.connection is not None:
            current = and_(revisions.c.article_id == held.id, revisions.c.number == held.revision)
            self.texts[held.id] = self.connection.scalar(select(revisions.c.text).where(current)) or ""
        return self.texts.get(held.id, "")

    def article(self, held: Holding) -> Article:
        """Return the record of an article; read only where a decision hangs on it."""
        if held.id not in self.articles and self.connection is not None:
            row = self.connection.execute(current_texts().where(articles.c.id == held.id)).one()
            self.articles[held.id] = article_from(row, ())
        return self.articles[held.id]

    def free_id(self, draft: Draft) -> str:
        """Return the id for a new article: the short one, or a longer one where another article has that."""
        longer = (article_id(draft.final_key, length=length) for length in range(SHORTEST + 1, LONGEST + 1))
        wanted = draft.wanted_id
        while self.is_taken(wanted):
            wanted = next(longer)
        return wanted

    def is_taken(self, wanted: str) -> bool:
        """Whether an article has this id."""
        if wanted in self.holdings:
            return True
        if wanted in self.free_ids or self.connection is None:
            return False
        return self.connection.scalar(select(articles.c.id).where(articles.c.id == wanted)) is not None


def load_ledger(connection: Connection, drafts: Sequence[Draft]) -> Ledger:
    """Read all that decisions on these drafts may need, in three queries."""
    ledger = Ledger(connection)
    keys = (key for draft in drafts for key in (draft.final_key, draft.offered_key, draft.canonical_key) if key)
    for row in rows_where(connection, select(locations), values=keys, column=locations.c.url_key):
        ledger.places[row.url_key] = Place(row.url_key, row.url, row.article_id, row.is_own, row.first_seen_at)
    hashes = (draft.content_hash for draft in drafts if draft.content_hash)
    owners = select(revisions.c.content_hash, revisions.c.article_id)
    for row in rows_where(connection, owners, values=hashes, column=revisions.c.content_hash):
        ledger.owners[row.content_hash] = row.article_id
    known = {place.article_id for place in ledger.places.values()}.union(ledger.owners.values())
    wanted = {draft.wanted_id for draft in drafts if draft.article}
    for row in rows_where(connection, held_articles(), values=known | wanted, column=articles.c.id):
        ledger.holdings[row.id] = holding_from(row)
    ledger.free_ids = wanted - ledger.holdings.keys()
    return ledger


def held_articles() -> Any:
    """The query for holdings."""
    is_current = and_(revisions.c.article_id == articles.c.id, revisions.c.number == articles.c.revision)
    flags = (articles.c.is_paywalled, articles.c.is_truncated, articles.c.content_hash, articles.c.word_count)
    named = (articles.c.id, articles.c.url, articles.c.title, articles.c.revision)
    return select(*named, *flags, revisions.c.page_id, revisions.c.captured_at).join(revisions, is_current)


def rows_where(connection: Connection, query: Any, *, values: Iterable[str], column: Any) -> Iterable[Row[Any]]:
    """Yield the rows of a query whose column has one of the values."""
    for chunk in in_chunks(values):
        yield from connection.execute(query.where(column.in_(chunk)))


def holding_from(row: Row[Any]) -> Holding:
    """Return the holding that stands in a row."""
    return Holding(
        id=row.id,
        url=row.url,
        title=row.title,
        content_hash=row.content_hash,
        words=row.word_count,
        is_partial=row.is_paywalled or row.is_truncated,
        revision=row.revision,
        since=row.captured_at,
        has_page=row.page_id is not None,
    )
