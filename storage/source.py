"""A place to watch, as its owner describes it. Not for its state: that is in the store."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class SourceKind(StrEnum):
    """What stands at a source's URL; ``auto`` looks at it first."""

    AUTO = "auto"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. include and exclude are URL patterns; since and every are spans or a cron string."""

    name: str
    url: str
    kind: SourceKind = SourceKind.AUTO
    every: str = "auto"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: str | None = None
    tags: tuple[str, ...] = ()
    category: str = ""
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source with what the store knows of it. Times are aware UTC.

    origin: ``file`` where settings.yaml holds it, ``store`` where ``sources add`` did.
    found_kind: what looking at an ``auto`` source showed.
    failures: runs in a row that failed.
    """

    source: Source
    origin: Literal["file", "store"] = "store"
    is_paused: bool = False
    found_kind: SourceKind | None = None
    next_run_at: datetime | None = None
    last_run_at: datetime | None = None
    claimed_until: datetime | None = None
    failures: int = 0

    @property
    def kind(self) -> SourceKind:
        """The kind to crawl it as: its own, or what was found."""
        if self.source.kind is SourceKind.AUTO and self.found_kind:
            return self.found_kind
        return self.source.kind
