"""Settings of the crawler floor: who we are to a server, and how much of anything we take."""

from functools import cached_property
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from crawler.extract.sites.rule import RuleSettings
from crawler.extract.sites.site import Site
from storage.duration import parse_duration
from storage.errors import BadDuration

MIB = 1024 * 1024
MOST_PORTS = 65535


def check_duration(text: str) -> str:
    """Return text if it is a span of time. Raises ValueError, as pydantic expects."""
    try:
        parse_duration(text)
    except BadDuration as error:
        raise ValueError(str(error)) from error
    return text


Duration = Annotated[str, AfterValidator(check_duration)]


def check_proxy(text: str) -> str:
    """Return text if it names a proxy by host and port. Raises ValueError, as pydantic expects."""
    parts = urlsplit(text)
    is_plain = parts.scheme == "http" and parts.hostname and parts.port and "@" not in parts.netloc
    if not is_plain or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("a proxy is given as http://host:port, without a user or a path")
    return text


Proxy = Annotated[str, AfterValidator(check_proxy)]


def check_pair(text: str) -> str:
    """Return text if it is a host with its port. Raises ValueError, as pydantic expects."""
    host, _, port = text.rpartition(":")
    is_bare = ":" in host and not (host.startswith("[") and host.endswith("]"))
    is_port = port.isascii() and port.isdigit() and 0 < int(port) <= MOST_PORTS
    if not host or is_bare or not is_port or any(mark in text for mark in "/@ "):
        raise ValueError("it must be host:port, such as 192.168.0.5:80 or [fd00::5]:8080")
    return text


Pair = Annotated[str, AfterValidator(check_pair)]


def check_line(text: str) -> str:
    """Return text if it can stand in a header. Raises ValueError, as pydantic expects."""
    if not text.strip() or not text.isprintable():
        raise ValueError("it must be one line of text, and not empty")
    return text


Line = Annotated[str, AfterValidator(check_line)]


class CrawlerSettings(BaseModel):
    """The ``crawler`` section of settings.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user_agent: Line = Field(
        "Bowerbird/0.1 (+{contact})", description="{contact} is replaced by contact, which must be named"
    )
    contact: Line = Field(
        "https://github.com/bowerbird-news/bowerbird", description="URL or e-mail a site owner can turn to"
    )
    delay_seconds: float = Field(1.0, ge=0, le=3600, description="Least time between two requests to one host")
    max_crawl_delay_seconds: float = Field(
        120.0, ge=1, le=3600, description="A robots.txt that asks for a longer delay is obeyed to this"
    )
    max_wait_seconds: float = Field(
        120.0, ge=0, le=3600, description="A host that asks us to wait longer (Retry-After) is left to a later run"
    )
    max_robots_bytes: int = Field(
        500 * 1024, ge=500 * 1024, le=10 * MIB, description="Of a longer robots.txt the beginning counts"
    )
    max_page_bytes: int = Field(10 * MIB, ge=1024, description="A larger body, on the wire or decoded, is dropped")
    connect_seconds: float = Field(10.0, gt=0, description="Limit for opening a connection")
    request_seconds: float = Field(30.0, gt=0, description="Limit for one whole request")
    max_headers: int = Field(100, ge=10, le=10_000, description="Header lines of one answer")
    max_header_bytes: int = Field(64 * 1024, ge=1024, le=MIB, description="All header lines of one answer together")
    max_unpack_ratio: float = Field(
        200, ge=10, description="A body over 1 MiB may be this many times as large as it was on the wire"
    )
    max_redirects: int = Field(5, ge=0, le=20, description="Redirects followed for one URL")
    max_pages: int = Field(1000, ge=1, description="Pages fetched in one run")
    max_run_bytes: int = Field(1024 * MIB, ge=MIB, description="Bytes taken from the wire in one run")
    max_run_seconds: float = Field(3600.0, gt=0, description="A run is ended after this")
    max_sitemap_urls: int = Field(50_000, ge=1, description="URLs read from one sitemap")
    max_sitemap_depth: int = Field(2, ge=0, le=5, description="Levels of sitemap indexes followed")
    extra_ports: tuple[Annotated[int, Field(ge=1, le=MOST_PORTS)], ...] = Field(
        (), description="Ports allowed beside 80, 443, 8080 and 8443"
    )
    allow_private_hosts: tuple[Pair, ...] = Field(
        (), description="host:port pairs that may be fetched although their address is not public"
    )
    browser: str | None = Field(
        None, min_length=1, description="Chromium for render: browser, a path or a name; unset looks on PATH"
    )
    browser_memory_bytes: int = Field(
        1024 * MIB,
        ge=256 * MIB,
        description="A browser that holds more memory of its own is ended, and its pages with it",
    )
    browser_max_pages: int = Field(50, ge=1, description="A browser is replaced after this many pages")
    browser_page_bytes: int = Field(
        32 * MIB, ge=1024, description="What a rendered page may load, with its scripts, on the wire"
    )
    browser_page_requests: int = Field(200, ge=1, description="Requests of one rendered page; further ones are refused")
    proxy: Proxy | None = Field(
        None, description="http://host:port of a proxy for all requests; none of the environment is ever used"
    )
    ca_file: str | None = Field(
        None, description="PEM file of certificate authorities that are trusted beside the system's"
    )
    recheck: tuple[Duration, ...] = Field(
        ("1h", "6h", "24h", "7d"),
        description="Ages at which a captured article is fetched again; [] for never",
    )
    full_fetch_every: int = Field(
        10, ge=1, description="Of so many visits to a URL that stays unchanged one asks for it in full; 1 for each"
    )
    workers: Literal["auto"] | Annotated[int, Field(ge=1, le=64)] = Field(
        "auto", description="Extraction processes; auto is one a core"
    )
    page_seconds: float = Field(5.0, gt=0, description="Wall and CPU limit for reading one page")
    document_seconds: float = Field(20.0, gt=0, description="Wall and CPU limit for reading one feed or sitemap")
    worker_memory_bytes: int = Field(1024 * MIB, ge=128 * MIB, description="Address space of an extraction process")
    worker_max_pages: int = Field(500, ge=1, description="A worker is replaced after this many tasks")
    keep_rejected_pages: bool = Field(False, description="Keep the raw page of a URL that gave no article too")
    rules: tuple[RuleSettings, ...] = Field(
        (), description="Where body, title, authors and dates stand on sites that are read wrongly; the first that fits"
    )

    @property
    def agent(self) -> str:
        """The User-Agent header."""
        return self.user_agent.replace("{contact}", self.contact)

    @cached_property
    def site_rules(self) -> tuple[Site, ...]:
        """The rules as the extractor knows them."""
        return tuple(each.rule for each in self.rules)
