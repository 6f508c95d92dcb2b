"""A server that means harm: each of its answers ends in one verdict, soon, and in bounded memory."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable

import brotli
import psutil
import pytest

from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import outcomes_of, settings_for
from tests.crawler.raw_server import Answer, RawServer, article, reply

MIB = 1024 * 1024
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ENOUGH_SECONDS = 4.0  # two tries of request_seconds, and a slow machine


def endless(start: bytes, more: bytes, *, pause_seconds: float = 0) -> Callable[[socket.socket], None]:
    """Return an answer that begins with start and repeats more until the client has enough."""

    def answer(conn: socket.socket) -> None:
        conn.sendall(start)
        while True:
            conn.sendall(more)
            if pause_seconds:
                time.sleep(pause_seconds)

    return answer


def zeros(count: int, window_bits: int = 31) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, window_bits)
    return packer.compress(bytes(count)) + packer.flush()


def redirect(to: str, status: str = "302 Found") -> bytes:
    return reply(status=status, Location=to)


BOMB = zeros(64 * MIB)
# A line past Twisted's limit and a head past ours: which is met first hangs on how the bytes arrive.
EITHER_LIMIT = frozenset({Verdict.NETWORK_ERROR, Verdict.TOO_LARGE})
ANSWERS: dict[str, tuple[Answer, Verdict | frozenset[Verdict]]] = {
    "a length beyond the limit": (HEAD + b"Content-Length: 99999999999\r\n\r\nx", Verdict.TOO_LARGE),
    "a body without an end": (endless(HEAD + b"\r\n", b"x" * 65536), Verdict.TOO_LARGE),
    "chunks without an end": (endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), Verdict.TOO_LARGE),
    "a gzip bomb": (reply(BOMB, Content_Encoding="gzip"), Verdict.TOO_LARGE),
    "a bomb in a bomb": (reply(gzip.compress(BOMB), Content_Encoding="gzip, gzip"), Verdict.TOO_LARGE),
    "a deflate bomb": (reply(zeros(64 * MIB, -15), Content_Encoding="deflate"), Verdict.TOO_LARGE),
    "a brotli bomb": (reply(brotli.compress(bytes(64 * MIB)), Content_Encoding="br"), Verdict.TOO_LARGE),
    "no gzip at all": (reply(b"hello", Content_Encoding="gzip"), Verdict.HTTP_ERROR),
    "no brotli at all": (reply(b"hello", Content_Encoding="br"), Verdict.NETWORK_ERROR),
    "a coding nobody knows": (reply(b"hello", Content_Encoding="rot13"), Verdict.UNSUPPORTED_TYPE),
    "slow headers": (endless(HEAD, b"X", pause_seconds=0.05), Verdict.TIMEOUT),
    "a slow body": (endless(HEAD + b"Content-Length: 9999\r\n\r\n", b"X", pause_seconds=0.05), Verdict.TIMEOUT),
    "a cut body": (HEAD + b"Content-Length: 9999\r\nConnection: close\r\n\r\n<p>", Verdict.NETWORK_ERROR),
    "a body longer than it says": (HEAD + b"Content-Length: 9\r\n\r\n" + article("More"), Verdict.TOO_SHORT),
    "a negative length": (HEAD + b"Content-Length: -5\r\n\r\n" + article("Less"), Verdict.HTTP_ERROR),
    "two lengths": (HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello", Verdict.HTTP_ERROR),
    "no number for a length": (HEAD + b"Content-Length: five\r\n\r\nhello", Verdict.HTTP_ERROR),
    "a redirect to itself": (redirect("?"), Verdict.HTTP_ERROR),
    "a redirect to a file": (redirect("file:///etc/passwd"), Verdict.HTTP_ERROR),
    "a redirect to a script": (redirect("javascript:alert(1)"), Verdict.HTTP_ERROR),
    "a redirect to data": (redirect("data:text/html,<p>hello"), Verdict.HTTP_ERROR),
    "a redirect to FTP": (redirect("ftp://127.0.0.1/x"), Verdict.HTTP_ERROR),
    "a redirect to half an address": (redirect("http://[::1"), Verdict.HTTP_ERROR),
    "a redirect to no port": (redirect("http://example.org:99999/"), Verdict.HTTP_ERROR),
    "a redirect to port 0": (redirect("http://127.0.0.1:0/"), Verdict.REFUSED_ADDRESS),
    "a redirect to port 22": (redirect("http://127.0.0.1:22/"), Verdict.REFUSED_ADDRESS),
    "a redirect with a password": (redirect("http://a:b@127.0.0.1/"), Verdict.REFUSED_ADDRESS),
    "a redirect inside": (redirect("http://169.254.169.254/latest/meta-data/"), Verdict.REFUSED_ADDRESS),
    "a redirect to nowhere": (reply(status="302 Found"), Verdict.HTTP_ERROR),
    "ten thousand headers": (HEAD + b"".join(b"X-%d: some words\r\n" % n for n in range(10_000)), Verdict.TOO_LARGE),
    "headers without an end": (endless(HEAD, b"X-A: some words\r\n" * 1000), Verdict.TOO_LARGE),
    "one header without an end": (endless(HEAD + b"X: ", b"y" * 65536), EITHER_LIMIT),
    "interim answers without an end": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999), Verdict.TOO_LARGE),
    "a chunk of no size": (CHUNKED + b"ZZ\r\nhello\r\n0\r\n\r\n", Verdict.NETWORK_ERROR),
    "a chunk of less than nothing": (CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n", Verdict.NETWORK_ERROR),
    "a chunk size without an end": (endless(CHUNKED, b"f" * 65536), Verdict.NETWORK_ERROR),
    "a cut chunk": (CHUNKED + b"ff\r\nhello", Verdict.NETWORK_ERROR),
    "trailers without an end": (endless(CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n" * 999), Verdict.NETWORK_ERROR),
    "no answer": (b"", Verdict.NETWORK_ERROR),
    "garbage": (b"\x00\xff\xfe\r\n\r\n" * 99, Verdict.NETWORK_ERROR),
    "another protocol": (b"220 mail.example.org ESMTP\r\n", Verdict.NETWORK_ERROR),
    "HTTP/0.9": (article("Old"), Verdict.NETWORK_ERROR),
    "no number for a status": (b"HTTP/1.1 abc No\r\nContent-Length: 0\r\n\r\n", Verdict.NETWORK_ERROR),
    "a status beyond all": (b"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n", Verdict.HTTP_ERROR),
    "a 304 nobody asked for": (b"HTTP/1.1 304 No\r\nContent-Length: 0\r\n\r\n", Verdict.HTTP_ERROR),
    "nothing with success": (b"HTTP/1.1 204 No\r\nContent-Length: 0\r\n\r\n", Verdict.TOO_SHORT),
    "an empty page": (reply(b""), Verdict.TOO_SHORT),
    "a label of garbage": (reply(article("Label"), Content_Type="\xff\xfe;;;=;charset="), Verdict.CAPTURED),
    "a header without a name": (HEAD + b": x\r\nContent-Length: 2\r\n\r\nok", Verdict.HTTP_ERROR),
    "a charset nobody knows": (reply(article("Set"), Content_Type="text/html; charset=no"), Verdict.CAPTURED),
    "headers that are no headers": (
        HEAD + b"no colon here\r\nContent-Length: 2\r\n\r\nok",
        Verdict.UNSUPPORTED_TYPE,
    ),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_hostile_answer_ends_in_one_verdict_soon(answer: str, server: RawServer, in_reactor: InReactor) -> None:
    served, verdict = ANSWERS[answer]
    server.answers = {"/page": served}
    settings = settings_for(server.host, request_seconds=0.5, max_page_bytes=MIB)
    began, before = time.monotonic(), psutil.Process().memory_info().rss
    (outcome,) = in_reactor(outcomes_of(settings, [server.url("/page")]))
    expected = verdict if isinstance(verdict, frozenset) else frozenset({verdict})
    assert outcome.verdict in expected, outcome.reason
    assert outcome.reason
    assert time.monotonic() - began < ENOUGH_SECONDS
    assert psutil.Process().memory_info().rss - before < 48 * MIB


def test_a_circle_of_redirects_is_left_after_five(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a": redirect("/b"), "/b": redirect("/a")}
    (outcome,) = in_reactor(outcomes_of(settings_for(server.host), [server.url("/a")]))
    assert (outcome.verdict, outcome.reason) == (Verdict.HTTP_ERROR, "it redirects more than 5 times")
    assert server.paths == ["/robots.txt"] + ["/a", "/b"] * 3


def test_one_hanging_page_leaves_the_others_their_verdicts(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {f"/{number}": reply(article(f"Page {number}")) for number in range(8)} | {"/3": server.hold}
    urls = [server.url(f"/{number}") for number in range(8)]
    outcomes = in_reactor(outcomes_of(settings_for(server.host, request_seconds=0.4), urls))
    verdicts = {outcome.url: outcome.verdict for outcome in outcomes}
    assert verdicts == dict.fromkeys(urls, Verdict.CAPTURED) | {urls[3]: Verdict.TIMEOUT}


def test_our_requests_say_who_asks_and_carry_nothing_else(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/a": reply(status="302 Found", Location="/b", Set_Cookie="track=1; Path=/"),
        "/b": reply(article("Page")),
    }
    settings = settings_for(server.host, contact="desk@example.org")
    in_reactor(outcomes_of(settings, [server.url("/a?q=1#part")]))
    assert server.paths == ["/robots.txt", "/a?q=1", "/b"]
    for asked in server.asked:
        assert asked.headers["user-agent"] == "Bowerbird/0.1 (+desk@example.org)"
        assert set(asked.headers) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
