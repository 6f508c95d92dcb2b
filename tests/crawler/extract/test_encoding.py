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


@pytest.mark.parametrize("charset", ["utf-8", None])
@pytest.mark.parametrize("text", ["Caf\u00e9 na\u00efve", "\u201cOn y va\u201d, dit-elle", "Caf\u00e9"])
def test_latin_1_that_is_called_utf_8_is_read(text: str, charset: str | None) -> None:
    html = b"<meta charset='utf-8'><p>" + text.encode("cp1252") + b"</p>"
    assert decode_html(html, charset=charset).endswith(f"{text}</p>")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "Caf\u00e9 na\u00efve, d\u00e9j\u00e0 vu ".encode() + b"\xe9",
            "Caf\u00e9 na\u00efve, d\u00e9j\u00e0 vu \ufffd",
        ),
        (b"cut within a quotation mark \xe2\x80", "cut within a quotation mark \ufffd"),
        (
            "replaced before: \ufffd\ufffd, and \u00e9".encode() + b"\xe9",
            "replaced before: \ufffd\ufffd, and \u00e9\ufffd",
        ),
    ],
)
def test_a_stray_byte_does_not_spoil_utf_8(html: bytes, text: str) -> None:
    assert decode_html(html, charset="utf-8") == text


def test_bytes_that_fit_no_encoding_are_replaced() -> None:
    assert "�" in decode_html(b"ok \xff\xfe\x9d ok", charset="utf-8")
