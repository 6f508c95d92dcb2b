"""What a failed request means: an exception or an HTTP status into a verdict with a reason. Pure."""

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

from crawler.ending import Ending, ending
from crawler.errors import (
    BadCoding,
    BadRedirect,
    BodyTooLarge,
    BrowserError,
    BrowserTimeout,
    CutBody,
    GateError,
    HeadersTooLarge,
    HostOnHold,
    PageTooHeavy,
    RefusedAddress,
    RobotsDenied,
    RobotsUnavailable,
    RunBytesSpent,
    RunStopped,
)
from crawler.settings import CrawlerSettings
from storage.cause import Cause, CauseKind
from storage.verdict import Verdict

MIB = 1024 * 1024
GATE_VERDICTS: dict[type[GateError], Verdict] = {
    BadCoding: Verdict.HTTP_ERROR,
    BadRedirect: Verdict.HTTP_ERROR,
    BodyTooLarge: Verdict.TOO_LARGE,
    BrowserTimeout: Verdict.TIMEOUT,
    CutBody: Verdict.NETWORK_ERROR,
    HeadersTooLarge: Verdict.TOO_LARGE,
    HostOnHold: Verdict.BLOCKED,
    PageTooHeavy: Verdict.TOO_LARGE,
    RunBytesSpent: Verdict.FILTERED,
    RunStopped: Verdict.TIMEOUT,
}
GATE_CAUSES: dict[type[GateError], CauseKind] = {
    BadCoding: CauseKind.MALFORMED,
    BadRedirect: CauseKind.MALFORMED,
    HeadersTooLarge: CauseKind.HEADERS,
    HostOnHold: CauseKind.TOO_MANY_REQUESTS,
}


def ending_of_error(error: BaseException, settings: CrawlerSettings) -> Ending:
    """Return how a request that raised error has ended."""
    if isinstance(error, GateError):
        return ending_at_gate(error, settings)
    match error:
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
    return ending_of_cause(root_of(error), settings)


def ending_at_gate(error: GateError, settings: CrawlerSettings) -> Ending:
    """Return how a request has ended that the gate did not let out, or whose answer it did not let in."""
    match error:
        case RefusedAddress():
            return Ending(Verdict.REFUSED_ADDRESS, error.why)
        case RobotsUnavailable():
            return ending(Verdict.ROBOTS_DENIED, error.why, CauseKind.ROBOTS_UNAVAILABLE)
        case RobotsDenied():
            return Ending(Verdict.ROBOTS_DENIED, error.why)
        case BodyTooLarge() if not error.why:
            return too_large(settings)
        case BrowserError():
            return Ending(GATE_VERDICTS.get(type(error), Verdict.NETWORK_ERROR), error.why)
    kind = GATE_CAUSES.get(type(error))
    verdict = GATE_VERDICTS.get(type(error), Verdict.NETWORK_ERROR)
    return Ending(verdict, str(error), Cause(kind) if kind else None)


def ending_of_cause(cause: BaseException, settings: CrawlerSettings) -> Ending:
    """Return how a request has ended whose error says nothing by itself."""
    if isinstance(cause, BrowserError | HeadersTooLarge):
        return ending_at_gate(cause, settings)
    if isinstance(cause, SSL.Error | VerificationError):
        why = why_insecure(cause)
        kind = CauseKind.CERTIFICATE if "certificate" in why else None
        return Ending(Verdict.NETWORK_ERROR, f"no secure connection: {why}", Cause(kind) if kind else None)
    text = " ".join(str(cause).split())[:200]
    said = f"{type(cause).__name__}: {text}" if text else type(cause).__name__
    if isinstance(cause, ValueError):
        return ending(Verdict.HTTP_ERROR, f"the server's answer is malformed: {said}", CauseKind.MALFORMED)
    return Ending(Verdict.NETWORK_ERROR, f"the connection failed: {said}")


def why_insecure(error: BaseException) -> str:
    """Return what OpenSSL or the check of the name has against a connection."""
    if isinstance(error, VerificationError):
        return "its certificate is for another name"
    reasons = [str(part[-1]) for part in error.args[0] if part] if error.args and error.args[0] else []
    return ", ".join(reasons) or "the handshake failed"


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
