"""What a browser says to its proxy: the head of a request, read and written anew. Pure."""

import base64
import binascii
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from crawler.gate.url import DEFAULT_PORTS

METHODS = frozenset({"GET", "HEAD"})  # and CONNECT; a page that is only read sends nothing
HOP_HEADERS = frozenset(
    {"connection", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "upgrade"}
)
UNAUTHORISED = (
    b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="bowerbird"\r\n'
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class BadProxyRequest(ValueError):
    """Nothing that a proxy is asked."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the browser was given for one page."""

    name: str
    password: str


@dataclass(frozen=True, slots=True)
class ProxyRequest:
    """One request: url is what the gate checks; for a tunnel it is https with host and port alone."""

    method: str
    url: str
    host: str
    port: int
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, head: bytes) -> Self:
        """Return the request whose head, without the empty line, this is.

        Raises:
            BadProxyRequest: it cannot be read, or asks for something that is not given.
        """
        first, *lines = head.decode("latin-1").split("\r\n")
        method, _, rest = first.partition(" ")
        target, _, _ = rest.partition(" ")
        if method == "CONNECT":
            url = f"https://{target}/"
        elif method in METHODS and target.startswith("http://"):
            url = target
        else:
            raise BadProxyRequest(f"{method} is not for this proxy")
        headers = tuple((name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines))
        try:
            parts = urlsplit(url)
            port = parts.port or DEFAULT_PORTS[parts.scheme]
        except ValueError as error:
            raise BadProxyRequest(str(error)) from error
        return cls(method, url, parts.hostname or "", port, headers)

    @property
    def is_tunnel(self) -> bool:
        """Whether the browser will speak TLS with the host itself."""
        return self.method == "CONNECT"

    @property
    def credentials(self) -> Credentials | None:
        """Who asks, where that is told (RFC 7617)."""
        for name, value in self.headers:
            scheme, _, coded = value.partition(" ")
            if name.lower() == "proxy-authorization" and scheme.lower() == "basic":
                try:
                    user, _, password = base64.b64decode(coded, validate=True).decode().partition(":")
                except (binascii.Error, UnicodeDecodeError):
                    return None
                return Credentials(user, password)
        return None

    def for_server(self) -> bytes:
        """Return the head that goes to the server: its own form of the target, nothing of the proxy, one request."""
        parts = urlsplit(self.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        kept = [f"{name}: {value}" for name, value in self.headers if name.lower() not in HOP_HEADERS]
        lines = [f"{self.method} {target} HTTP/1.1", f"Host: {parts.netloc}", *kept, "Connection: close"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
