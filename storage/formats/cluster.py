"""Where an article stands among those that tell the same story. Not for finding them."""

from datetime import UTC, datetime
from typing import NamedTuple

from storage.article import Article, Moment, Related
from storage.formats.moment import in_zone

SUPERSEDED = -1
HEAT_OF_EACH = 20
PUBLISHED_FROM = 70


class Standing(NamedTuple):
    """What orders the members of a cluster: the smallest leads."""

    quality_below: int
    published_at: datetime
    url: str


def standing(quality: int, published_at: Moment | None, url: str) -> Standing:
    """Return a member's standing; one without a date comes after all that have one."""
    moment = in_zone(published_at, UTC) if published_at else datetime.max.replace(tzinfo=UTC)
    return Standing(-quality, moment, url)


def heat(article: Article) -> int:
    """Return quality + 20 for each related article where this one leads its cluster, else -1: superseded."""
    mine = standing(article.quality, article.published_at, article.best_url)
    if any(standing(other.quality, other.published_at, other.url) < mine for other in article.related):
        return SUPERSEDED
    return article.quality + HEAT_OF_EACH * len(article.related)


def by_quality(related: tuple[Related, ...]) -> list[Related]:
    """Return the members with the best first, equals in their order."""
    return sorted(related, key=lambda other: -other.quality)
