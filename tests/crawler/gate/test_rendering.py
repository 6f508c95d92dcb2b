"""What becomes of pages that a browser renders: the same verdicts as of any, after their scripts have run."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest

from storage.outcome import Outcome
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import outcomes_of, settings_for
from tests.crawler.raw_server import Answer, RawServer, article, reply
from tests.crawler.reactor_thread import ReactorThread
from tests.crawler.rendering import app, needs_browser, rendered, scripted, storm

pytestmark = pytest.mark.browser
RULES = b"User-agent: *\nDisallow: /private\n"
TURNS = ("one", "two", "three")
GREEDY = """
    const add = (tag, key, url) => { const e = document.createElement(tag); e[key] = url; document.body.append(e) };
    add('img', 'src', '/img'); add('iframe', 'src', '/frame'); add('video', 'src', '/film');
    fetch('/sent', {method: 'POST', body: 'x'}).catch(() => 0);
    navigator.sendBeacon('/beacon', 'x'); new EventSource('/events'); window.open('/window');
    try { new WebSocket('ws://' + location.host + '/socket') } catch (e) { }
    navigator.serviceWorker.register('/worker.js').catch(() => 0);
    fetch('/read').then(() => { location.href = '/elsewhere' });
"""
ANSWERS: dict[str, Answer] = {
    "/robots.txt": reply(RULES, Content_Type="text/plain"),
    "/app": reply(app(), Content_Language="en"),
    "/gone": reply(b"<p>no", status="404 Not Found"),
    "/moved": reply(status="301 Moved", Location="/data"),
    "/away": reply(status="302 Found", Location="http://10.0.0.1/"),
    "/circle": reply(status="302 Found", Location="/circle"),
    "/pdf": reply(b"%PDF-1.7", Content_Type="application/pdf"),
    "/file": reply(b"\x00\x01", Content_Type="application/octet-stream"),
    "/cut": lambda conn: conn.close(),
    "/private": reply(article("Secret")),
    "/sly": reply(status="302 Found", Location="/private"),
    "/live": reply(storm("setInterval(() => fetch('/tick'), 400)")),
    "/busy": reply(storm("for (let n = 0; n < 50; n++) fetch('/data?' + n).catch(() => 0)")),
    "/greedy": reply(storm(GREEDY)),
    **{f"/{name}": reply(app(f"/{name}/data")) for name in TURNS},
}
DATA = {
    "/data": reply(article("Storm")),
    "/read": reply(b"1"),
    "/tick": reply(b""),
    **{f"/{name}/data": reply(article(name)) for name in TURNS},
}


@pytest.fixture(autouse=True)
def _browser() -> None:
    needs_browser()


@dataclass(frozen=True)
class Visited:
    """One run over all pages above: what became of each, by its path, and what the server was asked for."""

    server: RawServer
    outcomes: dict[str, Outcome]


def by_path(outcomes: list[Outcome]) -> dict[str, Outcome]:
    return {"/" + outcome.url.rpartition("/")[2]: outcome for outcome in outcomes}


@pytest.fixture(scope="module")
def visited(reactor_thread: ReactorThread) -> Iterator[Visited]:
    needs_browser()
    with RawServer(ANSWERS | DATA) as server:
        settings = settings_for(server.host, request_seconds=12, browser_page_requests=10)
        urls = [server.url(path) for path in ANSWERS if path != "/robots.txt"]
        _, outcomes = reactor_thread.run(rendered(settings, [*urls, "http://127.0.0.1:1/", "http://nowhere.invalid/x"]))
        yield Visited(server, by_path(outcomes))


def test_an_article_that_scripts_write_is_captured(visited: Visited, in_reactor: InReactor) -> None:
    outcome, url = visited.outcomes["/app"], visited.server.url("/app")
    assert (outcome.verdict, outcome.status, outcome.final_url) == (Verdict.CAPTURED, 200, url)
    assert outcome.article is not None
    assert outcome.article.title == "Storm"
    assert outcome.page is not None
    assert b"The Storm left the harbour" in outcome.page.body
    assert outcome.page.headers == {"content-type": "text/html; charset=utf-8", "content-language": "en"}
    assert outcome.seconds > 0
    (plain,) = in_reactor(outcomes_of(settings_for(visited.server.host), [url]))
    assert plain.verdict is Verdict.NEEDS_JAVASCRIPT


def test_every_request_says_who_asks(visited: Visited) -> None:
    assert {asked.headers["user-agent"] for asked in visited.server.asked} == {settings_for().agent}
    platforms = {asked.headers.get("sec-ch-ua-platform", '"Linux"') for asked in visited.server.asked}
    assert platforms == {'"Linux"'}


def test_each_ending_has_the_verdict_of_a_plain_fetch(visited: Visited) -> None:
    expected = {
        "/gone": "gone",
        "/moved": "captured",
        "/away": "refused_address",
        "/circle": "http_error",
        "/pdf": "unsupported_type",
        "/file": "unsupported_type",
        "/cut": "network_error",
        "/": "refused_address",
        "/x": "network_error",
    }
    assert {path: visited.outcomes[path].verdict.value for path in expected} == expected
    moved = visited.outcomes["/moved"]
    assert (moved.final_url, moved.redirects) == (visited.server.url("/data"), (visited.server.url("/moved"),))
    assert visited.outcomes["/cut"].reason == "the browser could not load it: net::ERR_EMPTY_RESPONSE"
    assert visited.outcomes["/x"].reason == "its host name is not known to the DNS"


def test_robots_txt_holds_for_what_is_rendered(visited: Visited) -> None:
    assert [visited.outcomes[path].verdict for path in ("/private", "/sly")] == [Verdict.ROBOTS_DENIED] * 2
    assert "/private" not in visited.server.paths


def test_a_host_is_left_alone_until_its_page_is_done(visited: Visited) -> None:
    assert {visited.outcomes[f"/{name}"].verdict for name in TURNS} == {Verdict.CAPTURED}
    asked = [path for path in visited.server.paths if path.split("/")[1] in TURNS]
    assert asked == [path for name in TURNS for path in (f"/{name}", f"/{name}/data")]


def test_a_page_whose_scripts_never_come_to_rest_is_taken_as_it_is(visited: Visited) -> None:
    assert visited.outcomes["/live"].verdict is Verdict.CAPTURED
    assert "/tick" in visited.server.paths


def test_a_page_gets_no_more_requests_than_it_may(visited: Visited) -> None:
    assert visited.outcomes["/busy"].verdict is Verdict.CAPTURED
    assert len([path for path in visited.server.paths if path.startswith(("/busy", "/data?"))]) == 10


def test_only_what_makes_the_text_is_loaded(visited: Visited) -> None:
    outcome = visited.outcomes["/greedy"]
    assert (outcome.verdict, outcome.final_url) == (Verdict.CAPTURED, visited.server.url("/greedy"))
    paths = {path.partition("?")[0] for path in visited.server.paths}
    assert "/read" in paths
    assert paths <= (ANSWERS | DATA).keys()


def chromium() -> psutil.Process:
    """Return Chromium's first process."""
    family = [each for each in psutil.Process().children(recursive=True) if each.name() in ("chromium", "chrome")]
    (first,) = [each for each in family if "--type=" not in " ".join(each.cmdline())]
    return first


