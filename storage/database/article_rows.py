"""How an article becomes a row and comes back. Not for deciding whether it is new: that is decision.py."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from storage.article import Article, Author, Image, Link, Origin, Provider, ReaderState, Related, Topic
from storage.database.columns import sort_time

# The fields that stand in columns, as they are; all else of an article is in the column `record`.
PLAIN = ("url", "title", "source", "category", "type", "language", "published_at", "is_paywalled", "is_truncated")
PRINTED = ("amp_url", "canonical_url", "excerpt", "license", "modified_at", "quality", "summary")
LISTED = ("categories", "keywords", "tags")
NESTED = ("authors", "provider", "topics", "images", "links", "related", "origins")


def row_of(article: Article) -> dict[str, object]:
    """Return the columns that a new text of an article sets; not those that say when, which and whose."""
    values: dict[str, object] = {name: getattr(article, name) for name in PLAIN}
    values["published_sort"] = sort_time(article.published_at)
    values["word_count"] = article.word_count
    values["record"] = record_of(article)
    values["extra"] = article.extra
    return values


def record_of(article: Article) -> dict[str, object]:
    """Return what is neither queried nor sorted; empty values are left out."""
    record: dict[str, object] = {name: getattr(article, name) for name in (*PRINTED, *LISTED, *NESTED)}
    return {name: value for name, value in record.items() if value}


def text_of(article: Article, *, content_hash: str | None, captured_at: datetime) -> dict[str, object]:
    """Return the columns of a revision, without whose it is and its number."""
    return {
        "content_hash": content_hash,
        "title": article.title,
        "body": article.body,
        "text": article.text,
        "html": article.html,
        "captured_at": captured_at,
    }


def article_from(row: Row[Any], locations: Iterable[str]) -> Article:
    """Return the article that stands in a row of articles joined with its current revision."""
    record: dict[str, Any] = dict(row.record)
    columns: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    printed: dict[str, Any] = {name: record[name] for name in PRINTED if name in record}
    listed: dict[str, Any] = {name: tuple(record[name]) for name in LISTED if name in record}
    return Article(
        **columns,
        **printed,
        **listed,
        id=row.id,
        captured_at=row.captured_at,
        content_hash=row.content_hash or "",
        body=row.body,
        text=row.text,
        html=row.html,
        locations=tuple(locations),
        authors=tuple(Author(**author) for author in record.get("authors", ())),
        provider=provider_from(record.get("provider")),
        topics=tuple(Topic(**topic) for topic in record.get("topics", ())),
        images=images_from(record.get("images", ())),
        links=tuple(Link(**link) for link in record.get("links", ())),
        related=tuple(related_from(related) for related in record.get("related", ())),
        reader=ReaderState(**row.reader),
        origins={name: Origin(**origin) for name, origin in record.get("origins", {}).items()},
        extra=row.extra,
    )


def images_from(values: Iterable[Mapping[str, Any]]) -> tuple[Image, ...]:
    """Return pictures."""
    return tuple(Image(**value) for value in values)


def provider_from(value: Mapping[str, Any] | None) -> Provider:
    """Return a publisher; of none an empty one."""
    return Provider(**{**value, "images": images_from(value["images"])}) if value else Provider()


def related_from(value: Mapping[str, Any]) -> Related:
    """Return an article that tells the same story."""
    inner = {"provider": provider_from(value["provider"]), "images": images_from(value["images"])}
    return Related(**{**value, **inner})
