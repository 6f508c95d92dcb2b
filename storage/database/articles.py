"""The articles that are kept. Not for how they came in: that is record.py."""

import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, func, or_, select, tuple_

from storage.article import Article, ReaderState
from storage.database.article_rows import article_from
from storage.database.chunks import in_chunks
from storage.database.schema import articles, locations, revisions
from storage.database.selection import StoredSelection, stamp_query
from storage.database.transaction import reading, writing
from storage.errors import NoSuchArticle
from storage.identity.url import url_key

READ_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One text of an article; number 1 is the first. content_hash is empty for a text without words."""

    article_id: str
    number: int
    captured_at: datetime
    content_hash: str
    title: str
    body: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote into a file. reader: None where the format says nothing of it. extra: as in Article; a format
    that has nothing there any more is given as an empty mapping.
    """

    extra: Mapping[str, object]
    reader: ReaderState | None = None


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of one store."""

    engine: Engine

    def get(self, article_id: str) -> Article:
        """Return one article with its current text and its locations.

        Raises:
            NoSuchArticle: there is none of that id.
        """
        found = self.read(current_texts().where(articles.c.id == article_id))
        if not found:
            raise NoSuchArticle(article_id)
        return found[0]

    def list(self, *, limit: int, since: datetime | None = None, source: str | None = None) -> builtins.list[Article]:
        """Return the newest captured first: at most limit, captured at or after since, of one source or of all."""
        query = current_texts().order_by(*newest_first()).limit(limit)
        if since is not None:
            query = query.where(articles.c.captured_at >= since)
        if source is not None:
            query = query.where(articles.c.source == source)
        return self.read(query)

    def search(self, words: str, *, limit: int) -> builtins.list[Article]:
        """Return the newest captured first whose title or text holds every word, in upper or lower case."""
        query = current_texts().order_by(*newest_first()).limit(limit)
        return self.read(query.where(*holding(words)))

    def selection(
        self, *, since: datetime | None = None, words: str = "", ids: Sequence[str] | None = None
    ) -> StoredSelection:
        """Return the articles to be exported: all, or those stored or changed since, that hold the words as in search,
        of these ids.
        """
        query = stamp_query().join(revisions, is_current()) if words.split() else stamp_query()
        query = query.where(*changed_since(since), *holding(words))
        return StoredSelection(self.engine, query if ids is None else query.where(articles.c.id.in_(ids)), self.of_ids)

    def of_ids(self, ids: Sequence[str]) -> builtins.list[Article]:
        """Return the articles of at most AT_ONCE ids, in any order, without those that are gone."""
        return self.read(current_texts().where(articles.c.id.in_(ids)))

    def iterate(self, *, since: datetime | None = None, words: str = "") -> Iterator[Article]:
        """Yield all articles, first captured first; with since only those stored or changed at or after it, with words
        only those that hold them as in search.

        Reads a few at a time and holds no transaction between them, so a slow reader hinders nobody. An article that
        is captured meanwhile may come at the end.
        """
        query = current_texts().order_by(articles.c.captured_at, articles.c.id).limit(READ_AT_ONCE)
        query = query.where(*changed_since(since), *holding(words))
        place = tuple_(articles.c.captured_at, articles.c.id)
        found = self.read(query)
        while found:
            yield from found
            last = found[-1]
            found = self.read(query.where(place > (last.captured_at, last.id)))

    def revisions(self, article_id: str) -> builtins.list[Revision]:
        """Return every text of an article, oldest first.

        Raises:
            NoSuchArticle: there is none of that id.
        """
        query = select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.number)
        with reading(self.engine) as connection:
            found = [revision_from(row) for row in connection.execute(query)]
        if not found:
            raise NoSuchArticle(article_id)
        return found

    def count(self) -> int:
        """Return how many articles there are."""
        with reading(self.engine) as connection:
            return connection.scalar(select(func.count()).select_from(articles)) or 0

    def set_reader(self, article_id: str, *, state: ReaderState) -> None:
        """Keep what a person set; no crawl overwrites it, and exports see that the article has changed.

        Raises:
            NoSuchArticle: there is none of that id.
        """
        values = {"reader": state, "updated_at": datetime.now(UTC)}
        update = articles.update().where(articles.c.id == article_id).values(values)
        with writing(self.engine) as connection:
            if not connection.execute(update).rowcount:
                raise NoSuchArticle(article_id)

    def at_urls(self, urls: Sequence[str]) -> dict[str, str]:
        """Return the id of the article known at each URL, for those where one is."""
        keys = {url: url_key(url) for url in urls}
        found: dict[str, str] = {}
        query = select(locations.c.url_key, locations.c.article_id)
        with reading(self.engine) as connection:
            for chunk in in_chunks(keys.values()):
                for row in connection.execute(query.where(locations.c.url_key.in_(chunk))):
                    found[row.url_key] = row.article_id
        return {url: found[key] for url, key in keys.items() if key in found}

    def take_over(self, written: Mapping[str, Written]) -> None:
        """Keep what a person wrote into the files of articles, by their ids, all or nothing.

        Raises:
            NoSuchArticle: there is none of an id.
        """
        query = select(articles.c.reader, articles.c.extra)
        with writing(self.engine) as connection:
            for article_id, told in written.items():
                row = connection.execute(query.where(articles.c.id == article_id)).one_or_none()
                if row is None:
                    raise NoSuchArticle(article_id)
                reader = told.reader or row.reader
                values = {"reader": reader, "extra": {**row.extra, **told.extra}, "updated_at": datetime.now(UTC)}
                connection.execute(articles.update().where(articles.c.id == article_id).values(values))

    def read(self, query: Select[Any]) -> builtins.list[Article]:
        """Return the articles of a query, each with its locations; one query for all of those."""
        with reading(self.engine) as connection:
            rows = connection.execute(query).all()
            seen_at = locations_of(connection, [row.id for row in rows])
        return [article_from(row, seen_at[row.id]) for row in rows]


def current_texts() -> Select[Any]:
    """The query for articles, each with its current text."""
    texts = (revisions.c.body, revisions.c.text, revisions.c.html)
    return select(articles, *texts).join(revisions, is_current())


def is_current() -> ColumnElement[bool]:
    """Whether a revision is the current text of an article."""
    return and_(revisions.c.article_id == articles.c.id, revisions.c.number == articles.c.revision)


def holding(words: str) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that title or text holds every word, in upper or lower case."""
    for word in words.split():
        in_title = articles.c.title.icontains(word, autoescape=True)
        yield or_(in_title, revisions.c.text.icontains(word, autoescape=True))


def changed_since(since: datetime | None) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that an article was stored or changed at or after a time, if there is one."""
    if since is not None:
        yield articles.c.updated_at >= since


def newest_first() -> tuple[Any, Any]:
    """The order of lists."""
    return articles.c.captured_at.desc(), articles.c.id.desc()


def locations_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the URLs each article was seen at, first seen first."""
    found: dict[str, list[str]] = {article_id: [] for article_id in ids}
    query = select(locations.c.article_id, locations.c.url).order_by(locations.c.first_seen_at, locations.c.url_key)
    for chunk in in_chunks(ids):
        for row in connection.execute(query.where(locations.c.article_id.in_(chunk))):
            found[row.article_id].append(row.url)
    return found


def revision_from(row: Row[Any]) -> Revision:
    """Return the revision that stands in a row."""
    return Revision(
        article_id=row.article_id,
        number=row.number,
        captured_at=row.captured_at,
        content_hash=row.content_hash or "",
        title=row.title,
        body=row.body,
        text=row.text,
        html=row.html,
    )