def driver() -> psutil.Process:
    """Return the process that speaks to Chromium for us."""
    family = psutil.Process().children(recursive=True)
    return next(each for each in family if each.cmdline() and "playwright/driver" in each.cmdline()[0])


def test_the_browsers_own_failures_name_it(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/dies": lambda conn: chromium().kill(),
        "/mute": lambda conn: driver().kill(),
        "/loop": reply(scripted("while (true) {}")),
        "/heavy": reply(scripted("fetch('/big').then(a => a.text())")),
        "/big": reply(bytes(3_000_000)),
        "/large": reply(scripted("onload = () => { document.body.textContent = 'x'.repeat(2e6) }")),
        "/fine": reply(article("Storm")),
    }
    settings = settings_for(server.host, request_seconds=5, browser_page_bytes=2_000_000, max_page_bytes=1_000_000)
    urls = [server.url(path) for path in server.answers if path != "/big"]
    _, outcomes = in_reactor(rendered(settings, urls))
    assert {path: (outcome.verdict.value, outcome.reason) for path, outcome in by_path(outcomes).items()} == {
        "/dies": ("network_error", "the browser ended while it loaded it"),
        "/mute": ("network_error", "the browser ended while it loaded it"),
        "/loop": ("timeout", "the browser had not loaded it within 5 s"),
        "/heavy": ("too_large", "in the browser it loads more than crawler.browser_page_bytes (1.91 MiB)"),
        "/large": ("too_large", "its body is larger than crawler.max_page_bytes (0.954 MiB)"),
        "/fine": ("captured", "540 words"),
    }


