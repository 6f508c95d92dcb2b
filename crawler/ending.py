"""How an attempt has ended, as whoever found out says it: the spider, or the worker that read the page."""

from dataclasses import dataclass

from storage.cause import Cause, CauseKind
from storage.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Ending:
    """A verdict and its reason. cause: what lies behind it, where the verdict alone does not tell what would help."""

    verdict: Verdict
    reason: str
    cause: Cause | None = None


def ending(verdict: Verdict, reason: str, kind: CauseKind, subject: str = "") -> Ending:
    """Return an ending with its cause."""
    return Ending(verdict, reason, Cause(kind, subject))
