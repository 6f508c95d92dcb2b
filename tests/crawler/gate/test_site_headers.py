"""What a source sends of its own reaches its own site, filled, and nobody else."""

from pathlib import Path

import pytest

from crawler.errors import MissingVariable
from crawler.gate.site_headers import site_headers
from crawler.order import Order
from storage.database.store import Store
from storage.source import Source, SourceKind, SourceState
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import settings_for, visit
from tests.crawler.raw_server import RawServer, article, feed, reply

SECRET = "tr0ub4dor-and-3"


def source_at(url: str, *, value: str = "Bearer ${DESK_TOKEN}") -> Source:
    return Source(
        name="desk", url=url, kind=SourceKind.FEED, headers={"X-Desk": value}, cookies={"a": "1", "sid": "${DESK_SID}"}
    )


def order_of(source: Source) -> Order:
    return Order(source=source, kind=source.kind, trigger="crawl")


@pytest.mark.parametrize(
    ("own", "url", "is_sent"),
    [
        ("https://news.example.org/feed", "https://news.example.org/page", True),
        ("https://news.example.org/feed", "https://www.example.org/page", True),
        ("http://example.org/feed", "https://example.org/page", True),
        ("https://example.org/feed", "http://example.org/page", False),
        ("https://example.org/feed", "https://example.com/page", False),
        ("https://example.org/feed", "https://example.org.evil.net/page", False),
        ("https://example.org/feed", "https://notexample.org/page", False),
        ("https://one.github.io/feed", "https://two.github.io/page", False),
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1:8000/page", True),
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1:8001/page", False),
        ("http://127.0.0.1:8000/feed", "http://127.0.0.2:8000/page", False),
        ("http://intranet/feed", "http://other/page", False),
    ],
)
def test_they_go_to_the_sources_site_alone(own: str, url: str, is_sent: bool) -> None:
    headers = site_headers(source_at(own), {"DESK_TOKEN": SECRET, "DESK_SID": "s"})
    expected = {"X-Desk": f"Bearer {SECRET}", "Cookie": "a=1; sid=s"} if is_sent else {}
    assert headers.for_url(url) == expected


def test_at_a_fallback_elsewhere_none_are_sent_and_the_own_site_still_gets_them() -> None:
    mirror = "https://mirror.example.net/feed.xml"
    declared = Source(name="desk", url="https://example.org/feed.xml", headers={"X-Key": "secret"}, fallbacks=(mirror,))
    at_mirror = SourceState(source=declared, place=1).target
    own = site_headers(at_mirror, {})
    assert (at_mirror.url, own.for_url(mirror)) == (mirror, {})
    assert own.for_url("https://example.org/a") == {"X-Key": "secret"}


def test_a_source_without_any_sends_none() -> None:
    assert site_headers(Source(name="plain", url="https://example.org/"), {}).for_url("https://example.org/") == {}


def test_a_missing_variable_is_named_and_no_value_is() -> None:
    with pytest.raises(MissingVariable, match="desk: its header X-Desk needs the environment variable DESK_TOKEN"):
        site_headers(source_at("https://example.org/"), {"DESK_SID": SECRET})


def test_a_value_cannot_begin_a_header_of_its_own() -> None:
    headers = site_headers(source_at("https://a.example/", value="${X}"), {"X": "a\r\nHost: b", "DESK_SID": "s"})
    assert headers.for_url("https://a.example/")["X-Desk"] == "a Host: b"


def test_filled_values_are_in_no_representation() -> None:
    headers = site_headers(source_at("https://example.org/"), {"DESK_TOKEN": SECRET, "DESK_SID": SECRET})
    assert SECRET not in repr(headers)


def test_a_redirect_to_another_host_carries_none_and_the_store_keeps_none(
    server: RawServer, store: Store, tmp_path: Path, in_reactor: InReactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_TOKEN", SECRET)
    monkeypatch.setenv("DESK_SID", SECRET)
    with RawServer() as other:
        other.answers = {
            "/page": reply(status="302 Found", Location=server.url("/back")),
            "/own": reply(article("Own")),
        }
        server.answers = {
            "/feed": reply(feed(server.url("/page"), server.url("/away"), other.url("/own"))),
            "/page": reply(article("Page")),
            "/away": reply(status="302 Found", Location=other.url("/page")),
            "/back": reply(article("Back")),
        }
        order = order_of(source_at(server.url("/feed")))
        result = in_reactor(visit(settings_for(server.host, other.host), store, order))
    assert result.verdicts == {Verdict.CAPTURED: 3}
    told = {asked.path: (asked.headers.get("x-desk"), asked.headers.get("cookie")) for asked in server.asked}
    assert told == dict.fromkeys(
        ("/robots.txt", "/feed", "/page", "/away", "/back"), (f"Bearer {SECRET}", f"a=1; sid={SECRET}")
    )
    assert {name for asked in other.asked for name in asked.headers} & {"x-desk", "cookie"} == set()
    assert other.paths[0] == "/robots.txt"
    assert all(SECRET.encode() not in file.read_bytes() for file in tmp_path.rglob("store.db*"))


def test_a_missing_variable_fails_the_run_before_anything_is_asked(
    server: RawServer, store: Store, in_reactor: InReactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESK_TOKEN", raising=False)
    result = in_reactor(visit(settings_for(server.host), store, order_of(source_at(server.url("/feed")))))
    assert (result.status, server.connections) == ("failed", 0)
    assert "needs the environment variable DESK_TOKEN" in result.reason
