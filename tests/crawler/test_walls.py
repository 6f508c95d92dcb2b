"""Walls on the wire: what an error answer shows, pages that send on, and pages that hold less than their feed."""

import pytest

from crawler.order import RunResult
from storage.cause import CauseKind
from storage.database.store import Store
from storage.outcome import Attempt, Outcome
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, outcomes_of, settings_for, visit
from tests.crawler.raw_server import RawServer, article, reply
from tests.crawler.site_pages import add_up

CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"
)
LOGIN = b"<title>Log in</title><form><input type=password></form>"
STORM = b"The storm took the roof of the boathouse on Monday night and laid it whole on the green behind the church. "
LONG_ERROR = b"<html><head><title>Server error</title></head><body>" + STORM * 2000 + b"</body></html>"


def refresh(url: str) -> bytes:
    return reply(f"<html><head><meta http-equiv=refresh content='0;url={url}'></head><body></body></html>".encode())


def one(server: RawServer, in_reactor: InReactor, path: str = "/a", **values: object) -> Outcome:
    """Return what became of one page."""
    outcomes: list[Outcome] = in_reactor(outcomes_of(settings_for(server.host, **values), [server.url(path)]))
    (outcome,) = outcomes
    return outcome


ANSWERS = (
    (reply(CHALLENGE, status="403 Forbidden"), Verdict.BLOCKED, "challenge:Cloudflare", "'Just a moment...'"),
    (reply(CHALLENGE, status="503 Service Unavailable"), Verdict.BLOCKED, "challenge:Cloudflare", "(HTTP 503)"),
    (reply(CHALLENGE, status="429 Too Many Requests"), Verdict.BLOCKED, "challenge:Cloudflare", "(HTTP 429)"),
    (reply(CHALLENGE), Verdict.BLOCKED, "challenge:Cloudflare", "(HTTP 200)"),
    (reply(CHALLENGE, status="202 Accepted"), Verdict.BLOCKED, "challenge:Cloudflare", "(HTTP 202)"),
    (reply(b"", status="403 Forbidden", cf_mitigated="challenge"), Verdict.BLOCKED, "challenge:Cloudflare",
     "header cf-mitigated: challenge"),
    (reply(b"no", status="403 Forbidden"), Verdict.BLOCKED, "forbidden", "does not let us in (HTTP 403)"),
    (reply(LOGIN, status="401 Unauthorized"), Verdict.BLOCKED, "login", "its title says 'Log in'"),
    (reply(b"", status="429 Too Many Requests"), Verdict.BLOCKED, "too_many_requests", "HTTP 429"),
    (reply(LONG_ERROR, status="500 Oh"), Verdict.HTTP_ERROR, "server_error", "its title says 'Server error'"),
    (reply(b"<title>Maintenance</title>", status="503 No"), Verdict.HTTP_ERROR, "server_error", "'Maintenance'"),
    (reply(b"<title>" + b"<" * 60_000, status="403 No"), Verdict.BLOCKED, "forbidden", "HTTP 403"),
    (reply(b"<script>" * 9_000, status="403 No"), Verdict.BLOCKED, "forbidden", "HTTP 403"),
    (reply(b"\xff\xfe\x00" * 20_000, status="403 No"), Verdict.BLOCKED, "forbidden", "HTTP 403"),
)  # fmt: skip


@pytest.mark.parametrize(("answer", "verdict", "cause", "says"), ANSWERS)
def test_an_answer_is_told_by_what_it_shows(
    server: RawServer, in_reactor: InReactor, answer: bytes, verdict: Verdict, cause: str, says: str
) -> None:
    server.answers = {"/a": answer}
    outcome = one(server, in_reactor)
    assert (outcome.verdict, str(outcome.cause)) == (verdict, cause)
    assert says in outcome.reason
    assert len(outcome.reason) < 400


