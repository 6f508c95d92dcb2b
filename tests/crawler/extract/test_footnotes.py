"""Footnotes, in the mark-up of the tools that write them: referred to by number, their texts at the end."""

import pytest

from crawler.extract.extraction import RawPage
from crawler.extract.page import read_page
from storage.article import Article

PROSE = "<p>The swing bridge opened at noon, and the first boat to pass was the ferry from the island, late again.</p>"


def article_of(reference: str, notes: str) -> Article:
    text = f"{PROSE * 3}<p>It was built by hand{reference} and stands.</p>{PROSE}"
    page = f"<html><body><article><h1>Bridge</h1>{text}</article>{notes}</body></html>"
    article = read_page(RawPage(html=page.encode(), url="https://example.org/bridge")).article
    assert article is not None
    return article


@pytest.mark.parametrize(
    ("reference", "notes"),
    [
        pytest.param(
            '<sup id="fnref:1"><a href="#fn:1">1</a></sup>',
            '<div class="footnotes"><hr><ol><li id="fn:1"><p>'
            'By <em>masons</em>, too. <a href="#fnref:1">↩</a></p></li></ol></div>',
            id="kramdown",
        ),
        pytest.param(
            '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>',
            '<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink">'
            '<b><a href="#cite_ref-1">^</a></b></span> '
            '<span class="reference-text">By <em>masons</em>, too.</span></li></ol>',
            id="MediaWiki",
        ),
        pytest.param(
            '<a href="#ftnt1" id="ftnt_ref1">[1]</a>',
            '<div><p id="ftnt1"><a href="#ftnt_ref1">[1]</a> By <em>masons</em>, too.</p></div>',
            id="a word processor",
        ),
        pytest.param(
            '<a role="doc-noteref" href="#x1">1</a>',
            '<aside role="doc-footnote"><p id="x1">1. By <em>masons</em>, too.</p></aside>',
            id="roles",
        ),
        pytest.param(
            "<sup>1</sup>",
            '<section class="post-footnotes"><h4>Footnotes</h4><ol><li>By <em>masons</em>, too.</li></ol></section>',
            id="no links",
        ),
    ],
)
def test_a_footnote_is_referred_to_by_number_and_stands_at_the_end(reference: str, notes: str) -> None:
    body = article_of(reference, notes).body
    assert "It was built by hand[^1] and stands." in body
    assert body.endswith("[^1]: By *masons*, too.")


@pytest.mark.parametrize(
    ("reference", "notes"),
    [
        ('<a href="#thm">1</a>', '<div><p id="thm">Theorem: each bridge has two ends.</p></div>'),
        ('<a href="#top">1</a>', ""),
        ("<sup>2</sup>", "<ol><li>One</li><li>Two</li></ol>"),
    ],
)
def test_a_number_that_leads_to_something_else_is_no_footnote(reference: str, notes: str) -> None:
    assert "[^" not in article_of(reference, notes).body


def test_a_page_cannot_mark_what_we_mark() -> None:
    text = '<p data-note-text="1" data-note-reference="1" data-aside="">By hand and by foot it was built, they say.</p>'
    assert "[^" not in article_of("", text).body
