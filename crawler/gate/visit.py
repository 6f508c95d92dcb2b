"""One page's stay in the browser: its credentials at the proxy, what it may still spend, what went wrong meanwhile."""

import asyncio
import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Protocol


class Connection(Protocol):
    """A connection of the page, which ends with its visit."""

    def drop(self) -> None:
        """Close it now."""


def token() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a page: its HTML after its scripts, or what its server said where that is no page to render.

    html: None for a redirect, which Scrapy follows, and for a file, whose bytes are in body.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    html: str | None = None
    body: bytes = b""


@dataclass(slots=True, eq=False)
class Visit:
    """url: the page asked for. most_requests, most_bytes: what it may ask for and receive, all in all.

    headers: sent to the page's own origin beside the browser's.
    failures: why no connection came about, by host and port. document: the server's word on the page, without a body.
    answer, fault: how the visit has ended, one way or the other.
    """

    url: str
    most_requests: int
    most_bytes: int
    requests: int = 0
    bytes: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    name: str = field(default_factory=token)
    password: str = field(default_factory=token)
    failures: dict[tuple[str, int], Exception] = field(default_factory=dict)
    connections: set[Connection] = field(default_factory=set)
    document: Answer | None = None
    answer: Answer | None = None
    fault: Exception | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False
    is_prepared: bool = False
    has_navigated: bool = False

    def admits(self, password: str) -> bool:
        """Whether password is this visit's, and the visit not over."""
        return not self.is_over and compare_digest(password.encode(), self.password.encode())

    def take_request(self) -> bool:
        """Count a request; False where there have been enough."""
        self.requests += 1
        return self.requests <= self.most_requests

    def take_bytes(self, count: int) -> bool:
        """Count bytes received; False where there have been enough."""
        self.bytes += count
        return self.bytes <= self.most_bytes

    def give(self, answer: Answer) -> None:
        """End the visit with what came of it."""
        self.answer = self.answer or answer
        self.ended.set()

    def stop(self, fault: Exception) -> None:
        """Give the page up; the first fault counts."""
        self.fault = self.fault or fault
        self.ended.set()

    def close(self) -> None:
        """Let nothing more out, and close what is still connected."""
        self.is_over = True
        for connection in tuple(self.connections):
            connection.drop()
