"""A limit on the head of a response, which Twisted reads without one. Not for what a header means."""

from typing import Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

from crawler.errors import HeadersTooLarge

MAX_HEADER_BYTES = 64 * 1024


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Gives a connection up whose status lines and headers, those of 1xx answers included, do not come to an end."""

    header_bytes = 0

    def request(self, request: Any) -> Any:
        """Count anew for each request on the connection."""
        self.header_bytes = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """Read on, unless the head is past its limit already; late by one read at most."""
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self.header_bytes += len(data)
            if self.header_bytes > MAX_HEADER_BYTES:
                self._giveUp(Failure(HeadersTooLarge(MAX_HEADER_BYTES)))  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes such connections, for the pool of a download handler."""

    def buildProtocol(self, addr: Any) -> BoundedProtocol:  # noqa: N802
        """Twisted's interface."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
