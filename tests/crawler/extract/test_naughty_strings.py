"""Strings that break naive programs, wherever a page may hold one."""

import json
from html import escape
from pathlib import Path

import pytest

from crawler.extract.extraction import RawPage
from crawler.extract.page import extract_page
from storage.verdict import Verdict

URL = "https://news.example.org/birds/bowers-of-blue"
PROSE = "The bowerbird gathers what is blue and lays it out before its bower, piece by piece. "
NO_CHARACTERS = ["a\ud800b", "\udfff\ud800", "a\x00b\x07\x1b[31m", "\ufffe\uffff"]


@pytest.fixture(scope="module")
def naughty_strings(shared: Path) -> list[str]:
    """The shared list, and what is no character at all."""
    strings = json.loads((shared / "standards" / "naughty-strings.json").read_text(encoding="utf-8"))
    return [*map(str, strings), *NO_CHARACTERS]


def page_with(text: str) -> bytes:
    """A page with a string in its title, its JSON-LD, its meta and link elements, and its text, escaped and bare."""
    node = {
        "@type": "NewsArticle",
        "headline": text,
        "author": {"name": text},
        "keywords": [text],
        "datePublished": text,
    }
    block, safe = json.dumps(node).replace("<", "\\u003c"), escape(text)
    head = "".join(
        f"<meta name='{n}' content='{safe}'>" for n in ("author", "date", "description", "og:title", "og:image")
    )
    return (
        f"<html lang='{safe}'><head><title>{safe}</title>{head}<link rel=canonical href='{safe}'>"
        f"<script type='application/ld+json'>{block}</script></head><body><article><h1>{safe}</h1><p>{PROSE * 4}</p>"
        f"<p>Before {safe} after.</p><p>{text}</p><p>{PROSE * 4}</p></article></body></html>"
    ).encode("utf-8", "surrogatepass")


def test_a_naughty_string_costs_no_text_and_stands_there_as_it_is(naughty_strings: list[str]) -> None:
    lost: list[str] = []
    for text in naughty_strings:
        found = extract_page(RawPage(html=page_with(text), url=URL))
        if found.verdict is Verdict.UNSUPPORTED_TYPE:
            assert not text.isprintable()
            continue
        assert found.article is not None, (text, found.reason)
        assert PROSE.strip() in found.article.text
        json.dumps(str(found.article), ensure_ascii=False).encode("utf-8")
        if " ".join(f"Before {text} after.".split()) not in " ".join(found.article.text.split()):
            lost.append(text)
    assert [text for text in lost if text.isprintable() and text.isascii()] == []
    assert len(lost) < 12  # those of control characters, half surrogates and no characters
