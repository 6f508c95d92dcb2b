"""Which requests of a rendered page leave the browser: its document, scripts, styles and what they read. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.errors import RefusedAddress
from crawler.gate.visit import Answer, Visit

# Pictures, films, fonts, frames, sockets, beacons and prefetches add nothing to the text of a page.
NEEDED_TYPES = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
RENDERED_TYPES = ("text/", "application/xhtml", "application/xml", "application/json")


BROWSERS_OWN = frozenset({"accept", "accept-encoding", "user-agent"})  # Chromium says these itself


@dataclass(frozen=True, slots=True)
class Wish:
    """A request that a page would like to make. is_main: for its main frame's document."""

    url: str
    method: str
    type: str
    is_main: bool


def may_leave(wish: Wish, visit: Visit, check: Callable[[str], None]) -> bool:
    """Whether a page's request is let out, and count it.

    A page navigates once: where its scripts would lead it afterwards is another page, which robots.txt and pace have
    not been asked about.
    """
    if wish.type not in NEEDED_TYPES or wish.method != "GET":
        return False
    if wish.type == "document" and (not wish.is_main or visit.has_navigated):
        return False
    try:
        check(wish.url)
    except RefusedAddress:
        return False
    visit.has_navigated = visit.has_navigated or wish.type == "document"
    return visit.take_request()


def added_headers(url: str, visit: Visit) -> dict[str, str]:
    """Return what is said beside the browser's own headers: that of the page's request, to its own origin alone."""
    asked, page = urlsplit(url), urlsplit(visit.url)
    return visit.headers if (asked.scheme, asked.netloc) == (page.scheme, page.netloc) else {}


def is_redirect(document: Answer) -> bool:
    """Whether a document leads elsewhere."""
    return document.status in REDIRECTS and bool(header_of(document, "location"))


def is_rendered(document: Answer) -> bool:
    """Whether a browser shows a document, rather than saving it as a file."""
    label = header_of(document, "content-type").lower() or "text/html"
    is_file = header_of(document, "content-disposition").lower().startswith("attachment")
    return label.startswith(RENDERED_TYPES) and not is_file


def header_of(document: Answer, name: str) -> str:
    """Return the first value of a header, by its lower-case name, or nothing."""
    return next((value.strip() for key, value in document.headers if key.lower() == name), "")
