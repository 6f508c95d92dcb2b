"""The download handler: the last thing a request passes before the wire, and the first thing its answer meets."""

import asyncio
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError, StopDownload
from scrapy.http import Response

from crawler.errors import RefusedAddress, RunBytesSpent, RunStopped
from crawler.gate.client import client_of
from crawler.gate.coding import BodyLimits, codings_of, unpacked
from crawler.gate.connect import resolve
from crawler.gate.retry_after import SLOW_DOWN, wait_seconds
from crawler.gate.site_headers import site_headers
from crawler.gate.tls import tls_policy
from crawler.gate.url import absolute_location, host_and_port

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.gate.rendering import Rendering

RENDER = "is_rendered"  # marks the request for a page whose scripts are to run first
STOP_SECONDS = 2.0
PREFIX_BYTES = "gate_prefix_bytes"  # in a request's meta: the beginning of the body is wanted, no more
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class GateDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler behind the gate: URL rules, one pace a host, limits, refusals told as such."""

    lazy = False

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._client = client_of(crawler)
        self._gate = self._client.gate
        self._limits = self._gate.limits
        self._own = site_headers(self._client.order.source, os.environ)
        self._run_bytes = 0
        self._rendering = rendering_of(crawler)
        self._pool = self._gate.connections.pool
        self._contextFactory: Any = tls_policy(self._limits.ca_file)
        crawler.signals.connect(self._count_bytes, signals.bytes_received)

    async def download_request(self, request: Request) -> Response:
        """Fetch request when its host's turn has come.

        Raises:
            RefusedAddress: the URL, or every address its host resolves to, may not be fetched.
            HostOnHold: its host's turn is too far off.
            RunBytesSpent: the run has taken all that it may.
            RunStopped: the run was stopped before the turn came, or before the answer was complete.
            GateError: the answer is larger than it may be, or not what it says.
        """
        self._gate.check(request.url)
        host, port = host_and_port(request.url)
        async with self._gate.pace.turn(host, stop=self._client.stop):
            if self._run_bytes >= self._limits.max_run_bytes:
                raise RunBytesSpent(self._limits.max_run_bytes)
            self._client.ledger.count_request()
            self._gate.guard.refused_address(host, port)  # one that a look-up before this one left
            try:
                response = await self._send(request, host, port)
            except CannotResolveHostError as error:
                address = self._gate.guard.refused_address(host, port)
                if address is None:
                    raise
                raise RefusedAddress(request.url, why_refused(host, address)) from error
            self._keep_pace(host, response)
        return self._checked(response, request)

    async def close(self) -> None:
        """Scrapy's word that a crawl has ended: the connections stay, for the other runs of the process."""
        if self._rendering is not None:
            await self._rendering.close()

    async def _send(self, request: Request, host: str, port: int) -> Response:
        """Send request as it goes on the wire; what is added here is in no request that a redirect copies."""
        own, proxy = self._own.for_url(request.url), self._limits.proxy
        if not own and proxy is None:
            return await self._download(request)
        asked = request.replace(headers={**request.headers, **own})
        if proxy is not None:
            await resolve(host, port)  # by us first, so that the guard has its say
            asked.meta["proxy"] = proxy
        response = await self._download(asked)
        request.meta["download_latency"] = asked.meta.get("download_latency", 0.0)
        return response

    async def _download(self, request: Request) -> Response:
        """Fetch request; once the run is stopped, give it STOP_SECONDS more.

        Raises:
            RunStopped: it took longer.
        """
        rendering = self._rendering if request.meta.get(RENDER) else None
        fetch = rendering.fetch if rendering is not None else super().download_request
        fetching: asyncio.Task[Any] = asyncio.ensure_future(fetch(request))
        stopped: asyncio.Task[Any] = asyncio.ensure_future(self._client.stop.wait())
        try:
            await asyncio.wait({fetching, stopped}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({fetching}, timeout=STOP_SECONDS)
            if not fetching.done():
                raise RunStopped(request.url)
            response: Response = fetching.result()
            return response
        finally:
            stopped.cancel()
            fetching.cancel()

    def _keep_pace(self, host: str, response: Response) -> None:
        """Do as an answer asks: hold the host, back off from it, or come back to the usual pace."""
        fields = {name: (response.headers.get(name) or b"").decode("latin-1") for name in ("Retry-After", "Date")}
        seconds = wait_seconds(response.status, fields, now=datetime.now(UTC))
        if seconds is not None:
            self._gate.pace.hold(host, seconds)
        elif response.status in SLOW_DOWN:
            self._gate.pace.back_off(host)
        else:
            self._gate.pace.recover(host)

    def _checked(self, response: Response, request: Request) -> Response:
        """Return response with its body unpacked and its redirect read, or raise what is wrong with them."""
        if response.status in REDIRECTS and "Location" in response.headers:
            location = response.headers["Location"] or b""
            response.headers["Location"] = absolute_location(location, base=request.url)
        codings = codings_of(response.headers.getlist("Content-Encoding"))
        if not codings:
            return response
        prefix = request.meta.get(PREFIX_BYTES)
        limits = BodyLimits(
            prefix or self._limits.max_page_bytes, self._limits.max_unpack_ratio, is_prefix=bool(prefix)
        )
        del response.headers["Content-Encoding"]
        return response.replace(body=unpacked(response.body, codings, limits))

    def _count_bytes(self, data: bytes, request: Request) -> None:
        """Scrapy's signal for each piece of a body. Ends one of which the beginning is enough."""
        self._run_bytes += len(data)
        prefix = request.meta.get(PREFIX_BYTES)
        if prefix:
            request.meta["gate_taken"] = request.meta.get("gate_taken", 0) + len(data)
            if request.meta["gate_taken"] >= prefix:
                raise StopDownload(fail=False)


def rendering_of(crawler: "Crawler") -> "Rendering | None":
    """Return what renders the pages of a crawl whose source asks for that; the extra is loaded only then."""
    if client_of(crawler).order.source.render != "browser":
        return None
    from crawler.gate.rendering import Rendering

    return Rendering(crawler)


def why_refused(host: str, address: str) -> str:
    """Return what is wrong with the address that host led to."""
    return (
        f"{host} is not a public address" if host == address else f"{host} is {address}, which is not a public address"
    )
