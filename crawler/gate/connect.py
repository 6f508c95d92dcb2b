"""The two places where a connection begins, wrapped: the reactor's name resolver and its connectTCP.

Scrapy, its redirects and its robots.txt requests all pass here, because they all use the one reactor. The second
check makes the first one's answer final: a name that resolves to another address a moment later gains nothing.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from scrapy.exceptions import CannotResolveHostError
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer

from crawler.errors import RefusedAddress
from crawler.gate.address import AddressGuard


def guard_reactor(reactor: Any, guard: AddressGuard, *, connect_seconds: float) -> None:
    """Let the reactor open sockets only where guard agrees. Call once, before the first request.

    connect_seconds: limit for opening a connection; Scrapy would give it as long as the whole request.
    """
    reactor.installNameResolver(GuardedResolver(reactor.nameResolver, guard))
    connect = reactor.connectTCP

    def connect_if_allowed(host: str, port: int, factory: Any, timeout: float = 30, bindAddress: Any = None) -> Any:  # noqa: N803
        if not guard.may_connect(host, port):
            raise RefusedAddress(f"{host}:{port}", f"{host} is not a public address")
        return connect(host, port, factory, timeout=min(timeout, connect_seconds), bindAddress=bindAddress)

    reactor.connectTCP = connect_if_allowed


async def resolve(host: str, port: int) -> None:
    """Look host up through the guarded resolver, as a connection would.

    Raises:
        CannotResolveHostError: nothing was found, or nothing that the guard lets pass.
    """
    from twisted.internet import reactor as installed

    reactor: Any = installed
    found = FirstAddress()
    reactor.nameResolver.resolveHostName(found, host, port)
    if not await found.answer:
        raise CannotResolveHostError(host)


@implementer(IResolutionReceiver)
class FirstAddress:
    """Learns whether one look-up finds anything. answer: what it found."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()
        self._found: list[str] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        """Nothing to do; it is never cancelled."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self._found.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        if not self.answer.done():
            self.answer.set_result(self._found)


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names as the wrapped resolver does, without the addresses that guard refuses."""

    def __init__(self, resolver: Any, guard: AddressGuard) -> None:
        self._resolver = resolver
        self._guard = guard

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Twisted's interface; see IHostnameResolver."""
        receiver = GuardedReceiver(resolutionReceiver, self._guard, hostName, portNumber)
        resolution: IHostResolution = self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution


@implementer(IResolutionReceiver)
class GuardedReceiver:
    """Passes on the admitted addresses of one look-up."""

    def __init__(self, receiver: Any, guard: AddressGuard, host: str, port: int) -> None:
        self._receiver = receiver
        self._guard = guard
        self._host = host
        self._port = port

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._guard.admit(self._host, self._port, address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
