import json

import pytest
from lxml.etree import Element

from crawler.extract.document import ParsedPage
from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.page import extract_page, is_huge
from storage.article import Article
from storage.verdict import Verdict

URL = "https://news.example.org/birds/bowers-of-blue"
PROSE = "<p>" + "The bowerbird gathers what is blue and lays it out before its bower, piece by piece. " * 6 + "</p>"


# More elements than are read; cheap to read, unlike as many paragraphs.
HUGE_MENU = "<nav>" + "<i></i>" * 50_100 + "</nav>"


def page(body: str = "", head: str = "", *, lang: str = "en") -> bytes:
    return f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'.encode()


def article(body: str = PROSE, head: str = "") -> bytes:
    return page(f"<article><h1>Bowers of blue</h1>{body}</article>", f"<title>Bowers of blue</title>{head}")


def extracted(html: bytes, *, url: str = URL, selector: str | None = None) -> Extraction:
    return extract_page(RawPage(html=html, url=url, body_selector=selector))


def captured(html: bytes, *, url: str = URL, selector: str | None = None) -> Article:
    extraction = extracted(html, url=url, selector=selector)
    assert extraction.article is not None, extraction.reason
    return extraction.article


def ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def test_an_article_is_captured_whole() -> None:
    body = (
        PROSE
        + '<h2>How it <i>builds</i></h2><p>First come <a href="/sticks">sticks</a> of one length, then the rest.</p>'
        + '<figure><img src="/bower.jpg" alt="A bower"><figcaption>Seen in May</figcaption></figure>'
        + "<p>The rest follows in the order that the bird prefers, year after year after year.</p>"
        + '<pre><code class="language-py">def blue():\n    return 1</code></pre>'
        + "<p>That was the code of it, and here the long text about the bird comes to its end.</p>"
    )
    found = captured(article(body))
    assert found.title == "Bowers of blue"
    assert found.text.startswith("The bowerbird gathers")
    assert "Bowers of blue" not in found.body
    assert "## How it *builds*" in found.body
    assert "[sticks](https://news.example.org/sticks)" in found.body
    assert "![A bower](https://news.example.org/bower.jpg)\n\n*Seen in May*" in found.body
    assert "```py\ndef blue():\n    return 1\n```" in found.body
    assert "Seen in May" not in found.text
    assert [link.url for link in found.links] == ["https://news.example.org/sticks"]
    assert found.images[0].caption == "Seen in May"
    assert found.language == "en"
    assert found.provider.domain == "example.org"
    assert "<h2>" in found.html
    assert {"title", "language", "excerpt", "provider"} <= set(found.origins)


def test_a_saved_page_is_known_by_its_canonical_link() -> None:
    found = captured(article(head='<link rel="canonical" href="https://example.org/blue">'), url="")
    assert found.url == "https://example.org/blue"


def test_a_selector_overrides_the_choice() -> None:
    html = article(
        PROSE + '<div class="odd"><p>' + "Only these words are wanted here. " * 5 + "</p><nav>menu</nav></div>"
    )
    assert captured(html, selector="div.odd").text == ("Only these words are wanted here. " * 5).strip()


def test_a_selector_that_is_no_css_is_said() -> None:
    assert extracted(article(), selector="div[").verdict is Verdict.UNREADABLE


def test_a_selector_that_matches_nothing_gives_no_text() -> None:
    assert extracted(article(), selector="div.none").verdict is Verdict.TOO_SHORT


