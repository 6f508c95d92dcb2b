"""A text that lies in a page's scripts as data."""

import json

from crawler.extract.document import parse_page
from crawler.extract.embedded import embedded_text
from crawler.extract.extraction import RawPage
from crawler.extract.page import extract_page
from storage.verdict import Verdict

SENTENCE = "The old bridge was closed on Monday after engineers found cracks in two of its piers."
HTML = "".join(f"<p class='x'>{n} {SENTENCE}</p>" for n in range(9))


def embedded(script: str) -> str:
    page = parse_page(f"<html><body><div id='root'></div><script>{script}</script></body></html>".encode())
    assert page is not None
    return embedded_text(page.tree.iter("script"))


def test_a_text_is_found_in_json() -> None:
    assert embedded(json.dumps({"props": {"story": {"content": HTML}}})) == HTML


def test_a_text_is_found_in_json_within_a_string_of_a_script() -> None:
    row = f'5:["$","div",null,{json.dumps({"content": HTML})}]'
    assert embedded(f"self.__next_f.push([1,{json.dumps(row)}])") == HTML


def test_a_row_of_raw_text_loses_its_number() -> None:
    assert embedded(f"self.__next_f.push([1,{json.dumps('1a:T5f3,' + HTML)}])") == HTML


def test_a_text_beside_data_of_more_words_is_chosen_whatever_its_attributes() -> None:
    data = json.dumps({"code": "S3000", "titles": [SENTENCE] * 40, "ids": list(range(99))})
    text = "".join(f'<p class="editor-p">{n} {SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE}</p>' for n in range(5))
    pushes = f"self.__next_f.push([1,{json.dumps('5:' + data)}]);self.__next_f.push([1,{json.dumps(text)}])"
    assert embedded(pushes) == text


def test_plain_text_becomes_paragraphs() -> None:
    text = "\n".join(f"{n} {SENTENCE} & more <than that>" for n in range(9))
    assert embedded(json.dumps({"text": text})).startswith(f"<p>0 {SENTENCE} &amp; more &lt;than that&gt;</p><p>1")


def test_what_is_no_text_is_not_taken() -> None:
    cookies = "".join(
        f"<p>{n} We use cookies to improve your experience and share them with partners.</p>" for n in range(9)
    )
    code = "".join(f"<p>function f{n}() {{ return a[{n}] = {{b: 'c'}}; }}</p>" for n in range(40))
    for text in (cookies, code, "x" * 5000, SENTENCE * 9, HTML[:320]):
        assert embedded(json.dumps({"text": text})) == "", text[:40]
    assert embedded('{"broken": "' + "\\x" * 400 + '"}') == ""


def test_a_page_of_scripts_is_captured_with_its_text() -> None:
    data = json.dumps({"props": {"body": HTML}}).replace("<", "\\u003c")
    head = "<head><title>The bridge</title></head>"
    html = f"<html>{head}<body><div id='__next'></div><script>{data}</script></body></html>"
    extraction = extract_page(RawPage(html=html.encode(), url="https://example.org/bridge"))
    assert extraction.verdict is Verdict.CAPTURED
    assert extraction.article is not None
    assert extraction.article.text.startswith(f"0 {SENTENCE}\n\n1 ")


def test_a_page_with_a_text_of_its_own_keeps_it() -> None:
    data = json.dumps({"terms": HTML}).replace("<", "\\u003c")
    own = "<article><h1>The mill</h1>" + "<p>The mill by the river grinds again, after forty years of rest.</p>" * 2
    menu = "<a href=/x>A link of the menu</a> " * 60
    html = f"<html><body>{own}</article><nav>{menu}</nav><script>{data}</script></body></html>"
    extraction = extract_page(RawPage(html=html.encode(), url="https://example.org/mill"))
    assert extraction.article is not None
    assert "grinds again" in extraction.article.text
