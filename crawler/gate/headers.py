"""Limits on the head of a response, which Twisted reads without any. Not for what a header means."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)

from crawler.errors import HeadersTooLarge


@dataclass(frozen=True, slots=True)
class HeadLimits:
    """How many header lines, and how much of them, one answer may have; those of 1xx answers before it included."""

    max_headers: int
    max_bytes: int


class BoundedParser(_LenientHTTPClientParser):
    """Reads one answer and gives up where its head is more than limits says. limits is set where it is made."""

    limits: HeadLimits
    header_bytes = 0
    header_count = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        """Count the line, then read it."""
        self.header_bytes += len(line) + 1
        self.header_count += 1
        self.check_head()
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802
        """Twisted's word for one line past MAX_LENGTH."""
        self.header_bytes += len(line)
        self.check_head()

    def check_head(self) -> None:
        """Raise HeadersTooLarge once there is too much; the status line does not count as a header."""
        if self.header_bytes > self.limits.max_bytes:
            raise HeadersTooLarge("max_header_bytes", f"{self.limits.max_bytes / 1024:.3g} KiB")
        if self.header_count > self.limits.max_headers + 2:  # the status line, and the empty one at the end
            raise HeadersTooLarge("max_headers", f"{self.limits.max_headers}")


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection whose answers have bounded heads."""

    limits: HeadLimits

    def request(self, request: Any) -> Any:
        """Send request; its answer is read by a parser of ours."""
        answer = super().request(request)
        parser: Any = self._parser
        parser.__class__ = BoundedParser
        parser.limits = self.limits
        parser.MAX_LENGTH = self.limits.max_bytes
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes such connections, for the pool of a download handler."""

    limits: HeadLimits

    def buildProtocol(self, addr: Any) -> BoundedProtocol:  # noqa: N802
        """Twisted's interface."""
        protocol = BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        protocol.limits = self.limits
        return protocol


def factory_with(limits: HeadLimits) -> Callable[..., BoundedFactory]:
    """Return what a pool of Twisted's takes for its factory of connections."""

    def build(*arguments: Any) -> BoundedFactory:
        factory = BoundedFactory(*arguments)  # type: ignore[no-untyped-call]
        factory.limits = limits
        return factory

    return build
