"""Each error names its subject, and survives the way out of a worker."""

import pickle

import pytest

from crawler import errors
from crawler.errors import (
    BadAuthorities,
    BadCoding,
    BadManifest,
    BadOpml,
    BadRedirect,
    BodyTooLarge,
    BrowserError,
    BrowserFailed,
    BrowserTimeout,
    CrawlerError,
    CrawlerGone,
    CutBody,
    HeadersTooLarge,
    HostOnHold,
    MissingVariable,
    PageTooHeavy,
    RefusedAddress,
    RobotsDenied,
    RobotsUnavailable,
    RunBytesSpent,
    RunStopped,
    UnreadableDocument,
    WorkerDied,
    WorkerTimeout,
)

URL = "https://example.org/page"
EXAMPLES: tuple[tuple[CrawlerError, str], ...] = (
    (RefusedAddress(URL, "its port"), f"{URL} was not fetched: its port"),
    (RobotsDenied(URL, "forbidden"), f"{URL} was not fetched: forbidden"),
    (RobotsUnavailable(URL, "HTTP 503"), f"{URL} was not fetched: HTTP 503"),
    (RunStopped(URL), URL),
    (BrowserError(URL, "its own word"), f"{URL}: its own word"),
    (BrowserTimeout(URL, 30.0), f"{URL}: the browser had not loaded it within 30 s"),
    (BrowserFailed(URL, "it crashed"), f"{URL}: it crashed"),
    (PageTooHeavy(URL, 2**25), "crawler.browser_page_bytes (32 MiB)"),
    (HeadersTooLarge("max_header_bytes", "64 KiB"), "crawler.max_header_bytes (64 KiB)"),
    (BodyTooLarge("200 times"), "200 times"),
    (CutBody(), "its body"),
    (BadCoding("its body is no gzip"), "no gzip"),
    (BadRedirect("http://["), "'http://['"),
    (HostOnHold("example.org", 900), "example.org asked us to wait, 15 min from now"),
    (RunBytesSpent(2**30), "1024 MiB at most (crawler.max_run_bytes)"),
    (BadAuthorities("ca.pem"), "crawler.ca_file ca.pem"),
    (MissingVariable("desk", "cookie id", "DESK_ID"), "desk: its cookie id needs the environment variable DESK_ID"),
    (WorkerTimeout(URL, 5.0), f"reading {URL} took more than 5 s"),
    (WorkerDied(URL, -9), f"{URL} ended with code -9"),
    (UnreadableDocument(URL, "no feed"), f"{URL} cannot be read: no feed"),
    (BadManifest("m.jsonl", 3, "no id"), "m.jsonl:3: no id"),
    (BadOpml("list.opml", 3, "no XML"), "list.opml:3: no XML"),
    (CrawlerGone(1), "code 1"),
)


@pytest.mark.parametrize(("error", "words"), EXAMPLES)
def test_an_error_names_its_subject(error: CrawlerError, words: str) -> None:
    assert words in str(error)


@pytest.mark.parametrize("error", [error for error, _ in EXAMPLES])
def test_an_error_crosses_a_pipe_whole(error: CrawlerError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


def test_every_error_has_its_example() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, CrawlerError)}
    leaves = {kind for kind in kinds if "__init__" in vars(kind)}
    assert leaves <= {type(error) for error, _ in EXAMPLES}
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in kinds)
