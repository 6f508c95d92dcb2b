import pytest

from crawler.extract.filetype import name_of_non_html


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"%PDF-1.7\n...", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "a PNG image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP image"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or office document"),
        (bytes(range(256)) * 4, "binary data"),
        (b'{"title": "x"}', "JSON"),
        (b"Only words, no mark-up at all.", "plain text"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "an XML document (rss)"),
    ],
)
def test_what_is_no_html_is_named(body: bytes, name: str) -> None:
    assert name_of_non_html(body) == name


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><p>x",
        b"\xef\xbb\xbf \n<html>",
        "<html><p>Ω</p></html>".encode("utf-16"),
        "<html><p>long enough to count</p></html>".encode("utf-16-le"),
        b"BM is a fine way to begin <b>a page</b>",
        b"<html><svg></svg></html>",
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>',
    ],
)
def test_html_is_let_through(body: bytes) -> None:
    assert name_of_non_html(body) is None