def test_a_page_that_only_sends_on_is_followed_as_a_redirect(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a": refresh("/b"), "/b": refresh("/c"), "/c": reply(article("Storm"))}
    outcome = one(server, in_reactor)
    assert outcome.verdict is Verdict.CAPTURED
    assert outcome.final_url == server.url("/c")
    assert outcome.redirects == (server.url("/a"), server.url("/b"))


def test_a_page_that_sends_on_for_ever_is_followed_so_far(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a": refresh("/b"), "/b": refresh("/a")}
    outcome = one(server, in_reactor, max_redirects=3)
    assert outcome.verdict is Verdict.NOT_AN_ARTICLE
    assert outcome.cause is not None
    assert outcome.cause.kind is CauseKind.FORWARDING
    assert server.paths == ["/robots.txt", "/a", "/b", "/a", "/b"]


def test_redirects_of_both_kinds_share_one_limit(server: RawServer, in_reactor: InReactor) -> None:
    moved = reply(b"", status="302 Found", Location="/a")
    server.answers = {"/a": refresh("/b"), "/b": moved}
    outcome = one(server, in_reactor, max_redirects=4)
    assert outcome.verdict in (Verdict.NOT_AN_ARTICLE, Verdict.HTTP_ERROR)
    assert len(server.paths) == 1 + 5


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://169.254.169.254/latest", "http://127.0.0.1:22/"])
def test_a_page_that_sends_on_to_a_private_address_is_refused(
    server: RawServer, in_reactor: InReactor, target: str
) -> None:
    server.answers = {"/a": refresh(target)}
    assert one(server, in_reactor).verdict is Verdict.REFUSED_ADDRESS


def test_an_article_that_leads_home_is_gone(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/2026/storm-over-town": reply(b"", status="301 Moved", Location="/"),
        "/": reply(b"<title>Ledger</title><p>" + STORM * 3),
    }
    outcome = one(server, in_reactor, "/2026/storm-over-town")
    assert (outcome.verdict, outcome.article) == (Verdict.GONE, None)
    assert "answers 200, but redirects to the site's home page" in outcome.reason


def feed_telling(url: str, told: str) -> bytes:
    item = f"<item><title>Storm</title><link>{url}</link><description>{told}</description></item>"
    body = f"<rss version='2.0'><channel><title>Feed</title>{item}</channel></rss>"
    return reply(body.encode(), Content_Type="application/rss+xml")


@pytest.mark.parametrize(("times", "verdict"), [(1, Verdict.CAPTURED), (12, Verdict.PAYWALLED)])
def test_a_page_with_far_less_than_its_feed_told_is_flagged(
    server: RawServer, store: Store, in_reactor: InReactor, times: int, verdict: Verdict
) -> None:
    page = b"<html><head><title>Storm</title></head><body><article><h1>Storm</h1><p>" + STORM * 2 + b"</p></article>"
    server.answers = {"/feed": feed_telling(server.url("/a"), STORM.decode() * times), "/a": reply(page)}
    result = visited(server, store, in_reactor)
    (attempt,) = store.attempts.of_run(result.run_id)
    assert attempt.verdict is verdict
    assert (attempt.cause is not None and attempt.cause.kind is CauseKind.CUT_AGAINST_FEED) == (times > 1)
    assert store.articles.get(attempt.article_id or "").is_paywalled == (times > 1)


def test_a_run_that_met_nothing_but_walls_says_which_and_what_may_help(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    blocked = reply(CHALLENGE, status="403 Forbidden")
    server.answers = {"/feed": feed_telling(server.url("/a"), ""), "/a": blocked}
    result = visited(server, store, in_reactor)
    assert result.reason.startswith(
        "0 of 1 gave an article: 1 blocked by a challenge page (Cloudflare); what may help: "
    )
    assert "`sources: source: render: browser`" in result.reason
    (attempt,) = store.attempts.of_run(result.run_id)
    assert isinstance(attempt, Attempt)
    assert str(attempt.cause) == "challenge:Cloudflare"


def test_a_source_whose_feed_is_behind_a_wall_says_so(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = {"/feed": reply(CHALLENGE, status="403 Forbidden")}
    result = visited(server, store, in_reactor)
    assert result.status == "failed"
    assert "a challenge page of Cloudflare stood in the way" in result.reason


def visited(server: RawServer, store: Store, in_reactor: InReactor) -> RunResult:
    """Return the result of one visit; its accounts add up."""
    result: RunResult = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    add_up(store, result)
    return result
