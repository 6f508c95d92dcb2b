"""What goes into reading one page, and what comes out. Picklable: it crosses into the workers and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.extract.sites.site import Site
from storage.article import Article
from storage.cause import Cause
from storage.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """One page to read. html: the decoded body; charset: what the HTTP header says; url: after redirects.

    url may be empty for a saved page: the page's own canonical link is used then.
    body_selector: a CSS selector of the main content, for a site the extractor gets wrong.
    rules: a person's own for single sites, those that may be for this page; body_selector comes before any rule.
    asked: the URL before redirects; empty, like status and headers (names in lower case), for a saved page.
    """

    html: bytes
    url: str
    charset: str | None = None
    body_selector: str | None = None
    rules: tuple[Site, ...] = ()
    asked: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read. article is None unless verdict is CAPTURED, PAYWALLED or TRUNCATED.

    article.id and article.content_hash are empty: the store gives them. seconds: CPU time of the page.
    """

    verdict: Verdict
    reason: str
    article: Article | None = None
    seconds: float = 0.0
    cause: Cause | None = None
