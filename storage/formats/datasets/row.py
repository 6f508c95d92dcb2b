"""An article as one row of a data set. Its model is the data sets' schema, published as docs/articles.schema.json."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from storage.article import Article, Image, Moment
from storage.formats.front_matter import well_formed_value


class Part(BaseModel):
    """What every part of a row is: read only, its fields in a fixed order, none unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AuthorRow(Part):
    """One author."""

    name: str
    kind: str = Field(description="person or organisation")


class TopicRow(Part):
    """One subject."""

    name: str
    kind: str = Field(description="Concept, Library, Tool, Model, Platform, Dataset, or empty")


class ImageRow(Part):
    """One picture."""

    url: str
    width: int | None = Field(description="Pixels")
    height: int | None = Field(description="Pixels")
    alt: str
    caption: str


class LinkRow(Part):
    """One link of the text."""

    url: str
    title: str
    description: str


class OriginRow(Part):
    """Where a field's value came from."""

    origin: str
    confidence: str = Field(description="sure or guess")


class ArticleRow(Part):
    """One article of a Bowerbird data set."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Bowerbird article")

    id: str = Field(description="Stable, and unlike that of any other article of the store")
    url: str
    canonical_url: str | None
    locations: list[str] = Field(description="Every URL the article was seen at")
    title: str
    excerpt: str
    language: str | None = Field(description="BCP 47")
    authors: list[AuthorRow]
    published_at: str | None = Field(description="ISO 8601 in the page's own offset; a date where it gives no time")
    modified_at: str | None = Field(description="As published_at")
    captured_at: str | None = Field(description="ISO 8601, UTC")
    provider: str = Field(description="The publisher's name")
    domain: str = Field(description="The publisher's host")
    source: str = Field(description="Name of the source that brought it")
    category: str
    type: str = Field(description="article, video, ...")
    keywords: list[str]
    tags: list[str]
    topics: list[TopicRow]
    categories: list[str]
    images: list[ImageRow]
    links: list[LinkRow]
    summary: str
    body: str = Field(description="Markdown without the title")
    text: str = Field(description="Plain paragraphs, an empty line between two")
    word_count: int
    is_paywalled: bool
    is_truncated: bool
    license: str | None
    content_hash: str = Field(description="SHA-256 of the text, normalised")
    quality: int
    origins: dict[str, OriginRow] = Field(description="By field")


def article_row(article: Article) -> ArticleRow:
    """Return the row of an article."""
    plain = ("id", "url", "canonical_url", "title", "excerpt", "language", "source", "category", "type", "summary")
    same = ("body", "text", "word_count", "is_paywalled", "is_truncated", "license", "content_hash", "quality")
    lists = ("locations", "keywords", "tags", "categories")
    values: dict[str, object] = {
        **{name: getattr(article, name) for name in (*plain, *same)},
        **{name: list(getattr(article, name)) for name in lists},
        "authors": [{"name": each.name, "kind": each.kind} for each in article.authors],
        "published_at": moment_text(article.published_at),
        "modified_at": moment_text(article.modified_at),
        "captured_at": moment_text(article.captured_at),
        "provider": article.provider.name,
        "domain": article.provider.domain,
        "topics": [{"name": each.name, "kind": each.kind} for each in article.topics],
        "images": [image_row(each) for each in article.images],
        "links": [{"url": each.url, "title": each.title, "description": each.description} for each in article.links],
        "origins": {
            name: {"origin": each.origin, "confidence": each.confidence}
            for name, each in sorted(article.origins.items())
        },
    }
    return ArticleRow.model_validate(well_formed_value(values))


def image_row(image: Image) -> dict[str, object]:
    """Return the row of a picture."""
    return {name: getattr(image, name) for name in ("url", "width", "height", "alt", "caption")}


def moment_text(moment: Moment | None) -> str | None:
    """Return the moment as ISO 8601, to the second."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if moment else None
