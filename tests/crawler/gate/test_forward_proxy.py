"""The browser's way out, spoken to by hand: who may use it, and where it leads."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from crawler.errors import PageTooHeavy, RefusedAddress
from crawler.gate.forward_proxy import ForwardProxy
from crawler.gate.visit import Visit
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import opened_scratch, settings_for
from tests.crawler.raw_server import RawServer, reply

HELLO = b"\x16\x03\x01"


class AtTheProxy:
    """A proxy, and one visit that it lets out."""

    def __init__(self, proxy: ForwardProxy, visit: Visit) -> None:
        self.proxy = proxy
        self.visit = visit

    def head(self, line: str, *headers: str, password: str | None = None) -> bytes:
        """Return a request of the visit."""
        secret = f"{self.visit.name}:{self.visit.password if password is None else password}"
        shown = f"Proxy-Authorization: Basic {base64.b64encode(secret.encode()).decode()}"
        return ("\r\n".join([f"{line} HTTP/1.1", "Host: elsewhere", shown, *headers]) + "\r\n\r\n").encode()

    async def say(self, *parts: bytes) -> bytes:
        """Send parts, each after something came for the one before; return all that came until the end."""
        port = int(self.proxy.address.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        heard = b""
        for part in parts:
            writer.write(part)
            if part is not parts[-1]:
                heard += await reader.read(65536)
        try:
            return heard + await asyncio.wait_for(reader.read(), 10)
        except ConnectionError:
            return heard
        finally:
            writer.close()


@asynccontextmanager
async def at_the_proxy(*hosts: str, port: int = 80, most_bytes: int = 1_000_000) -> AsyncIterator[AtTheProxy]:
    """port: one that may be asked anywhere, if only the address is public."""
    async with opened_scratch(settings_for(*hosts, extra_ports=(port,))) as (workshop, _):
        proxy = ForwardProxy(workshop.gate, connect_seconds=2)
        proxy.listen()
        visit = Visit("http://example.org/", 100, most_bytes)
        proxy.admit(visit)
        yield AtTheProxy(proxy, visit)
        await proxy.close()


@pytest.fixture
def page(server: RawServer) -> RawServer:
    server.answers = {"/page": reply(b"the page", Connection="close")}
    return server


def test_it_asks_for_the_page_as_the_browser_would_have(page: RawServer, in_reactor: InReactor) -> None:
    async def ask() -> bytes:
        async with at_the_proxy(page.host) as at:
            head = at.head(f"GET http://{page.host}/page?a=1", "Accept: text/html", "Proxy-Connection: keep-alive")
            return await at.say(head)

    assert in_reactor(ask()).endswith(b"the page")
    (asked,) = page.asked
    assert asked.path == "/page?a=1"
    assert asked.headers == {"host": page.host, "accept": "text/html", "connection": "close"}


def test_without_the_secret_of_a_page_nobody_gets_out(page: RawServer, in_reactor: InReactor) -> None:
    async def ask() -> list[bytes]:
        async with at_the_proxy(page.host) as at:
            line = f"GET http://{page.host}/page"
            heads = [
                f"{line} HTTP/1.1\r\n\r\n".encode(),
                f"{line} HTTP/1.1\r\nProxy-Authorization: Basic ~~\r\n\r\n".encode(),
                f"{line} HTTP/1.1\r\nProxy-Authorization: Bearer x\r\n\r\n".encode(),
                f"CONNECT {page.host} HTTP/1.1\r\n\r\n".encode(),
                at.head(line, password=""),
                at.head(line, password=at.visit.password[:-1]),
            ]
            answers = [await at.say(head) for head in heads]
            at.proxy.dismiss(at.visit)
            return [*answers, await at.say(at.head(line))]

    answers = in_reactor(ask())
    assert [answer.split(b"\r\n")[0] for answer in answers] == [b"HTTP/1.1 407 Proxy Authentication Required"] * 7
    assert page.connections == 0


@pytest.mark.parametrize(
    "line",
    [
        "GET http://{inside}/page",
        "GET http://localhost:{port}/page",
        "GET http://[::ffff:127.0.0.1]:{port}/page",
        "GET http://2130706433:{port}/page",
        "CONNECT {inside}",
        "CONNECT localhost:{port}",
        "CONNECT [::1]:{port}",
        "GET http://169.254.169.254/latest/meta-data/",
        "GET http://user@{inside}/page",
    ],
)
def test_it_leads_nowhere_that_the_gate_does_not(page: RawServer, in_reactor: InReactor, line: str) -> None:
    async def ask() -> tuple[bytes, list[Exception]]:
        async with at_the_proxy("127.0.0.1:9", port=page.port) as at:
            answer = await at.say(at.head(line.format(inside=page.host, port=page.port)))
            return answer, list(at.visit.failures.values())

    answer, failures = in_reactor(ask())
    assert (answer, page.connections) == (b"", 0)
    assert [type(failure) for failure in failures] == [RefusedAddress]


@pytest.mark.parametrize("line", ["POST http://{host}/page", "GET ftp://{host}/page", "GET /page", "\x00", "PUT x"])
def test_what_a_reader_does_not_do_is_not_passed_on(page: RawServer, in_reactor: InReactor, line: str) -> None:
    async def ask() -> bytes:
        async with at_the_proxy(page.host) as at:
            return await at.say(at.head(line.format(host=page.host)))

    assert (in_reactor(ask()), page.connections) == (b"", 0)


def test_a_tunnel_carries_tls_and_nothing_else(page: RawServer, in_reactor: InReactor) -> None:
    async def ask(first: bytes) -> bytes:
        async with at_the_proxy(page.host) as at:
            return await at.say(at.head(f"CONNECT {page.host}"), first + b"GET /page HTTP/1.1\r\n\r\n")

    established = b"HTTP/1.1 200 Connection established\r\n\r\n"
    assert in_reactor(ask(b"")) == established
    assert page.asked == []
    assert in_reactor(ask(HELLO)).startswith(established)
    assert len(page.asked) == 1


def test_one_connection_serves_one_request_after_the_other(page: RawServer, in_reactor: InReactor) -> None:
    page.answers = {"/page": reply(b"the page"), "/next": reply(b"the next", Connection="close")}

    async def ask() -> bytes:
        async with at_the_proxy(page.host) as at:
            first, second = (at.head(f"GET http://{page.host}{path}") for path in page.answers)
            return await at.say(first, second)

    answer = in_reactor(ask())
    assert (answer.count(b"200 OK"), page.paths) == (2, ["/page", "/next"])


def test_a_page_that_loads_too_much_is_stopped(page: RawServer, in_reactor: InReactor) -> None:
    page.answers = {"/page": reply(bytes(3_000_000))}

    async def ask() -> tuple[int, Exception | None]:
        async with at_the_proxy(page.host, most_bytes=1_000_000) as at:
            answer = await at.say(at.head(f"GET http://{page.host}/page"))
            return len(answer), at.visit.fault

    received, fault = in_reactor(ask())
    assert received <= 1_000_000
    assert isinstance(fault, PageTooHeavy)


def test_what_is_open_ends_with_the_visit(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/never": server.hold}

    async def ask() -> bytes:
        async with at_the_proxy(server.host) as at:
            asking = asyncio.ensure_future(at.say(at.head(f"GET http://{server.host}/never")))
            while not server.asked:
                await asyncio.sleep(0.01)
            assert len(at.visit.connections) == 1
            at.proxy.dismiss(at.visit)
            answer = await asking
            assert at.visit.connections == set()
            return answer

    assert in_reactor(ask()) == b""


def test_nobody_listens_when_it_is_closed(in_reactor: InReactor) -> None:
    async def ask() -> None:
        async with at_the_proxy() as at:
            port = int(at.proxy.address.rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port)

    in_reactor(ask())
