"""A page in the browser reaches nothing that the gate does not open, whatever its scripts try."""

import json
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
import pytest
import trustme
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

from crawler.settings import CrawlerSettings
from storage.outcome import Outcome
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import settings_for
from tests.crawler.raw_server import RawServer, article, reply
from tests.crawler.reactor_thread import guard_lifted_after
from tests.crawler.rendering import needs_browser, rendered

pytestmark = pytest.mark.browser

# Every way that a page has to make a browser connect to U, or to the host and port in B.
WAYS = """
    fetch(U).catch(quiet); fetch(U, {mode: 'no-cors'}).catch(quiet);
    fetch(U, {method: 'POST', mode: 'no-cors', body: 'x'}).catch(quiet);
    const xhr = new XMLHttpRequest(); xhr.open('GET', U); xhr.send();
    new WebSocket('ws://' + B); new WebSocket('wss://' + B); new EventSource(U); navigator.sendBeacon(U, 'x');
    for (const tag of ['img', 'iframe', 'script', 'video', 'audio', 'embed']) add(tag, {src: U}, document.body);
    add('object', {data: U}, document.body); add('link', {rel: 'stylesheet', href: U}, document.head);
    for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'prerender', 'modulepreload', 'icon', 'manifest'])
        add('link', {rel, href: U}, document.head);
    add('link', {rel: 'preload', as: 'fetch', href: U}, document.head);
    const rules = {prerender: [{source: 'list', urls: [U]}], prefetch: [{source: 'list', urls: [U]}]};
    add('script', {type: 'speculationrules', textContent: JSON.stringify(rules)}, document.head);
    add('iframe', {srcdoc: `<img src="${U}">`}, document.body);
    window.open(U);
    const code = `fetch('${U}').catch(() => 0); new WebSocket('ws://${B}'); importScripts('${U}')`;
    new Worker(URL.createObjectURL(new Blob([code])));
    new SharedWorker(URL.createObjectURL(new Blob([code])));
    const form = add('form', {action: U, method: 'POST', target: '_blank'}, document.body); form.submit();
    fetch('/away?' + encodeURIComponent(U)).catch(quiet);
    for (const urls of ['stun:' + B, 'turn:' + B, 'turn:' + B + '?transport=tcp']) {
        const peer = new RTCPeerConnection({iceServers: [{urls, username: 'a', credential: 'b'}]});
        peer.createDataChannel('x'); peer.createOffer().then(offer => peer.setLocalDescription(offer));
    }
"""
SCRIPT = """
    const quiet = () => 0;
    const add = (tag, values, where) => where.appendChild(Object.assign(document.createElement(tag), values));
    for (const B of TARGETS) {
        const U = 'http://' + B + '/';
        try { new Function('U', 'B', 'add', 'quiet', WAYS)(U, B, add, quiet) }
        catch (error) { add('p', {textContent: 'failed ' + error}, document.body) }
    }
    add('p', {textContent: 'tried ' + TARGETS.length}, document.body);
    setTimeout(() => { location.href = 'http://' + TARGETS[0] + '/' }, 100);
"""


@pytest.fixture(autouse=True)
def _browser() -> None:
    needs_browser()


class Inside:
    """Sockets of ours that nobody may come to: IPv4, IPv6, a second loopback address, UDP."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self._sockets = [self._listening(socket.AF_INET, "127.0.0.1")]
        self.port = int(self._sockets[0].getsockname()[1])
        self._sockets += [self._listening(socket.AF_INET6, "::1"), self._listening(socket.AF_INET, "127.0.0.2")]
        self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagrams.bind(("127.0.0.1", self.port))
        self._datagrams.setblocking(False)
        for each in self._sockets:
            threading.Thread(target=self._count, args=(each,), daemon=True).start()

    def _listening(self, family: socket.AddressFamily, address: str) -> socket.socket:
        port = self._sockets[0].getsockname()[1] if hasattr(self, "_sockets") else 0
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.bind((address, port))
        listening.listen(64)
        return listening

    def _count(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, (address, *_) = listening.accept()
            except OSError:
                return
            self.came.append(f"tcp from {address}")
            connection.close()

    def close(self) -> None:
        try:
            while True:
                self.came.append(f"udp {self._datagrams.recv(9000)!r}")
        except BlockingIOError:
            self._datagrams.close()
        for listening in self._sockets:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()


@contextmanager
def inside() -> Iterator[Inside]:
    opened = Inside()
    try:
        yield opened
    finally:
        opened.close()


def attack(targets: Sequence[str]) -> bytes:
    """Return an article whose scripts try every way to reach targets."""
    source = f"const TARGETS = {json.dumps(targets)}, WAYS = {json.dumps(WAYS)};{SCRIPT}"
    script = source.replace("</", "<\\/")
    refresh = f"<head><meta http-equiv='refresh' content='0;url=http://{targets[0]}/'>".encode()
    page = article("Storm").replace(b"<head>", refresh)
    return page.replace(b"</body>", f"<script>{script}</script></body>".encode())


@implementer(IHostnameResolver)
class Rebinding:
    """A DNS whose answer for rebind.example is loopback: what the second look-up of a name that is rebound gives."""

    def __init__(self, resolver: Any) -> None:
        self._resolver = resolver
        self.asked = 0

    def resolveHostName(self, receiver: Any, name: str, portNumber: int = 0, *rest: Any) -> Any:  # noqa: N802, N803
        if name != "rebind.example":
            return self._resolver.resolveHostName(receiver, name, portNumber, *rest)
        self.asked += 1
        receiver.resolutionBegan(None)
        receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", portNumber))
        receiver.resolutionComplete()
        return None


class AddressWitness:
    """Looks all the while whom Chromium's sockets talk to, as the system sees it."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int]] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "AddressWitness":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            for process in psutil.Process().children(recursive=True):
                try:
                    if process.name() in ("chromium", "chrome"):
                        self.seen |= {
                            (each.raddr.ip, each.raddr.port) for each in process.net_connections("tcp") if each.raddr
                        }
                except psutil.Error:
                    continue


