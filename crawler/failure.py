"""What a failed request means: an exception or an HTTP status into a verdict with a reason. Pure."""

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

from crawler.ending import Ending, ending
from crawler.errors import HeadersTooLarge, RefusedAddress, RobotsDenied, RobotsUnavailable
from crawler.settings import CrawlerSettings
from storage.cause import CauseKind
from storage.verdict import Verdict

MIB = 1024 * 1024


def ending_of_error(error: BaseException, settings: CrawlerSettings) -> Ending:
    """Return how a request that raised error has ended."""
    match error:
        case RefusedAddress():
            return Ending(Verdict.REFUSED_ADDRESS, error.why)
        case RobotsUnavailable():
            return ending(Verdict.ROBOTS_DENIED, error.why, CauseKind.ROBOTS_UNAVAILABLE)
        case RobotsDenied():
            return Ending(Verdict.ROBOTS_DENIED, error.why)
        case DownloadTimeoutError():
            return Ending(Verdict.TIMEOUT, f"no complete answer within {settings.request_seconds:g} s")
        case DownloadCancelledError():
            return too_large(settings)
        case CannotResolveHostError():
            reason = "its host name is not known to the DNS"
            return ending(Verdict.NETWORK_ERROR, reason, CauseKind.UNKNOWN_HOST)
        case DownloadConnectionRefusedError():
            reason = "the server refused the connection"
            return ending(Verdict.NETWORK_ERROR, reason, CauseKind.CONNECTION_REFUSED)
        case ResponseDataLossError():
            return Ending(Verdict.NETWORK_ERROR, "the connection was cut before the page was complete")
        case NotSupported() | UnsupportedURLSchemeError():
            return Ending(Verdict.REFUSED_ADDRESS, "only http and https are fetched")
        case IgnoreRequest() if "DOWNLOAD_MAXSIZE" in str(error):
            return too_large(settings)
        case IgnoreRequest() if "redirection" in str(error):
            reason = f"it redirects more than {settings.max_redirects} times"
            return ending(Verdict.HTTP_ERROR, reason, CauseKind.TOO_MANY_REDIRECTS)
    return ending_of_cause(root_of(error))


def ending_of_cause(cause: BaseException) -> Ending:
    """Return how a request has ended whose error says nothing by itself."""
    if isinstance(cause, HeadersTooLarge):
        return ending(Verdict.TOO_LARGE, str(cause), CauseKind.HEADERS)
    text = " ".join(str(cause).split())[:200]
    said = f"{type(cause).__name__}: {text}" if text else type(cause).__name__
    if isinstance(cause, ValueError):
        return ending(Verdict.HTTP_ERROR, f"the server's answer is malformed: {said}", CauseKind.MALFORMED)
    return Ending(Verdict.NETWORK_ERROR, f"the connection failed: {said}")


def too_large(settings: CrawlerSettings) -> Ending:
    """Return the ending of a body past its limit."""
    limit = settings.max_page_bytes / MIB
    return Ending(Verdict.TOO_LARGE, f"its body is larger than crawler.max_page_bytes ({limit:.3g} MiB)")


def root_of(error: BaseException) -> BaseException:
    """Return what lies at the bottom of a chain of exceptions."""
    reasons = getattr(error, "reasons", None)
    if reasons:
        return root_of(reasons[0].value)
    is_wrapper = isinstance(error, DownloadFailedError) or not str(error).strip("[]'\" ")
    if error.__cause__ is not None and is_wrapper:
        return root_of(error.__cause__)
    return error


def ending_of_status(status: int) -> Ending | None:
    """Return how a response with that status has ended, or None where there is a page to read."""
    if 200 <= status < 300:
        return None
    match status:
        case 404 | 410:
            return Ending(Verdict.GONE, f"the server says it is not there (HTTP {status})")
        case 401 | 407:
            return ending(Verdict.BLOCKED, f"the server asks for a login (HTTP {status})", CauseKind.LOGIN)
        case 403:
            return ending(Verdict.BLOCKED, "the server does not let us in (HTTP 403)", CauseKind.FORBIDDEN)
        case 451:
            return ending(Verdict.BLOCKED, "the server may not show it for legal reasons (HTTP 451)", CauseKind.LEGAL)
        case 429:
            reason = "the server says we ask too often (HTTP 429)"
            return ending(Verdict.BLOCKED, reason, CauseKind.TOO_MANY_REQUESTS)
        case _ if status >= 500:
            return ending(Verdict.HTTP_ERROR, f"the server answered with HTTP {status}", CauseKind.SERVER_ERROR)
    return Ending(Verdict.HTTP_ERROR, f"the server answered with HTTP {status}")
