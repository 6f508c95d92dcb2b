"""What the source said of an article, added to what its page said. The page wins, save over a guess. Pure."""

from dataclasses import replace
from typing import Any

from crawler.candidate import Candidate
from storage.article import Article, Author, Origin
from storage.quality import quality
from storage.source import Source


def complete_article(article: Article, candidate: Candidate, source: Source | None) -> Article:
    """Return article with what only its source knows: a date, a title, authors, tags where the page has none.

    source: whose tags and category are added; None for a one-off.
    """
    found = replace(article, **from_candidate(article, candidate))
    if source is not None:
        tags = dict.fromkeys((*found.tags, *source.tags))
        found = replace(found, source=source.name, tags=tuple(tags), category=source.category or found.category)
    return replace(found, quality=quality(found))


def from_candidate(article: Article, candidate: Candidate) -> dict[str, Any]:
    """Return the fields that candidate fills, with their origins."""
    origin = Origin(candidate.origin)
    fields: dict[str, Any] = {}
    is_guess = "published_at" in article.origins and article.origins["published_at"].confidence == "guess"
    if candidate.published_at is not None and (article.published_at is None or is_guess):
        fields["published_at"] = candidate.published_at
    if candidate.title and not article.title:
        fields["title"] = candidate.title
    if candidate.summary and not article.excerpt:
        fields["excerpt"] = candidate.summary
    if candidate.language and not article.language:
        fields["language"] = candidate.language
    if candidate.authors and not article.authors:
        fields["authors"] = tuple(Author(name) for name in candidate.authors)
    if candidate.tags and not article.tags:
        fields["tags"] = candidate.tags
    return {**fields, "origins": {**article.origins, **dict.fromkeys(fields, origin)}}
