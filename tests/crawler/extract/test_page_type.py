"""Which type a page is, by mark-up and program, never by the words of its address."""

import pytest

from crawler.extract.document import parse_page
from crawler.extract.page_type import page_type
from crawler.extract.structured import read_clues

LD = '<script type="application/ld+json">{}</script>'


def type_of(head: str = "", body: str = "<p>Words.</p>", *, attributes: str = "", body_attributes: str = "") -> str:
    html = f"<html {attributes}><head>{head}</head><body {body_attributes}>{body}</body></html>"
    page = parse_page(html.encode())
    assert page is not None
    return page_type(read_clues(page.tree, url="https://example.org/forum/docs/product/1"))


@pytest.mark.parametrize(
    ("expected", "head"),
    [
        ("article", ""),
        ("article", LD.format('{"@type": "NewsArticle", "headline": "A bridge opens"}')),
        ("video", '<meta property="og:type" content="video.other">'),
        ("forum", LD.format('{"@type": "DiscussionForumPosting", "headline": "Which bridge?"}')),
        ("forum", LD.format('{"@type": "QAPage", "mainEntity": {"@type": "Question", "name": "Which bridge?"}}')),
        ("forum", '<meta name="generator" content="Discourse 3.2.0">'),
        ("product", LD.format('{"@type": "Product", "name": "A bridge, in brass"}')),
        ("product", '<meta property="og:type" content="og:product">'),
        ("article", LD.format('[{"@type": "Product", "name": "One"}, {"@type": "Product", "name": "Two"}]')),
        (
            "article",
            LD.format('[{"@type": "NewsArticle", "headline": "A test"}, {"@type": "Product", "name": "The tested"}]'),
        ),
        ("documentation", '<meta name="generator" content="Sphinx 7.2">'),
        ("documentation", LD.format('{"@type": "APIReference", "name": "open()"}')),
    ],
    ids=lambda value: value[:48],
)
def test_the_mark_up_tells_the_type(expected: str, head: str) -> None:
    assert type_of(head) == expected


def test_microdata_tells_the_type_too() -> None:
    question = '<div itemscope itemtype="https://schema.org/QAPage"><h1>Which bridge?</h1></div>'
    thing = '<div itemscope itemtype="http://schema.org/Product"><h1>A bridge, in brass</h1></div>'
    assert (type_of(body=question), type_of(body=thing), type_of(body=thing * 2)) == ("forum", "product", "article")


def test_a_program_is_known_by_what_it_writes_around_a_page() -> None:
    assert type_of(attributes='id="XF"') == "forum"
    assert type_of(body_attributes='class="ipsApp ipsApp_front"') == "forum"
    assert type_of(body_attributes='class="wy-body-for-nav"') == "documentation"