def test_a_browser_that_takes_too_much_memory_is_ended(server: RawServer, in_reactor: InReactor) -> None:
    hoard = "let held = []; setInterval(() => held.push(new Uint8Array(3e7).fill(7)), 1); fetch('/never')"
    server.answers = {"/hoard": reply(scripted(hoard)), "/never": server.hold, "/fine": reply(article("Storm"))}
    settings = settings_for(server.host, browser_memory_bytes=500 * 1024 * 1024)
    _, outcomes = in_reactor(rendered(settings, [server.url("/hoard"), server.url("/fine")]))
    hoarding, fine = outcomes
    assert hoarding.verdict is Verdict.NETWORK_ERROR
    assert hoarding.reason == "the browser took more than crawler.browser_memory_bytes (500 MiB) and was ended"
    assert fine.verdict is Verdict.CAPTURED


def test_chromium_is_replaced_after_some_pages(server: RawServer, in_reactor: InReactor) -> None:
    processes: list[int] = []

    def answer(conn: socket.socket) -> None:
        processes.append(chromium().pid)
        conn.sendall(reply(article(f"Storm {len(processes)}")))

    server.answers = {f"/{number}": answer for number in range(3)}
    settings = settings_for(server.host, browser_max_pages=2)
    _, outcomes = in_reactor(rendered(settings, [server.url(path) for path in server.answers]))
    assert {outcome.verdict for outcome in outcomes} == {Verdict.CAPTURED}
    first, second, third = processes
    assert first == second != third


def test_a_source_that_does_not_ask_for_it_starts_no_browser(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/plain": reply(article("Storm"))}
    running: list[bool] = []
    settings = settings_for(server.host, browser="/nowhere/chromium")
    _, (outcome,) = in_reactor(
        rendered(
            settings, [server.url("/plain")], render="none", watch=lambda shop: running.append(shop.browser.is_running)
        )
    )
    assert (outcome.verdict, running) == (Verdict.CAPTURED, [False])


def test_without_chromium_the_run_fails_and_says_what_to_do(server: RawServer, in_reactor: InReactor) -> None:
    settings = settings_for(server.host, browser="/nowhere/chromium")
    result, outcomes = in_reactor(rendered(settings, [server.url("/app")]))
    assert (result.status, outcomes, server.asked) == ("failed", [], [])
    assert result.reason == (
        "render: browser needs `pip install bowerbird[browser]` and Chromium; "
        "there is no program at crawler.browser (/nowhere/chromium)"
    )


def test_a_program_that_is_no_browser_is_told_as_one_that_does_not_start(
    server: RawServer, in_reactor: InReactor
) -> None:
    _, (outcome,) = in_reactor(rendered(settings_for(server.host, browser="/bin/false"), [server.url("/app")]))
    assert outcome.verdict is Verdict.NETWORK_ERROR
    assert outcome.reason.startswith("the browser does not start: ")
