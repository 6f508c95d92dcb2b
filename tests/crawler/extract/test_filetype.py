import random

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


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [200, 5_000])
def test_random_bytes_are_no_page(size: int, seed: int) -> None:
    noise = random.Random(seed).randbytes(size)
    assert name_of_non_html(b"<" + noise) is not None
    assert name_of_non_html(b"<html><body><p>" + noise * 3) == "binary data"


def test_binary_data_behind_a_page_is_seen() -> None:
    noise = random.Random(1).randbytes(60_000)
    assert name_of_non_html(b"<html><p>words and words</p>" * 200 + noise) == "binary data"


@pytest.mark.parametrize("encoding", ["cp1251", "shift_jis", "gb18030", "euc_kr", "iso2022_jp", "utf-8"])
def test_a_page_in_another_encoding_is_let_through(encoding: str) -> None:
    words = {"cp1251": "\u0421\u043b\u043e\u0432\u0430", "euc_kr": "\ub9d0"}.get(encoding, "\u8a00\u8449")
    assert name_of_non_html(f"<html><p>{words * 2_000}</p></html>".encode(encoding)) is None


def test_a_page_with_a_few_controls_is_let_through() -> None:
    assert name_of_non_html(b"<html><p>" + b"A line of words\x0b and\x00 more of them. " * 5 + b"</p></html>") is None
