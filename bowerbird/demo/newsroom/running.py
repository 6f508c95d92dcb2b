"""Starts and stops the newsroom's three servers, in a thread of their own. Not for a public network: loopback only."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn

from bowerbird.demo.newsroom.app import Visit, build_app
from bowerbird.demo.newsroom.desk import Clock, Desk, utc_now
from bowerbird.demo.newsroom.errors import NotStarted
from bowerbird.demo.newsroom.expected import Expectation, Source, expected, watched_sources
from bowerbird.demo.newsroom.publication import PUBLICATIONS
from bowerbird.demo.newsroom.site import Site
from bowerbird.demo.newsroom.story import Story, load_stories

HOST = "127.0.0.1"
FREE_PORTS = (0, 0, 0)
START_TIMEOUT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The handle of a running newsroom. addresses: each publication's origin (`http://127.0.0.1:port`), by its key."""

    addresses: dict[str, str]
    desk: Desk
    requests: list[Visit] = field(default_factory=list)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Each publication's `host:port`, as `allow_private_hosts` wants it."""
        return tuple(address.removeprefix("http://") for address in self.addresses.values())

    @property
    def sources(self) -> tuple[Source, ...]:
        """The four places to watch."""
        return watched_sources(self.addresses)

    def url_of(self, slug: str) -> str:
        """Return the canonical URL of a story, out or not.

        Raises:
            UnknownStory: no story has that slug.
        """
        story = self.desk.story(slug)
        return self.addresses[story.publication] + story.path

    def publish_next(self) -> Story | None:
        """Bring out the next story that was held back; None when all are out."""
        return self.desk.publish_next()

    def correct(self, slug: str) -> Story:
        """Make the stored correction of a story.

        Raises:
            UnknownStory: no story has that slug.
            NoCorrection: it has no correction, or had it already.
        """
        return self.desk.correct(slug)

    def expected(self) -> tuple[Expectation, ...]:
        """Return how each address listed now ought to end on its first crawl."""
        return expected(self.desk, self.addresses)


@contextmanager
def running_newsroom(
    *, ports: Sequence[int] = FREE_PORTS, clock: Clock = utc_now, slow_seconds: float = 1.5
) -> Iterator[Newsroom]:
    """Serve the newsroom while the block runs; nothing is left of it after.

    ports: one for each publication, in the order of PUBLICATIONS; 0 takes a free one. slow_seconds: how long the
    slow page takes.

    Raises:
        OSError: a port is taken.
        NotStarted: the servers did not answer in time.
    """
    sockets = _bound_sockets(ports)
    keys = [publication.key for publication in PUBLICATIONS]
    addresses = {key: f"http://{HOST}:{sock.getsockname()[1]}" for key, sock in zip(keys, sockets, strict=True)}
    newsroom = Newsroom(addresses, Desk(load_stories(), clock=clock))
    servers = [_server(newsroom, index, slow_seconds=slow_seconds) for index in range(len(PUBLICATIONS))]
    thread = threading.Thread(target=lambda: asyncio.run(_serve(servers, sockets)), name="newsroom", daemon=True)
    thread.start()
    try:
        _await_start(servers)
        yield newsroom
    finally:
        for server in servers:
            server.should_exit = True
        thread.join()
        for sock in sockets:
            sock.close()


def _bound_sockets(ports: Sequence[int]) -> list[socket.socket]:
    sockets: list[socket.socket] = []
    try:
        sockets.extend(_listening(port) for port in ports)
    except OSError:
        for sock in sockets:
            sock.close()
        raise
    return sockets


def _listening(port: int) -> socket.socket:
    # With its protocol named: asyncio sets TCP_NODELAY on no other, and each answer would come 40 ms late.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _server(newsroom: Newsroom, index: int, *, slow_seconds: float) -> uvicorn.Server:
    site = Site(PUBLICATIONS[index], desk=newsroom.desk, addresses=newsroom.addresses)
    app = build_app(site, visits=newsroom.requests, slow_seconds=slow_seconds)
    config = uvicorn.Config(
        app, http="h11", ws="none", lifespan="off", log_config=None, log_level="critical", access_log=False,
        timeout_graceful_shutdown=1, server_header=False,
    )  # fmt: skip
    return uvicorn.Server(config)


async def _serve(servers: Sequence[uvicorn.Server], sockets: Sequence[socket.socket]) -> None:
    # Outside the main thread uvicorn installs no signal handlers: Ctrl-C stays the caller's.
    await asyncio.gather(*(server.serve(sockets=[sock]) for server, sock in zip(servers, sockets, strict=True)))


def _await_start(servers: Sequence[uvicorn.Server]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while not all(server.started for server in servers):
        if time.monotonic() > deadline:
            raise NotStarted(timeout_seconds=START_TIMEOUT_SECONDS)
        time.sleep(0.005)
