"""A server on loopback that answers byte for byte what a test says, and notes who came."""

import contextlib
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

Answer = bytes | Callable[[socket.socket], None]

PROSE = b"<p>" + b"The ferry left the harbour at noon and came back with news of the storm. " * 12 + b"</p>"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path, its headers, when it came on the monotonic clock, and its bytes."""

    path: str
    headers: dict[str, str]
    at: float
    size: int = 0


@dataclass
class RawServer:
    """answers: what each path gives; a path that is missing gives 404. conditional: what it gives to a request that
    asks whether it changed, where that is something else. wire_bytes: all that came in and, where an answer is plain
    bytes, went out. address: the loopback address to listen at. tls: speaks TLS with this context. Enter it to
    start it.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    conditional: Mapping[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    wire_bytes: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    address: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None

    def __enter__(self) -> "RawServer":
        self._server = Listening((self.address, 0), Handler)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def host(self) -> str:
        """host:port, as allow_private_hosts wants it."""
        return f"{self.address}:{self.port}"

    def url(self, path: str) -> str:
        return f"http{'s' if self.tls else ''}://{self.host}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    def answer_to(self, asked: Asked) -> Answer:
        """Return what a request gets."""
        path = asked.path.partition("?")[0]
        is_conditional = "if-none-match" in asked.headers or "if-modified-since" in asked.headers
        kept = self.conditional.get(path) if is_conditional else None
        return kept or self.answers.get(path, NOT_FOUND)

    def hold(self, conn: socket.socket) -> None:
        """Answer nothing until the server is closed."""
        self.released.wait(60)


class Listening(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64
    owner: RawServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away early is what many tests want."""


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Listening)
        owner = self.server.owner
        owner.connections += 1
        with contextlib.suppress(OSError):
            if owner.tls is not None:
                self.request = owner.tls.wrap_socket(self.request, server_side=True)
            for asked in read_requests(self.request):
                owner.asked.append(asked)
                owner.wire_bytes += asked.size
                answer = owner.answer_to(asked)
                if not isinstance(answer, bytes):
                    answer(self.request)
                    return
                owner.wire_bytes += len(answer)
                self.request.sendall(answer)
                if b"\r\nContent-Length:" not in answer or b"\r\nConnection: close" in answer:
                    return

    def finish(self) -> None:
        """The server closes the plain socket it accepted; one that was wrapped is ours to close."""
        if isinstance(self.request, ssl.SSLSocket):
            self.request.close()


def read_requests(conn: socket.socket) -> Iterator[Asked]:
    """Yield the requests of one connection."""
    buffer = b""
    while True:
        while b"\r\n\r\n" not in buffer:
            data = conn.recv(65536)
            if not data:
                return
            buffer += data
        head, _, buffer = buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        yield Asked(first.split(" ")[1], headers, time.monotonic(), len(head) + 4)


def reply(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole and honest answer; headers with underscores for dashes."""
    fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def article(title: str) -> bytes:
    """Return a page that is an article, told apart by its title."""
    name = title.encode()
    head = b"<html lang='en'><head><title>" + name + b"</title></head><body><article><h1>" + name + b"</h1>"
    return head + PROSE.replace(b"ferry", name) * 3 + b"</article></body></html>"


def feed(*urls: str) -> bytes:
    """Return an RSS feed of these URLs."""
    items = "".join(f"<item><title>{url}</title><link>{url}</link></item>" for url in urls)
    return f"<rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>".encode()


NOT_FOUND = reply(b"no", status="404 Not Found")
