"""One place of a site that could be watched, and what it gives. Not for which is best: that is choice.py."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.source import SourceKind
from storage.verdict import Verdict


class Rung(StrEnum):
    """How a place was found; the order is the ladder's."""

    ASKED = "the page itself"
    DECLARED = "declared by the page"
    HEADER = "named in its Link header"
    LINKED = "linked on the page"
    HOME = "the home page"
    OF_HOME = "declared by the home page"
    USUAL = "a usual path"
    ROBOTS = "named in robots.txt"
    INDEXED = "listed in a sitemap index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One place. url: after redirects.

    entries: URLs it lists. newest, in_week: by the dates that it gives its entries, or that stand in their addresses.
    is_dated: whether most of them have one that says when they were published. has_full_text: of a feed, whether most
    entries hold the whole text. narrow: of a feed, what it is restricted to. trouble: why it is of no use, and verdict
    the word for that.
    """

    url: str
    rung: Rung
    kind: SourceKind | None = None
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    in_week: int = 0
    is_dated: bool = False
    is_news: bool = False
    has_full_text: bool = False
    narrow: str = ""
    verdict: Verdict | None = None
    trouble: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether it could be watched at all."""
        return self.kind is not None and not self.trouble and self.entries > 0

    @property
    def what(self) -> str:
        """Its kind in words."""
        if self.kind is SourceKind.SITEMAP:
            return "news sitemap" if self.is_news else "sitemap"
        if self.kind is SourceKind.FEED:
            return f"feed of {self.narrow}" if self.narrow else "feed"
        return {SourceKind.SECTION: "section page", SourceKind.PAGE: "single page"}.get(
            self.kind or SourceKind.AUTO, ""
        )
