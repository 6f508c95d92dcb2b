"""What robots.txt forbids, and how often it is fetched. The pure half here; over a real server below."""

import asyncio
import gzip
import socket
import time
from itertools import pairwise

import pytest

from crawler.gate.robots import KEEP_BYTES, MAX_ROBOTS_BYTES, Robots, RobotsAnswer, robots_url, rules_of
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import outcomes_of, settings_for
from tests.crawler.raw_server import Answer, RawServer, article, reply

AGENT = "Bowerbird"
PAGE = "https://example.org/private/page"


class FakeClock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (RobotsAnswer(200, b"User-agent: *\nDisallow: /private/"), "forbids"),
        (RobotsAnswer(200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /private/\r\n"), "forbids"),
        (RobotsAnswer(200, b"User-agent: bowerbird\nDisallow: /\n\nUser-agent: *\nAllow: /"), "forbids"),
        (RobotsAnswer(200, b"User-agent: *\nDisallow: /*page$"), "forbids"),
        (RobotsAnswer(200, b"User-agent: *\nDisallow: /private/\nAllow: /private/page"), None),
        (RobotsAnswer(200, b"User-agent: other\nDisallow: /"), None),
        (RobotsAnswer(200, b""), None),
        (RobotsAnswer(200, b"\xff\xfe\x00 <html>no robots</html>"), None),
        (RobotsAnswer(200, b"#" * MAX_ROBOTS_BYTES + b"\nUser-agent: *\nDisallow: /"), None),
        (RobotsAnswer(401), None),
        (RobotsAnswer(404), None),
        (RobotsAnswer(429), None),
        (RobotsAnswer(302), None),
        (RobotsAnswer(500), "HTTP 500"),
        (RobotsAnswer(503), "HTTP 503"),
        (RobotsAnswer(error=OSError()), "cannot be had"),
    ],
)
def test_an_answer_means_what_rfc_9309_says(answer: RobotsAnswer, why: str | None) -> None:
    told = rules_of(answer).why_denied(PAGE, AGENT)
    assert told is None if why is None else why in (told or "")


@pytest.mark.parametrize(
    ("body", "delay"), [(b"User-agent: *\nCrawl-delay: 7", 7.0), (b"", None), (b"User-agent: *\nCrawl-delay: x", None)]
)
def test_crawl_delay_is_read(body: bytes, delay: float | None) -> None:
    assert rules_of(RobotsAnswer(200, body)).delay_seconds(AGENT) == delay


def test_each_origin_has_its_own() -> None:
    assert robots_url("https://example.org:8443/a/b?c") == "https://example.org:8443/robots.txt"


class Site:
    """Counts what is fetched of it."""

    def __init__(self, answer: RobotsAnswer) -> None:
        self.answer = answer
        self.fetched: list[str] = []

    async def fetch(self, url: str) -> RobotsAnswer:
        self.fetched.append(url)
        await asyncio.sleep(0)
        return self.answer


@pytest.mark.parametrize(
    ("answer", "kept_seconds"),
    [(RobotsAnswer(200), 24 * 3600), (RobotsAnswer(503), 300), (RobotsAnswer(error=TimeoutError()), 300)],
)
def test_it_is_fetched_once_for_many_and_again_when_it_is_old(answer: RobotsAnswer, kept_seconds: float) -> None:
    async def main() -> None:
        clock, site = FakeClock(), Site(answer)
        robots = Robots(clock)
        await asyncio.gather(*(robots.rules_for(f"https://example.org/{n}", site.fetch) for n in range(50)))
        clock.now += kept_seconds - 1
        await robots.rules_for(PAGE, site.fetch)
        assert site.fetched == ["https://example.org/robots.txt"]
        clock.now += 2
        await robots.rules_for(PAGE, site.fetch)
        assert len(site.fetched) == 2

    asyncio.run(main())


def test_a_fetch_that_was_stopped_is_tried_again_by_the_next() -> None:
    async def main() -> None:
        robots, site = Robots(), Site(RobotsAnswer(200))

        async def stopped(_: str) -> RobotsAnswer:
            raise RuntimeError("stopped")

        with pytest.raises(RuntimeError):
            await robots.rules_for(PAGE, stopped)
        await robots.rules_for(PAGE, site.fetch)
        assert site.fetched

    asyncio.run(main())


def test_ten_thousand_hosts_with_huge_files_do_not_fill_the_memory() -> None:
    async def main() -> None:
        robots, site = Robots(), Site(RobotsAnswer(200, b"#" * 20_000))
        for number in range(10_000):
            await robots.rules_for(f"https://h{number}.example/", site.fetch)
        assert sum(kept.size for kept in robots._kept.values()) == robots._kept_bytes <= KEEP_BYTES
        assert len(robots._kept) < 1000
        assert not robots._locks
        await robots.rules_for("https://h9999.example/", site.fetch)
        assert len(site.fetched) == 10_000

    asyncio.run(main())


def test_a_forbidden_page_is_never_asked_for(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/robots.txt": reply(b"User-agent: *\nDisallow: /no"),
        "/yes": reply(article("Yes")),
        "/no": reply(article("No")),
        "/to-no": reply(status="302 Found", Location="/no"),
    }
    urls = [server.url(path) for path in ("/yes", "/no", "/to-no")]
    outcomes = in_reactor(outcomes_of(settings_for(server.host), urls))
    assert {outcome.url: outcome.verdict for outcome in outcomes} == dict(
        zip(urls, (Verdict.CAPTURED, Verdict.ROBOTS_DENIED, Verdict.ROBOTS_DENIED), strict=True)
    )
    assert sorted(server.paths) == ["/robots.txt", "/to-no", "/yes"]


