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
    """A main document that is not rendered: a redirect, which Scrapy follows, or something that is no page."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


@dataclass(slots=True, eq=False)
class Visit:
    """url: the page asked for. most_requests, most_bytes: what it may ask for and receive, all in all.

    failures: why no connection came about, by host and port. answer: see Answer. fault: what stopped the visit.
    """

    url: str
    most_requests: int
    most_bytes: int
    requests: int = 0
    bytes: int = 0
    name: str = field(default_factory=token)
    password: str = field(default_factory=token)
    failures: dict[tuple[str, int], Exception] = field(default_factory=dict)
    connections: set[Connection] = field(default_factory=set)
    answer: Answer | None = None
    fault: Exception | None = None
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
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

    def stop(self, fault: Exception) -> None:
        """Give the page up; the first fault counts."""
        self.fault = self.fault or fault
        self.stopped.set()

    def end(self) -> None:
        """Let nothing more out, and close what is still connected."""
        self.is_over = True
        for connection in tuple(self.connections):
            connection.drop()
