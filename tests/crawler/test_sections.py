"""Section pages through the whole crawler: found by looking, learned from what was read before."""

from crawler.order import RunResult
from storage.database.store import Store
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, settings_for, visit
from tests.crawler.raw_server import RawServer, article, feed, reply

FEED = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"


def section(*links: tuple[str, str], head: str = "") -> bytes:
    listed = "".join(f"<li><a href='{href}'>{text}</a></li>" for href, text in links)
    return reply(f"<html><head><title>News</title>{head}</head><body><ul>{listed}</ul></body></html>".encode())


STORIES = [(f"/news/story-number-{n}-of-many", f"Story number {n} of many") for n in range(6)]
PRODUCTS = [(f"/shop/a-product-to-buy-{n}", f"A product to buy {n}") for n in range(6)]
TEASER = "<div><h3><a href='/story-{0}'>Story number {0} about birds</a></h3><p><a href='/story-{0}'>More</a></p></div>"
LIST = reply(
    f"<html><head><title>Shop</title></head><body>{''.join(map(TEASER.format, range(30)))}</body></html>".encode()
)


def watch(server: RawServer, store: Store, in_reactor: InReactor, **values: object) -> RunResult:
    order = order_for(server.url("/"), name="news", **values)
    result: RunResult = in_reactor(visit(settings_for(server.host), store, order))
    return result


def test_what_was_no_article_is_not_offered_for_ever(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    pages = {href: reply(article(text)) for href, text in STORIES} | {href: LIST for href, _ in PRODUCTS}
    server.answers = {**pages, "/": section(*STORIES, *PRODUCTS)}
    first = watch(server, store, in_reactor, kind=SourceKind.SECTION)
    assert first.verdicts == {Verdict.CAPTURED: 6, Verdict.NOT_AN_ARTICLE: 6}
    more = [("/shop/a-product-that-is-new", "A product that is new"), ("/news/brief", "Brief")]
    server.answers = {
        **server.answers,
        "/": section(*STORIES, *PRODUCTS, *more),
        "/news/brief": reply(article("Brief")),
    }
    second = watch(server, store, in_reactor, kind=SourceKind.SECTION)
    assert second.verdicts == {Verdict.KNOWN: 6, Verdict.CAPTURED: 1}
    assert "7 links like /shop/s were left out: what was fetched of them was no article" in second.reason


def test_a_page_is_taken_as_it_was_named_and_its_feed_told_once(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {"/": section(*STORIES, head=FEED), "/feed.xml": reply(feed(server.url("/a")))}
    result = watch(server, store, in_reactor)
    assert (result.found_kind, result.totals.offered) == (SourceKind.SECTION, 6)
    assert (
        f"it declares a feed, {server.url('/feed.xml')}; `bowerbird sources discover {server.url('/')}`"
        in result.reason
    )
    assert "/feed.xml" not in server.paths
    again = watch(server, store, in_reactor, kind=SourceKind.SECTION)
    assert "declares a feed" not in again.reason


def test_a_list_that_is_empty_is_read_in_full_again(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = {"/": reply(feed(), ETag='"1"')}
    for _ in range(2):
        result = watch(server, store, in_reactor)
        assert (result.documents, result.totals.offered, result.status) == ((), 0, "finished")
    assert not [asked for asked in server.asked if "if-none-match" in asked.headers]


def test_how_documents_ended_is_told(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    assert watch(server, store, in_reactor).documents == (Verdict.GONE,)
    server.answers = {"/": reply(b"%PDF-1.4")}
    assert watch(server, store, in_reactor).documents == (Verdict.UNREADABLE,)
    server.answers = {"/": reply(feed(server.url("/a")), ETag='"1"'), "/a": reply(article("A"))}
    assert watch(server, store, in_reactor).documents == ()
    assert watch(server, store, in_reactor).documents == (Verdict.UNCHANGED,)
    outside = order_for("http://127.0.0.1:9/", name="news")
    assert in_reactor(visit(settings_for(server.host), store, outside)).documents == (Verdict.REFUSED_ADDRESS,)
