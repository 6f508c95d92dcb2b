"""What one attempt brought, on its way into the store and back. Not for how it was fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.article import Article, Moment
from storage.cause import Cause
from storage.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A raw response that is kept. body is decoded from its transfer coding, not from its charset."""

    url: str
    fetched_at: datetime
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """What a later conditional request for url may send. body_hash is the SHA-256 of the body in hex.

    offers_hash: of what a source's document offered; it stays where only its bytes differ. checked_at: when a whole
    body was last had.
    unchanged_answers: how often in a row the server has said that nothing changed, since a whole body was last had.
    is_distrusted: it has said so of a body that had changed; no conditional request is sent any more.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str = ""
    offers_hash: str = ""
    checked_at: datetime | None = None
    unchanged_answers: int = 0
    is_distrusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one attempt ended, as the crawler saw it.

    url: as the source offered it. final_url: after redirects. redirects: the URLs on the way, without final_url.
    verdict: CAPTURED (or PAYWALLED, TRUNCATED) wherever article is given: the store decides between captured, changed,
    unchanged and duplicate. Any other verdict is kept as it is.
    has_own_text: False where the article's text is what somebody said of it, by which no two articles are one.
    not_modified: the server answered 304. cause: what lies behind the verdict, where that alone does not tell.
    validator: stored in the same transaction, for the next conditional request.
    """

    url: str
    verdict: Verdict
    reason: str
    at: datetime
    final_url: str | None = None
    redirects: tuple[str, ...] = ()
    status: int | None = None
    seconds: float = 0.0
    bytes: int = 0
    not_modified: bool = False
    has_own_text: bool = True
    article: Article | None = None
    page: Page | None = None
    validator: Validator | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the store made of an outcome."""

    url: str
    verdict: Verdict
    reason: str
    article_id: str | None = None
    title: str = ""
    duplicate_of: str | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the store knows of a URL before it is fetched. published_at: of the article seen there."""

    url: str
    verdict: Verdict
    first_at: datetime
    last_at: datetime
    article_id: str | None = None
    published_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A URL and how it ended."""

    url: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One stored attempt: a line of the story that `bowerbird why` tells."""

    run_id: int
    source: str
    url: str
    verdict: Verdict
    reason: str
    at: datetime
    final_url: str | None = None
    redirects: tuple[str, ...] = ()
    status: int | None = None
    seconds: float = 0.0
    bytes: int = 0
    not_modified: bool = False
    article_id: str | None = None
    title: str = ""
    duplicate_of: str | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a run cost. Requests count robots.txt, redirects and the source's own documents too."""

    offered: int = 0
    requests: int = 0
    not_modified: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One visit of a source, or one ingest. status: running, finished, failed or interrupted."""

    id: int
    source: str
    trigger: str
    status: str
    started_at: datetime
    finished_at: datetime | None = None
    reason: str = ""
    totals: Totals = Totals()
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)

    @property
    def attempts(self) -> int:
        """Attempts of the run: always the sum of its verdicts."""
        return sum(self.verdicts.values())
