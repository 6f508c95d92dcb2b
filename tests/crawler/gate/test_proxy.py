"""A proxy is used where the settings name one, for everything; and the addresses are checked all the same."""

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import trustme
from pydantic import ValidationError

from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fake_dns import PUBLIC, FakeDNS
from tests.crawler.fetching import outcomes_of, settings_for
from tests.crawler.gate.test_connect import with_dns
from tests.crawler.raw_server import RawServer, article, reply


class Tunnel(socketserver.ThreadingTCPServer):
    """A proxy that leads every CONNECT to one server, and notes what it was asked."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), TunnelHandler)
        self.port = port
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no fault."""


class TunnelHandler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Tunnel)
        head = self.request.recv(65536)
        self.server.asked.append(head.split(b"\r\n")[0].decode())
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.server.port)) as other:
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pass_on, args=(other, self.request), daemon=True)
            back.start()
            pass_on(self.request, other)
            back.join(5)


def pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@pytest.fixture
def proxy() -> Iterator[RawServer]:
    """A proxy for plain HTTP: it answers by itself, by the whole URL it is asked for."""
    with RawServer() as running:
        yield running


def test_every_plain_request_goes_to_the_proxy_whole(proxy: RawServer, in_reactor: InReactor) -> None:
    page = "http://news.example/page"
    proxy.answers = {page: reply(article("Proxied")), "http://news.example/robots.txt": reply(b"")}
    dns = FakeDNS({"news.example": [[PUBLIC]], "127.0.0.1": [["127.0.0.1"]]})
    outcome = in_reactor(with_dns(dns, settings_for(proxy=proxy.url("")), page))
    assert outcome.verdict is Verdict.CAPTURED
    assert proxy.paths == ["http://news.example/robots.txt", page]
    assert {asked.headers["host"] for asked in proxy.asked} == {"news.example"}


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:10.0.0.1"]])
def test_a_name_that_leads_inside_is_not_sent_to_the_proxy(
    addresses: list[str], proxy: RawServer, in_reactor: InReactor
) -> None:
    dns = FakeDNS({"evil.example": [addresses]})
    outcome = in_reactor(with_dns(dns, settings_for(proxy=proxy.url("")), "http://evil.example/page"))
    assert outcome.verdict is Verdict.REFUSED_ADDRESS
    assert proxy.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:7f00:1]"])
def test_an_address_inside_is_not_sent_to_the_proxy(host: str, proxy: RawServer, in_reactor: InReactor) -> None:
    (outcome,) = in_reactor(outcomes_of(settings_for(proxy=proxy.url("")), [f"http://{host}/page"]))
    assert outcome.verdict is Verdict.REFUSED_ADDRESS
    assert proxy.connections == 0


def test_the_proxy_itself_is_no_page(proxy: RawServer, in_reactor: InReactor) -> None:
    settings = settings_for(proxy.host, proxy=proxy.url(""), extra_ports=(proxy.port,))
    urls = [proxy.url("/page"), f"http://localhost:{proxy.port}/page"]
    outcomes = in_reactor(outcomes_of(settings, urls))
    assert {outcome.verdict for outcome in outcomes} == {Verdict.REFUSED_ADDRESS}
    assert proxy.connections == 0


def test_what_is_opted_in_goes_through_the_proxy_and_not_past_it(
    proxy: RawServer, server: RawServer, in_reactor: InReactor
) -> None:
    proxy.answers = {server.url("/page"): reply(article("Proxied"))}
    settings = settings_for(server.host, proxy=proxy.url(""))
    (outcome,) = in_reactor(outcomes_of(settings, [server.url("/page")]))
    assert (outcome.verdict, server.connections) == (Verdict.CAPTURED, 0)


def test_a_proxy_that_is_not_there_is_told_and_not_gone_around(server: RawServer, in_reactor: InReactor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    settings = settings_for(server.host, proxy=f"http://127.0.0.1:{port}")
    (outcome,) = in_reactor(outcomes_of(settings, [server.url("/page")]))
    assert (outcome.verdict, server.connections) == (Verdict.NETWORK_ERROR, 0)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_secure_connection_goes_through_a_tunnel_and_is_verified(
    is_known: bool, in_reactor: InReactor, tmp_path_factory: pytest.TempPathFactory
) -> None:
    authority = trustme.CA()
    ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
    (authority if is_known else trustme.CA()).cert_pem.write_to_path(str(ca_file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("news.example").configure_cert(context)
    with RawServer(tls=context) as server, Tunnel(server.port) as tunnel:
        thread = threading.Thread(target=tunnel.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        server.answers = {"/page": reply(article("Tunnelled"))}
        settings = settings_for(proxy=tunnel.url, ca_file=str(ca_file))
        dns = FakeDNS({"news.example": [[PUBLIC]]})
        outcome = in_reactor(with_dns(dns, settings, "https://news.example/page"))
        tunnel.shutdown()
        thread.join()
    assert outcome.verdict is (Verdict.CAPTURED if is_known else Verdict.NETWORK_ERROR)
    assert server.paths == (["/robots.txt", "/page"] if is_known else [])
    assert set(tunnel.asked) == {"CONNECT news.example:443 HTTP/1.1"}


@pytest.mark.parametrize(
    "proxy", ["127.0.0.1:3128", "https://127.0.0.1:3128", "http://127.0.0.1", "http://u:p@127.0.0.1:1", "http://a:1/b"]
)
def test_a_proxy_is_named_by_host_and_port(proxy: str) -> None:
    with pytest.raises(ValidationError, match="http://host:port"):
        settings_for(proxy=proxy)
