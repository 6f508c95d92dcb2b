"""What goes into reading one page, and what comes out. Picklable: it crosses into the workers and back."""

from dataclasses import dataclass

from storage.article import Article
from storage.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """One page to read. html: the decoded body; charset: what the HTTP header says; url: after redirects.

    url may be empty for a saved page: the page's own canonical link is used then.
    body_selector: a CSS selector of the main content, for a site the extractor gets wrong.
    """

    html: bytes
    url: str
    charset: str | None = None
    body_selector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read. article is None unless verdict is CAPTURED, PAYWALLED or TRUNCATED.

    article.id and article.content_hash are empty: the store gives them. seconds: CPU time of the page.
    """

    verdict: Verdict
    reason: str
    article: Article | None = None
    seconds: float = 0.0
