"""No socket is opened to where it may not: counted at a listening loopback socket."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.books import ScratchBooks
from crawler.candidate import Candidate
from crawler.run import Runs, Targets
from crawler.settings import CrawlerSettings
from crawler.workshop import open_scratch_workshop
from storage.outcome import Outcome
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fake_dns import PUBLIC, FakeDNS, public_is_loopback
from tests.crawler.fetching import INGEST, outcomes_of, settings_for
from tests.crawler.raw_server import RawServer, article, reply
from tests.crawler.reactor_thread import guard_lifted_after

# Every spelling a browser or a C library has taken for 127.0.0.1, and what leads there by another way.
LOOPBACK = (
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7F.0.0.0x1", "0177.0.0.1",
    "017700000001", "0177.0.0.0x1", "127.000.000.001", "0", "0.0.0.0", "127.0.0.2", "127.127.127.127",
    "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[::ffff:0:7f00:1]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "１２７.０.０.１", "127。0。0。1", "①②⑦.0.0.1",
    "%31%32%37.0.0.1", "127.0.0.1%00.example.org", "ｌｏｃａｌｈｏｓｔ", "example.org@127.0.0.1",
)  # fmt: skip


@pytest.fixture
def loopback() -> Iterator[RawServer]:
    """A server that nobody may reach, on both families where the machine has them."""
    with RawServer() as server:
        server.answers = {"/": reply(article("Secret")), "/robots.txt": reply(b"")}
        yield server


@pytest.mark.parametrize("host", LOOPBACK)
def test_no_spelling_of_loopback_is_connected_to(host: str, loopback: RawServer, in_reactor: InReactor) -> None:
    settings = settings_for(extra_ports=(loopback.port,), connect_seconds=1, request_seconds=2)
    (outcome,) = in_reactor(outcomes_of(settings, [f"http://{host}:{loopback.port}/"]))
    assert outcome.verdict in (Verdict.REFUSED_ADDRESS, Verdict.NETWORK_ERROR), outcome
    assert outcome.reason
    assert loopback.connections == 0


@pytest.mark.parametrize("host", LOOPBACK)
def test_no_redirect_leads_to_loopback(
    host: str, loopback: RawServer, server: RawServer, in_reactor: InReactor
) -> None:
    location = f"http://{host}:{loopback.port}/".encode().decode("latin-1")
    server.answers = {"/": reply(status="302 Found", Location=location)}
    settings = settings_for(server.host, extra_ports=(loopback.port,), connect_seconds=1, request_seconds=2)
    (outcome,) = in_reactor(outcomes_of(settings, [server.url("/")]))
    assert outcome.verdict in (Verdict.REFUSED_ADDRESS, Verdict.NETWORK_ERROR, Verdict.HTTP_ERROR), outcome
    assert loopback.connections == 0


def test_what_is_opted_in_is_reached_and_nothing_beside_it(
    server: RawServer, loopback: RawServer, in_reactor: InReactor
) -> None:
    server.answers = {"/": reply(article("Open"))}
    urls = [server.url("/"), loopback.url("/"), f"http://localhost:{server.port}/", f"http://127.0.0.2:{server.port}/"]
    settings = settings_for(server.host, extra_ports=(server.port, loopback.port))
    outcomes = in_reactor(outcomes_of(settings, urls))
    verdicts = {outcome.url: outcome.verdict for outcome in outcomes}
    assert verdicts == dict.fromkeys(urls, Verdict.REFUSED_ADDRESS) | {urls[0]: Verdict.CAPTURED}
    assert loopback.connections == 0
    assert {asked.headers["host"] for asked in server.asked} == {server.host}


async def with_dns(
    dns: FakeDNS, settings: CrawlerSettings, url: str, *, before: Callable[[Any], None] = lambda _: None
) -> Outcome:
    """Fetch url where names mean what dns says. before: does something to the reactor that is then guarded."""
    async with guard_lifted_after() as reactor:
        reactor.installNameResolver(dns)
        before(reactor)
        books = ScratchBooks()
        async with open_scratch_workshop(settings, books) as workshop:
            await Runs(workshop).ingest(INGEST, Targets((Candidate(url=url, origin="ingest"),)))
    (outcome,) = books.outcomes
    return outcome


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["169.254.169.254"], ["0.0.0.0"]],
)
def test_a_name_that_leads_inside_is_refused_with_its_address(
    addresses: list[str], loopback: RawServer, in_reactor: InReactor
) -> None:
    settings = settings_for(extra_ports=(loopback.port,))
    dns = FakeDNS({"evil.example": [addresses]})
    outcome = in_reactor(with_dns(dns, settings, f"http://evil.example:{loopback.port}/"))
    assert outcome.verdict is Verdict.REFUSED_ADDRESS
    assert "evil.example is " in outcome.reason
    assert "not a public address" in outcome.reason
    assert loopback.connections == 0


def test_a_name_nobody_knows_is_told_as_that(in_reactor: InReactor) -> None:
    outcome = in_reactor(with_dns(FakeDNS({}), settings_for(), "http://nobody.example/"))
    assert (outcome.verdict, outcome.reason) == (Verdict.NETWORK_ERROR, "its host name is not known to the DNS")


@pytest.mark.parametrize(
    ("second", "verdict", "paths"),
    [
        pytest.param([PUBLIC], Verdict.CAPTURED, ["/robots.txt", "/page"], id="stays public"),
        pytest.param(["127.0.0.1"], Verdict.REFUSED_ADDRESS, ["/robots.txt"], id="becomes private"),
        pytest.param(["::ffff:127.0.0.1"], Verdict.REFUSED_ADDRESS, ["/robots.txt"], id="becomes mapped"),
    ],
)
def test_a_name_that_changes_between_two_requests_gains_nothing(
    second: list[str], verdict: Verdict, paths: list[str], server: RawServer, in_reactor: InReactor
) -> None:
    server.answers = {"/robots.txt": reply(b"", Connection="close"), "/page": reply(article("Page"))}
    dns = FakeDNS({"rebind.example": [[PUBLIC], second]})
    settings = settings_for(extra_ports=(server.port,))
    url = f"http://rebind.example:{server.port}/page"
    outcome = in_reactor(with_dns(dns, settings, url, before=public_is_loopback))
    assert (outcome.verdict, server.paths) == (verdict, paths)


def test_an_earlier_refusal_does_not_colour_a_later_failure(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/robots.txt": reply(b"", Connection="close")}
    dns = FakeDNS({"odd.example": [["10.0.0.1", PUBLIC], []]})
    settings = settings_for(extra_ports=(server.port,))
    outcome = in_reactor(with_dns(dns, settings, f"http://odd.example:{server.port}/", before=public_is_loopback))
    assert (outcome.verdict, outcome.reason) == (Verdict.NETWORK_ERROR, "its host name is not known to the DNS")


def test_an_address_the_resolver_guard_never_saw_is_stopped_at_the_connection(
    loopback: RawServer, in_reactor: InReactor
) -> None:
    """Whatever lets an address slip past the name check, the second guard is the last word."""

    async def connect_past_the_resolver() -> type[BaseException]:
        from twisted.internet.endpoints import TCP4ClientEndpoint
        from twisted.internet.protocol import Factory, Protocol

        from crawler.gate.address import AddressGuard
        from crawler.gate.connect import guard_reactor

        async with guard_lifted_after() as reactor:
            guard_reactor(reactor, AddressGuard(), connect_seconds=1)
            endpoint = TCP4ClientEndpoint(reactor, "127.0.0.1", loopback.port)
            try:
                factory: Any = Factory.forProtocol(Protocol)
                await endpoint.connect(factory).asFuture(reactor._asyncioEventloop)
            except Exception as error:  # noqa: BLE001 - which one it is, is the question
                return type(error)
        return type(None)  # type: ignore[return-value]

    assert in_reactor(connect_past_the_resolver()).__name__ == "RefusedAddress"
    assert loopback.connections == 0


def test_an_opted_in_name_is_reached(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/": reply(article("Intranet"))}
    settings = settings_for(f"intranet.example:{server.port}")
    dns = FakeDNS({"intranet.example": [["127.0.0.1"]]})
    outcome = in_reactor(with_dns(dns, settings, f"http://intranet.example:{server.port}/"))
    assert outcome.verdict is Verdict.CAPTURED


def test_a_proxy_of_the_environment_is_not_used(
    server: RawServer, loopback: RawServer, in_reactor: InReactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, loopback.url("/"))
    server.answers = {"/": reply(article("Direct"))}
    (outcome,) = in_reactor(outcomes_of(settings_for(server.host), [server.url("/")]))
    assert outcome.verdict is Verdict.CAPTURED
    assert loopback.connections == 0


def test_opening_a_connection_has_its_own_limit(in_reactor: InReactor) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(8)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        settings = settings_for(f"127.0.0.1:{port}", connect_seconds=0.3, request_seconds=20)
        (outcome,) = in_reactor(outcomes_of(settings, [f"http://127.0.0.1:{port}/"]))
        for filler in fillers:
            filler.close()
    assert outcome.verdict in (Verdict.TIMEOUT, Verdict.NETWORK_ERROR)
