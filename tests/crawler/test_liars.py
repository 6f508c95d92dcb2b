"""Servers that say 304 of what has changed, or give one tag to two contents: found out, and not believed again."""

import re

import pytest

from crawler.order import RunResult
from storage.database.store import Store
from storage.outcome import Validator
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, settings_for, visit
from tests.crawler.raw_server import Answer, RawServer, article, feed, reply
from tests.crawler.site_pages import XML, add_up

NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n"


class Site:
    """A feed of some pages on a server, visited as often as a test likes; a full fetch at each third visit."""

    def __init__(self, server: RawServer, store: Store, in_reactor: InReactor) -> None:
        self.server, self.store, self._in_reactor = server, store, in_reactor
        self.order = order_for(server.url("/feed"), kind=SourceKind.FEED)
        server.answers = {f"/{number}": reply(article(f"Page {number}")) for number in range(9)}

    def answer(self, path: str, answer: Answer, *, if_asked: Answer | None = None) -> None:
        """Give answer at path; if_asked to a conditional request."""
        self.server.answers = {**self.server.answers, path: answer}
        self.server.conditional = {path: if_asked} if if_asked else {}

    def visit(self, **values: object) -> RunResult:
        """Visit the feed once."""
        self.server.asked.clear()
        settings = settings_for(self.server.host, full_fetch_every=3, **values)
        result: RunResult = self._in_reactor(visit(settings, self.store, self.order))
        add_up(self.store, result)
        return result

    def offer(self, *numbers: int, note: str = "", **headers: str) -> bytes:
        """A feed of these pages."""
        body = feed(*(self.server.url(f"/{number}") for number in numbers))
        return reply(body + f"<!-- {note} -->".encode(), Content_Type=XML, **headers)

    def was_conditional(self, path: str = "/feed") -> list[bool]:
        """Whether each request for a path since the visit began was conditional."""
        return ["if-none-match" in asked.headers for asked in self.server.asked if asked.path == path]

    @property
    def known(self) -> Validator:
        return self.store.validators.for_urls([self.order.source.url])[self.order.source.url]


@pytest.fixture
def site(server: RawServer, store: Store, in_reactor: InReactor) -> Site:
    return Site(server, store, in_reactor)


def test_a_feed_that_says_304_though_it_has_changed_is_found_out_and_read_in_full_from_then_on(site: Site) -> None:
    site.answer("/feed", site.offer(0, ETag='"1"'), if_asked=NOT_MODIFIED)
    assert site.visit().verdicts == {Verdict.CAPTURED: 1}
    site.answer("/feed", site.offer(0, 1, ETag='"2"'), if_asked=NOT_MODIFIED)
    assert [(site.visit().verdicts, site.known.unchanged_answers) for _ in range(2)] == [({}, 1), ({}, 2)]
    found_out = site.visit()
    assert site.was_conditional() == [False, True]
    assert found_out.verdicts == {Verdict.CAPTURED: 1, Verdict.KNOWN: 1}
    assert "said of a document that had changed that it had not (HTTP 304); it is fetched in full" in found_out.reason
    assert site.known.is_distrusted
    site.answer("/feed", site.offer(0, 1, 2, ETag='"3"'), if_asked=NOT_MODIFIED)
    assert site.visit().verdicts == {Verdict.CAPTURED: 1, Verdict.KNOWN: 2}
    assert site.was_conditional() == [False]
    assert site.known.is_distrusted


def test_a_feed_that_changed_after_its_last_304_has_not_lied(site: Site) -> None:
    site.answer("/feed", site.offer(0, ETag='"1"'), if_asked=NOT_MODIFIED)
    for _ in range(3):
        site.visit()
    site.answer("/feed", site.offer(0, 1, ETag='"2"'))
    assert site.visit().verdicts == {Verdict.CAPTURED: 1, Verdict.KNOWN: 1}
    assert site.was_conditional() == [False, True]
    assert not site.known.is_distrusted
    site.visit()
    assert site.was_conditional() == [True]


def test_a_feed_that_keeps_its_tag_when_it_changes_is_not_believed_again(site: Site) -> None:
    site.answer("/feed", site.offer(0, ETag='"same"'))
    site.visit()
    site.answer("/feed", site.offer(0, 1, ETag='W/"same"'))
    result = site.visit()
    assert site.was_conditional() == [True]
    assert "gave a document that had changed the same ETag" in result.reason
    assert site.known.is_distrusted
    site.visit()
    assert site.was_conditional() == [False]


def test_a_lie_found_out_in_a_run_that_does_not_end_costs_no_article(site: Site) -> None:
    site.answer("/feed", site.offer(0, ETag='"same"'))
    site.visit()
    site.answer("/feed", site.offer(0, 1, ETag='"same"'))
    site.answer("/1", reply(status="500 Oops"))
    assert "the same ETag" in site.visit().reason
    site.answer("/1", reply(article("Page 1")))
    assert site.visit().verdicts == {Verdict.CAPTURED: 1, Verdict.KNOWN: 1}
    assert site.known.is_distrusted


