"""A server on loopback whose pages are bad in every way a page can be. Not a test."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

MIB = 1024 * 1024
PROSE = "Bowerbirds gather blue things, and nobody has told them that it is only paper. " * 30


def article(title: str, text: str) -> str:
    """Return a page with one article."""
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article>"


PAGES: Mapping[str, tuple[str, bytes]] = {
    "/empty": ("text/html", b""),
    "/pdf": ("application/pdf", b"%PDF-1.7\n"),
    "/pdf-called-html": ("text/html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
    "/attributes": (
        "text/html",
        f"<html><body><p {' '.join(f'a{number}=b' for number in range(100_000))}>{PROSE}</p></body>".encode(),
    ),
    "/invalid-utf-8": (
        "text/html; charset=utf-8",
        article("Broken bytes", PROSE.replace("blue", "green")).encode() + b"<p>\xff\xfe\xc3\x28 \x80</p>",
    ),
    "/control": (
        "text/html",
        article("\x1b[2J\u202eBlue \x9b31m", PROSE.replace("blue", "red\x1b]0;x\x07")).encode(),
    ),
}


class Handler(BaseHTTPRequestHandler):
    """Answers as PAGES says; /huge sends 100 MB."""

    def do_GET(self) -> None:
        if self.path == "/huge":
            self.send_huge(declared=False)
        elif self.path == "/huge-declared":
            self.send_huge(declared=True)
        elif self.path in PAGES:
            content_type, body = PAGES[self.path]
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def send_huge(self, *, declared: bool) -> None:
        """Send 100 MB, until the other side has enough."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if declared:
            self.send_header("Content-Length", str(100 * MIB))
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b" " * MIB)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class HostileServer:
    """Where it is."""

    host: str

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    """Serve while the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield HostileServer(f"127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()
