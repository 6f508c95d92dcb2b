"""The status page and /healthz, server-rendered. Read-only: nothing on it changes anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bowerbird.web.view import Overview, ago, counts, is_web_link, overview, until
from storage.database.store import Store
from storage.errors import StorageError

TEMPLATES = Path(__file__).parent / "templates"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Health:
    """What /healthz says."""

    is_well: bool
    started_at: datetime
    last_tick_at: datetime | None
    running: tuple[str, ...]
    trouble: str = ""


def build_app(store: Store, health: Callable[[], Health], *, hosts: tuple[str, ...]) -> Starlette:
    """Return the web application.

    hosts: names it answers to; another Host header is refused, so that no foreign page can read it by way of the DNS.
    """
    page = StatusPage(store, health)
    return Starlette(
        routes=[Route("/", page.status), Route("/healthz", page.healthz)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
    )


class StatusPage:
    """The two answers."""

    def __init__(self, store: Store, health: Callable[[], Health]) -> None:
        self._store = store
        self._health = health
        environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape())
        environment.filters.update(ago=ago, until=until, counts=counts)
        environment.tests["web_link"] = is_web_link
        self._template = environment.get_template("status.html")

    async def status(self, _: Request) -> Response:
        """Sources, runs and the latest articles as one page."""
        try:
            seen = await run_in_threadpool(overview, self._store)
        except StorageError as error:
            return PlainTextResponse(f"{error}\n", status_code=503, headers=HEADERS)
        return HTMLResponse(self.render(seen), headers=HEADERS)

    def render(self, seen: Overview) -> str:
        """Return the page."""
        return self._template.render(seen=seen, health=self._health(), now=datetime.now(UTC))

    async def healthz(self, _: Request) -> Response:
        """Say whether the service ticks and its crawler lives: 200, or 503."""
        health = self._health()
        said = {
            "status": "ok" if health.is_well else "unwell",
            "started_at": health.started_at.isoformat(),
            "last_tick_at": health.last_tick_at.isoformat() if health.last_tick_at else None,
            "running": list(health.running),
            "trouble": health.trouble,
        }
        return JSONResponse(said, status_code=200 if health.is_well else 503, headers=HEADERS)
