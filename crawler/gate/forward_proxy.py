"""The browser's only way out: a proxy on loopback whose every connection passes the address check of the gate.

It listens while pages are rendered and serves only who knows the secret of a page that is being rendered now. What the
browser believes of the DNS does not matter: see relay.
"""

from typing import TYPE_CHECKING, Any

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import maybeDeferred
from twisted.internet.protocol import Factory

from crawler.gate.proxy_request import ProxyRequest
from crawler.gate.relay import BrowserSide
from crawler.gate.visit import Visit

if TYPE_CHECKING:
    from crawler.gate.gate import Gate

LOOPBACK = "127.0.0.1"


class ForwardProxy(Factory):
    """Knows the visits of now, and hands each connection to the one whose secret it shows."""

    noisy = False

    def __init__(self, gate: "Gate", *, connect_seconds: float) -> None:
        self.gate = gate
        self.connect_seconds = connect_seconds
        self._visits: dict[str, Visit] = {}
        self._port: Any = None
        self._sides: set[BrowserSide] = set()

    def listen(self) -> None:
        """Open a port of the system's choice, on loopback alone."""
        from twisted.internet import reactor as installed

        reactor: Any = installed  # its type is known only at run time
        self._port = reactor.listenTCP(0, self, interface=LOOPBACK)

    async def close(self) -> None:
        """Close the port and every connection."""
        for visit in tuple(self._visits.values()):
            self.dismiss(visit)
        for side in tuple(self._sides):
            side.drop()
        port, self._port = self._port, None
        if port is not None:
            await maybe_deferred_to_future(maybeDeferred(port.stopListening))

    @property
    def is_listening(self) -> bool:
        """Whether its port is open."""
        return self._port is not None

    @property
    def address(self) -> str:
        """Where it listens, as a browser wants it."""
        return f"http://{LOOPBACK}:{self._port.getHost().port}"

    def admit(self, visit: Visit) -> None:
        """Let a page out, until it is dismissed."""
        self._visits[visit.name] = visit

    def dismiss(self, visit: Visit) -> None:
        """Close what a page has open, and let it out no more."""
        self._visits.pop(visit.name, None)
        visit.close()

    def visit_of(self, request: ProxyRequest) -> Visit | None:
        """Return the visit that request belongs to, if it knows the secret."""
        shown = request.credentials
        visit = self._visits.get(shown.name) if shown else None
        return visit if visit is not None and shown is not None and visit.admits(shown.password) else None

    def buildProtocol(self, addr: Any) -> BrowserSide:  # noqa: N802
        """Twisted's interface."""
        side = BrowserSide(self)
        self._sides.add(side)
        return side

    def forget(self, side: BrowserSide) -> None:
        """A connection has ended."""
        self._sides.discard(side)
