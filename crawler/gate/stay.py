"""What is done to a page from its first to its last moment: closed in before it loads, held still before it is read."""

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as PlaywrightError
from scrapy.exceptions import DownloadCancelledError

from crawler.errors import BrowserFailed
from crawler.gate.interception import Wish, added_headers, is_redirect, is_rendered, may_leave
from crawler.gate.visit import Answer, Visit

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Request, Route

SETTLE_SECONDS = 10.0  # for what scripts still load after the document; then the page is taken as it is
SETTLE_SHARE = 1 / 3  # of the time for the whole page, where that is shorter


async def prepare_page(page: "Page", visit: Visit, check: Callable[[str], None]) -> None:
    """Close page in before it loads anything. check: what URLs must pass."""

    async def judge(route: "Route") -> None:
        wish = wish_of(route.request, page)
        if may_leave(wish, visit, check):
            added = added_headers(route.request.url, visit)
            await route.fallback(headers={**route.request.headers, **added} if added else None)
        else:
            # A navigation that is aborted leaves the page as it is; one that fails puts an error page in its place.
            await route.abort("aborted" if wish.is_main else "blockedbyclient")

    context = page.context
    await context.add_cookies(cookies_of(visit))
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


def cookies_of(visit: Visit) -> list[Any]:
    """Return the cookies that the page's request carries: a browser takes none from a header."""
    pairs = [pair.strip().partition("=") for pair in visit.headers.get("cookie", "").split(";")]
    return [{"name": name, "value": value, "url": visit.url} for name, _, value in pairs if name]


def wish_of(request: "Request", page: "Page") -> Wish:
    """Return what a request wants, in our words."""
    is_worker = request.service_worker is not None
    is_main = not is_worker and request.is_navigation_request() and request.frame == page.main_frame
    return Wish(request.url, request.method, "worker" if is_worker else request.resource_type, is_main)


async def take_document(session: "CDPSession", event: dict[str, Any], frame: str, visit: Visit) -> None:
    """Let the main document in where it is a page; end the visit with it, or with its redirect, where it is not."""
    request = {"requestId": event["requestId"]}
    with suppress(PlaywrightError):
        if event["frameId"] != frame or "responseStatusCode" not in event:
            await session.send("Fetch.continueRequest", request)
            return
        headers = tuple((header["name"], header["value"]) for header in event.get("responseHeaders", ()))
        document = Answer(event["request"]["url"], event["responseStatusCode"], headers)
        if is_redirect(document):
            visit.give(document)
        elif is_rendered(document):
            visit.document = document
            await session.send("Fetch.continueRequest", request)
        else:
            told = await session.send("Fetch.getResponseBody", request)
            body = base64.b64decode(told["body"]) if told["base64Encoded"] else told["body"].encode()
            visit.give(replace(document, body=body))


async def settle_page(page: "Page", visit: Visit, *, seconds: float, most_bytes: int) -> None:
    """Wait until page loads nothing more, and end the visit with its HTML.

    seconds: for the whole page. most_bytes: a larger one ends the visit with what Scrapy says of a body past its limit.
    """
    if visit.document is None:
        visit.stop(BrowserFailed(visit.url, "the browser's page could not be closed in"))
        return
    with suppress(PlaywrightError):
        await page.wait_for_load_state("networkidle", timeout=min(SETTLE_SECONDS, seconds * SETTLE_SHARE) * 1000)
    session = await page.context.new_cdp_session(page)
    frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]
    # A world of our own: the page's scripts cannot change what is asked here.
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame["id"]})
    asked = {"expression": html_of_page(most_bytes), "contextId": world["executionContextId"], "returnByValue": True}
    html = (await session.send("Runtime.evaluate", asked))["result"].get("value")
    if not frame["url"].startswith(("http://", "https://")):
        visit.stop(BrowserFailed(visit.url, "the page went away while the browser read it"))
    elif not isinstance(html, str) or len(html.encode()) > most_bytes:
        visit.stop(DownloadCancelledError())
    else:
        visit.give(replace(visit.document, url=frame["url"], html=html))


def html_of_page(most_characters: int) -> str:
    """Return JavaScript that gives a page's HTML, or nothing where that is longer. No name in the page shadows it."""
    return """(() => {
        const root = Document.prototype.querySelector.call(document, ':root');
        const doctype = Object.getOwnPropertyDescriptor(Document.prototype, 'doctype').get.call(document);
        const html = (doctype ? '<!DOCTYPE html>' : '') + (root ? root.outerHTML : '');
        return html.length > LIMIT ? null : html.toWellFormed();
    })()""".replace("LIMIT", str(most_characters))


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
