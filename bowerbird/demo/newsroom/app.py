"""Serves one site over HTTP: conditional requests, compression, a log of who asked. Decides nothing about content."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bowerbird.demo.newsroom.answer import is_conditional, is_not_modified
from bowerbird.demo.newsroom.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request as it was answered; target is the path with its query string."""

    at: datetime
    publication: str
    method: str
    target: str
    status: int
    user_agent: str
    is_conditional: bool


def build_app(site: Site, *, visits: list[Visit], slow_seconds: float) -> Starlette:
    """Return the application of one publication; each request it answers is appended to visits."""

    async def serve_path(request: Request) -> Response:
        answer = site.answer(request.url.path)
        if answer.is_slow:
            await asyncio.sleep(slow_seconds)
        headers = answer.headers()
        if is_not_modified(answer, request.headers):
            headers.pop("Content-Type")
            response = Response(status_code=304, headers=headers)
        else:
            response = Response(answer.body, status_code=answer.status, headers=headers)
        visits.append(_visit(request, site=site, status=response.status_code))
        return response

    route = Route("/{path:path}", serve_path, methods=["GET", "HEAD"])
    return Starlette(routes=[route], middleware=[Middleware(GZipMiddleware, minimum_size=500)])


def _visit(request: Request, *, site: Site, status: int) -> Visit:
    query = request.url.query
    return Visit(
        at=datetime.now(UTC),
        publication=site.publication.key,
        method=request.method,
        target=request.url.path + (f"?{query}" if query else ""),
        status=status,
        user_agent=request.headers.get("user-agent", ""),
        is_conditional=is_conditional(request.headers),
    )
