"""Pages of nothing but teasers, that do not say what they are."""

import pytest

from crawler.extract.extraction import RawPage
from crawler.extract.page import extract_page
from storage.verdict import Verdict

URL = "https://news.example.org/stories"
SENTENCE = "The keeper counted the boats twice on Monday and found one more than there ought to be."
LIST, CAPTURED = Verdict.NOT_AN_ARTICLE, Verdict.CAPTURED


def teasers(count: int, *, below: str = SENTENCE, link: str = "/a/{}", wrapped: str = "div") -> bytes:
    one = '<h2><a href="{}">Story number {} of the many that stand here</a></h2><p>{}</p>'
    inner = (one.format(link.format(n), n, below) for n in range(count))
    body = "".join(f"<{wrapped}>{each}</{wrapped}>" if wrapped else each for each in inner)
    return f"<html><head><title>Stories</title></head><body><main><h1>Stories</h1>{body}</main></body></html>".encode()


PAGES = {
    "forty of a sentence each": (teasers(40), LIST),
    "without elements of their own": (teasers(40, wrapped=""), LIST),
    "in list items": (teasers(12, wrapped="li"), LIST),
    "too few to tell": (teasers(8), CAPTURED),
    "a list of the best, each at its maker's": (teasers(40, link="https://shop{}.example.net/"), CAPTURED),
    "chapters linked to themselves": (teasers(40, link="#chapter-{}", wrapped=""), CAPTURED),
    "chapters below linked headings": (teasers(12, below=f"{SENTENCE} " * 6, wrapped=""), CAPTURED),
}


@pytest.mark.parametrize(("html", "verdict"), PAGES.values(), ids=PAGES)
def test_a_plain_list_of_its_site_s_pages_is_no_article(html: bytes, verdict: Verdict) -> None:
    read = extract_page(RawPage(html=html, url=URL))
    assert read.verdict is verdict, read.reason
