"""The closed list of how an attempt at one URL can end. Not for why: the reason stands beside the verdict."""

from enum import StrEnum


class Verdict(StrEnum):
    """How an attempt ended. Every URL of a run ends in exactly one."""

    CAPTURED = "captured"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    KNOWN = "known"
    FILTERED = "filtered"
    NOT_AN_ARTICLE = "not_an_article"
    TOO_SHORT = "too_short"
    PAYWALLED = "paywalled"
    CONSENT_WALL = "consent_wall"
    BLOCKED = "blocked"
    NEEDS_JAVASCRIPT = "needs_javascript"
    ROBOTS_DENIED = "robots_denied"
    REFUSED_ADDRESS = "refused_address"
    GONE = "gone"
    HTTP_ERROR = "http_error"
    NETWORK_ERROR = "network_error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    UNSUPPORTED_TYPE = "unsupported_type"
    UNREADABLE = "unreadable"

    @property
    def is_new(self) -> bool:
        """Whether the store holds a text it did not hold before."""
        return self in NEW

    @property
    def is_failure(self) -> bool:
        """Whether something went wrong that a person may want to look at."""
        return self in FAILURES


# paywalled and truncated pages are kept, flagged: what there is of them is new to the store.
NEW = frozenset({Verdict.CAPTURED, Verdict.CHANGED, Verdict.PAYWALLED, Verdict.TRUNCATED})
FAILURES = frozenset(
    {
        Verdict.BLOCKED,
        Verdict.CONSENT_WALL,
        Verdict.GONE,
        Verdict.HTTP_ERROR,
        Verdict.NEEDS_JAVASCRIPT,
        Verdict.NETWORK_ERROR,
        Verdict.NOT_AN_ARTICLE,
        Verdict.REFUSED_ADDRESS,
        Verdict.ROBOTS_DENIED,
        Verdict.TIMEOUT,
        Verdict.TOO_LARGE,
        Verdict.TOO_SHORT,
        Verdict.UNREADABLE,
        Verdict.UNSUPPORTED_TYPE,
    }
)