def attacked(in_reactor: InReactor, settings: CrawlerSettings, url: str) -> tuple[Outcome, Rebinding]:
    async def attempt() -> tuple[Outcome, Rebinding]:
        async with guard_lifted_after() as reactor:
            rebinding = Rebinding(reactor.nameResolver)
            reactor.installNameResolver(rebinding)
            _, (outcome,) = await rendered(settings, [url])
            return outcome, rebinding

    attempted: tuple[Outcome, Rebinding] = in_reactor(attempt())
    return attempted


def served(server: RawServer, targets: Sequence[str]) -> str:
    def lead_away(conn: socket.socket) -> None:
        conn.sendall(reply(status="302 Found", Location=f"http://{targets[0]}/"))

    server.answers = {"/attack": reply(attack(targets)), "/away": lead_away}
    return server.url("/attack")


def test_nothing_inside_is_reached_by_any_way_that_a_page_has(server: RawServer, in_reactor: InReactor) -> None:
    with inside() as counted, AddressWitness() as witness:
        port = counted.port
        targets = [f"127.0.0.1:{port}", f"[::1]:{port}", f"127.0.0.2:{port}", f"localhost:{port}", "169.254.169.254"]
        targets.append(f"rebind.example:{port}")
        settings = settings_for(server.host, extra_ports=(port,), browser_page_requests=1000)
        outcome, rebinding = attacked(in_reactor, settings, served(server, targets))
    assert counted.came == []
    assert outcome.verdict is Verdict.CAPTURED
    assert outcome.final_url == server.url("/attack")
    assert outcome.page is not None
    assert f"tried {len(targets)}".encode() in outcome.page.body
    assert b"<p>failed" not in outcome.page.body
    assert "/away" in {path.partition("?")[0] for path in server.paths}
    assert rebinding.asked > 0
    assert len(witness.seen) == 1, "only our proxy"
    assert {address for address, _ in witness.seen} == {"127.0.0.1"}
    assert port not in {seen for _, seen in witness.seen}


def test_the_same_ways_lead_to_what_is_opted_in(server: RawServer, in_reactor: InReactor) -> None:
    with inside() as counted:
        target = f"127.0.0.1:{counted.port}"
        attacked(in_reactor, settings_for(server.host, target), served(server, [target]))
    assert "tcp from 127.0.0.1" in counted.came
    assert not [came for came in counted.came if came.startswith("udp")]


@dataclass
class Handshakes:
    """What a TLS server saw: connections that began, and those on which a client went on."""

    port: int = 0
    begun: int = 0
    trusted: int = 0


@contextmanager
def tls_server() -> Iterator[Handshakes]:
    """Speak TLS under a certificate that nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    seen = Handshakes()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            seen.begun += 1
            try:
                with context.wrap_socket(self.request, server_side=True) as connection:
                    seen.trusted += bool(connection.recv(1))
            except OSError:
                return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as running:
        seen.port = int(running.server_address[1])
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        yield seen
        running.shutdown()


def test_a_certificate_that_nobody_vouches_for_is_not_taken(server: RawServer, in_reactor: InReactor) -> None:
    with tls_server() as seen:
        script = f"<head><script src='https://127.0.0.1:{seen.port}/app.js'></script>"
        server.answers = {"/page": reply(article("Storm").replace(b"<head>", script.encode()))}
        settings = settings_for(server.host, f"127.0.0.1:{seen.port}")
        _, (outcome,) = in_reactor(rendered(settings, [server.url("/page")]))
    assert outcome.verdict is Verdict.CAPTURED
    assert (seen.begun > 0, seen.trusted) == (True, 0)
