"""Which requests of a page leave the browser, and which documents it shows."""

import pytest

from crawler.errors import RefusedAddress
from crawler.gate.interception import Wish, added_headers, is_redirect, is_rendered, may_leave
from crawler.gate.url import check_url
from crawler.gate.visit import Answer, Visit

URL = "https://example.org/a"


def visit_of_page(most_requests: int = 10) -> Visit:
    visit = Visit(URL, most_requests, 1000)
    assert may_leave(Wish(URL, "GET", "document", is_main=True), visit, check_url)
    return visit


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish("https://cdn.example/app.js", "GET", "script", is_main=False), True),
        (Wish("https://example.org/app.css", "GET", "stylesheet", is_main=False), True),
        (Wish("https://example.org/api", "GET", "fetch", is_main=False), True),
        (Wish("https://example.org/api", "GET", "xhr", is_main=False), True),
        (Wish("https://example.org/api", "POST", "fetch", is_main=False), False),
        (Wish("https://example.org/a.png", "GET", "image", is_main=False), False),
        (Wish("https://example.org/a.mp4", "GET", "media", is_main=False), False),
        (Wish("https://example.org/a.woff", "GET", "font", is_main=False), False),
        (Wish("https://example.org/", "GET", "ping", is_main=False), False),
        (Wish("https://example.org/frame", "GET", "document", is_main=False), False),
        (Wish("https://example.org/next", "GET", "document", is_main=True), False),
        (Wish("https://example.org:22/api", "GET", "fetch", is_main=False), False),
        (Wish("https://user@example.org/api", "GET", "fetch", is_main=False), False),
        (Wish("file:///etc/passwd", "GET", "fetch", is_main=False), False),
        (Wish("ftp://example.org/", "GET", "fetch", is_main=False), False),
        (Wish("https://example.org/sw.js", "GET", "worker", is_main=False), False),
    ],
)
def test_a_page_gets_what_it_needs(wish: Wish, expected: bool) -> None:
    assert may_leave(wish, visit_of_page(), check_url) is expected


def test_the_first_navigation_is_checked_too() -> None:
    with pytest.raises(RefusedAddress):
        check_url("file:///etc/passwd")
    assert not may_leave(Wish("file:///etc/passwd", "GET", "document", is_main=True), Visit(URL, 10, 10), check_url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/api?a=1", {"x-key": "secret"}),
        ("https://www.example.org/api", {}),
        ("http://example.org/api", {}),
        ("https://example.org:8443/api", {}),
        ("https://cdn.example/app.js", {}),
    ],
)
def test_what_a_source_adds_goes_to_the_pages_own_origin(url: str, expected: dict[str, str]) -> None:
    assert added_headers(url, Visit(URL, 10, 10, headers={"x-key": "secret"})) == expected


def test_requests_come_to_an_end() -> None:
    visit = visit_of_page(most_requests=3)
    wish = Wish("https://example.org/api", "GET", "fetch", is_main=False)
    assert [may_leave(wish, visit, check_url) for _ in range(4)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("status", "headers", "redirects", "renders"),
    [
        (200, {"Content-Type": "text/html; charset=utf-8"}, False, True),
        (404, {"content-type": "TEXT/HTML"}, False, True),
        (200, {}, False, True),
        (200, {"Content-Type": "application/xhtml+xml"}, False, True),
        (200, {"Content-Type": "application/pdf"}, False, False),
        (200, {"Content-Type": "image/png"}, False, False),
        (200, {"Content-Type": "text/html", "Content-Disposition": "attachment; filename=a.html"}, False, False),
        (200, {"Content-Type": "application/octet-stream"}, False, False),
        (302, {"Location": "/b", "Content-Type": "text/html"}, True, True),
        (302, {"Content-Type": "text/html"}, False, True),
        (200, {"Location": "/b", "Content-Type": "text/html"}, False, True),
        (304, {"Location": "/b"}, False, True),
    ],
)
def test_a_document_is_shown_followed_or_kept(
    status: int, headers: dict[str, str], redirects: bool, renders: bool
) -> None:
    document = Answer(URL, status, tuple(headers.items()))
    assert (is_redirect(document), is_rendered(document)) == (redirects, renders)
