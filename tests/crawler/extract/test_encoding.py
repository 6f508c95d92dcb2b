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


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        ("cp1251", "Совет города принял решение о строительстве нового моста через реку, жители довольны."),
        ("koi8_r", "Совет города принял решение о строительстве нового моста через реку, жители довольны."),
        ("gb18030", "园丁鸟收集蓝色的东西，并把它们整齐地摆放在巢前。这是它的习惯，每年春天都会这样做。"),
        ("shift_jis", "市議会は新しい橋の建設を決定しました。住民は一年間この問題について議論してきました。"),
        ("cp1252", "Le conseil a décidé la création d'une école près de la forêt où les élèves étaient déjà."),
    ],
)
def test_a_page_without_a_label_is_read_in_what_it_looks_like(codec: str, words: str) -> None:
    page = f"<html><style>.a{{color:red}}</style><body><p class='story'>{words * 3}</p></body></html>"
    assert decode_html(page.encode(codec), charset=None) == page
