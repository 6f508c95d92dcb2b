"""What the servers answer over HTTP."""

import gzip
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bowerbird.demo.newsroom.running import Newsroom
from tests.bowerbird.demo.newsroom.conftest import SLOW_SECONDS
from tests.bowerbird.demo.newsroom.visitor import visit

LISTINGS = [
    ("harbour-ledger", "/feed.xml", "application/rss+xml; charset=utf-8"),
    ("harbour-ledger", "/feed.json", "application/feed+json"),
    ("feldnotizen", "/atom.xml", "application/atom+xml; charset=utf-8"),
    ("observatory", "/news-sitemap.xml", "application/xml; charset=utf-8"),
    ("observatory", "/notes/", "text/html; charset=utf-8"),
    ("observatory", "/kexue/chaoxi-zhong", "text/html; charset=utf-8"),
]


@pytest.mark.parametrize(("publication", "path", "content_type"), LISTINGS)
def test_a_second_visit_with_either_validator_is_304(
    quiet_newsroom: Newsroom, publication: str, path: str, content_type: str
) -> None:
    url = quiet_newsroom.addresses[publication] + path
    first = visit(url)
    assert (first.status, first.headers["Content-Type"]) == (200, content_type)
    for question, label in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        second = visit(url, headers={question: first.headers[label]})
        assert (second.status, second.body) == (304, b"")
        assert second.headers["ETag"] == first.headers["ETag"]


def test_compressed_and_plain_are_the_same_text_under_the_same_tag(quiet_newsroom: Newsroom) -> None:
    url = quiet_newsroom.url_of("seal-count")
    plain, packed = visit(url), visit(url, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] == plain.headers["ETag"]
    again = visit(url, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert (again.status, again.headers["Content-Encoding"]) == (304, None)


def test_head_answers_like_get_without_a_body(quiet_newsroom: Newsroom) -> None:
    url = quiet_newsroom.url_of("trockenmauer")
    head, get = visit(url, method="HEAD"), visit(url)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]


def test_only_reading_is_allowed(quiet_newsroom: Newsroom) -> None:
    assert visit(quiet_newsroom.addresses["observatory"] + "/", method="POST").status == 405


@pytest.mark.parametrize("publication", ["harbour-ledger", "feldnotizen", "observatory"])
def test_robots_txt_closes_the_members_room(quiet_newsroom: Newsroom, publication: str) -> None:
    reply = visit(quiet_newsroom.addresses[publication] + "/robots.txt")
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /members/" in reply.body.decode()


def test_an_unknown_path_is_404_and_a_withdrawn_one_410(quiet_newsroom: Newsroom) -> None:
    assert visit(quiet_newsroom.addresses["harbour-ledger"] + "/waterfront/regatta-moved-to-sunday/").status == 404
    assert visit(quiet_newsroom.addresses["feldnotizen"] + "/artikel/leserumfrage-2025.html").status == 410


def test_an_old_path_redirects_for_good(quiet_newsroom: Newsroom) -> None:
    reply = visit(quiet_newsroom.addresses["feldnotizen"] + "/2019/11/holzverbindungen/")
    assert (reply.status, reply.headers["Location"]) == (301, "/artikel/holzverbindungen.html")


def test_the_pdf_is_a_pdf(quiet_newsroom: Newsroom) -> None:
    reply = visit(quiet_newsroom.addresses["harbour-ledger"] + "/files/tide-tables-2027.pdf")
    assert reply.headers["Content-Type"] == "application/pdf"
    assert reply.body.startswith(b"%PDF-1.4")
    start = int(reply.body.split(b"startxref\n")[1].split(b"\n")[0])
    assert reply.body[start:].startswith(b"xref")


def test_the_empty_page_is_empty(quiet_newsroom: Newsroom) -> None:
    reply = visit(quiet_newsroom.addresses["observatory"] + "/kexue/wei-ming-ming-cao-gao")
    assert (reply.status, reply.body) == (200, b"")


def test_the_slow_page_is_slow_and_holds_up_no_one_else(quiet_newsroom: Newsroom) -> None:
    started = time.monotonic()
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(visit, quiet_newsroom.url_of("langsamer-fluss"))
        visit(quiet_newsroom.url_of("moor-im-winter"))
        assert not slow.done()
        assert slow.result().status == 200
    assert time.monotonic() - started >= SLOW_SECONDS


def test_one_page_tells_its_charset_in_the_header_only(quiet_newsroom: Newsroom) -> None:
    reply = visit(quiet_newsroom.url_of("honig-im-muehlgraben"))
    assert reply.headers["Content-Type"] == "text/html; charset=windows-1252"
    assert b"charset" not in reply.body
    assert "„nur ganz kurz“" in reply.body.decode("windows-1252")


def test_a_picture_has_the_size_the_page_claims(quiet_newsroom: Newsroom) -> None:
    reply = visit(quiet_newsroom.addresses["harbour-ledger"] + "/media/seal-bank.png")
    assert reply.headers["Content-Type"] == "image/png"
    assert (int.from_bytes(reply.body[16:20]), int.from_bytes(reply.body[20:24])) == (960, 540)
    page = visit(quiet_newsroom.url_of("seal-count")).body
    assert b'property="og:image:width" content="960"' in page
    assert b'property="og:image:height" content="540"' in page


def test_a_story_held_back_is_not_there_yet(quiet_newsroom: Newsroom) -> None:
    assert visit(quiet_newsroom.url_of("ice-works")).status == 404


def test_every_visit_is_noted(newsroom: Newsroom) -> None:
    url = newsroom.addresses["feldnotizen"] + "/atom.xml?x=1"
    tag = visit(url, headers={"User-Agent": "tester/1"}).headers["ETag"]
    visit(url, headers={"If-None-Match": tag})
    first, second = newsroom.requests
    assert (first.publication, first.method, first.target) == ("feldnotizen", "GET", "/atom.xml?x=1")
    assert (first.status, first.user_agent, first.is_conditional) == (200, "tester/1", False)
    assert (second.status, second.is_conditional) == (304, True)
