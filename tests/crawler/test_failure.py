"""Errors and statuses into verdicts, each with a reason a person can act on."""

import pytest
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.errors import (
    BadCoding,
    BadRedirect,
    BodyTooLarge,
    BrowserFailed,
    BrowserTimeout,
    CutBody,
    HeadersTooLarge,
    HostOnHold,
    PageTooHeavy,
    RefusedAddress,
    RobotsDenied,
    RobotsUnavailable,
    RunBytesSpent,
)
from crawler.failure import ending_of_error, ending_of_status
from crawler.settings import CrawlerSettings
from storage.cause import CauseKind
from storage.verdict import Verdict

URL = "https://example.org/"


def wrapped(error: Exception) -> DownloadFailedError:
    """Return error as Twisted and Scrapy hand it on."""
    try:
        reason: Exception = ResponseFailed([Failure(error)])  # type: ignore[no-untyped-call]
        raise DownloadFailedError(str(reason)) from reason
    except DownloadFailedError as failed:
        return failed


NO_ROUTE: Exception = ConnectError(string="no route")  # type: ignore[no-untyped-call]
ENDINGS: tuple[tuple[BaseException, Verdict, str], ...] = (
    (RefusedAddress(URL, "10.0.0.1 is not public"), Verdict.REFUSED_ADDRESS, "10.0.0.1 is not public"),
    (RobotsDenied(URL, "robots.txt forbids it"), Verdict.ROBOTS_DENIED, "robots.txt forbids it"),
    (RobotsUnavailable(URL, "HTTP 503"), Verdict.ROBOTS_DENIED, "HTTP 503"),
    (DownloadTimeoutError("x"), Verdict.TIMEOUT, "within 30 s"),
    (DownloadCancelledError("x"), Verdict.TOO_LARGE, "crawler.max_page_bytes (10 MiB)"),
    (IgnoreRequest("exceeded DOWNLOAD_MAXSIZE (10 B)"), Verdict.TOO_LARGE, "crawler.max_page_bytes"),
    (IgnoreRequest("max redirections reached"), Verdict.HTTP_ERROR, "more than 5 times"),
    (CannotResolveHostError("x"), Verdict.NETWORK_ERROR, "not known to the DNS"),
    (DownloadConnectionRefusedError("x"), Verdict.NETWORK_ERROR, "refused the connection"),
    (ResponseDataLossError(), Verdict.NETWORK_ERROR, "cut before"),
    (NotSupported("x"), Verdict.REFUSED_ADDRESS, "only http and https"),
    (UnsupportedURLSchemeError("x"), Verdict.REFUSED_ADDRESS, "only http and https"),
    (wrapped(ConnectionLost("bye")), Verdict.NETWORK_ERROR, "ConnectionLost"),
    (BrowserTimeout(URL, 30.0), Verdict.TIMEOUT, "the browser had not loaded it within 30 s"),
    (BrowserFailed(URL, "the browser ended"), Verdict.NETWORK_ERROR, "the browser ended"),
    (PageTooHeavy(URL, 2**25), Verdict.TOO_LARGE, "in the browser it loads more than"),
    (wrapped(HeadersTooLarge("max_headers", "100")), Verdict.TOO_LARGE, "more than crawler.max_headers (100)"),
    (BadCoding("its body is no gzip"), Verdict.HTTP_ERROR, "no gzip"),
    (BadRedirect("http://["), Verdict.HTTP_ERROR, "no URL"),
    (BodyTooLarge(), Verdict.TOO_LARGE, "crawler.max_page_bytes (10 MiB)"),
    (BodyTooLarge("200 times its size"), Verdict.TOO_LARGE, "200 times its size"),
    (CutBody(), Verdict.NETWORK_ERROR, "ends before"),
    (HostOnHold("example.org", 7200), Verdict.BLOCKED, "2 h from now"),
    (RunBytesSpent(2**30), Verdict.FILTERED, "waits for the next"),
    (NO_ROUTE, Verdict.NETWORK_ERROR, "no route"),
    (ValueError("Invalid IPv6 URL"), Verdict.HTTP_ERROR, "malformed: ValueError: Invalid IPv6 URL"),
    (RuntimeError("a\n" * 900), Verdict.NETWORK_ERROR, "RuntimeError: a a a"),
    (RuntimeError(), Verdict.NETWORK_ERROR, "RuntimeError"),
)


@pytest.mark.parametrize(("error", "verdict", "words"), ENDINGS)
def test_an_error_becomes_a_verdict_with_a_reason(error: BaseException, verdict: Verdict, words: str) -> None:
    ending = ending_of_error(error, CrawlerSettings())
    assert ending.verdict is verdict
    assert words in ending.reason
    assert "\n" not in ending.reason
    assert len(ending.reason) < 300
    assert "Failure" not in ending.reason


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (RobotsDenied(URL, "robots.txt forbids it"), None),
        (RobotsUnavailable(URL, "HTTP 503"), CauseKind.ROBOTS_UNAVAILABLE),
        (CannotResolveHostError("x"), CauseKind.UNKNOWN_HOST),
        (DownloadConnectionRefusedError("x"), CauseKind.CONNECTION_REFUSED),
        (IgnoreRequest("max redirections reached"), CauseKind.TOO_MANY_REDIRECTS),
        (wrapped(HeadersTooLarge("max_headers", "100")), CauseKind.HEADERS),
        (ValueError("x"), CauseKind.MALFORMED),
        (SSL.Error([("SSL routines", "", "certificate verify failed")]), CauseKind.CERTIFICATE),
        (VerificationError(errors=[]), CauseKind.CERTIFICATE),
        (SSL.Error([("SSL routines", "", "wrong version number")]), None),
    ],
)
def test_what_lies_behind_an_error_is_told_where_the_verdict_does_not_tell(
    error: BaseException, cause: CauseKind | None
) -> None:
    found = ending_of_error(error, CrawlerSettings()).cause
    assert (found.kind if found else None) is cause


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, None), (203, None), (204, None), (206, None), (299, None),
        (301, Verdict.HTTP_ERROR), (304, Verdict.HTTP_ERROR), (400, Verdict.HTTP_ERROR), (401, Verdict.BLOCKED),
        (402, Verdict.HTTP_ERROR), (403, Verdict.BLOCKED), (404, Verdict.GONE), (407, Verdict.BLOCKED),
        (410, Verdict.GONE), (418, Verdict.HTTP_ERROR), (429, Verdict.BLOCKED), (451, Verdict.BLOCKED),
        (500, Verdict.HTTP_ERROR), (503, Verdict.HTTP_ERROR), (999, Verdict.HTTP_ERROR), (100, Verdict.HTTP_ERROR),
    ],
)  # fmt: skip
def test_a_status_becomes_a_verdict_that_names_it(status: int, verdict: Verdict | None) -> None:
    ending = ending_of_status(status)
    assert (ending.verdict if ending else None) is verdict
    assert ending is None or f"HTTP {status}" in ending.reason
