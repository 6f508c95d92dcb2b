"""What becomes of pages that a browser renders: the same verdicts as of any, after their scripts have run."""

import socket

import psutil
import pytest

from storage.outcome import Outcome
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import outcomes_of, settings_for
from tests.crawler.raw_server import RawServer, article, reply
from tests.crawler.rendering import app, needs_browser, rendered, scripted, storm

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _browser() -> None:
    needs_browser()


def by_path(outcomes: list[Outcome]) -> dict[str, Outcome]:
    return {"/" + outcome.url.rpartition("/")[2]: outcome for outcome in outcomes}


def chromium() -> psutil.Process:
    """Return Chromium's first process."""
    family = [each for each in psutil.Process().children(recursive=True) if each.name() in ("chromium", "chrome")]
    (first,) = [each for each in family if "--type=" not in " ".join(each.cmdline())]
    return first


def test_an_article_that_scripts_write_is_captured(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/app": reply(app(), Content_Language="en"), "/data": reply(article("Storm"))}
    settings = settings_for(server.host)
    (plain,) = in_reactor(outcomes_of(settings, [server.url("/app")]))
    assert plain.verdict is Verdict.NEEDS_JAVASCRIPT
    server.asked.clear()
    _, (outcome,) = in_reactor(rendered(settings, [server.url("/app")]))
    assert (outcome.verdict, outcome.status, outcome.final_url) == (Verdict.CAPTURED, 200, server.url("/app"))
    assert outcome.article is not None
    assert outcome.article.title == "Storm"
    assert outcome.page is not None
    assert b"The Storm left the harbour" in outcome.page.body
    assert outcome.page.headers == {"content-type": "text/html; charset=utf-8", "content-language": "en"}
    assert outcome.seconds > 0
    assert {asked.headers["user-agent"] for asked in server.asked} == {settings.agent}
    assert '"Linux"' in server.asked[-1].headers["sec-ch-ua-platform"]


def test_each_ending_has_the_verdict_of_a_plain_fetch(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/gone": reply(b"<p>no", status="404 Not Found"),
        "/moved": reply(status="301 Moved", Location="/app"),
        "/away": reply(status="302 Found", Location="http://10.0.0.1/"),
        "/circle": reply(status="302 Found", Location="/circle"),
        "/pdf": reply(b"%PDF-1.7", Content_Type="application/pdf"),
        "/file": reply(b"\x00\x01", Content_Type="application/octet-stream"),
        "/cut": lambda conn: conn.close(),
        "/app": reply(app()),
        "/data": reply(article("Storm")),
    }
    paths = [path for path in server.answers if path not in ("/data", "/app")]
    urls = [*map(server.url, paths), "http://127.0.0.1:1/", "http://nowhere.invalid/none"]
    _, outcomes = in_reactor(rendered(settings_for(server.host), urls))
    assert {path: outcome.verdict.value for path, outcome in by_path(outcomes).items()} == {
        "/gone": "gone",
        "/moved": "captured",
        "/away": "refused_address",
        "/circle": "http_error",
        "/pdf": "unsupported_type",
        "/file": "unsupported_type",
        "/cut": "network_error",
        "/": "refused_address",
        "/none": "network_error",
    }
    moved = by_path(outcomes)["/moved"]
    assert (moved.final_url, moved.redirects) == (server.url("/app"), (server.url("/moved"),))
    assert "the browser could not load it" in by_path(outcomes)["/cut"].reason
    assert by_path(outcomes)["/none"].reason == "its host name is not known to the DNS"


def test_the_browsers_own_failures_name_it(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/dies": lambda conn: chromium().kill(),
        "/never": server.hold,
        "/loop": reply(scripted("while (true) {}")),
        "/heavy": reply(scripted("fetch('/big').then(a => a.text())")),
        "/big": reply(bytes(3_000_000)),
        "/large": reply(scripted("onload = () => { document.body.textContent = 'x'.repeat(2e6) }")),
        "/fine": reply(article("Storm")),
    }
    settings = settings_for(server.host, request_seconds=4, browser_page_bytes=2_000_000, max_page_bytes=1_000_000)
    urls = [server.url(path) for path in server.answers if path != "/big"]
    _, outcomes = in_reactor(rendered(settings, urls))
    assert {path: (outcome.verdict.value, outcome.reason) for path, outcome in by_path(outcomes).items()} == {
        "/dies": ("network_error", "the browser ended while it loaded it"),
        "/never": ("timeout", "the browser had not loaded it within 4 s"),
        "/loop": ("timeout", "the browser had not loaded it within 4 s"),
        "/heavy": ("too_large", "in the browser it loads more than crawler.browser_page_bytes (1.91 MiB)"),
        "/large": ("too_large", "its body is larger than crawler.max_page_bytes (0.954 MiB)"),
        "/fine": ("captured", "180 words"),
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


def test_a_page_whose_scripts_never_come_to_rest_is_taken_as_it_is(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/live": reply(storm("setInterval(() => fetch('/tick'), 50)")), "/tick": reply(b"")}
    _, (outcome,) = in_reactor(rendered(settings_for(server.host, request_seconds=6), [server.url("/live")]))
    assert outcome.verdict is Verdict.CAPTURED


def test_a_page_gets_no_more_requests_than_it_may(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/busy": reply(storm("for (let n = 0; n < 50; n++) fetch('/data?' + n).catch(() => 0)"))}
    settings = settings_for(server.host, browser_page_requests=10)
    _, (outcome,) = in_reactor(rendered(settings, [server.url("/busy")]))
    assert outcome.verdict is Verdict.CAPTURED
    assert len([path for path in server.paths if path != "/robots.txt"]) == 10


def test_only_what_makes_the_text_is_loaded(server: RawServer, in_reactor: InReactor) -> None:
    script = """
        const add = (tag, key, url) => { const e = document.createElement(tag); e[key] = url; document.body.append(e) };
        add('img', 'src', '/img'); add('iframe', 'src', '/frame'); add('video', 'src', '/film');
        fetch('/sent', {method: 'POST', body: 'x'}).catch(() => 0);
        navigator.sendBeacon('/beacon', 'x'); new EventSource('/events'); window.open('/window');
        try { new WebSocket('ws://' + location.host + '/socket') } catch (e) { }
        navigator.serviceWorker.register('/worker.js').catch(() => 0);
        fetch('/read').then(() => { location.href = '/elsewhere' });
    """
    server.answers = {"/page": reply(storm(script)), "/read": reply(b"1")}
    _, (outcome,) = in_reactor(rendered(settings_for(server.host), [server.url("/page")]))
    assert (outcome.verdict, outcome.final_url) == (Verdict.CAPTURED, server.url("/page"))
    assert set(server.paths) == {"/robots.txt", "/page", "/read"}


def test_robots_txt_holds_for_what_is_rendered(server: RawServer, in_reactor: InReactor) -> None:
    rules = b"User-agent: *\nDisallow: /private\n"
    server.answers = {
        "/robots.txt": reply(rules, Content_Type="text/plain"),
        "/private": reply(article("Secret")),
        "/sly": reply(status="302 Found", Location="/private"),
    }
    _, outcomes = in_reactor(rendered(settings_for(server.host), [server.url("/private"), server.url("/sly")]))
    assert [outcome.verdict for outcome in outcomes] == [Verdict.ROBOTS_DENIED] * 2
    assert set(server.paths) == {"/robots.txt", "/sly"}


def test_a_host_is_left_alone_until_its_page_is_done(server: RawServer, in_reactor: InReactor) -> None:
    names = ["one", "two", "three"]
    server.answers = {f"/{name}": reply(app(f"/{name}/data")) for name in names}
    server.answers |= {f"/{name}/data": reply(article(name)) for name in names}
    _, outcomes = in_reactor(rendered(settings_for(server.host), [server.url(f"/{name}") for name in names]))
    assert {outcome.verdict for outcome in outcomes} == {Verdict.CAPTURED}
    assert server.paths[1:] == [path for name in names for path in (f"/{name}", f"/{name}/data")]


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


@pytest.mark.parametrize("values", [{}, {"browser": "/nowhere/chromium"}])
def test_a_source_that_does_not_ask_for_it_starts_no_browser(
    server: RawServer, in_reactor: InReactor, values: dict[str, str]
) -> None:
    server.answers = {"/plain": reply(article("Storm"))}
    running: list[bool] = []
    settings = settings_for(server.host, **values)
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
