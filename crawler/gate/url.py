"""Which URLs may be asked for at all, by their looks. What they resolve to is checked at connect time: see address."""

import re
from functools import lru_cache
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urljoin, urlsplit

from ada_url import URL

from crawler.errors import BadRedirect, RefusedAddress
from storage.identity.password import mask_password

SCHEMES = frozenset({"http", "https"})
PORTS = frozenset({80, 443, 8080, 8443})
DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_LENGTH = 8192
FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")


def check_url(url: str, ports: frozenset[int] = PORTS) -> None:
    """Let url pass, or say why not.

    ports: those that may be asked; a host:port that was opted in is checked by the caller first.

    Raises:
        RefusedAddress: another scheme than http and https, no host, a user name, a port that is not allowed,
            a backslash or control character, an endless URL, one that the URL standard calls invalid, or one in which
            the standard reads another host or port than we do.
    """
    why = fault_of(url, ports)
    if why:
        raise RefusedAddress(mask_password(url)[:200], why)


@lru_cache(maxsize=1024)  # one request asks up to four times for the same URL
def fault_of(url: str, ports: frozenset[int] = PORTS) -> str | None:
    """Return what is wrong with url, or None."""
    if len(url) > MAX_URL_LENGTH:
        return f"the URL is longer than {MAX_URL_LENGTH} characters"
    if FORBIDDEN.search(url):
        return "the URL holds a space, a backslash or a control character"
    try:
        parts = urlsplit(url)
        port = port_of(parts)
    except ValueError as error:
        return f"the URL cannot be read ({error})"
    if parts.scheme not in SCHEMES:
        return f"only http and https are fetched, not {parts.scheme or 'a URL without a scheme'}"
    why = fault_of_host(parts) or fault_by_standard(url)
    return why or (None if port in ports else f"port {port} is not allowed; crawler.extra_ports adds it")


def fault_of_host(parts: SplitResult) -> str | None:
    """Return what is wrong with the host part, or None."""
    if not parts.hostname:
        return "the URL names no host"
    if "@" in parts.netloc:
        return "the URL carries a user name or password"
    if "%" in parts.netloc:
        return "the host holds a space or a percent sign"
    if not is_name(parts.hostname):
        return "the host is no name: a part of it is empty or too long"
    return None


def fault_by_standard(url: str) -> str | None:
    """Return what the URL standard (WHATWG), by which browsers read, has against url, or None.

    What it reads must be what we would connect to: where two readers disagree, one of them was led astray.
    """
    try:
        standard = URL(url)
        ours = urlsplit(asked_url(url))
        port = int(standard.port) if standard.port else DEFAULT_PORTS[standard.protocol.removesuffix(":")]
    except (ValueError, KeyError):
        return "the URL standard calls it invalid"
    if one_spelling(ours.hostname or "") != one_spelling(standard.hostname):
        return f"another reader would take its host for {standard.hostname}"
    return None if port_of(ours) == port else f"another reader would take its port for {port}"


def one_spelling(host: str) -> str:
    """Return host, an IPv6 address in its shortest form and without brackets."""
    host = host.strip("[]")
    return str(IPv6Address(host)) if ":" in host else host


def asked_url(url: str) -> str:
    """Return url as it is asked for: an international host in ASCII, as the URL standard has it (UTS #46).

    Scrapy would write it by the older rules (IDNA 2003), which lead from straße.example to strasse.example. A URL that
    cannot be read stays as it is.
    """
    if url.isascii():
        return url
    try:
        netloc = urlsplit(url).netloc
        return url if netloc.isascii() else url.replace(netloc, URL(url).host, 1)
    except ValueError:
        return url


def absolute_location(location: bytes, *, base: str) -> str:
    """Return where a redirect leads, as the URL standard resolves it; what is not http or https stays as it is.

    Raises:
        BadRedirect: it cannot be resolved.
        RefusedAddress: it holds a backslash or a control character, or leads two readers to two hosts.
    """
    text = without_spaces(location.decode("utf-8", errors="replace"))
    if FORBIDDEN.search(text):
        raise RefusedAddress(text[:200], "the redirect holds a backslash or a control character")
    try:
        target, ours = URL(text, base), urljoin(base, text)
    except ValueError as error:
        raise BadRedirect(text[:200]) from error
    if target.protocol.removesuffix(":") not in SCHEMES:
        return text
    why = fault_by_standard(ours)
    if why:
        raise RefusedAddress(text[:200], why)
    if URL(ours).host != target.host:
        raise RefusedAddress(text[:200], f"another reader would be led to {target.host}")
    return target.href


def is_name(host: str) -> bool:
    """Whether the DNS can be asked for host. Twisted's resolver never answers for one it cannot encode."""
    name = host.removesuffix(".")
    return len(name) <= 253 and all(0 < len(label) <= 63 for label in name.split("."))


def host_and_port(url: str) -> tuple[str, int]:
    """Return the lower-case host and the port that url leads to. url has passed check_url, ports aside."""
    parts = urlsplit(url)
    return parts.hostname or "", port_of(parts)


def port_of(parts: SplitResult) -> int:
    """Return the port, the scheme's own where none is named. Raises ValueError where it is no number."""
    return DEFAULT_PORTS.get(parts.scheme, 0) if parts.port is None else parts.port


def without_spaces(url: str) -> str:
    """Return url with the spaces around it gone and those inside percent-encoded, as browsers do."""
    return url.strip(" \t\r\n").replace(" ", "%20")
