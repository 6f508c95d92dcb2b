import json

from crawler.extract.extraction import RawPage
from crawler.extract.report import report_page

KEYS = {
    "id", "url", "title", "authors", "author_kinds", "published", "modified", "date_confidence", "tags", "language",
    "type", "text", "markdown", "outcome", "reason", "seconds", "origins",
}  # fmt: skip
PROSE = "<p>" + "Words that make an article out of a page that was made up. " * 8 + "</p>"


def test_an_article_is_reported_with_every_key() -> None:
    html = f"""<html lang="en"><head><meta name="author" content="Ada Bower">
    <meta property="article:published_time" content="2026-04-02T09:30:00+10:00"></head>
    <body><article><h1>Blue</h1>{PROSE}</article></body></html>""".encode()
    report = report_page(RawPage(html=html, url="https://example.org/blue"), "p1")
    assert set(report) == KEYS
    assert json.loads(json.dumps(report)) == report
    assert (report["id"], report["outcome"], report["published"]) == ("p1", "ok", "2026-04-02T09:30:00+10:00")
    assert (report["authors"], report["author_kinds"]) == (["Ada Bower"], ["person"])
    assert report["date_confidence"] == "sure"
    assert report["origins"]["title"] == {"origin": "html", "confidence": "guess"}
    assert report["seconds"] > 0


def test_what_is_no_article_is_reported_as_its_verdict() -> None:
    report = report_page(RawPage(html=b"%PDF", url="https://example.org/a.pdf"), "p2")
    assert set(report) == KEYS
    assert (report["outcome"], report["text"], report["published"]) == ("unsupported_type", "", None)
