"""A resolver that says what a test wants, and changes its mind; and an Internet of one loopback server."""

from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

PUBLIC = "93.184.216.34"


@implementer(IHostnameResolver)
class FakeDNS:
    """Answers from a table of host names: the first look-up with the first list, and so on; the last stays.

    beneath: asked for a name that is not in the table; without it, nobody knows such a name.
    """

    def __init__(self, names: dict[str, list[list[str]]], *, beneath: Any = None) -> None:
        self.names = names
        self.asked: list[str] = []
        self._beneath = beneath

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        self.asked.append(hostName)
        if hostName not in self.names and self._beneath is not None:
            return self._beneath.resolveHostName(  # type: ignore[no-any-return]
                resolutionReceiver, hostName, portNumber, addressTypes, transportSemantics
            )
        answers = self.names.get(hostName, [[]])
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        resolutionReceiver.resolutionBegan(None)
        for address in addresses:
            kind = IPv6Address if ":" in address else IPv4Address
            resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
        resolutionReceiver.resolutionComplete()
        return None  # type: ignore[return-value]


def public_is_loopback(reactor: Any) -> None:
    """Let PUBLIC stand for 127.0.0.1, below the guard: the test's whole Internet."""
    connect = reactor.connectTCP

    def connect_elsewhere(host: str, port: int, *arguments: Any, **named: Any) -> Any:
        return connect("127.0.0.1" if host == PUBLIC else host, port, *arguments, **named)

    reactor.connectTCP = connect_elsewhere
