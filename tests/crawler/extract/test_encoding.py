import pytest

from crawler.extract.encoding import decode_html

WORD = "Laubenvögel"


@pytest.mark.parametrize(
    ("html", "charset"),
    [
        (WORD.encode("utf-8-sig"), "iso-8859-1"),
        (WORD.encode("utf-16"), "utf-8"),
        (WORD.encode(), "utf-8"),
        (WORD.encode(), "iso-8859-1"),
        (WORD.encode("cp1252"), "iso-8859-1"),
        (WORD.encode("cp1252"), None),
        (b"<meta charset='windows-1252'>" + WORD.encode("cp1252"), None),
        (b"<meta http-equiv='content-type' content='text/html; charset=iso-8859-15'>" + WORD.encode("cp1252"), None),
        (b"<meta charset='utf-16'>" + WORD.encode(), None),
        (b"<meta charset='punycode'>" + WORD.encode(), "punycode"),
        (WORD.encode(), "no-such-encoding"),
    ],
)
def test_the_encoding_is_found(html: bytes, charset: str | None) -> None:
    assert decode_html(html, charset=charset).endswith(WORD)


def test_the_header_comes_before_the_meta_element() -> None:
    html = b"<meta charset='windows-1251'>\xe9"
    assert decode_html(html, charset="windows-1252").endswith("é")


def test_utf_16_without_a_mark_is_read() -> None:
    text = "<html><body>Bowerbird</body></html>"
    assert decode_html(text.encode("utf-16-le"), charset=None) == text


def test_bytes_that_fit_no_encoding_are_replaced() -> None:
    assert "�" in decode_html(b"ok \xff\xfe\x9d ok", charset="utf-8")
