"""What the source said, added to what the page said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.candidate import Candidate
from crawler.merge import complete_article, without_told
from storage.article import Article, Author, Origin
from storage.source import Source

SAID = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PAGE = Article(url="https://example.org/a", title="", text="Some words.")
OFFER = Candidate(
    url=PAGE.url, origin="feed", title="Offered", summary="In short", published_at=SAID, authors=("Ann", "Bob"),
    tags=("t",), language="en",
)  # fmt: skip
FILLED: dict[str, Any] = {
    "title": "Offered",
    "excerpt": "In short",
    "published_at": SAID,
    "authors": (Author("Ann"), Author("Bob")),
    "tags": ("t",),
    "language": "en",
}


def test_a_bare_page_takes_everything_from_its_source_and_says_so() -> None:
    article = complete_article(PAGE, OFFER, None)
    assert {name: getattr(article, name) for name in FILLED} == FILLED
    assert article.origins == dict.fromkeys(FILLED, Origin("feed"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Read"),
        ("excerpt", "Read"),
        ("published_at", date(2026, 1, 1)),
        ("authors", (Author("Cy"),)),
        ("tags", ("u",)),
        ("language", "de"),
    ],
)
def test_what_the_page_says_wins(name: str, value: object) -> None:
    page = replace(PAGE, **{name: value}, origins={name: Origin("json-ld")})  # type: ignore[arg-type]
    article = complete_article(page, OFFER, None)
    assert getattr(article, name) == value
    assert article.origins[name] == Origin("json-ld")


@pytest.mark.parametrize(("confidence", "expected"), [("guess", SAID), ("sure", date(2020, 1, 1))])
def test_a_date_that_was_guessed_gives_way_to_the_source(confidence: Any, expected: object) -> None:
    page = replace(PAGE, published_at=date(2020, 1, 1), origins={"published_at": Origin("text", confidence)})
    article = complete_article(page, OFFER, None)
    assert article.published_at == expected
    assert article.origins["published_at"].confidence == "sure"


@pytest.mark.parametrize(
    ("origin", "expected"), [("feed", FILLED), ("sitemap", FILLED), ("section", {})], ids=["feed", "sitemap", "section"]
)
def test_a_source_that_is_sure_wins_over_every_guess_of_the_page(origin: str, expected: dict[str, Any]) -> None:
    guessed: dict[str, Any] = {
        "title": "Guessed", "excerpt": "Guessed", "published_at": date(2020, 1, 1), "authors": (Author("Guess"),),
        "tags": ("guess",), "language": "la",
    }  # fmt: skip
    page = replace(PAGE, **guessed, origins=dict.fromkeys(guessed, Origin("text", "guess")))
    article = complete_article(page, replace(OFFER, origin=origin), None)
    assert {name: getattr(article, name) for name in guessed} == {**guessed, **expected}
    assert {article.origins[name] for name in expected} <= {Origin(origin)}


def test_what_a_section_page_says_of_a_link_fills_a_gap_as_a_guess() -> None:
    article = complete_article(PAGE, Candidate(url=PAGE.url, origin="section", title="Read on"), None)
    assert (article.title, article.origins["title"]) == ("Read on", Origin("section", "guess"))


@pytest.mark.parametrize(
    ("origin", "updated_at", "modified_at"),
    [("feed", date(2026, 3, 2), date(2026, 3, 2)), ("feed", SAID, None), ("sitemap", date(2026, 3, 2), None)],
)
def test_an_entry_that_was_changed_later_dates_the_change(origin: str, updated_at: Any, modified_at: object) -> None:
    article = complete_article(PAGE, replace(OFFER, origin=origin, updated_at=updated_at), None)
    assert article.modified_at == modified_at


def test_a_summary_of_any_length_makes_a_short_excerpt_and_a_picture_is_taken() -> None:
    offer = Candidate(url=PAGE.url, origin="feed", summary="word " * 400, image="https://example.org/i.jpg")
    article = complete_article(PAGE, offer, None)
    assert article.excerpt.endswith("word…")
    assert len(article.excerpt) <= 301
    assert [image.url for image in article.images] == ["https://example.org/i.jpg"]


def test_what_the_source_tells_can_be_taken_out_of_what_the_page_told() -> None:
    page = replace(
        PAGE, title="Read", license="CC-BY-4.0", origins={"title": Origin("html"), "license": Origin("html")}
    )
    bare = without_told(page, OFFER)
    assert (bare.title, bare.license, bare.origins) == ("", "CC-BY-4.0", {"license": Origin("html")})


def test_an_offer_that_says_nothing_changes_nothing() -> None:
    page = replace(PAGE, title="Read", origins={"title": Origin("og")})
    article = complete_article(page, Candidate(url=PAGE.url, origin="sitemap"), None)
    assert replace(article, quality=page.quality) == page


def test_the_tags_and_category_of_the_source_are_added_without_doubling() -> None:
    source = Source(name="blog", url="https://example.org/feed", tags=("t", "mine"), category="news")
    page = replace(PAGE, tags=("t", "u"), category="sport")
    article = complete_article(page, OFFER, source)
    assert (article.source, article.tags, article.category) == ("blog", ("t", "u", "mine"), "news")
    assert complete_article(page, OFFER, replace(source, category="")).category == "sport"
