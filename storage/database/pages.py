"""The raw pages, kept so that a better extractor can read them again. Not for what was read from them."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, exists, select

from storage.database.schema import bodies, pages, revisions
from storage.database.transaction import reading, take_turn, writing
from storage.database.upsert import upsert
from storage.identity.url import url_key
from storage.outcome import Page

# A fifth larger than level 6, at a third of its time.
LEVEL = 1
PRUNED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page ready to be stored: its row without an id, and its compressed body."""

    row: Mapping[str, object]
    body_hash: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one store."""

    engine: Engine

    def get(self, url: str) -> Page | None:
        """Return the newest page kept of a URL, or None."""
        return self.first(stored_pages().where(pages.c.url_key == url_key(url)).order_by(pages.c.id.desc()))

    def latest(self, article_id: str) -> Page | None:
        """Return the page that the newest text of an article was read from, as far as pages are kept."""
        query = stored_pages().join(revisions, revisions.c.page_id == pages.c.id)
        return self.first(query.where(revisions.c.article_id == article_id).order_by(revisions.c.number.desc()))

    def first(self, query: Select[Any]) -> Page | None:
        """Return the first page of a query, or None."""
        with reading(self.engine) as connection:
            row = connection.execute(query.limit(1)).first()
        return None if row is None else page_from(row)

    def prune(self, before: datetime) -> int:
        """Delete the pages fetched before a time and return how many; their articles and revisions stay.

        In small transactions, so that a crawl beside it need not wait.
        """
        pruned = 0
        while count := self.prune_some(before):
            pruned += count
        return pruned

    def prune_some(self, before: datetime) -> int:
        """Delete up to PRUNED_AT_ONCE old pages, and the bodies no page has any more."""
        old = select(pages.c.id, pages.c.body_hash).where(pages.c.fetched_at < before).limit(PRUNED_AT_ONCE)
        with writing(self.engine) as connection:
            take_turn(connection)
            rows = connection.execute(old).all()
            connection.execute(delete(pages).where(pages.c.id.in_([row.id for row in rows])))
            hashes = {row.body_hash for row in rows}
            unused = bodies.c.hash.in_(hashes) & ~exists().where(pages.c.body_hash == bodies.c.hash)
            connection.execute(delete(bodies).where(unused))
        return len(rows)


def stored_pages() -> Select[Any]:
    """The query for pages with their bodies."""
    return select(pages, bodies.c.body).join(bodies, bodies.c.hash == pages.c.body_hash)


def page_from(row: Row[Any]) -> Page:
    """Return the page that stands in a row."""
    body = zlib.decompress(row.body)
    return Page(url=row.url, fetched_at=row.fetched_at, status=row.status, headers=row.headers, body=body)


def packed(page: Page) -> PackedPage:
    """Return a page ready to be stored; done before a transaction, for it takes most of the time."""
    digest = sha256(page.body).hexdigest()
    row = {
        "url": page.url,
        "url_key": url_key(page.url),
        "fetched_at": page.fetched_at,
        "status": page.status,
        "headers": page.headers,
        "body_hash": digest,
    }
    return PackedPage(row, digest, zlib.compress(page.body, LEVEL))


def insert_pages(connection: Connection, kept: Sequence[PackedPage]) -> list[int]:
    """Store pages and return their ids in the same order; a body that is there already is not stored again."""
    if not kept:
        return []
    upsert(connection, bodies, rows=[{"hash": page.body_hash, "body": page.body} for page in kept], update=())
    insert = pages.insert().returning(pages.c.id, sort_by_parameter_order=True)
    return [row.id for row in connection.execute(insert, [dict(page.row) for page in kept])]
