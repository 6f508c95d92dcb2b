"""The two sides of a connection through our proxy: what the browser says, what a server answers.

A name is looked up by the guarded resolver and connected to by the guarded reactor, at once, so that nothing can change
in between.
"""

from typing import TYPE_CHECKING, Any

from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.error import DNSLookupError
from twisted.internet.protocol import Factory, Protocol, connectionDone
from twisted.protocols.policies import TimeoutMixin
from twisted.python.failure import Failure

from crawler.errors import PageTooHeavy, RefusedAddress
from crawler.gate.handler import why_refused
from crawler.gate.proxy_request import ESTABLISHED, UNAUTHORISED, BadProxyRequest, ProxyRequest
from crawler.gate.visit import Visit

if TYPE_CHECKING:
    from crawler.gate.forward_proxy import ForwardProxy

HEAD_SECONDS = 10
MAX_HEAD_BYTES = 64 * 1024
TLS_HANDSHAKE = 0x16  # the first byte of TLS: a tunnel carries nothing else, so no ws: and no other protocol
END_OF_HEAD = b"\r\n\r\n"


class BrowserSide(Protocol, TimeoutMixin):
    """One connection of the browser: reads a head, connects, relays; then perhaps the next one."""

    transport: Any

    def __init__(self, proxy: "ForwardProxy") -> None:
        self._proxy = proxy
        self._buffer = b""
        self._visit: Visit | None = None
        self._request: ProxyRequest | None = None
        self._connecting: Deferred[Any] | None = None
        self._server: ServerSide | None = None

    def connectionMade(self) -> None:  # noqa: N802
        """Give it a while to say what it wants."""
        self.setTimeout(HEAD_SECONDS)  # type: ignore[no-untyped-call]

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """A head, a tunnel's bytes, or the next head: the browser asks again only when its answer is complete."""
        if self._server is not None and self._request is not None and self._request.is_tunnel:
            self._server.pass_on(data)
            return
        if self._server is not None:
            self._part()
        self._buffer += data
        head, end, rest = self._buffer.partition(END_OF_HEAD)
        if self._connecting is not None or (len(head) > MAX_HEAD_BYTES):
            self.drop()
        elif end:
            self._buffer = rest
            self._take(head)

    def _take(self, head: bytes) -> None:
        self.setTimeout(None)  # type: ignore[no-untyped-call]
        try:
            request = ProxyRequest.parse(head)
        except BadProxyRequest:
            self.drop()
            return
        visit = self._proxy.visit_of(request)
        if visit is None:
            self.transport.write(UNAUTHORISED)
            self.transport.loseConnection()
            return
        self._visit, self._request = visit, request
        visit.connections.add(self)
        self._connect(visit, request)

    def _connect(self, visit: Visit, request: ProxyRequest) -> None:
        """Open the connection that request wants, where the gate agrees."""
        from twisted.internet import reactor

        gate = self._proxy.gate
        try:
            gate.check(request.url)
        except RefusedAddress as error:
            self._fail(error)
            return
        gate.guard.refused_address(request.host, request.port)
        endpoint = HostnameEndpoint(reactor, request.host, request.port, timeout=self._proxy.connect_seconds)
        sides: Any = Factory.forProtocol(lambda: ServerSide(self, visit))
        self._connecting = endpoint.connect(sides)
        self._connecting.addCallbacks(self._connected, self._not_connected)

    def _connected(self, server: "ServerSide") -> None:
        assert self._request is not None
        self._connecting = None
        self._server = server
        if self._request.is_tunnel:
            self.transport.write(ESTABLISHED)
        else:
            server.transport.write(self._request.for_server())
        server.transport.registerProducer(self.transport, True)
        self.transport.registerProducer(server.transport, True)

    def _not_connected(self, failure: Failure) -> None:
        self._connecting = None
        request = self._request
        if isinstance(failure.value, CancelledError) or request is None:
            return
        error = failure.value
        assert isinstance(error, Exception)
        address = self._proxy.gate.guard.refused_address(request.host, request.port)
        if address is not None and isinstance(error, DNSLookupError):
            error = RefusedAddress(request.url, why_refused(request.host, address))
        self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Remember why there is no connection; the browser only sees that it ends."""
        if self._visit is not None and self._request is not None:
            self._visit.failures[self._request.host, self._request.port] = error
        self.drop()

    def answer_ended(self) -> None:
        """The server has said all."""
        self._server = None
        self.transport.unregisterProducer()
        self.transport.loseConnection()

    def write(self, data: bytes) -> None:
        """Pass on what the server said."""
        self.transport.write(data)

    def drop(self) -> None:
        """Close both sides now."""
        self._part()
        if self._connecting is not None:
            self._connecting.cancel()
        if self.transport is not None:
            self.transport.abortConnection()

    def _part(self) -> None:
        """Close the server's side."""
        server, self._server = self._server, None
        if server is not None:
            self.transport.unregisterProducer()
            server.leave()

    def timeoutConnection(self) -> None:  # noqa: N802
        """Twisted's interface: it said nothing."""
        self.drop()

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        """The browser has closed it."""
        self.setTimeout(None)  # type: ignore[no-untyped-call]
        self._part()
        if self._connecting is not None:
            self._connecting.cancel()
        if self._visit is not None:
            self._visit.connections.discard(self)
        self._proxy.forget(self)


class ServerSide(Protocol):
    """The connection to a server, for one request or one tunnel."""

    transport: Any

    def __init__(self, browser: BrowserSide, visit: Visit) -> None:
        self._browser: BrowserSide | None = browser
        self._visit = visit
        self._has_sent = False

    def pass_on(self, data: bytes) -> None:
        """Send what the browser says through its tunnel, which must be TLS."""
        if not self._has_sent and data[0] != TLS_HANDSHAKE:
            self.transport.abortConnection()
            return
        self._has_sent = True
        self.transport.write(data)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """Count it and pass it on."""
        if self._browser is None:
            return
        if not self._visit.take_bytes(len(data)):
            self._visit.stop(PageTooHeavy(self._visit.url, self._visit.most_bytes))
            self._browser.drop()
            return
        self._browser.write(data)

    def leave(self) -> None:
        """The browser wants no more of it."""
        self._browser = None
        self.transport.unregisterProducer()
        self.transport.abortConnection()

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        """The server has closed it."""
        browser, self._browser = self._browser, None
        if browser is not None:
            self.transport.unregisterProducer()
            browser.answer_ended()
