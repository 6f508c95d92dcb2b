"""What is done to a page from its first to its last moment: closed in before it loads, held still before it is read."""

import base64
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as PlaywrightError
from scrapy.exceptions import DownloadCancelledError

from crawler.errors import BrowserFailed
from crawler.gate.interception import Wish, is_redirect, is_rendered, may_leave
from crawler.gate.visit import Answer, Visit

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Request, Route

SETTLE_SECONDS = 10.0  # for what scripts still load after the document; then the page is taken as it is
SETTLE_SHARE = 1 / 3  # of the time for the whole page, where that is shorter
SIZE_OF_PAGE = "document.documentElement ? document.documentElement.outerHTML.length : 0"


async def prepare_page(page: "Page", visit: Visit, check: Callable[[str], None]) -> None:
    """Close page in before it loads anything. check: what URLs must pass."""

    async def judge(route: "Route") -> None:
        wish = wish_of(route.request, page)
        if may_leave(wish, visit, check):
            await route.fallback()
        else:
            # A navigation that is aborted leaves the page as it is; one that fails puts an error page in its place.
            await route.abort("aborted" if wish.is_main else "blockedbyclient")

    context = page.context
    await page.route("**/*", judge)
    await context.route("**/*", lambda route: route.abort())  # any other page: the one we load has rules of its own
    await context.route_web_socket("**/*", lambda socket: socket.close())
    context.on("page", lambda other: other.close())
    crash = BrowserFailed(visit.url, "the browser's page crashed")
    page.on("crash", lambda _: visit.stop(crash))
    session = await context.new_cdp_session(page)
    tree = await session.send("Page.getFrameTree")
    frame = tree["frameTree"]["frame"]["id"]
    session.on("Fetch.requestPaused", lambda event: take_document(session, event, frame, visit))
    pattern = {"urlPattern": "*", "resourceType": "Document", "requestStage": "Response"}
    await session.send("Fetch.enable", {"patterns": [pattern]})
    visit.is_prepared = True


def wish_of(request: "Request", page: "Page") -> Wish:
    """Return what a request wants, in our words."""
    is_worker = request.service_worker is not None
    is_main = not is_worker and request.is_navigation_request() and request.frame == page.main_frame
    return Wish(request.url, request.method, "worker" if is_worker else request.resource_type, is_main)


async def take_document(session: "CDPSession", event: dict[str, Any], frame: str, visit: Visit) -> None:
    """Let the main document in where it is a page; keep it as it came, or its redirect, where it is not."""
    status = event.get("responseStatusCode", 0)
    headers = {header["name"].lower(): header["value"] for header in event.get("responseHeaders", ())}
    request = {"requestId": event["requestId"]}
    with suppress(PlaywrightError):
        if event["frameId"] != frame or not status:
            await session.send("Fetch.continueRequest", request)
        elif is_redirect(status, headers):
            visit.answer = answer_of(event, b"")
            await session.send("Fetch.failRequest", {**request, "errorReason": "BlockedByClient"})
        elif is_rendered(headers):
            await session.send("Fetch.continueRequest", request)
        else:
            told = await session.send("Fetch.getResponseBody", request)
            body = base64.b64decode(told["body"]) if told["base64Encoded"] else told["body"].encode()
            visit.answer = answer_of(event, body)
            await session.send("Fetch.failRequest", {**request, "errorReason": "BlockedByClient"})


def answer_of(event: dict[str, Any], body: bytes) -> Answer:
    headers = tuple((header["name"], header["value"]) for header in event.get("responseHeaders", ()))
    return Answer(event["responseStatusCode"], headers, body)


async def settle_page(page: "Page", visit: Visit, *, seconds: float, most_bytes: int) -> None:
    """Wait until page loads nothing more, stop its scripts, and see that it can be read.

    seconds: for the whole page.

    Raises:
        DownloadCancelledError: its HTML is larger than most_bytes.
        BrowserFailed: it was not closed in.
    """
    if not visit.is_prepared:
        raise BrowserFailed(visit.url, "the browser's page could not be closed in")
    with suppress(PlaywrightError):
        await page.wait_for_load_state("networkidle", timeout=min(SETTLE_SECONDS, seconds * SETTLE_SHARE) * 1000)
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    tree = await session.send("Page.getFrameTree")
    frame = tree["frameTree"]["frame"]["id"]
    # A world of our own: the page's scripts cannot change what is asked here.
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
    asked = {"expression": SIZE_OF_PAGE, "contextId": world["executionContextId"], "returnByValue": True}
    told = await session.send("Runtime.evaluate", asked)
    if told["result"].get("value", 0) > most_bytes:
        raise DownloadCancelledError


async def close_stay(context: "BrowserContext | None") -> None:
    """Close a page's context and all in it. Its visit is over: what is no longer intercepted reaches nothing."""
    if context is None:
        return
    with suppress(PlaywrightError):
        for page in context.pages:
            await page.unroute_all(behavior="ignoreErrors")  # or each request held back now would be an error
        await context.unroute_all(behavior="ignoreErrors")
    with suppress(PlaywrightError):
        await context.close()
