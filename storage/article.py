"""The neutral record of one article. Standard library only; it knows no format, no SQL and no HTML parser."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

# An aware datetime in the offset it was published with, or a date where no time was given.
Moment = datetime | date
Confidence = Literal["sure", "guess"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field's value came from, e.g. ``json-ld``, ``opengraph``, ``feed``, ``text``, and how sure it is."""

    origin: str
    confidence: Confidence = "sure"


# The origin of what an article file of ours said, and the fields that a person may have written into one.
BY_FILE = "file"
WRITTEN = ("summary", "tags", "topics", "links")


@dataclass(frozen=True, slots=True)
class Author:
    """One author as printed, without "By"."""

    name: str
    kind: Literal["person", "organisation"] = "person"


@dataclass(frozen=True, slots=True)
class Image:
    """One picture; width and height in pixels, file as a document speaks of it once downloaded."""

    url: str
    width: int | None = None
    height: int | None = None
    alt: str = ""
    caption: str = ""
    is_cached: bool = False
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the main text: absolute URL, its words, and what is known of its target."""

    url: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject; kind is Concept, Library, Tool, Model, Platform or Dataset, or empty where none is known.

    description: a paragraph that says what it is, or nothing.
    """

    name: str
    kind: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """The publisher: its name as it writes it, its registrable host, its icons."""

    name: str = ""
    domain: str = ""
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Another article that tells the same story, as far as a list needs it."""

    title: str
    url: str
    excerpt: str = ""
    published_at: Moment | None = None
    amp_url: str | None = None
    type: str = "article"
    provider: Provider = Provider()
    quality: int = 0
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderState:
    """What a person set; never overwritten by a crawl."""

    already_read: bool = False
    read_priority: int = 0
    relevance: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article, whatever it was captured from and whatever it will be written as.

    body is Markdown without the title, text the same in plain paragraphs separated by an empty line, html the
    main content as clean HTML. id and content_hash are empty until the store has given them. published_at and
    modified_at keep the offset they were published with; captured_at is UTC.
    """

    url: str
    title: str = ""
    id: str = ""
    canonical_url: str | None = None
    amp_url: str | None = None
    locations: tuple[str, ...] = ()
    excerpt: str = ""
    language: str | None = None
    authors: tuple[Author, ...] = ()
    published_at: Moment | None = None
    modified_at: Moment | None = None
    captured_at: datetime | None = None
    provider: Provider = Provider()
    source: str = ""
    category: str = ""
    type: str = "article"
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    categories: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    summary: str = ""
    body: str = ""
    text: str = ""
    html: str = ""
    is_paywalled: bool = False
    is_truncated: bool = False
    license: str | None = None
    content_hash: str = ""
    quality: int = 0
    related: tuple[Related, ...] = ()
    reader: ReaderState = ReaderState()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def word_count(self) -> int:
        """Words of the text, split at white space."""
        return len(self.text.split())

    @property
    def best_url(self) -> str:
        """The canonical URL where the page names one, else the URL it was fetched from.

        Nothing for one that was read from a file and names no address: a path of this machine is nobody's business.
        """
        url = self.canonical_url or self.url
        return "" if url.startswith("file:") else url
