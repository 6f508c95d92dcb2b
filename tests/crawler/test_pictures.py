"""Fetching pictures: from the newsroom, and from a server that lies."""

import time
from collections.abc import Sequence
from typing import Any

import pytest

from bowerbird.demo.newsroom.running import running_newsroom
from bowerbird.demo.newsroom.story import load_stories
from crawler.pictures import FetchedPicture, MissingPicture, fetch_pictures
from crawler.settings import CrawlerSettings
from storage.export.errors import FolderUnusable
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import settings_for
from tests.crawler.raw_server import Answer, RawServer, article, reply
from tests.crawler.reactor_thread import guard_lifted_after

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50
GIF = b"GIF89a" + b"\0" * 50
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

Pictures = dict[str, FetchedPicture | MissingPicture]


async def fetch(settings: CrawlerSettings, urls: Sequence[str], taken: Pictures) -> None:
    def take(picture: FetchedPicture | MissingPicture) -> None:
        assert picture.url not in taken
        taken[picture.url] = picture

    async with guard_lifted_after():
        await fetch_pictures(urls, settings=settings, take=take)


def fetched(in_reactor: InReactor, server: RawServer, urls: Sequence[str], **settings: Any) -> Pictures:
    taken: Pictures = {}
    in_reactor(fetch(settings_for(server.host, **settings), urls, taken))
    assert set(taken) == set(urls)
    return taken


def test_pictures_of_the_newsroom_come_with_their_kind(in_reactor: InReactor) -> None:
    with running_newsroom(slow_seconds=0) as newsroom:
        hosts = newsroom.addresses
        pictures = {(story.publication, name) for story in load_stories() for name in story.picture_names}
        urls = [f"{hosts[publication]}/media/{name}.png" for publication, name in sorted(pictures)]
        assert len(urls) > 3
        taken: Pictures = {}
        in_reactor(fetch(settings_for(*newsroom.hosts), urls, taken))
    assert set(taken) == set(urls)
    for picture in taken.values():
        assert isinstance(picture, FetchedPicture), picture
        assert picture.kind == "png"
        assert picture.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("answer", "said", "is_final"),
    [
        (reply(article("Not a picture"), Content_Type="image/png"), "it is an HTML page, not a picture", True),
        (reply(SVG, Content_Type="image/svg+xml"), "it is an XML document (svg), not a picture", True),
        (reply(SVG, Content_Type="image/png"), "it is an XML document (svg), not a picture", True),
        (reply(b"%PDF-1.7 ..."), "it is a PDF file, not a picture", True),
        (reply(b"BM" + b"\0" * 60), "it is a BMP image, not a picture of a kind that is taken", True),
        (reply(b""), "it is empty, not a picture", True),
        (reply(b"no", status="404 Not Found"), "it is not there (HTTP 404)", True),
        (reply(PNG, status="403 Forbidden"), "does not let us in (HTTP 403)", False),
        (reply(PNG, status="500 Oops"), "the server answered with HTTP 500", False),
        (reply(PNG + b"\0" * 5000), "larger than crawler.max_page_bytes", True),
        (reply(status="302 Found", Location="http://10.0.0.1/a.png"), "10.0.0.1 is not a public address", False),
        (reply(status="302 Found", Location="file:///etc/passwd"), "", False),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\nConnection: close\r\n\r\n" + PNG,
            "cut before the page was complete",
            False,
        ),
        (b"nonsense", "", False),
    ],
)
def test_a_server_that_lies_costs_one_picture(
    answer: Answer, said: str, is_final: bool, server: RawServer, in_reactor: InReactor
) -> None:
    server.answers = {"/a": answer, "/b": reply(PNG, Content_Type="text/html")}
    taken = fetched(in_reactor, server, [server.url("/a"), server.url("/b")], max_page_bytes=4096)
    missing, picture = taken[server.url("/a")], taken[server.url("/b")]
    assert isinstance(missing, MissingPicture)
    assert said in missing.reason
    assert missing.reason
    assert missing.is_final is is_final
    assert picture == FetchedPicture(server.url("/b"), "png", PNG)


def test_robots_txt_and_the_address_check_hold_for_pictures_too(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/robots.txt": reply(b"User-agent: *\nDisallow: /no"),
        "/no.png": reply(PNG),
        "/x.png": reply(PNG),
    }
    urls = [server.url("/no.png"), server.url("/x.png"), "http://127.0.0.1:1/a.png", "ftp://example.org/a.png", "a.png"]
    taken = fetched(in_reactor, server, urls)
    assert [isinstance(taken[url], FetchedPicture) for url in urls] == [False, True, False, False, False]
    assert "/no.png" not in server.paths
    assert server.asked[-1].headers["accept"].startswith("image/")


def test_two_spellings_of_an_address_are_fetched_once(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a b.png": reply(PNG), "/a%20b.png": reply(PNG)}
    urls = [server.url("/a b.png"), server.url("/a%20b.png"), server.url("/a%20b.png#pic_center")]
    taken = fetched(in_reactor, server, [*urls, urls[0]])
    assert all(isinstance(picture, FetchedPicture) for picture in taken.values())
    assert server.paths == ["/robots.txt", "/a%20b.png"]


def test_a_redirect_is_followed_and_the_picture_has_the_url_asked_for(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a": reply(status="301 Moved", Location="/b"), "/b": reply(GIF)}
    assert fetched(in_reactor, server, [server.url("/a")]) == {
        server.url("/a"): FetchedPicture(server.url("/a"), "gif", GIF)
    }


def test_hundreds_of_pictures_come_in_one_call_each_once(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {f"/{number}.png": reply(PNG + str(number).encode()) for number in range(300)}
    urls = [server.url(path) for path in server.answers]
    taken = fetched(in_reactor, server, urls, max_pages=10)
    contents = {picture.content for picture in taken.values() if isinstance(picture, FetchedPicture)}
    assert len(contents) == 300


def test_no_urls_are_no_requests(server: RawServer, in_reactor: InReactor) -> None:
    assert fetched(in_reactor, server, []) == {}
    assert server.asked == []


def test_what_the_time_of_a_run_was_too_short_for_is_said_to_be_so(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a": server.hold}
    begun = time.monotonic()
    taken = fetched(in_reactor, server, [server.url("/a"), server.url("/b")], max_run_seconds=1)
    assert time.monotonic() - begun < 20
    for picture in taken.values():
        assert isinstance(picture, MissingPicture)
        assert "max_run_seconds" in picture.reason
        assert not picture.is_final


def test_a_full_disk_is_told_to_who_asked(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a": reply(PNG), "/b": reply(PNG)}
    called: list[str] = []

    def take(picture: FetchedPicture | MissingPicture) -> None:
        called.append(picture.url)
        raise FolderUnusable("site", "No space left on device")

    async def fetch_two() -> None:
        async with guard_lifted_after():
            await fetch_pictures([server.url("/a"), server.url("/b")], settings=settings_for(server.host), take=take)

    with pytest.raises(FolderUnusable):
        in_reactor(fetch_two())
    assert len(called) == 1
