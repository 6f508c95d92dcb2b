"""Why an attempt ended as it did, in a word that can be counted and looked up. Not for people: the reason says it."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_SUBJECT = 200


class CauseKind(StrEnum):
    """What lies behind a verdict, where the verdict alone does not say what helps."""

    # filtered
    EXCLUDED = "excluded"
    NOT_INCLUDED = "not_included"
    TOO_OLD = "too_old"
    PAGE_LIMIT = "page_limit"
    # not_an_article
    HOME_PAGE = "home_page"
    LISTING = "listing"
    PARKED = "parked"
    FORWARDING = "forwarding"
    # paywalled
    DECLARED_PAYWALL = "declared_paywall"
    CUT_TEXT = "cut_text"
    CUT_AGAINST_FEED = "cut_against_feed"
    # consent_wall
    CONSENT = "consent"
    # blocked
    CHALLENGE = "challenge"
    LOGIN = "login"
    FORBIDDEN = "forbidden"
    TOO_MANY_REQUESTS = "too_many_requests"
    LEGAL = "legal"
    # needs_javascript
    EMPTY_SHELL = "empty_shell"
    TEXT_IN_SCRIPT = "text_in_script"
    # robots_denied
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    # gone
    SOFT_NOT_FOUND = "soft_not_found"
    # http_error
    TOO_MANY_REDIRECTS = "too_many_redirects"
    SERVER_ERROR = "server_error"
    MALFORMED = "malformed"
    OUT_OF_ORDER = "out_of_order"
    # network_error
    UNKNOWN_HOST = "unknown_host"
    CONNECTION_REFUSED = "connection_refused"
    CERTIFICATE = "certificate"
    # too_large
    HEADERS = "headers"
    # unreadable
    WORKER = "worker"
    SELECTOR = "selector"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind, and what it is about: the pattern that matched, the maker of the wall."""

    kind: CauseKind
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject[:LONGEST_SUBJECT]}" if self.subject else str(self.kind)


def parse_cause(text: str | None) -> Cause | None:
    """Return the cause that was written as text; None for nothing, and for a kind of a later version."""
    kind, _, subject = (text or "").partition(":")
    return Cause(CauseKind(kind), subject) if kind in frozenset(CauseKind) else None
