"""What a server that means harm answers to one request, the limit or rule that ends it, and the verdict it ends in."""

import gzip
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from storage.verdict import Verdict
from tests.crawler.hostile.bombs import brotli_bomb, deflate_bomb, nested_bomb, zstd_bomb
from tests.crawler.raw_server import Answer, article, reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GIGABYTES = 2048  # in MiB


@dataclass(frozen=True)
class Behaviour:
    """One hostile answer. make: builds it, when it is needed."""

    make: Callable[[], Answer]
    limit: str
    verdicts: frozenset[Verdict]

    @cached_property
    def answer(self) -> Answer:
        return self.make()


def ends(answer: Answer, limit: str, *verdicts: Verdict) -> Behaviour:
    """Return a behaviour whose answer is at hand."""
    return Behaviour(lambda: answer, limit, frozenset(verdicts))


def unpacks(make: Callable[[], bytes], coding: str, limit: str = "max_unpack_ratio") -> Behaviour:
    """Return a behaviour whose body is a bomb."""
    return Behaviour(lambda: reply(make(), Content_Encoding=coding), limit, frozenset({Verdict.TOO_LARGE}))


def endless(start: bytes, more: bytes, *, pause_seconds: float = 0) -> Callable[[socket.socket], None]:
    """Return an answer that begins with start and repeats more until the client has enough."""

    def answer(conn: socket.socket) -> None:
        conn.sendall(start)
        while True:
            conn.sendall(more)
            if pause_seconds:
                time.sleep(pause_seconds)

    return answer


def redirect(to: str, status: str = "302 Found") -> bytes:
    return reply(status=status, Location=to)


def cookies(count: int) -> bytes:
    return b"".join(b"Set-Cookie: c%d=%s; Path=/\r\n" % (number, b"x" * 40) for number in range(count))


PACKED = gzip.compress(article("Packed"))
SOUND = article("Sound")
LENGTH = b"Content-Length: %d\r\n\r\n" % len(SOUND)

