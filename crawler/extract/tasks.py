"""What a worker may run, and how it is made warm before its first page. Holds no logic of its own."""

from collections.abc import Callable
from typing import Final

from crawler.extract.explanation import explain_page
from crawler.extract.extraction import RawPage
from crawler.extract.page import extract_page, read_page
from crawler.extract.report import report_page
from crawler.sources.detect import declared_feeds, detect_kind
from crawler.sources.feed import read_feed
from crawler.sources.section import read_section
from crawler.sources.sitemap import read_sitemap

TASKS: Final[tuple[Callable[..., object], ...]] = (
    extract_page,
    read_page,
    report_page,
    explain_page,
    read_feed,
    read_sitemap,
    read_section,
    detect_kind,
    declared_feeds,
)

WARM_URL = "https://example.org/words"
# States nothing of itself, so that its by-line and date are looked for everywhere.
WARM_PAGE = (
    b"<html><head><title>Words</title></head><body><article><h1>Words</h1>"
    b"<p class='date'>posted on 3 Juny 2020, 5 o'clock</p><p>"
    + b"Some words that stand for a text of some length. " * 12
    + b"</p></article></body></html>"
)
WARM_FEED = (
    b"<rss version='2.0'><channel><title>x</title><item><link>https://example.org/1</link></item></channel></rss>"
)
WARM_SITEMAP = b"<urlset><url><loc>https://example.org/1</loc></url></urlset>"


def warm_up() -> None:
    """Run every task once on something made up, so that what is loaded on first use is loaded now."""
    extract_page(RawPage(html=WARM_PAGE, url=WARM_URL))
    read_feed(WARM_FEED, url=WARM_URL, content_type=None)
    read_sitemap(WARM_SITEMAP, url=WARM_URL, limit=10)
    read_section(WARM_PAGE, url=WARM_URL, charset=None)
    detect_kind(WARM_PAGE, url=WARM_URL, content_type=None)
