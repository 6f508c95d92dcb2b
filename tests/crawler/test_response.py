"""What headers say before anybody reads the body."""

from datetime import UTC, datetime

import pytest
from scrapy.http import Response

from crawler.response import (
    body_hash,
    charset_of,
    ending_without_reading,
    header,
    headers_of,
    page_of,
)
from storage.outcome import Validator
from storage.verdict import Verdict

URL = "https://example.org/a"
AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def answer(status: int = 200, body: bytes = b"<p>Words</p>", **headers: str) -> Response:
    return Response(URL, status=status, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;charset=UTF-8", "UTF-8"),
        ('text/html; charset="iso-8859-1"', "iso-8859-1"),
        ("text/html; CHARSET='x'; boundary=y", "x"),
        ("text/html; boundary=charset", None),
        ("text/html; charset=", None),
        ("text/html", None),
        ("charset=utf-8", None),
        ("", None),
        (";;;=;charset", None),
    ],
)
def test_the_charset_is_read_from_the_label(label: str, charset: str | None) -> None:
    assert charset_of(answer(Content_Type=label)) == charset


def test_a_header_of_any_bytes_is_text_and_a_missing_one_is_empty() -> None:
    response = Response(URL, headers={"X-Odd": [b"first", b" \xff\xfe "]})
    assert header(response, "x-odd") == "ÿþ"
    assert header(response, "missing") == ""


def test_a_kept_page_holds_no_cookie() -> None:
    page = page_of(answer(Content_Type="text/html", Set_Cookie="secret=1", ETag='"x"'), AT)
    assert page.headers == {"content-type": "text/html", "etag": '"x"'}
    assert (page.url, page.status, page.body, page.fetched_at) == (URL, 200, b"<p>Words</p>", AT)


def test_headers_are_told_by_small_names_each_as_far_as_it_is_worth_looking_at() -> None:
    assert headers_of(answer(CF_Ray="8f", X_Long="x" * 9000)) == {"cf-ray": "8f", "x-long": "x" * 500}


def test_an_error_answer_is_quoted_by_its_title() -> None:
    ending = ending_without_reading(
        answer(500, b"<html><TITLE lang=en>\n Out &amp; about </title>"), None, is_conditional=False
    )
    assert ending is not None
    assert ending.reason == "the server answered with HTTP 500; its title says 'Out & about'"


def test_of_an_error_answer_only_the_beginning_is_looked_at() -> None:
    late = b" " * 65536 + b"<title>Just a moment...</title><script>_cf_chl_opt</script>"
    ending = ending_without_reading(answer(403, late), None, is_conditional=False)
    assert ending is not None
    assert (ending.reason, str(ending.cause)) == ("the server does not let us in (HTTP 403)", "forbidden")


HELD = Validator(url=URL, body_hash=body_hash(b"<p>Words</p>"), checked_at=AT)


@pytest.mark.parametrize(
    ("response", "validator", "verdict", "words"),
    [
        pytest.param(answer(), None, None, "", id="a page to read"),
        pytest.param(answer(Content_Type="application/octet-stream"), None, None, "", id="perhaps a page"),
        pytest.param(answer(304), HELD, Verdict.UNCHANGED, "since 2026-03-01 08:00 UTC (HTTP 304)", id="304"),
        pytest.param(answer(304), None, Verdict.HTTP_ERROR, "HTTP 304", id="304 that nobody asked for"),
        pytest.param(answer(404), HELD, Verdict.GONE, "HTTP 404", id="gone with the same bytes"),
        pytest.param(answer(), HELD, Verdict.UNCHANGED, "its bytes are the same since", id="same bytes"),
        pytest.param(answer(body=b"other"), HELD, None, "", id="other bytes"),
        pytest.param(answer(body=b""), Validator(url=URL), None, "", id="no hash is no match"),
        pytest.param(
            answer(Content_Type="Image/PNG; x=y"), None, Verdict.UNSUPPORTED_TYPE, "it is image/png,", id="an image"
        ),
        pytest.param(answer(Content_Type="application/pdf"), None, Verdict.UNSUPPORTED_TYPE, "pdf", id="a PDF"),
    ],
)
def test_an_answer_ends_without_reading_where_its_headers_say_enough(
    response: Response, validator: Validator | None, verdict: Verdict | None, words: str
) -> None:
    ending = ending_without_reading(response, validator, is_conditional=validator is not None)
    assert (ending.verdict if ending else None) is verdict
    assert ending is None or words in ending.reason


def test_a_304_to_a_request_without_conditions_is_no_answer() -> None:
    ending = ending_without_reading(answer(304), HELD, is_conditional=False)
    assert ending is not None
    assert (ending.verdict, "was not asked" in ending.reason) == (Verdict.HTTP_ERROR, True)