ANSWERS: dict[str, Behaviour] = {
    "a length beyond the limit": ends(
        HEAD + b"Content-Length: 99999999999\r\n\r\nx", "max_page_bytes", Verdict.TOO_LARGE
    ),
    "a body without an end": ends(endless(HEAD + b"\r\n", b"x" * 65536), "max_page_bytes", Verdict.TOO_LARGE),
    "chunks without an end": ends(
        endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "max_page_bytes", Verdict.TOO_LARGE
    ),
    "a gzip bomb of 2 GB": unpacks(lambda: deflate_bomb(GIGABYTES, 31), "gzip"),
    "a deflate bomb of 2 GB": unpacks(lambda: deflate_bomb(GIGABYTES, 15), "deflate"),
    "a bare deflate bomb of 2 GB": unpacks(lambda: deflate_bomb(GIGABYTES, -15), "deflate"),
    "a brotli bomb of 2 GB": unpacks(lambda: brotli_bomb(GIGABYTES), "br"),
    "a zstd bomb of 2 GB": unpacks(lambda: zstd_bomb(GIGABYTES), "zstd"),
    "a bomb in a bomb": unpacks(lambda: nested_bomb(GIGABYTES, 2), "gzip, gzip", "one coding layer"),
    "a bomb in nine bombs": unpacks(lambda: nested_bomb(GIGABYTES, 9), ", ".join(["gzip"] * 9), "one coding layer"),
    "a bomb in another coding's bomb": unpacks(lambda: nested_bomb(GIGABYTES, 2), "br, gzip", "one coding layer"),
    "a bomb that is named once": unpacks(lambda: nested_bomb(GIGABYTES, 1), "x-gzip"),
    "a cut gzip body": ends(reply(PACKED[:-20], Content_Encoding="gzip"), "content coding", Verdict.NETWORK_ERROR),
    "a gzip body without its check sum": ends(
        reply(PACKED[:-8], Content_Encoding="gzip"), "content coding", Verdict.NETWORK_ERROR
    ),
    "a gzip body with a wrong check sum": ends(
        reply(PACKED[:-8] + bytes(8), Content_Encoding="gzip"), "content coding", Verdict.HTTP_ERROR
    ),
    "no gzip at all": ends(reply(b"hello", Content_Encoding="gzip"), "content coding", Verdict.HTTP_ERROR),
    "no brotli at all": ends(reply(b"hello", Content_Encoding="br"), "content coding", Verdict.NETWORK_ERROR),
    "no zstd at all": ends(reply(b"hello", Content_Encoding="zstd"), "content coding", Verdict.HTTP_ERROR),
    "a coding nobody knows": ends(reply(b"hello", Content_Encoding="rot13"), "type", Verdict.UNSUPPORTED_TYPE),
    "slow headers": ends(endless(HEAD, b"X", pause_seconds=0.05), "request_seconds", Verdict.TIMEOUT),
    "a slow body": ends(
        endless(HEAD + b"Content-Length: 9999\r\n\r\n", b"X", pause_seconds=0.05), "request_seconds", Verdict.TIMEOUT
    ),
    "slow chunks": ends(endless(CHUNKED, b"1\r\nX\r\n", pause_seconds=0.05), "request_seconds", Verdict.TIMEOUT),
    "slow interim answers": ends(
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause_seconds=0.2), "request_seconds", Verdict.TIMEOUT
    ),
    "a cut body": ends(
        HEAD + b"Content-Length: 9999\r\nConnection: close\r\n\r\n<p>", "framing", Verdict.NETWORK_ERROR
    ),
    "a body longer than it says": ends(HEAD + b"Content-Length: 9\r\n\r\n" + SOUND, "framing", Verdict.TOO_SHORT),
    "a negative length": ends(HEAD + b"Content-Length: -5\r\n\r\n" + SOUND, "framing", Verdict.HTTP_ERROR),
    "two lengths": ends(
        HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello", "framing", Verdict.HTTP_ERROR
    ),
    "no number for a length": ends(HEAD + b"Content-Length: five\r\n\r\nhello", "framing", Verdict.HTTP_ERROR),
    "a redirect to itself": ends(redirect("?"), "max_redirects", Verdict.HTTP_ERROR),
    "a redirect to a file": ends(redirect("file:///etc/passwd"), "schemes", Verdict.HTTP_ERROR),
    "a redirect to a script": ends(redirect("javascript:alert(1)"), "schemes", Verdict.HTTP_ERROR),
    "a redirect to data": ends(redirect("data:text/html,<p>hello"), "schemes", Verdict.HTTP_ERROR),
    "a redirect to FTP": ends(redirect("ftp://127.0.0.1/x"), "schemes", Verdict.HTTP_ERROR),
    "a redirect to half an address": ends(redirect("http://[::1"), "URL rules", Verdict.HTTP_ERROR),
    "a redirect to no port": ends(redirect("http://example.org:99999/"), "URL rules", Verdict.HTTP_ERROR),
    "a redirect to port 0": ends(redirect("http://127.0.0.1:0/"), "ports", Verdict.REFUSED_ADDRESS),
    "a redirect to port 22": ends(redirect("http://127.0.0.1:22/"), "ports", Verdict.REFUSED_ADDRESS),
    "a redirect with a password": ends(redirect("http://a:b@127.0.0.1/"), "URL rules", Verdict.REFUSED_ADDRESS),
    "a redirect inside": ends(redirect("http://169.254.169.254/latest/"), "addresses", Verdict.REFUSED_ADDRESS),
    "a redirect inside by decimals": ends(redirect("http://2852039166/latest/"), "addresses", Verdict.REFUSED_ADDRESS),
    "a redirect inside by a mapped address": ends(
        redirect("http://[::ffff:169.254.169.254]/"), "addresses", Verdict.REFUSED_ADDRESS
    ),
    "a redirect with a backslash": ends(redirect("http:\\\\169.254.169.254\\"), "URL rules", Verdict.REFUSED_ADDRESS),
    "a redirect to nowhere": ends(reply(status="302 Found"), "status", Verdict.HTTP_ERROR),
    "a million headers": Behaviour(
        lambda: HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(1_000_000)),
        "max_headers",
        frozenset({Verdict.TOO_LARGE}),
    ),
    "a hundred headers too many": ends(HEAD + b"X: y\r\n" * 100 + LENGTH + SOUND, "max_headers", Verdict.TOO_LARGE),
    "headers without an end": ends(endless(HEAD, b"X-A: some words\r\n" * 1000), "max_headers", Verdict.TOO_LARGE),
    "one header without an end": ends(endless(HEAD + b"X: ", b"y" * 65536), "max_header_bytes", Verdict.TOO_LARGE),
    "one header folded without an end": ends(
        endless(HEAD + b"X: y\r\n", b" yyyyyyy\r\n" * 1000), "max_headers", Verdict.TOO_LARGE
    ),
    "a flood of cookies": ends(HEAD + cookies(5000) + LENGTH + SOUND, "max_headers", Verdict.TOO_LARGE),
    "ninety cookies": ends(HEAD + cookies(90) + LENGTH + SOUND, "none is kept", Verdict.CAPTURED),
    "interim answers without an end": ends(
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999), "max_headers", Verdict.TOO_LARGE
    ),
    "a chunk of no size": ends(CHUNKED + b"ZZ\r\nhello\r\n0\r\n\r\n", "framing", Verdict.NETWORK_ERROR),
    "a chunk of less than nothing": ends(CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n", "framing", Verdict.NETWORK_ERROR),
    "a chunk size without an end": ends(endless(CHUNKED, b"f" * 65536), "framing", Verdict.NETWORK_ERROR),
    "a cut chunk": ends(CHUNKED + b"ff\r\nhello", "framing", Verdict.NETWORK_ERROR),
    "chunks without the last": ends(CHUNKED + b"5\r\nhello\r\n", "framing", Verdict.NETWORK_ERROR),
    "trailers without an end": ends(
        endless(CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n" * 999), "framing", Verdict.NETWORK_ERROR
    ),
    "no answer": ends(b"", "framing", Verdict.NETWORK_ERROR),
    "garbage": ends(b"\x00\xff\xfe\r\n\r\n" * 99, "framing", Verdict.NETWORK_ERROR),
    "another protocol": ends(b"220 mail.example.org ESMTP\r\n", "framing", Verdict.NETWORK_ERROR),
    "HTTP/0.9": ends(article("Old"), "framing", Verdict.NETWORK_ERROR),
    "no number for a status": ends(
        b"HTTP/1.1 abc No\r\nContent-Length: 0\r\n\r\n", "framing", Verdict.NETWORK_ERROR
    ),
    "a status beyond all": ends(b"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n", "status", Verdict.HTTP_ERROR),
    "a 304 nobody asked for": ends(b"HTTP/1.1 304 No\r\nContent-Length: 0\r\n\r\n", "status", Verdict.HTTP_ERROR),
    "nothing with success": ends(b"HTTP/1.1 204 No\r\nContent-Length: 0\r\n\r\n", "words", Verdict.TOO_SHORT),
    "an empty page": ends(reply(b""), "words", Verdict.TOO_SHORT),
    "a hold for ever": ends(reply(status="503 Busy", Retry_After="9" * 300), "Retry-After", Verdict.HTTP_ERROR),
    "a label of garbage": ends(
        reply(article("Label"), Content_Type="\xff\xfe;;;=;charset="), "none: it is read", Verdict.CAPTURED
    ),
    "a header without a name": ends(
        HEAD + b": x\r\nContent-Length: 2\r\n\r\nok", "framing", Verdict.HTTP_ERROR
    ),
    "a charset nobody knows": ends(
        reply(article("Set"), Content_Type="text/html; charset=no"), "none: it is read", Verdict.CAPTURED
    ),
    "headers that are no headers": ends(
        HEAD + b"no colon here\r\nContent-Length: 2\r\n\r\nok", "type", Verdict.UNSUPPORTED_TYPE
    ),
    "both a length and chunks": ends(
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "framing", Verdict.HTTP_ERROR, Verdict.NETWORK_ERROR, Verdict.TOO_SHORT, Verdict.UNSUPPORTED_TYPE,
    ),
}  # fmt: skip
