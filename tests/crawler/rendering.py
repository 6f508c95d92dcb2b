"""What the tests of rendered pages share: whether they can run, pages that need a browser, and a run that renders."""

import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from crawler.candidate import Candidate
from crawler.gate.chromium import what_is_missing
from crawler.listener import Listener
from crawler.order import RunResult
from crawler.run import Runs, Targets
from crawler.settings import CrawlerSettings
from crawler.workshop import Workshop
from storage.outcome import Outcome
from storage.source import SourceKind
from tests.crawler.fetching import opened_scratch, order_for
from tests.crawler.raw_server import article

SHELL = b"<html lang='en'><head>%s</head><body><noscript>Enable JavaScript</noscript></body></html>"


def needs_browser() -> None:
    """Skip the test where pages cannot be rendered; in CI that is a failure."""
    missing = what_is_missing(None)
    if missing is None:
        return
    message = f"{missing}; on Debian: apt-get install chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def app(data: str = "/data") -> bytes:
    """Return a page that is empty until its script has fetched data."""
    script = f"fetch('{data}').then(a => a.text()).then(t => {{ document.body.innerHTML = t }})"
    return scripted(f"addEventListener('DOMContentLoaded', () => {script})")


def scripted(script: str) -> bytes:
    """Return a page that is empty but for a script in its head."""
    return SHELL % f"<script>{script}</script>".encode()


def storm(script: str) -> bytes:
    """Return an article with a script behind it."""
    return article("Storm").replace(b"</body>", f"<script>{script}</script></body>".encode())


async def rendered(
    settings: CrawlerSettings,
    urls: Sequence[str],
    *,
    render: str = "browser",
    watch: Callable[[Workshop], None] = lambda _: None,
) -> tuple[RunResult, list[Outcome]]:
    """Fetch urls in one run of a source that renders. watch: called with each verdict. Nothing may be left running."""

    class Watcher(Listener):
        def recorded(self, recorded: Any) -> None:
            watch(workshop)

    async with opened_scratch(settings) as (workshop, books):
        order = order_for(trigger="ingest", kind=SourceKind.PAGE, render=render)
        candidates = tuple(Candidate(url=url, origin="ingest") for url in urls)
        result = await Runs(workshop, listener=Watcher()).ingest(order, Targets(candidates))
        assert not workshop.browser.is_running
    return result, books.outcomes
