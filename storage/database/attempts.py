"""What happened to each URL of each run. Not for the runs themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, func, or_, select

from storage.cause import parse_cause
from storage.database.chunks import in_chunks
from storage.database.schema import articles, attempt_urls, attempts, locations, runs
from storage.database.transaction import reading
from storage.identity.url import url_key
from storage.outcome import Attempt, Ended, Seen
from storage.verdict import NEW, Verdict

# What was read: articles, and pages that turned out to be none.
READ = NEW | {Verdict.DUPLICATE, Verdict.UNCHANGED, Verdict.NOT_AN_ARTICLE}

MOST_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Attempts:
    """The attempts of one store."""

    engine: Engine

    def of_url(self, url: str) -> list[Attempt]:
        """Return every attempt that was offered this URL, passed it or ended at it, oldest first."""
        key = url_key(url)
        passed = select(attempt_urls.c.attempt_id).where(attempt_urls.c.url_key == key)
        return self.read(stored_attempts().where(or_(attempts.c.url_key == key, attempts.c.id.in_(passed))))

    def beside(self, url: str) -> list[Attempt]:
        """Return the latest attempt at each of a few URLs that differ from this one in query or final slash only."""
        bare = url_key(url).partition("?")[0].rstrip("/")
        near = or_(attempts.c.url_key.in_([bare, f"{bare}/"]), *(queried(path) for path in (bare, f"{bare}/")))
        last = select(func.max(attempts.c.id).label("last")).where(near).group_by(attempts.c.url_key)
        chosen = last.order_by(func.max(attempts.c.id).desc()).limit(MOST_BESIDE).subquery()
        return self.read(stored_attempts().where(attempts.c.id.in_(select(chosen.c.last))))

    def sources_of(self, host: str) -> list[str]:
        """Return the names of the sources that have offered URLs of a host, as keys write it."""
        query = select(runs.c.source).join(attempts, attempts.c.run_id == runs.c.id).distinct().order_by(runs.c.source)
        with reading(self.engine) as connection:
            found = connection.scalars(query.where(attempts.c.url_key.startswith(f"https://{host}/", autoescape=True)))
            return [str(name) for name in found]

    def of_run(self, run_id: int) -> list[Attempt]:
        """Return the attempts of a run in the order they were recorded."""
        return self.read(stored_attempts().where(attempts.c.run_id == run_id))

    def last_seen(self, urls: Sequence[str]) -> dict[str, Seen]:
        """Return what is known of each URL, by the URL as it was given; one never fetched is left out.

        Known by an attempt that was offered the URL and really fetched it, or by an article seen there. first_at: when
        that article was captured, else the first such attempt. last_at: when it was last fetched.
        """
        keys = {url: url_key(url) for url in urls}
        with reading(self.engine) as connection:
            seen = seen_by_key(connection, list(keys.values()))
        return {url: replace(seen[key], url=url) for url, key in keys.items() if key in seen}

    def captured_by(self, source: str, *, first_after: datetime) -> list[Seen]:
        """Return the URLs a source offered that became articles captured at or after a moment, oldest first."""
        which = (runs.c.source == source) & (articles.c.captured_at >= first_after)
        query = select(attempts.c.url).join(runs, runs.c.id == attempts.c.run_id)
        query = query.join(articles, articles.c.id == attempts.c.article_id).where(which)
        with reading(self.engine) as connection:
            urls = list(dict.fromkeys(connection.scalars(query.order_by(attempts.c.id))))
        return list(self.last_seen(urls).values())

    def read_of(self, source: str, *, limit: int) -> list[Ended]:
        """Return what a source offered and was read lately: articles, and pages that were none, the newest first."""
        last_runs = select(runs.c.id).where(runs.c.source == source).order_by(runs.c.id.desc()).limit(limit)
        query = select(attempts.c.url, attempts.c.verdict).where(
            attempts.c.run_id.in_(last_runs), attempts.c.verdict.in_([verdict.value for verdict in READ])
        )
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(attempts.c.id.desc()).limit(limit)).all()
        return [Ended(row.url, Verdict(row.verdict)) for row in rows]

    def counts(self) -> Mapping[Verdict, int]:
        """Return how many attempts ended in each verdict, over all runs."""
        query = select(attempts.c.verdict, func.count().label("held")).group_by(attempts.c.verdict)
        with reading(self.engine) as connection:
            return {Verdict(row.verdict): row.held for row in connection.execute(query)}

    def read(self, query: Select[Any]) -> list[Attempt]:
        """Return the attempts of a query."""
        with reading(self.engine) as connection:
            return [attempt_from(row) for row in connection.execute(query)]


def queried(path: str) -> ColumnElement[bool]:
    """The condition that a key is this one with a query behind it."""
    return attempts.c.url_key.startswith(f"{path}?", autoescape=True)


def stored_attempts() -> Select[Any]:
    """The query for attempts, oldest first."""
    return select(attempts, runs.c.source).join(runs, runs.c.id == attempts.c.run_id).order_by(attempts.c.id)


def attempt_from(row: Row[Any]) -> Attempt:
    """Return the attempt that stands in a row."""
    return Attempt(
        run_id=row.run_id,
        source=row.source,
        url=row.url,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        at=row.at,
        final_url=row.final_url,
        redirects=tuple(row.redirects),
        status=row.status,
        seconds=row.seconds,
        bytes=row.bytes,
        not_modified=row.not_modified,
        article_id=row.article_id,
        title=row.title,
        duplicate_of=row.duplicate_of,
        cause=parse_cause(row.cause),
    )


def seen_by_key(connection: Connection, keys: Sequence[str]) -> dict[str, Seen]:
    """Return what is known by url_key, from the attempts and from the places of articles."""
    seen: dict[str, Seen] = {}
    for chunk in in_chunks(keys):
        for row in connection.execute(last_fetches(chunk)):
            seen[row.url_key] = Seen(
                url=row.url_key, verdict=Verdict(row.verdict), first_at=row.first_at, last_at=row.at
            )
        for row in connection.execute(places_of(chunk)):
            seen[row.url_key] = at_place(row, seen.get(row.url_key))
    return seen


def last_fetches(keys: Sequence[str]) -> Select[Any]:
    """The query for the first time and the last attempt that really fetched each key."""
    which = attempts.c.url_key.in_(keys) & attempts.c.is_fetched.is_(True)
    group = select(func.min(attempts.c.at).label("first_at"), func.max(attempts.c.id).label("last"))
    fetched = group.where(which).group_by(attempts.c.url_key).subquery()
    columns = (attempts.c.url_key, attempts.c.verdict, attempts.c.at, fetched.c.first_at)
    return select(*columns).join(fetched, fetched.c.last == attempts.c.id)


def places_of(keys: Sequence[str]) -> Select[Any]:
    """The query for the articles seen at each key."""
    place = (locations.c.url_key, locations.c.article_id, locations.c.last_seen_at)
    query = select(*place, articles.c.captured_at, articles.c.published_at)
    return query.join(articles, articles.c.id == locations.c.article_id).where(locations.c.url_key.in_(keys))


def at_place(row: Row[Any], seen: Seen | None) -> Seen:
    """Return what is known of a URL where an article was seen, perhaps on the way from another URL."""
    return Seen(
        url=row.url_key,
        verdict=seen.verdict if seen else Verdict.CAPTURED,
        first_at=row.captured_at,
        last_at=max(row.last_seen_at, seen.last_at) if seen else row.last_seen_at,
        article_id=row.article_id,
        published_at=row.published_at,
    )
