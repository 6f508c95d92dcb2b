"""A place to watch, as its owner describes it. Not for its state: that is in the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    """One source. include and exclude are URL patterns; since and every are spans or a cron string.

    recheck: ages at which an article is fetched again, () for never, None for what the crawler's settings say.
    max_pages: fetched in one run; None for what the crawler's settings say. full_text: ``feed`` where the feed's own
    text is taken instead of the page. headers, cookies: sent to the source's own site only; a value may hold
    ``${VARIABLE}``, filled when it is sent and never kept filled. render: ``browser`` runs the page's scripts first.
    fallbacks: other URLs of the same news, tried in this order where url fails or stays empty.
    own_url: while it is visited at one of them, the URL it was declared with; headers and cookies are for that site.
    """

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
    recheck: tuple[str, ...] | None = None
    max_pages: int | None = None
    full_text: Literal["page", "feed"] = "page"
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    render: Literal["none", "browser"] = "none"
    fallbacks: tuple[str, ...] = ()
    own_url: str | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Its own URL and its fallbacks, in the order in which they are tried."""
        return (self.url, *self.fallbacks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a source is looked for after a run. place, since, because, own_tried_at: as SourceState has them.

    unlearned: URLs that were left or come to: what was found there before is forgotten, so that they are read in full.
    is_moved: whether place differs from what it was.
    """

    place: int
    empty_runs: int
    since: datetime | None = None
    because: str = ""
    own_tried_at: datetime | None = None
    unlearned: tuple[str, ...] = ()
    is_moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source with what the store knows of it. Times are aware UTC.

    origin: ``file`` where settings.yaml holds it, ``store`` where ``sources add`` did.
    found_kind: what looking at an ``auto`` source showed.
    failures: runs in a row that failed. empty_runs: runs in a row that failed or found nothing offered.
    place: where in source.places it is looked for now; place_since and place_because: since when and why, where that is
    a fallback. own_tried_at: when its own URL was last tried meanwhile.
    """

    source: Source
    origin: Literal["file", "store"] = "store"
    is_paused: bool = False
    found_kind: SourceKind | None = None
    next_run_at: datetime | None = None
    last_run_at: datetime | None = None
    claimed_until: datetime | None = None
    failures: int = 0
    empty_runs: int = 0
    place: int = 0
    place_since: datetime | None = None
    place_because: str = ""
    own_tried_at: datetime | None = None

    @property
    def url(self) -> str:
        """Where it is looked for now: its own URL, or a fallback."""
        places = self.source.places
        return places[self.place] if self.place < len(places) else self.source.url

    @property
    def kind(self) -> SourceKind:
        """The kind to crawl it as: its own, or what was found. What stands at a fallback is looked at."""
        declared = self.source.kind if self.url == self.source.url else SourceKind.AUTO
        return self.found_kind if declared is SourceKind.AUTO and self.found_kind else declared

    @property
    def target(self) -> Source:
        """The source as a run is to visit it: at the place where it is looked for now."""
        own = self.source.url
        return self.source if self.url == own else replace(self.source, url=self.url, own_url=own)
