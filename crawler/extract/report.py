"""The JSON object that ``bowerbird extract`` prints for a page. A contract: programs rely on its keys."""

from typing import TypedDict

from crawler.extract.extraction import RawPage
from crawler.extract.page import KEPT, Reading, read_page
from storage.article import Article, Moment


class OriginReport(TypedDict):
    """Where a field came from."""

    origin: str
    confidence: str


class PageReport(TypedDict):
    """One page. outcome: ``ok``, or the verdict. text and markdown are what was found, whatever the outcome."""

    id: str
    url: str
    title: str | None
    authors: list[str]
    author_kinds: list[str]
    published: str | None
    modified: str | None
    date_confidence: str | None
    tags: list[str]
    language: str | None
    type: str
    text: str
    markdown: str
    outcome: str
    reason: str
    seconds: float
    origins: dict[str, OriginReport]


def report_page(raw: RawPage, page_id: str) -> PageReport:
    """Read a page and return its report."""
    return report_reading(read_page(raw), page_id=page_id, url=raw.url)


def report_reading(reading: Reading, *, page_id: str, url: str) -> PageReport:
    """The report of a page that has been read. page_id: what the caller knows it by."""
    article, judgement = reading.article or Article(url=url), reading.judgement
    return PageReport(
        id=page_id,
        url=article.url,
        title=article.title or None,
        authors=[author.name for author in article.authors],
        author_kinds=[author.kind for author in article.authors],
        published=stamp(article.published_at),
        modified=stamp(article.modified_at),
        date_confidence=article.origins["published_at"].confidence if "published_at" in article.origins else None,
        tags=list(article.tags),
        language=article.language,
        type=article.type,
        text=article.text,
        markdown=article.body,
        outcome="ok" if judgement.verdict in KEPT else judgement.verdict.value,
        reason=judgement.reason,
        seconds=round(reading.seconds, 6),
        origins={
            name: OriginReport(origin=origin.origin, confidence=origin.confidence)
            for name, origin in article.origins.items()
        },
    )


def stamp(moment: Moment | None) -> str | None:
    """ISO 8601: a date without a time stays one."""
    return moment.isoformat() if moment is not None else None
