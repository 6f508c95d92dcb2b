"""A person's rules reach the workers, whichever way a page comes."""

import asyncio
from pathlib import Path

import pytest

from crawler.extract.explanation import Explanation
from crawler.extract.extraction import Extraction
from crawler.extract.report import PageReport
from crawler.pool import Pool, PoolSize
from crawler.reports import Bench, explain_one, extract_one, from_file, report_one
from crawler.run import Runs, Targets
from crawler.saved import SavedPage
from storage.database.store import Store
from storage.outcome import Outcome
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import INGEST, opened_scratch, order_for, outcomes_of, settings_for, visit
from tests.crawler.raw_server import RawServer, article, feed, reply

URL = "https://www.example.org/a"
RULES = [
    {"site": "other.example", "title": "title"},
    {"site": ["127.0.0.1", "example.org"], "title": ".real", "remove": ".advert"},
]


def page() -> bytes:
    advert = b"<div class='advert'><p>" + b"Buy your tickets for every ferry while they last. " * 4 + b"</p></div>"
    return article("Ferries").replace(b"</h1>", b"</h1><p class='real'>Real title</p>" + advert)


def is_ruled(outcome: Outcome) -> bool:
    """Whether the rule was carried out on an article, all of it."""
    assert outcome.article is not None, outcome.reason
    return outcome.article.title == "Real title" and "tickets" not in outcome.article.text


def test_a_crawl_and_an_ingest_read_by_the_rules(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = {
        "/feed": reply(feed(server.url("/a")), Content_Type="application/rss+xml"),
        "/a": reply(page()),
    }
    settings = settings_for(server.host, rules=RULES)
    result = in_reactor(visit(settings, store, order_for(server.url("/feed"))))
    (found,) = store.articles.list(limit=5)
    assert (result.new, found.title) == (1, "Real title")
    (ruled,) = in_reactor(outcomes_of(settings, [server.url("/a")]))
    assert is_ruled(ruled)
    (plain,) = in_reactor(outcomes_of(settings_for(server.host), [server.url("/a")]))
    assert not is_ruled(plain)


@pytest.mark.parametrize("url", [URL, None], ids=["given", "canonical"])
def test_a_saved_page_is_read_by_the_rules(url: str | None, tmp_path: Path, in_reactor: InReactor) -> None:
    link = f"<link rel='canonical' href='{URL}'>".encode()
    file = tmp_path / "page.html"
    file.write_bytes(page() if url else page().replace(b"<head>", b"<head>" + link))

    async def main() -> list[Outcome]:
        async with opened_scratch(settings_for(rules=RULES)) as (workshop, books):
            await Runs(workshop).ingest(INGEST, Targets(saved_pages=(SavedPage(file, url),)))
        return books.outcomes

    (outcome,) = in_reactor(main())
    assert is_ruled(outcome)


def test_a_page_without_a_store_is_read_by_the_rules(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(page())
    given = from_file("a", file, URL, limit=100_000)
    settings = settings_for(rules=RULES)

    async def main() -> tuple[PageReport, Explanation, Extraction]:
        async with Pool(PoolSize.from_settings(settings)) as pool:
            bench = Bench.from_settings(pool, settings)
            return await report_one(given, bench), await explain_one(given, bench), await extract_one(given, bench)

    report, explanation, extraction = asyncio.run(main())
    assert (report["title"], "tickets" in report["text"]) == ("Real title", False)
    assert explanation["rule"] is not None
    assert (explanation["rule"]["site"], explanation["rule"]["is_used"]) == ("127.0.0.1, example.org", True)
    assert extraction.article is not None
    assert extraction.article.title == "Real title"


def test_what_feeds_carry_as_text_is_read_without_rules(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    words = "<p>The whole text of the entry, with words enough for an article.</p>" * 20
    item = (
        f"<item><title>From the feed</title><link>{server.url('/a')}</link>"
        f"<content:encoded><![CDATA[{words}<p class='real'>x</p>]]></content:encoded></item>"
    )
    namespace = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    body = f"<rss version='2.0' {namespace}><channel><title>Feed</title>{item}</channel></rss>".encode()
    server.answers = {"/feed": reply(body, Content_Type="application/rss+xml")}
    order = order_for(server.url("/feed"), full_text="feed")
    in_reactor(visit(settings_for(server.host, rules=RULES), store, order))
    (found,) = store.articles.list(limit=5)
    assert found.title == "From the feed"
