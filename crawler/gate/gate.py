"""What all requests of a process share: addresses, pace, robots.txt, and Scrapy's settings that hold the limits."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from crawler.errors import RefusedAddress
from crawler.gate.address import AddressGuard, is_public
from crawler.gate.coding import ACCEPTED
from crawler.gate.connections import Connections
from crawler.gate.headers import HeadLimits
from crawler.gate.pace import Pace, PaceLimits
from crawler.gate.robots import Robots
from crawler.gate.robots_lines import product_token
from crawler.gate.url import PORTS, check_url, fault_of, host_and_port
from crawler.settings import CrawlerSettings

HANDLER = "crawler.gate.handler.GateDownloadHandler"
ROBOTS = "crawler.gate.middleware.RobotsMiddleware"
MIDDLEWARES = "scrapy.downloadermiddlewares"


@dataclass(frozen=True, slots=True)
class Gate:
    """One a process. token: the product token by which a robots.txt may name us."""

    limits: CrawlerSettings
    token: str
    ports: frozenset[int]
    guard: AddressGuard
    pace: Pace
    robots: Robots
    connections: Connections

    @classmethod
    def from_settings(cls, settings: CrawlerSettings) -> "Gate":
        """Return the gate that the settings describe."""
        return cls(
            limits=settings,
            token=product_token(settings.agent),
            ports=PORTS | frozenset(settings.extra_ports),
            guard=AddressGuard(settings.allow_private_hosts, proxy=proxy_of(settings)),
            pace=Pace(settings.delay_seconds, limits=pace_limits(settings)),
            robots=Robots(max_bytes=settings.max_robots_bytes),
            connections=Connections(HeadLimits(settings.max_headers, settings.max_header_bytes)),
        )

    def check(self, url: str) -> None:
        """Let url pass, or raise RefusedAddress. A host:port that was opted in may use any port."""
        if fault_of(url, self.ports) and fault_of(url, self._ports_with(url)):
            why = why_not_public(url)
            if why:
                raise RefusedAddress(url, why)
            check_url(url, self.ports)
        if self.guard.is_proxy(*host_and_port(url)):
            raise RefusedAddress(url, "it is the address of crawler.proxy")

    def _ports_with(self, url: str) -> frozenset[int]:
        try:
            host, port = host_and_port(url)
        except ValueError:
            return self.ports
        return self.ports | {port} if self.guard.is_opted_in(host, port) else self.ports


def why_not_public(url: str) -> str | None:
    """Return what is wrong with a literal address where the port is wrong too: another port would not help."""
    try:
        host, port = host_and_port(url)
        ip_address(host.strip("[]"))
    except ValueError:
        return None
    if fault_of(url, frozenset({port})):
        return None
    return None if is_public(host.strip("[]")) else f"{host} is not a public address"


def pace_limits(settings: CrawlerSettings) -> PaceLimits:
    """Return how far a host is obeyed."""
    return PaceLimits(settings.max_crawl_delay_seconds, settings.max_wait_seconds)


def proxy_of(settings: CrawlerSettings) -> tuple[str, int] | None:
    """Return host and port of the proxy, or None."""
    return host_and_port(settings.proxy) if settings.proxy is not None else None


def scrapy_settings(settings: CrawlerSettings) -> dict[str, Any]:
    """Return Scrapy's settings for every crawl: the limits, and nothing that listens, remembers or logs by itself."""
    return {
        "USER_AGENT": settings.agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": ACCEPTED,
        },
        "DOWNLOAD_HANDLERS": {
            "http": HANDLER,
            "https": HANDLER,
            **dict.fromkeys(("data", "file", "ftp", "s3"), None),
        },
        "DOWNLOAD_MAXSIZE": settings.max_page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.request_seconds,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_DELAY": 0,  # the gate keeps the pace, across runs
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # the newest first, as planned; LIFO by default
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "CONCURRENT_ITEMS": 4,
        "REDIRECT_MAX_TIMES": settings.max_redirects,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [],
        "RETRY_EXCEPTIONS": [  # once, for what may pass at once; a timeout has cost its time already
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.ResponseDataLossError",
            "crawler.errors.CutBody",
        ],
        "DOWNLOADER_MIDDLEWARES": {
            ROBOTS: 100,
            f"{MIDDLEWARES}.robotstxt.RobotsTxtMiddleware": None,
            f"{MIDDLEWARES}.offsite.OffsiteMiddleware": None,
            f"{MIDDLEWARES}.httpauth.HttpAuthMiddleware": None,
            f"{MIDDLEWARES}.redirect.MetaRefreshMiddleware": None,
            f"{MIDDLEWARES}.cookies.CookiesMiddleware": None,
            f"{MIDDLEWARES}.httpcompression.HttpCompressionMiddleware": None,
            f"{MIDDLEWARES}.httpproxy.HttpProxyMiddleware": None,
            f"{MIDDLEWARES}.httpcache.HttpCacheMiddleware": None,
            f"{MIDDLEWARES}.stats.DownloaderStats": None,
        },
        "SPIDER_MIDDLEWARES_BASE": {"scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25},
        "EXTENSIONS_BASE": {},
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "REFERER_ENABLED": False,
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "DOWNLOADER_STATS": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # it reads our source files at every run
        "LOG_ENABLED": False,
    }