@pytest.mark.parametrize(
    ("html", "verdict", "reason"),
    [
        (b"", Verdict.TOO_SHORT, "empty"),
        (b"<!-- nothing -->", Verdict.TOO_SHORT, "nothing"),
        (b"%PDF-1.7", Verdict.UNSUPPORTED_TYPE, "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), Verdict.UNSUPPORTED_TYPE, "PNG"),
        (page("<p>Not found</p>"), Verdict.TOO_SHORT, "2 words"),
        (page("<div id='root'></div><noscript>Please enable JavaScript to go on.</noscript><script>x</script>"),
         Verdict.NEEDS_JAVASCRIPT, "JavaScript"),
        (page("<div id='app'></div><script src='x.js'></script>"), Verdict.NEEDS_JAVASCRIPT, "root"),
        (article(head=ld(headline="Bowers of blue", isAccessibleForFree=False)), Verdict.PAYWALLED, "free"),
        (article(head=ld(headline="x", hasPart={"@type": "WebPageElement", "isAccessibleForFree": "False"})),
         Verdict.PAYWALLED, "free"),
        (article(PROSE + HUGE_MENU), Verdict.TRUNCATED, "elements"),
    ],
)  # fmt: skip
def test_every_page_ends_in_a_verdict_with_a_reason(html: bytes, verdict: Verdict, reason: str) -> None:
    found = extracted(html)
    assert found.verdict is verdict
    assert reason in found.reason
    assert (found.article is not None) == (verdict in (Verdict.PAYWALLED, Verdict.TRUNCATED))


def test_what_was_kept_of_a_flagged_page_is_flagged() -> None:
    assert captured(article(head=ld(headline="x", isAccessibleForFree="false"))).is_paywalled
    assert captured(article(PROSE + HUGE_MENU)).is_truncated


TEASERS = "".join(
    f'<div><h3><a href="/story-{n}">Story number {n} about birds</a></h3><p><a href="/story-{n}">More</a></p></div>'
    for n in range(30)
)


def test_a_page_of_many_elements_is_read_in_the_quick_way() -> None:
    assert not is_huge(ParsedPage(tree=Element("html"), elements=900))
    assert is_huge(ParsedPage(tree=Element("html"), elements=20_000))
    assert is_huge(ParsedPage(tree=Element("html"), elements=900, cuts=("it was cut",)))


def test_a_home_page_is_no_article() -> None:
    found = extracted(page(TEASERS), url="https://news.example.org/")
    assert found.verdict is Verdict.NOT_AN_ARTICLE
    assert "home page" in found.reason


def test_a_list_of_links_is_no_article() -> None:
    assert extracted(page(TEASERS), url="https://news.example.org/birds").verdict is Verdict.NOT_AN_ARTICLE


def test_an_article_above_a_list_of_links_is_one() -> None:
    head = '<meta property="og:type" content="article">'
    html = page(f"<article><h1>Bowers of blue</h1>{PROSE * 3}</article>{TEASERS}", head)
    assert extracted(html).verdict is Verdict.CAPTURED


def test_chinese_is_counted_by_character() -> None:
    html = page(
        "<article><h1>园丁鸟</h1><p>园丁鸟收集蓝色的东西，并把它们整齐地摆放在巢前。这是它的习惯。</p></article>",
        lang="zh",
    )
    assert extracted(html).verdict is Verdict.CAPTURED


HOSTILE = {
    "attributes": article("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>" + PROSE),
    "attributes with brackets": article("<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">x</p>" + PROSE),
    "nested": article("<div>" * 2000 + PROSE + "</div>" * 2000),
    "nested beyond the parser": article("<div>" * 20_000 + PROSE + "</div>" * 20_000),
    "nested lists": article("<ul><li>" * 600 + PROSE + "</li></ul>" * 600),
    "doctype in svg": article(PROSE + "<svg><!DOCTYPE html></svg>"),
    "character references": article(PROSE + "&#99999999999999; &#0; &#x1F; &#xD800; &#xFFFF;"),
    "encoding": b"<html><head><meta charset='punycode'></head>" + article(),
    "nuls": article().replace(b"bowerbird", b"bower\x00bird"),
    "utf-16": article().decode().encode("utf-16"),
    "json": article(PROSE + '<script type="application/ld+json">' + "[" * 50_000 + "</script>"),
    "srcset": article(PROSE + "<img srcset='" + "a.jpg 1x, " * 50_000 + "'>" + PROSE),
    "bad links": article(
        PROSE + '<p>and <a href="http://[">this</a> or <a href="//%zz:99999999">that</a></p><img src="http://[">'
    ),
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_still_gives_its_article(html: bytes) -> None:
    found = extracted(html)
    assert found.article is not None, found.reason
    assert "gathers what is blue" in found.article.text
    assert found.seconds < 10


@pytest.mark.parametrize(
    "html",
    [
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><html><p>&b;</p></html>",
        b"<" * 50_000,
        b"&" * 50_000,
        b"<html><body>" + b"<!--" * 20_000,
        bytes(range(256)) * 100,
    ],
)
def test_rubbish_ends_in_a_verdict(html: bytes) -> None:
    assert extracted(html).article is None or extracted(html).verdict is Verdict.CAPTURED


@pytest.mark.slow
def test_a_text_of_eleven_megabytes_is_read_to_its_end() -> None:
    found = extracted(article("<p>" + "word " * 2_300_000 + "</p>" + PROSE))
    assert found.article is not None
    assert "gathers what is blue" in found.article.text


def test_a_page_of_very_many_paragraphs_keeps_them() -> None:
    rows = "".join(f"<p>{n} The bowerbird gathers what is blue, and lays it out.</p>" for n in range(21_000))
    found = captured(page(f"<nav><a href='/'>Home</a></nav><article><h1>Bowers</h1>{rows}</article>"))
    assert found.text.startswith("0 The bowerbird")
    assert found.text.endswith("20999 The bowerbird gathers what is blue, and lays it out.")
    assert "Home" not in found.text
