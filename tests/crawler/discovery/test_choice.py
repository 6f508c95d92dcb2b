"""Which place is best: each case a site as it was found, and the place that must win."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.discovery.choice import WHY, Tier, choose, freshness
from crawler.discovery.offer import Offer, Rung
from storage.source import SourceKind
from storage.verdict import Verdict

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
HOME = "https://example.org/"


def offer(path: str, kind: SourceKind | None, *, hours: float | None = 2, **values: Any) -> Offer:
    newest = None if hours is None else NOW - timedelta(hours=hours)
    given = {"entries": 20, "in_week": 8 if hours is not None and hours < 168 else 0, "rung": Rung.DECLARED}
    given["is_dated"] = kind is SourceKind.FEED or bool(values.get("is_news"))
    return Offer(url=f"https://example.org/{path}", kind=kind, newest=newest, **(given | values))


def feed(path: str = "feed", **values: Any) -> Offer:
    return offer(path, SourceKind.FEED, **values)


def news(**values: Any) -> Offer:
    return offer("news.xml", SourceKind.SITEMAP, is_news=True, rung=Rung.ROBOTS, **values)


def sitemap(**values: Any) -> Offer:
    return offer("sitemap.xml", SourceKind.SITEMAP, rung=Rung.ROBOTS, **values)


def section(**values: Any) -> Offer:
    return offer("", SourceKind.SECTION, rung=Rung.ASKED, **values)


YEARS = 24 * 800
CASES = {
    "a feed before a news sitemap": ([section(), news(), feed(), sitemap()], "feed"),
    "a news sitemap before the page": ([section(), news(), sitemap()], "news.xml"),
    "the page before a sitemap": ([sitemap(), section(hours=None)], ""),
    "a dead feed loses to a fresh sitemap": ([feed(hours=YEARS), sitemap()], "sitemap.xml"),
    "a dead feed loses to the page": ([feed(hours=YEARS), section(hours=None)], ""),
    "a feed left behind loses to fresh news": ([feed(hours=24 * 60), news()], "news.xml"),
    "a feed of a slow blog is alive": ([feed(hours=24 * 200), section(hours=None), sitemap(hours=1)], "feed"),
    "a feed without dates before a stale sitemap": ([feed(hours=None), sitemap(hours=YEARS)], "feed"),
    "the page before a feed without dates": ([feed(hours=None), section()], ""),
    "comments lose": ([feed("comments", narrow="comments"), feed("all", hours=30)], "all"),
    "comments lose to the page": ([feed("comments", narrow="comments"), section()], ""),
    "comments do not make the feed look left behind": (
        [feed("comments", narrow="comments"), feed("all", hours=24 * 90)],
        "all",
    ),
    "a feed of one tag loses": ([feed("tag/a/feed", narrow="a"), feed("all")], "all"),
    "full text is a plus": ([feed("rss"), feed("atom", has_full_text=True)], "atom"),
    "much in a week counts for more": ([feed("podcast", has_full_text=True, in_week=1), feed("main")], "main"),
    "few entries lose": ([feed("top", entries=3), feed("all")], "all"),
    "the declared one before a guess": ([feed("guess", rung=Rung.USUAL), feed("said")], "said"),
    "an old news sitemap is a sitemap": ([news(hours=24 * 40), section(hours=24 * 20)], ""),
    "a sitemap without dates is the last": ([sitemap(hours=None), feed(narrow="x")], "feed"),
    "what fails never wins": ([feed(trouble="HTTP 500", verdict=Verdict.HTTP_ERROR), sitemap()], "sitemap.xml"),
    "what is empty never wins": ([feed(entries=0), sitemap(hours=YEARS)], "sitemap.xml"),
}


@pytest.mark.parametrize(("offers", "winner"), CASES.values(), ids=CASES)
def test_the_best_place_wins_in_whatever_order_it_was_found(offers: list[Offer], winner: str) -> None:
    for order in (offers, offers[::-1]):
        choice = choose(order, asked=HOME, now=NOW)
        assert choice.best is not None
        assert choice.best.url == f"https://example.org/{winner}"
        assert choice.offers[0] is choice.best
        assert choice.why.startswith(f"{choice.best.url} is best: ")


def test_the_feed_of_the_page_that_was_asked_for_wins() -> None:
    offers = [feed("feed"), feed("politics/feed")]
    for asked, winner in ((HOME, "feed"), ("https://example.org/politics/", "politics/feed")):
        best = choose(offers, asked=asked, now=NOW).best
        assert best is not None
        assert best.url == f"https://example.org/{winner}"


def test_the_runners_up_are_those_worth_a_try() -> None:
    dead, comments = feed("old", hours=YEARS), feed("comments", narrow="comments")
    broken = feed("broken", trouble="HTTP 500", verdict=Verdict.HTTP_ERROR)
    choice = choose([sitemap(), broken, dead, news(), comments, section(), feed()], asked=HOME, now=NOW)
    assert [each.kind for each in choice.fallbacks] == [SourceKind.SITEMAP, SourceKind.SECTION, SourceKind.SITEMAP]
    assert not {id(each) for each in choice.fallbacks} & {id(each) for each in (dead, comments, broken, choice.best)}


@pytest.mark.parametrize(
    ("offers", "tier"),
    [([], Tier.USELESS), ([feed(trouble="x")], Tier.USELESS), ([offer("", SourceKind.PAGE, entries=1)], Tier.PAGE)],
)
def test_where_nothing_lists_articles_nothing_is_best(offers: list[Offer], tier: Tier) -> None:
    choice = choose(offers, asked=HOME, now=NOW)
    assert (choice.best, choice.fallbacks, choice.why) == (None, (), WHY[tier])


def test_a_kind_that_is_asked_for_is_kept_to() -> None:
    offers = [feed(), section(), offer("about", SourceKind.PAGE, entries=1)]
    for kind in (SourceKind.FEED, SourceKind.SECTION, SourceKind.PAGE):
        best = choose(offers, asked=HOME, now=NOW, kind=kind).best
        assert best is not None
        assert best.kind is kind
    assert choose(offers, asked=HOME, now=NOW, kind=SourceKind.SITEMAP).best is None


def test_the_reason_says_what_the_best_gives() -> None:
    choice = choose([feed(has_full_text=True)], asked=HOME, now=NOW)
    assert choice.why.endswith("it gives 20 entries, the newest 2h ago, the full text")
    assert freshness(None, NOW) == ""
