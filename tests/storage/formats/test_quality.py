from datetime import UTC, datetime

from storage.article import Article, Author, Image, Origin, Provider
from storage.quality import quality

AT = datetime(2024, 1, 31, 13, 57, tzinfo=UTC)


def an_article(
    *,
    words: int = 600,
    tags: tuple[str, ...] = ("a", "b", "c"),
    is_paywalled: bool = False,
    origins: dict[str, Origin] | None = None,
) -> Article:
    return Article(
        url="https://example.org/a",
        text="word " * words,
        language="en",
        excerpt="An excerpt.",
        published_at=AT,
        authors=(Author("A"),),
        images=(Image("i", 1200, 630),),
        provider=Provider("Example", "example.org"),
        tags=tags,
        is_paywalled=is_paywalled,
        origins=origins or {},
    )


def test_a_normal_article_has_50_to_70() -> None:
    assert 50 <= quality(an_article(words=400)) <= 70
    assert 50 <= quality(an_article()) <= 70


def test_an_empty_article_has_nothing_and_never_less() -> None:
    assert quality(Article(url="https://example.org/a")) == 0
    assert quality(Article(url="https://example.org/a", is_paywalled=True)) == 0


def test_more_text_never_lowers_the_score() -> None:
    scores = [quality(an_article(words=count)) for count in range(0, 5000, 50)]
    assert scores == sorted(scores)


def test_what_is_guessed_or_locked_counts_less() -> None:
    whole = quality(an_article())
    assert quality(an_article(is_paywalled=True)) < whole
    assert quality(an_article(origins={"published_at": Origin("text", "guess")})) < whole
    assert quality(an_article(tags=())) < whole
