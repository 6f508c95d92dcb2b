"""Articles that are looked at again as they age, whatever their source's document says by then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.article import Article
from storage.database.schema import articles, attempts, locations
from storage.database.store import Store
from storage.database.transaction import writing
from storage.outcome import Outcome
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, settings_for, visit
from tests.crawler.raw_server import Answer, RawServer, article, feed, reply
from tests.crawler.site_pages import XML, Notes, add_up, index, urlset

HOUR = timedelta(hours=1)
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n"


def captured_ago(store: Store, server: RawServer, ages: dict[str, timedelta]) -> None:
    """Let the source have captured paths of the server so long ago."""
    run_id = store.runs.start("source", trigger="test", now=datetime.now(UTC) - max(ages.values()))
    for path, age in ages.items():
        url, at = server.url(path), datetime.now(UTC) - age
        text = f"The text at {path}."
        made = Article(url=url, title=path, text=text, body=text, captured_at=at)
        store.record(run_id, [Outcome(url=url, verdict=Verdict.CAPTURED, reason="", at=at, article=made)])


def pages_and(server: RawServer, **answers: Answer) -> None:
    """Serve pages /0 to /4, and answers."""
    found: dict[str, Answer] = {f"/{number}": reply(article(f"Page {number}")) for number in range(5)}
    server.answers = found | {f"/{name}": answer for name, answer in answers.items()}


def looked_at(server: RawServer) -> list[str]:
    """The pages that were asked for since the last time."""
    found = sorted(path for path in server.paths if path[1:].isdigit())
    server.asked.clear()
    return found


def let_pass(store: Store, span: timedelta) -> None:
    """Let so much time pass: all that the store knows has happened earlier by that."""
    with writing(store.engine) as connection:
        for table, names in (
            (attempts, ("at",)),
            (articles, ("captured_at",)),
            (locations, ("first_seen_at", "last_seen_at")),
        ):
            key = next(iter(table.primary_key))
            for row in connection.execute(select(table)).all():
                values = {name: getattr(row, name) - span for name in names}
                connection.execute(table.update().where(key == getattr(row, key.name)).values(values))


def test_a_feed_that_stays_the_same_keeps_no_article_from_its_second_look(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    settings, order = settings_for(server.host, recheck=("1h", "6h")), order_for(server.url("/feed"))
    captured_ago(store, server, {"/0": 2 * HOUR, "/1": HOUR / 2, "/2": 100 * HOUR})
    listing = feed(*(server.url(f"/{number}") for number in range(3)))
    pages_and(server, feed=reply(listing, Content_Type=XML, ETag='"1"'))
    server.conditional = {"/feed": NOT_MODIFIED}
    first = in_reactor(visit(settings, store, order))
    assert looked_at(server) == ["/0", "/2"]
    assert first.verdicts[Verdict.KNOWN] == 1
    for hours, expected in ((0, []), (1, ["/1"]), (4, ["/0"]), (2, ["/1"]), (100, [])):
        let_pass(store, hours * HOUR)
        result = in_reactor(visit(settings, store, order))
        assert result.totals.not_modified >= 1
        assert (hours, looked_at(server)) == (hours, expected)
        add_up(store, result)


def test_an_article_that_left_its_feed_is_looked_at_again(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    captured_ago(store, server, {"/0": 2 * HOUR, "/1": 2 * HOUR})
    pages_and(server, feed=reply(feed(server.url("/3")), Content_Type=XML))
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    assert looked_at(server) == ["/0", "/1", "/3"]
    add_up(store, result)


def test_an_article_is_looked_at_once_though_its_feed_offers_it_too(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    captured_ago(store, server, {"/0": 2 * HOUR})
    pages_and(server, feed=reply(feed(server.url("/0"), server.url("/0?utm_source=x")), Content_Type=XML))
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    assert looked_at(server) == ["/0"]
    add_up(store, result)


@pytest.mark.parametrize("recheck", [(), ("30d",)], ids=["off for the source", "at another age"])
def test_a_source_has_its_own_ages(
    recheck: tuple[str, ...], server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    captured_ago(store, server, {"/0": 2 * HOUR})
    pages_and(server, feed=reply(feed(server.url("/3")), Content_Type=XML))
    asked = order_for(server.url("/feed"))
    order = replace(asked, source=replace(asked.source, recheck=recheck))
    in_reactor(visit(settings_for(server.host), store, order))
    assert looked_at(server) == ["/3"]


def test_what_a_rule_keeps_out_now_is_not_looked_at_again(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    captured_ago(store, server, {"/0": 2 * HOUR, "/1": 2 * HOUR})
    pages_and(server, feed=reply(feed(server.url("/3")), Content_Type=XML))
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"), exclude=("*/0",))))
    assert looked_at(server) == ["/1", "/3"]
    assert Verdict.FILTERED not in result.verdicts


def test_nothing_is_looked_at_again_while_the_feed_cannot_be_had(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    captured_ago(store, server, {"/0": 2 * HOUR})
    pages_and(server, feed=reply(status="500 Oops"))
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    assert (looked_at(server), result.status) == ([], "failed")


def test_a_sitemap_that_cannot_be_had_does_not_hold_up_the_others(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    captured_ago(store, server, {"/0": 2 * HOUR})
    answers = {"index": index(server.url("/a.xml"), server.url("/b.xml")), "a.xml": urlset(server.url("/3"))}
    pages_and(server, **answers)
    order = order_for(server.url("/index"), kind=SourceKind.SITEMAP)
    in_reactor(visit(settings_for(server.host), store, order))
    assert looked_at(server) == ["/0", "/3"]


def test_the_page_that_is_watched_is_asked_for_at_each_visit(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    pages_and(server)
    order = order_for(server.url("/0"), kind=SourceKind.PAGE)
    verdicts = [in_reactor(visit(settings_for(server.host), store, order)).verdicts for _ in range(2)]
    assert verdicts == [{Verdict.CAPTURED: 1}, {Verdict.UNCHANGED: 1}]


def test_a_source_has_its_own_cap(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    pages_and(server, feed=reply(feed(*(server.url(f"/{n}") for n in range(5))), Content_Type=XML))
    order = order_for(server.url("/feed"), max_pages=2)
    result = in_reactor(visit(settings_for(server.host), store, order))
    assert looked_at(server) == ["/0", "/1"]
    assert result.verdicts == {Verdict.CAPTURED: 2, Verdict.FILTERED: 3}
    in_reactor(visit(settings_for(server.host), store, replace(order, limit=1)))
    assert looked_at(server) == ["/2"]


def test_a_dry_run_shows_what_an_unchanged_feed_offers(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    pages_and(server, feed=reply(feed(server.url("/0")), Content_Type=XML, ETag='"1"'))
    server.conditional = {"/feed": NOT_MODIFIED}
    order = order_for(server.url("/feed"))
    in_reactor(visit(settings_for(server.host), store, order))
    notes = Notes()
    in_reactor(visit(settings_for(server.host), store, replace(order, is_dry=True), listener=notes))
    assert [skip.verdict for plan in notes.plans for skip in plan.skip] == [Verdict.KNOWN]


def test_a_recheck_asks_for_all_that_an_unchanged_document_offers_and_trusts_it_as_before(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    shell = b"<html><body><div id=root></div><noscript>You need to enable JavaScript.</noscript><script>1</script>"
    server.answers = {"/feed": reply(feed(server.url("/app")), ETag='"f"'), "/app": reply(shell)}
    order = order_for(server.url("/feed"), kind=SourceKind.FEED)
    first = in_reactor(visit(settings_for(server.host), store, order))
    assert first.verdicts == {Verdict.NEEDS_JAVASCRIPT: 1}
    server.answers = {**server.answers, "/app": reply(article("Storm"))}
    again = in_reactor(visit(settings_for(server.host), store, replace(order, recheck=True)))
    assert again.verdicts == {Verdict.CAPTURED: 1}, again
    third = in_reactor(visit(settings_for(server.host), store, order))
    assert (third.totals.offered, "in full from now on" in third.reason + again.reason) == (0, False)
    assert "if-none-match" in [asked.headers for asked in server.asked if asked.path == "/feed"][-1]


def test_other_ways_to_read_a_page_have_a_document_read_in_full_once(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {"/feed": reply(feed(server.url("/a")), ETag='"f"'), "/a": reply(article("Storm"))}
    for selector, is_conditional in ((None, False), (None, True), ("article", False), ("article", True)):
        order = order_for(server.url("/feed"), kind=SourceKind.FEED, body=selector)
        in_reactor(visit(settings_for(server.host), store, order))
        headers = [asked.headers for asked in server.asked if asked.path == "/feed"][-1]
        assert ("if-none-match" in headers) is is_conditional


def test_a_wall_does_not_settle_what_an_auto_source_is(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    down = b"<html><head><title>Down for maintenance</title></head><body><h1>Down for maintenance</h1><p>Back soon.</p>"
    server.answers = {"/news": reply(down)}
    order = order_for(server.url("/news"))
    first = in_reactor(visit(settings_for(server.host), store, order))
    assert first.found_kind in (None, SourceKind.AUTO), first
    server.answers = {"/news": reply(feed(server.url("/a"))), "/a": reply(article("Storm"))}
    again = in_reactor(visit(settings_for(server.host), store, order))
    assert (again.found_kind, again.new) == (SourceKind.FEED, 1)
    server.answers = {"/news": reply(feed(server.url("/a"), server.url("/b")))}
    taken_for_a_page = in_reactor(visit(settings_for(server.host), store, replace(order, kind=SourceKind.PAGE)))
    assert taken_for_a_page.found_kind is SourceKind.AUTO