def test_a_date_that_stays_when_the_feed_changes_is_not_believed_again(site: Site) -> None:
    old = "Sun, 01 Mar 2020 08:00:00 GMT"
    site.answer("/feed", site.offer(0, Last_Modified=old))
    site.visit()
    site.answer("/feed", site.offer(0, 1, Last_Modified=old))
    assert "the same ETag or Last-Modified" in site.visit().reason
    assert site.known.is_distrusted


def test_a_feed_whose_bytes_alone_change_has_not_lied_and_offers_nothing_new(site: Site) -> None:
    site.answer("/feed", site.offer(0, 1, note="built at noon", ETag='"same"'), if_asked=NOT_MODIFIED)
    assert site.visit().verdicts == {Verdict.CAPTURED: 2}
    site.visit()
    site.visit()
    site.answer("/feed", site.offer(1, 0, note="built at one", ETag='"same"'), if_asked=NOT_MODIFIED)
    result = site.visit()
    assert site.was_conditional() == [False]
    assert (result.verdicts, result.status) == ({}, "finished")
    assert "it offers the same since" in result.reason
    assert (site.known.is_distrusted, site.known.unchanged_answers) == (False, 0)


def test_a_304_that_names_another_tag_is_followed_by_a_full_fetch(site: Site) -> None:
    site.answer("/feed", site.offer(0, ETag='"1"'), if_asked=NOT_MODIFIED)
    site.visit()
    odd = NOT_MODIFIED.replace(b"\r\n\r\n", b'\r\nETag: "2"\r\n\r\n')
    site.answer("/feed", site.offer(0, 1, ETag='"2"'), if_asked=odd)
    assert site.visit().verdicts == {}
    assert site.visit().verdicts == {Verdict.CAPTURED: 1, Verdict.KNOWN: 1}
    assert site.was_conditional()[0] is False


def test_a_304_that_was_not_asked_for_fails_and_says_so(site: Site) -> None:
    site.answer("/feed", NOT_MODIFIED)
    result = site.visit()
    assert result.status == "failed"
    assert "which it was not asked (HTTP 304)" in result.reason


@pytest.mark.parametrize("date", ["Mon, 01 Mar 2066 08:00:00 GMT", "yesterday"])
def test_a_date_that_cannot_be_true_is_not_asked_with(site: Site, date: str) -> None:
    site.answer("/feed", site.offer(0, Last_Modified=date))
    site.visit()
    site.visit()
    assert all("if-modified-since" not in asked.headers for asked in site.server.asked)


def test_a_tag_without_quotes_comes_back_as_it_was(site: Site) -> None:
    site.answer("/feed", site.offer(0, ETag="abc-1"), if_asked=NOT_MODIFIED)
    site.visit()
    assert site.visit().totals.not_modified == 1
    assert site.server.asked[-1].headers["if-none-match"] == "abc-1"


def test_an_article_that_keeps_its_tag_when_it_changes_is_fetched_in_full(site: Site) -> None:
    site.order = order_for(site.server.url("/feed"), kind=SourceKind.FEED, recheck=True)
    site.answer("/feed", site.offer(0))
    site.answer("/0", reply(article("Before"), ETag='"same"'))
    assert site.visit().verdicts == {Verdict.CAPTURED: 1}
    site.answer("/0", reply(article("After"), ETag='"same"'))
    result = site.visit()
    assert result.verdicts == {Verdict.CHANGED: 1}
    assert re.search("gave a page that had changed the same ETag.*it is fetched in full", result.reason)
    site.visit()
    assert site.was_conditional("/0") == [False]


def test_an_article_whose_server_always_says_304_is_found_out_at_its_full_fetch(site: Site) -> None:
    site.order = order_for(site.server.url("/feed"), kind=SourceKind.FEED, recheck=True)
    site.answer("/feed", site.offer(0))
    site.answer("/0", reply(article("Before"), ETag='"1"'), if_asked=NOT_MODIFIED)
    site.visit()
    site.answer("/0", reply(article("After"), ETag='"2"'), if_asked=NOT_MODIFIED)
    verdicts = [site.visit().verdicts for _ in range(3)]
    assert verdicts == [{Verdict.UNCHANGED: 1}, {Verdict.UNCHANGED: 1}, {Verdict.CHANGED: 1}]
    url = site.server.url("/0")
    assert site.store.validators.for_urls([url])[url].is_distrusted


def test_rules_that_change_have_the_feed_read_again_though_it_stays(site: Site) -> None:
    site.order = order_for(site.server.url("/feed"), kind=SourceKind.FEED, exclude=("*/1",))
    site.answer("/feed", site.offer(0, 1, ETag='"1"'), if_asked=NOT_MODIFIED)
    assert site.visit().verdicts == {Verdict.CAPTURED: 1, Verdict.FILTERED: 1}
    site.order = order_for(site.server.url("/feed"), kind=SourceKind.FEED)
    assert site.visit().verdicts == {Verdict.CAPTURED: 1, Verdict.KNOWN: 1}
    assert not site.known.is_distrusted
    assert site.visit().totals.not_modified == 1
