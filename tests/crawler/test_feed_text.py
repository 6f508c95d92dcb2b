"""``full_text: feed``: entries that carry their whole text are articles without a request for their page."""

from dataclasses import replace

import pytest

from crawler.order import Order, RunResult
from storage.article import Author, Origin
from storage.database.store import Store
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, settings_for, visit
from tests.crawler.raw_server import RawServer, article, reply
from tests.crawler.site_pages import add_up
from tests.crawler.test_run_stops import stopped_in_the_middle

SENTENCE = "The keeper of the {} light wrote down what the sea brought in, and told nobody of it until the spring. "
FOOTER = "<p>The post <a href='/b'>High water</a> appeared first on <a href='/'>Lights</a>.</p>"
HEAD = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Lights</title><language>en-AU</language>"
)


def text(name: str, *, words: str = "") -> str:
    """A whole article in HTML, about 190 words."""
    prose = "".join(f"<p>{SENTENCE.format(name) * 3}</p>" for _ in range(3))
    return f"<h2>At night</h2>{prose}<p>{words or 'That is all.'} <a href='/map'>A map</a></p>"


def entry(url: str, *, title: str, content: str = "", summary: str = "In short.") -> str:
    encoded = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        f"<item><title>{title}</title><link>{url}</link><dc:creator>Ada Bower</dc:creator><category>sea</category>"
        f"<pubDate>Thu, 02 Apr 2026 09:30:00 +1000</pubDate><description>{summary}</description>{encoded}</item>"
    )


def feed_of(*entries: str, **headers: str) -> bytes:
    return reply(f"{HEAD}{''.join(entries)}</channel></rss>".encode(), Content_Type="application/rss+xml", **headers)


def feed_order(server: RawServer, **values: object) -> Order:
    return order_for(server.url("/feed"), full_text="feed", **values)


def pages_asked(server: RawServer) -> list[str]:
    return [path for path in server.paths if path not in ("/robots.txt", "/feed")]


def run(server: RawServer, store: Store, in_reactor: InReactor, *, order: Order | None = None) -> RunResult:
    """Visit the source once; the accounts must add up."""
    result: RunResult = in_reactor(visit(settings_for(server.host), store, order or feed_order(server)))
    add_up(store, result)
    return result


def test_an_entry_with_its_whole_text_is_captured_without_its_page(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    content = text("north") + FOOTER
    server.answers = {"/feed": feed_of(entry(server.url("/a"), title="Low water", content=content))}
    result = run(server, store, in_reactor)
    assert (result.verdicts, pages_asked(server)) == ({Verdict.CAPTURED: 1}, [])
    (attempt,) = store.attempts.of_url(server.url("/a"))
    assert (attempt.reason, attempt.title) == ("from the feed's full text", "Low water")
    assert attempt.article_id is not None
    found = store.articles.get(attempt.article_id)
    assert found is not None
    assert found.body.startswith("## At night\n\nThe keeper of the north light")
    assert f"[A map]({server.url('/map')})" in found.body
    assert found.text.endswith("That is all. A map")
    assert (found.authors, found.tags, found.language) == ((Author("Ada Bower"),), ("sea",), "en-AU")
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-04-02T09:30:00+10:00"
    told = ("title", "excerpt", "published_at", "language", "authors", "tags")
    assert {name: found.origins[name] for name in told} == dict.fromkeys(told, Origin("feed"))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<p>Only the beginning of it.</p>",
        text("west") + "<p>And then the sea came in [&#8230;]</p>" + FOOTER,
        text("east", words="") + "<p><a href='/b'>Continue reading</a></p>",
    ],
    ids=["no content", "short", "ellipsis", "continue reading"],
)
def test_an_entry_with_a_summary_only_is_fetched(
    content: str, server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {
        "/feed": feed_of(entry(server.url("/b"), title="High water", content=content)),
        "/b": reply(article("High water")),
    }
    assert run(server, store, in_reactor).verdicts == {Verdict.CAPTURED: 1}
    assert pages_asked(server) == ["/b"]


def test_without_the_option_the_page_is_fetched(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = {
        "/feed": feed_of(entry(server.url("/a"), title="Low water", content=text("north"))),
        "/a": reply(article("Low water")),
    }
    run(server, store, in_reactor, order=order_for(server.url("/feed")))
    assert pages_asked(server) == ["/a"]


def test_a_text_that_changes_in_the_feed_is_a_revision_and_one_that_stays_is_known(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    def offer(words: str) -> None:
        server.answers = {
            "/feed": feed_of(
                entry(server.url("/a"), title="Low water", content=text("north", words=words)),
                entry(server.url("/b"), title="High water", content=text("south")),
            )
        }

    offer("The first telling.")
    assert run(server, store, in_reactor).verdicts == {Verdict.CAPTURED: 2}
    offer("The second telling, which is longer.")
    assert run(server, store, in_reactor).verdicts == {Verdict.CHANGED: 1, Verdict.KNOWN: 1}
    assert [attempt.verdict for attempt in store.attempts.of_url(server.url("/a"))] == [
        Verdict.CAPTURED, Verdict.CHANGED,
    ]  # fmt: skip
    assert pages_asked(server) == []


def test_looking_again_at_fresh_articles_asks_for_no_page_that_the_feed_carries(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {
        "/feed": feed_of(
            entry(server.url("/a"), title="Low water", content=text("north")),
            entry(server.url("/b"), title="High water"),
            ETag='"one"',
        ),
        "/b": reply(article("High water")),
    }
    order = replace(feed_order(server), kind=SourceKind.FEED)
    run(server, store, in_reactor, order=order)
    again = run(server, store, in_reactor, order=replace(order, recheck=True))
    assert (again.status, pages_asked(server)) == ("finished", ["/b", "/b"])
    verdicts = [attempt.verdict for attempt in store.attempts.of_url(server.url("/a"))]
    assert verdicts == [Verdict.CAPTURED, Verdict.UNCHANGED]
    run(server, store, in_reactor, order=replace(order, recheck=True))
    assert pages_asked(server) == ["/b", "/b", "/b"]


def test_a_text_that_is_no_article_leaves_the_word_to_the_page(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    menu = f"<select>{'<option>One of many words to choose</option>' * 40}</select>"
    server.answers = {
        "/feed": feed_of(entry(server.url("/c"), title="Digest", content=menu)),
        "/c": reply(article("Digest")),
    }
    assert run(server, store, in_reactor).verdicts == {Verdict.CAPTURED: 1}
    assert pages_asked(server) == ["/c"]


def test_an_address_that_may_not_be_fetched_is_not_taken_from_the_feed_either(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {"/feed": feed_of(entry("javascript:alert(1)", title="Low water", content=text("north")))}
    assert run(server, store, in_reactor).verdicts == {Verdict.REFUSED_ADDRESS: 1}


def test_a_run_that_is_stopped_leaves_the_texts_it_has_not_read_to_the_next(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    entries = [entry(server.url(f"/{n}"), title=f"Story {n}", content=text(f"keeper {n}")) for n in range(200)]
    server.answers = {"/feed": feed_of(*entries, ETag='"one"')}
    result = in_reactor(stopped_in_the_middle(server, store, feed_order(server), after=3))
    kept = len(list(store.articles.iterate()))
    assert (result.status, result.totals.offered) == ("interrupted", 200)
    assert 3 <= kept < 200
    rest = run(server, store, in_reactor)
    assert rest.verdicts == {Verdict.KNOWN: kept, Verdict.CAPTURED: 200 - kept}
    assert pages_asked(server) == []
