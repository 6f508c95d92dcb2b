"""Whom the gate works for: what it needs of the spider behind a Scrapy crawler, with its types."""

import asyncio
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.gate.gate import Gate
    from crawler.ledger import Ledger
    from crawler.order import Order
    from crawler.workshop import Workshop


class Client(Protocol):
    """One run's spider. stop: set when the run is to end."""

    gate: "Gate"
    workshop: "Workshop"
    order: "Order"
    ledger: "Ledger"
    stop: asyncio.Event


def client_of(crawler: "Crawler") -> Client:
    """Return the spider of a crawl that has begun; Scrapy knows it as any spider."""
    assert crawler.spider is not None
    return cast("Client", crawler.spider)
