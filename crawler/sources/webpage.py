"""What an HTML page is that stands where a source's document should: an obstacle, or a page. Fetches nothing."""

from crawler.errors import UnreadableDocument
from crawler.extract.extraction import RawPage
from crawler.extract.page import extract_page
from crawler.sources.detect import declared_feeds
from storage.cause import CauseKind

# What stands in a page's place for a while or for good, whatever the page itself may be.
IN_THE_WAY = frozenset(
    {
        CauseKind.CHALLENGE,
        CauseKind.CONSENT,
        CauseKind.LOGIN,
        CauseKind.OUT_OF_ORDER,
        CauseKind.PARKED,
        CauseKind.SOFT_NOT_FOUND,
    }
)


def why_in_the_way(body: bytes, *, url: str, charset: str | None = None) -> str:
    """Say what stands in the way of an HTML page, or nothing."""
    read = extract_page(RawPage(html=body, url=url, charset=charset))
    return read.reason if read.cause and read.cause.kind in IN_THE_WAY else ""


def is_html(body: bytes) -> bool:
    """Whether a document begins as an HTML page does."""
    start = body[:2048].lstrip().lower()
    return b"<html" in start or start.startswith(b"<!doctype html")


def what_page(body: bytes, *, url: str) -> str:
    """Say what an HTML page is that was to be another document, and what to do."""
    obstacle = why_in_the_way(body, url=url)
    if obstacle:
        return obstacle
    try:
        feeds = declared_feeds(body, url=url)
    except UnreadableDocument:
        feeds = ()
    return (
        f"it is an HTML page; {hint_at(feeds[0].url, url)}" if feeds else "it is an HTML page, which declares no feed"
    )


def hint_at(feed: str, url: str) -> str:
    """What is said of a page that declares a feed."""
    return f"it declares a feed, {feed}; `bowerbird sources discover {url}` compares what the site offers"
