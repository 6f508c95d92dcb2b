"""The status page and /healthz, asked without a server."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bowerbird.web.app import Health, build_app
from storage.article import Article, Provider
from storage.database.store import Store, open_store
from storage.outcome import Outcome, Totals
from storage.settings import StorageSettings
from storage.source import Source, Standing
from storage.verdict import Verdict

NOW = datetime.now(UTC)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
WELL = Health(is_well=True, started_at=NOW, last_tick_at=NOW, running=("blog",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(StorageSettings(database=f"sqlite:///{tmp_path}/bowerbird.db")) as opened:
        yield opened


def ask(
    store: Store, path: str, *, host: str = "127.0.0.1:8750", health: Health = WELL, method: str = "GET"
) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body of one answer."""
    app = build_app(store, lambda: health, hosts=("127.0.0.1", "localhost", "[::1]"))
    scope = {
        **{"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http"},
        **{"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""},
        **{"headers": [(b"host", host.encode())], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8750)},
    }
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start = sent[0]
    assert isinstance(start["headers"], list)
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    body = b"".join(part for message in sent[1:] if isinstance(part := message["body"], bytes))
    assert isinstance(start["status"], int)
    return start["status"], headers, body.decode()


def record(store: Store, *, title: str, url: str, reason: str = "") -> None:
    """Keep one article, of a run that ended for reason."""
    run_id = store.runs.start("blog", trigger="schedule", now=NOW)
    article = Article(url=url, title=title, text=title * 9, body=title, provider=Provider(name=title))
    store.record(run_id, [Outcome(url=url, verdict=Verdict.CAPTURED, reason=title, at=NOW, article=article)])
    store.runs.finish(run_id, status="finished", reason=reason, totals=Totals(), now=NOW)


def test_an_empty_store_has_a_page(store: Store) -> None:
    status, headers, body = ask(store, "/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert body.count("None yet") == 3
    assert "0 articles" in body


def test_the_page_names_sources_runs_and_articles(store: Store) -> None:
    store.sources.add(Source(name="blog", url="https://example.org/feed.xml", every="6h"))
    record(store, title="Blue things", url="https://example.org/blue")
    _, _, body = ask(store, "/")
    assert "<strong>blog</strong>" in body
    assert "<td>6h</td>" in body
    assert "1 captured" in body
    assert '<a href="https://example.org/blue" rel="noreferrer">Blue things</a>' in body
    assert "visiting blog" in body


def test_hostile_text_is_text(store: Store) -> None:
    store.sources.add(Source(name="blog", url=f"https://example.org/{HOSTILE}"))
    record(store, title=HOSTILE, url="https://example.org/hostile", reason=HOSTILE)
    health = Health(is_well=False, started_at=NOW, last_tick_at=None, running=(HOSTILE,), trouble=HOSTILE)
    _, _, body = ask(store, "/", health=health)
    assert "<script" not in body
    assert "<img" not in body
    assert body.count("&lt;script&gt;alert(1)") >= 6


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_addresses_of_the_web_are_links(store: Store, url: str) -> None:
    record(store, title="Blue things", url=url)
    _, _, body = ask(store, "/")
    assert "Blue things" in body
    assert "href" not in body


def test_the_page_may_load_and_run_nothing(store: Store) -> None:
    for path in ("/", "/healthz"):
        _, headers, _ = ask(store, path)
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8750", "[::1]:8750", "LOCALHOST"])
def test_its_own_names_are_answered(store: Store, host: str) -> None:
    assert ask(store, "/healthz", host=host)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::2]"])
def test_another_host_is_refused(store: Store, host: str) -> None:
    record(store, title="Blue things", url="https://example.org/blue")
    status, _, body = ask(store, "/", host=host)
    assert status == 400
    assert "Blue things" not in body


def test_healthz_tells_a_service_that_is_unwell(store: Store) -> None:
    health = Health(is_well=False, started_at=NOW, last_tick_at=None, running=(), trouble="the disk is full")
    status, _, body = ask(store, "/healthz", health=health)
    assert status == 503
    said = json.loads(body)
    assert (said["status"], said["last_tick_at"], said["trouble"]) == ("unwell", None, "the disk is full")


@pytest.mark.parametrize(("method", "path", "status"), [("POST", "/", 405), ("GET", "/admin", 404), ("HEAD", "/", 200)])
def test_there_is_nothing_to_change(store: Store, method: str, path: str, status: int) -> None:
    assert ask(store, path, method=method)[0] == status


def test_a_store_that_fails_is_said(store: Store, tmp_path: Path) -> None:
    store.close()
    (tmp_path / "bowerbird.db").write_bytes(b"no database any more" * 999)
    status, _, body = ask(store, "/")
    assert status == 503
    assert "cannot be used" in body


def test_the_page_says_where_a_source_is_looked_for_and_what_stays_empty(store: Store) -> None:
    store.sources.add(Source(name="blog", url="https://example.org/own", fallbacks=("https://example.org/spare",)))
    moved = Standing(place=1, empty_runs=2, since=NOW, because="the own URL <b>failed</b>", is_moved=True)
    store.sources.release("blog", now=NOW, next_run_at=NOW, failed=False, standing=moved)
    text = ask(store, "/")[2]
    assert "watched at https://example.org/spare since" in text
    assert "because the own URL &lt;b&gt;failed&lt;/b&gt;" in text
    assert "empty 2×" in text
