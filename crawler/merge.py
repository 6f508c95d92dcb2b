"""What the source said of an article, added to what its page said. The page wins, save over a guess. Pure."""

from dataclasses import replace
from typing import Any

from crawler.candidate import Candidate
from storage.article import Article, Author, Confidence, Image, Moment, Origin
from storage.quality import quality
from storage.source import Source

MAX_EXCERPT_CHARACTERS = 300
# What a section page's link says of an article is itself a guess: it may be "Read on".
GUESSING = frozenset({"section"})


def complete_article(article: Article, candidate: Candidate, source: Source | None) -> Article:
    """Return article with what its source knows better: a date, a title, authors, tags where the page has none.

    source: whose tags and category are added; None for a one-off.
    """
    found = replace(article, **from_candidate(article, candidate))
    if source is not None:
        tags = dict.fromkeys((*found.tags, *source.tags))
        found = replace(found, source=source.name, tags=tuple(tags), category=source.category or found.category)
    return replace(found, quality=quality(found))


def from_candidate(article: Article, candidate: Candidate) -> dict[str, Any]:
    """Return the fields that candidate fills, with their origins."""
    confidence: Confidence = "guess" if candidate.origin in GUESSING else "sure"
    gaps = {name: value for name, value in told_by(candidate).items() if is_wanted(name, article, confidence)}
    return {**gaps, "origins": {**article.origins, **dict.fromkeys(gaps, Origin(candidate.origin, confidence))}}


def is_wanted(name: str, article: Article, confidence: Confidence) -> bool:
    """Whether the page leaves a field empty, or guesses where the source is sure."""
    if not getattr(article, name):
        return True
    origin = article.origins.get(name)
    return origin is not None and origin.confidence == "guess" and confidence == "sure"


def told_by(candidate: Candidate) -> dict[str, Any]:
    """The fields of an article that a candidate has something for."""
    told = {
        "title": candidate.title,
        "excerpt": excerpt_of(candidate.summary),
        "published_at": candidate.published_at,
        "modified_at": later_change(candidate),
        "language": candidate.language,
        "authors": tuple(Author(name) for name in candidate.authors),
        "tags": candidate.tags,
        "images": (Image(candidate.image),) if candidate.image else (),
    }
    return {name: value for name, value in told.items() if value}


def excerpt_of(summary: str) -> str:
    """A summary as an excerpt: some feeds give the whole text for one. Cut between words."""
    if len(summary) <= MAX_EXCERPT_CHARACTERS:
        return summary
    return summary[:MAX_EXCERPT_CHARACTERS].rsplit(" ", 1)[0] + "…"


def later_change(candidate: Candidate) -> Moment | None:
    """When an entry was changed. A sitemap's lastmod is no such date: many a site writes today's into all of them."""
    is_other = candidate.updated_at is not None and candidate.updated_at != candidate.published_at
    return candidate.updated_at if is_other and candidate.origin == "feed" else None


def without_told(article: Article, candidate: Candidate) -> Article:
    """Return article without what candidate tells of it, so that the candidate's word stands."""
    told = told_by(candidate)
    empty = Article(url=article.url)
    origins = {name: origin for name, origin in article.origins.items() if name not in told}
    return replace(article, **{name: getattr(empty, name) for name in told}, origins=origins)