def test_the_host_a_page_redirects_to_is_asked_too(server: RawServer, in_reactor: InReactor) -> None:
    with RawServer() as other:
        other.answers = {"/robots.txt": reply(b"User-agent: *\nDisallow: /"), "/page": reply(article("No"))}
        server.answers = {"/page": reply(status="301 Moved", Location=other.url("/page"))}
        (outcome,) = in_reactor(outcomes_of(settings_for(server.host, other.host), [server.url("/page")]))
        assert outcome.verdict is Verdict.ROBOTS_DENIED
        assert outcome.final_url == other.url("/page")
        assert outcome.redirects == (server.url("/page"),)
        assert (server.paths, other.paths) == (["/robots.txt", "/page"], ["/robots.txt"])


def test_a_redirected_robots_txt_is_followed(server: RawServer, in_reactor: InReactor) -> None:
    with RawServer() as other:
        other.answers = {"/rules": reply(b"User-agent: *\nDisallow: /page")}
        server.answers = {
            "/robots.txt": reply(status="301 Moved", Location=other.url("/rules")),
            "/page": reply(article("No")),
        }
        (outcome,) = in_reactor(outcomes_of(settings_for(server.host, other.host), [server.url("/page")]))
        assert outcome.verdict is Verdict.ROBOTS_DENIED
        assert server.paths == ["/robots.txt"]


def test_an_endless_redirect_of_robots_txt_forbids_nothing(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/robots.txt": reply(status="301 Moved", Location="/robots.txt"),
        "/page": reply(article("Yes")),
    }
    (outcome,) = in_reactor(outcomes_of(settings_for(server.host), [server.url("/page")]))
    assert outcome.verdict is Verdict.CAPTURED


def test_robots_txt_may_not_lead_inside(server: RawServer, in_reactor: InReactor) -> None:
    with RawServer() as inside:
        inside.answers = {"/robots.txt": reply(b"")}
        server.answers = {
            "/robots.txt": reply(status="301 Moved", Location=inside.url("/robots.txt")),
            "/page": reply(article("Yes")),
        }
        (outcome,) = in_reactor(outcomes_of(settings_for(server.host), [server.url("/page")]))
        assert outcome.verdict is Verdict.REFUSED_ADDRESS
        assert (inside.connections, server.paths) == (0, ["/robots.txt"])


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        pytest.param(reply(status="503 Busy"), Verdict.ROBOTS_DENIED, id="server error"),
        pytest.param(reply(b"no gzip", Content_Encoding="gzip"), Verdict.HTTP_ERROR, id="not packed as it says"),
        pytest.param(b"", Verdict.NETWORK_ERROR, id="no answer"),
    ],
)
def test_without_robots_txt_nothing_is_fetched_and_it_is_asked_for_once(
    answer: bytes, verdict: Verdict, server: RawServer, in_reactor: InReactor
) -> None:
    server.answers = {"/robots.txt": answer} | {f"/{n}": reply(article("Page")) for n in range(5)}
    outcomes = in_reactor(outcomes_of(settings_for(server.host), [server.url(f"/{n}") for n in range(5)]))
    assert {outcome.verdict for outcome in outcomes} == {verdict}
    assert "max_page_bytes" not in outcomes[0].reason
    assert set(server.paths) == {"/robots.txt"}
    assert len(server.paths) <= 2  # a second try where the connection was cut


def endless_robots(conn: socket.socket) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + RULES)
    while True:
        conn.sendall(b"# and so on\n" * 4096)


RULES = b"User-agent: *\nDisallow: /no\n"
LONG = RULES + b"#" * 3_000_000 + b"\nDisallow: /yes"
BOMB = RULES + b"#" * 200_000_000


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(LONG), id="huge"),
        pytest.param(reply(gzip.compress(LONG), Content_Encoding="gzip"), id="huge unpacked"),
        pytest.param(reply(gzip.compress(BOMB), Content_Encoding="gzip"), id="a bomb"),
        pytest.param(endless_robots, id="endless"),
    ],
)
def test_of_a_long_robots_txt_the_first_500_kib_count(answer: Answer, server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/robots.txt": answer, "/yes": reply(article("Yes")), "/no": reply(article("No"))}
    outcomes = in_reactor(outcomes_of(settings_for(server.host), [server.url("/yes"), server.url("/no")]))
    assert {outcome.url: outcome.verdict for outcome in outcomes} == {
        server.url("/yes"): Verdict.CAPTURED,
        server.url("/no"): Verdict.ROBOTS_DENIED,
    }
    assert server.paths == ["/robots.txt", "/yes"]


def test_a_robots_txt_that_hangs_costs_its_time_once(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/robots.txt": server.hold}
    began = time.monotonic()
    settings = settings_for(server.host, request_seconds=0.4)
    outcomes = in_reactor(outcomes_of(settings, [server.url(f"/{number}") for number in range(10)]))
    assert {outcome.verdict for outcome in outcomes} == {Verdict.TIMEOUT}
    assert time.monotonic() - began < 3


def test_a_crawl_delay_lies_between_the_requests(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/robots.txt": reply(b"User-agent: *\nCrawl-delay: 0.3")} | {
        f"/{number}": reply(status="404 Not Found") for number in range(3)
    }
    in_reactor(outcomes_of(settings_for(server.host), [server.url(f"/{number}") for number in range(3)]))
    times = [asked.at for asked in server.asked if asked.path != "/robots.txt"]
    assert all(after - before > 0.25 for before, after in pairwise(times))
