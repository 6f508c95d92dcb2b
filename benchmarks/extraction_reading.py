"""One page, read by plain trafilatura and by ours: the results as the scorer takes them, and the CPU each took."""

import gc
import time
from dataclasses import dataclass
from typing import Any

import htmldate.meta
import trafilatura
from trafilatura.settings import Document

from benchmarks.extraction_stages import Stopwatch
from crawler.extract.body import LIBRARY_FAILURES, forget_texts
from crawler.extract.extraction import RawPage
from crawler.extract.page import read_page
from crawler.extract.report import report_reading

# No page pays for what is loaded once a process: the date parser's languages alone take two seconds.
WARM_UP = b"""<html><body><article><h1>Words</h1><p class="date">posted on 3 Juny 2020, 5 o'clock</p>
<p>Some words of an article, and some more of them.</p></article></body></html>"""


@dataclass(frozen=True, slots=True)
class Result:
    """What one of both gave for a page. record: as the scorer takes it; seconds: CPU; stages: ours, by name."""

    record: dict[str, Any]
    seconds: float
    stages: dict[str, float]


def read_plain(html: bytes, url: str) -> Result:
    """Read a page with trafilatura as it comes: metadata and text in one call, Markdown in a second one."""
    begun = time.process_time()
    try:
        record = plain_record(html, url or None)
    except LIBRARY_FAILURES as error:
        record = {"outcome": f"error: {type(error).__name__}"}
    return Result(record, time.process_time() - begun, {})


def plain_record(html: bytes, url: str | None) -> dict[str, Any]:
    """Return what trafilatura gives."""
    found = trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    markdown = trafilatura.extract(
        html,
        url=url,
        output_format="markdown",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
    )
    if not isinstance(found, Document):
        return {"outcome": "empty", "text": "", "markdown": markdown or ""}
    return {
        "title": found.title,
        "authors": found.author.split("; ") if found.author else [],
        "published": found.date,
        "tags": found.tags or [],
        "language": found.language,
        "text": found.text or "",
        "markdown": markdown or "",
        "outcome": "ok" if found.text else "empty",
    }


def read_ours(html: bytes, url: str, watch: Stopwatch) -> Result:
    """Read a page as a worker does: text, Markdown, clean HTML and all fields."""
    begun = time.process_time()
    watch.begin()
    reading = read_page(RawPage(html=html, url=url))
    stages = watch.end()
    seconds = time.process_time() - begun
    return Result(dict(report_reading(reading, page_id="", url=url)), seconds, stages)


def warm_up(watch: Stopwatch) -> None:
    """Let both read a made-up page."""
    read_plain(WARM_UP, "")
    read_ours(WARM_UP, "https://example.org/words", watch)


def forget() -> None:
    """Empty the caches that hold a page's texts, and collect what is garbage.

    What is made once a process stays, as in a worker and for anyone who calls trafilatura twice: emptying *all* its
    caches would make every reading that uses justext build the words of its hundred languages anew, 55 ms each.
    """
    forget_texts()
    htmldate.meta.reset_caches()
    gc.collect()
