from crawler.extract.document import parse_page
from crawler.extract.extraction import RawPage
from crawler.extract.page import extract_page
from crawler.extract.silent import take_out_silent

STORY = "<p>The storm came over the coast at night and took many roofs with it, said the mayor.</p>"


def left_of(body: str) -> str:
    page = parse_page(f"<html><head><style>p {{}}</style></head><body>{body}</body></html>".encode())
    assert page is not None
    take_out_silent(page.tree)
    return " ".join(f"{element.tag}:{(element.text or '').strip()}" for element in page.tree.iter() if element.text)


def test_scripts_styles_and_drawings_go_and_the_words_behind_them_stay() -> None:
    assert left_of("<p>one<script>x()</script> two<svg><title>t</title></svg> three<style>b {}</style> four</p>") == (
        "p:one two three four"
    )


def test_data_and_formulas_stay() -> None:
    kinds = ("application/ld+json", "math/tex; mode=display", "Application/LD+JSON")
    assert left_of("".join(f"<script type='{kind}'>1</script>" for kind in kinds)) == "script:1 script:1 script:1"
    assert left_of("<script type='application/json'>1</script><p>a</p>") == "p:a"


def test_what_is_silent_within_something_silent_goes_once() -> None:
    assert left_of("<svg><style>b {}</style><svg><script>1</script></svg></svg><p>a</p>") == "p:a"


def test_a_style_within_code_is_no_line_of_it() -> None:
    code = "<pre><code>one = 1\ntwo = 2<style>.copy { color: red }</style></code></pre>"
    html = f"<html><body><article>{STORY * 4}{code}{STORY}</article></body></html>"
    read = extract_page(RawPage(html=html.encode(), url="https://example.org/storm"))
    assert read.article is not None
    assert "one = 1\ntwo = 2\n```" in read.article.body
    assert "color" not in read.article.body


def test_a_date_in_a_script_is_found_after_scripts_were_taken_out() -> None:
    script = '<script>var page = {"datePublished": "2024-03-05T10:00:00Z"}</script>'
    html = f"<html><head>{script}</head><body><article><h1>Storm</h1>{STORY * 4}</article></body></html>"
    read = extract_page(RawPage(html=html.encode(), url="https://example.org/storm"))
    assert read.article is not None
    assert str(read.article.published_at).startswith("2024-03-05")
