"""Our score of an article: how much of it there is and how much is known of it. Not for taste, nor for ranking.

A full article of 600 words with a sure date, a person's by-line, a picture, tags and a known publisher has about 65;
a bare notice about 25; a long, complete one about 80. There is no upper bound to rely on, and never less than 0.
"""

from storage.article import Article

WORDS_OF_A_POINT = 20
POINTS_FOR_WORDS = 30
WORDS_OF_A_LATER_POINT = 200
POINTS_FOR_LENGTH = 10
POINTS_OF_A_TAG = 2
POINTS_FOR_TAGS = 8
SMALLEST_SIDE = 200


def quality(article: Article) -> int:
    """Return the score, from the record alone: the same record always has the same."""
    score = (
        words(article) + date(article) + authors(article) + pictures(article) + provider(article) + subjects(article)
    )
    score += 4 if article.excerpt or article.summary else 0
    score += 2 if article.language else 0
    score -= 20 if article.is_paywalled else 0
    score -= 10 if article.is_truncated else 0
    return max(score, 0)


def words(article: Article) -> int:
    """Return a point for each 20 words up to 600, then one for each 200 up to 2,600."""
    count = article.word_count
    short = min(count // WORDS_OF_A_POINT, POINTS_FOR_WORDS)
    long = (count - WORDS_OF_A_POINT * POINTS_FOR_WORDS) // WORDS_OF_A_LATER_POINT
    return short + min(max(long, 0), POINTS_FOR_LENGTH)


def date(article: Article) -> int:
    """Return 8 points for a date, 4 for a guessed one."""
    if article.published_at is None:
        return 0
    origin = article.origins.get("published_at")
    return 4 if origin and origin.confidence == "guess" else 8


def authors(article: Article) -> int:
    """Return 6 points for a person's by-line, 3 for an organisation's."""
    if not article.authors:
        return 0
    return 6 if any(author.kind == "person" for author in article.authors) else 3


def pictures(article: Article) -> int:
    """Return 6 points for a picture known to be large, 3 for any other."""
    if any(min(image.width or 0, image.height or 0) >= SMALLEST_SIDE for image in article.images):
        return 6
    return 3 if article.images else 0


def provider(article: Article) -> int:
    """Return 3 points for a publisher with a name and 2 for one whose icon we hold."""
    return (3 if article.provider.name else 0) + (2 if article.provider.images else 0)


def subjects(article: Article) -> int:
    """Return 2 points for each tag or topic, up to 8."""
    return min(POINTS_OF_A_TAG * (len(article.tags) + len(article.topics)), POINTS_FOR_TAGS)
