"""What a document is told from its bytes, whatever its server calls it and whatever stands before its root."""

import codecs
import gzip
from collections.abc import Callable

import pytest

from crawler.errors import UnreadableDocument
from crawler.sources.detect import detect_kind
from crawler.sources.prolog import end_of_prolog, root_at
from storage.source import SourceKind
from tests.crawler.sources.malformed import ATOM, INDEX, RDF, RSS, URLSET

URL = "https://example.org/birds/"
JSON = '{"version": "https://jsonfeed.org/version/1.1", "title": "Gärten", "items": []}'
XHTML = """<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/x.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>How to write a feed</title>
<link rel="alternate" type="application/rss+xml" href="/feed"/></head>
<body><p>Only words of <rss version="2.0"/>.</p></body></html>"""
DOCUMENTS = {
    "rss": (RSS, SourceKind.FEED),
    "rdf": (RDF, SourceKind.FEED),
    "atom": (ATOM, SourceKind.FEED),
    "cdf": ("<?xml version='1.0'?><CHANNEL HREF='https://example.org/'><TITLE>x</TITLE></CHANNEL>", SourceKind.FEED),
    "prefixed atom": ("<?xml version='1.0'?><a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", SourceKind.FEED),
    "urlset": (URLSET, SourceKind.SITEMAP),
    "index": (INDEX, SourceKind.SITEMAP),
    "xhtml": (XHTML, SourceKind.PAGE),
}
TYPES = ("text/html", "text/plain; charset=utf-8", "application/octet-stream", "application/rss+xml", "nonsense", None)


def after_declaration(text: str, more: str) -> str:
    head, _, rest = text.partition("?>")
    return f"{head}?>{more}{rest}"


WAYS: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: text.encode(),
    "byte order mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "utf-16 big-endian": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32"),
    "white space first": lambda text: b"\r\n\r\n \t" + text.encode(),
    "no declaration": lambda text: text.partition("?>")[2].encode(),
    "comment": lambda text: after_declaration(text, "<!-- <html> and <rss version='2.0'> -->\n<!-- -->").encode(),
    "long comment": lambda text: after_declaration(text, f"<!--{'licence ' * 5000}-->").encode(),
    "stylesheet": lambda text: after_declaration(text, "<?xml-stylesheet href='/x.xsl' type='text/xsl'?>").encode(),
    "document type": lambda text: (
        after_declaration(text, "<!DOCTYPE x [<!ENTITY nbsp '>'><!-- ]> --> ]>").encode()
        if "DOCTYPE" not in text
        else text.encode()
    ),
    "upper-case doctype": lambda text: text.replace("<!DOCTYPE", "<!doctype").encode(),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_known_whatever_it_is_called(name: str, way: str) -> None:
    text, kind = DOCUMENTS[name]
    body = WAYS[way](text)
    assert {called: detect_kind(body, url=URL, content_type=called) for called in TYPES} == dict.fromkeys(TYPES, kind)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (JSON.encode(), SourceKind.FEED),
        (codecs.BOM_UTF8 + b"\n\n" + JSON.encode(), SourceKind.FEED),
        (gzip.compress(RSS.encode()), SourceKind.FEED),
        (gzip.compress(URLSET.encode()), SourceKind.SITEMAP),
        (b"<br />\n<b>Warning</b>: x in <b>y.php</b><br />" + RSS.encode(), SourceKind.FEED),
        (b"\n\nhttps://example.org/a\nhttps://example.org/b", SourceKind.SITEMAP),
        (codecs.BOM_UTF8 + b"https://example.org/a\r\n", SourceKind.SITEMAP),
        (b"<!DOCTYPE html><title>x</title><p>Words before it, and then: <code>&lt;rss></code>", SourceKind.PAGE),
    ],
)
def test_odd_documents_are_known_too(body: bytes, kind: SourceKind) -> None:
    assert {detect_kind(body, url=URL, content_type=called) for called in ("text/html", None)} == {kind}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"\xff\xd8\xff\xe0" + bytes(99),
        b'{"items": []}',
        b"<!-- never closed <rss>",
        b"<opml version='2.0'/>",
    ],
)
def test_what_is_nothing_of_all_that_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=URL):
        detect_kind(body, url=URL, content_type="text/html")


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE " * 50_000, "<?" * 200_000, " " * 500_000, "<!--" * 200_000, "<!DOCTYPE [" + "<!ENTITY '" * 50_000],
)
def test_a_prolog_without_end_has_no_root(text: str) -> None:
    assert root_at(text, end_of_prolog(text)) == ""
