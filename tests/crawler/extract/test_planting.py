"""What the main content holds once it is written from the page's own nodes."""

import pytest

from crawler.extract.extraction import RawPage
from crawler.extract.page import read_page

URL = "https://example.org/news/bridge"
PROSE = "<p>The swing bridge opened at noon, and the first boat to pass was the ferry from the island, late again.</p>"


def markdown(middle: str, *, head: str = "", after: str = "") -> str:
    """Return the Markdown of a page with middle between paragraphs of prose."""
    page = (
        f"<html><head><title>Bridge</title>{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>Bridge</h1>"
        f"{PROSE * 3}{middle}{PROSE.replace('noon', 'dusk') * 3}</article>{after}</body></html>"
    )
    article = read_page(RawPage(html=page.encode(), url=URL)).article
    assert article is not None
    return article.body


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        ("<h2>Later</h2>", "\n\n## Later\n\n"),
        ("<div><h3>Wrapped alone</h3></div>", "\n\n### Wrapped alone\n\n"),
        ('<pre><code class="language-python">a = 1\nb = 2</code></pre>', "\n\n```python\na = 1\nb = 2\n```\n\n"),
        (
            "<blockquote><p>Late again, she said, and nobody was surprised.</p></blockquote>",
            "\n\n> Late again, she said",
        ),
        ("<ul><li>One boat</li><li>Two <b>boats</b></li></ul>", "\n\n- One boat\n- Two **boats**\n\n"),
        (
            "<table><tr><th>Boat</th><th>Time</th></tr><tr><td>Ferry</td><td>12:00</td></tr></table>",
            "| Ferry | 12:00 |",
        ),
        (
            "<figure><img src='/b.jpg' alt='A boat' width='640'><figcaption>The boat.</figcaption></figure>",
            "\n\n![A boat](https://example.org/b.jpg)\n\n*The boat.*\n\n",
        ),
        (r"<p>It is <math alttext='x^2'></math> wide.</p>", "It is $x^2$ wide."),
        ("<p>See <a href='../more'>more</a> of it.</p>", "[more](https://example.org/more)"),
        ("<hr>", "\n\n---\n\n"),
    ],
)
def test_structure_between_kept_paragraphs_is_kept_as_what_it_is(middle: str, expected: str) -> None:
    assert expected in markdown(middle)


@pytest.mark.parametrize(
    "middle",
    [
        "<h3>Read more</h3><ul><li><a href='/a'>Another story</a></li><li><a href='/b'>One more story</a></li></ul>",
        "<div style='display: none'><p>Nobody sees these words, which stand in the page all the same.</p></div>",
        "<form><p>Subscribe to our letters, every morning at six.</p><input></form>",
        "<script>document.write('words')</script>",
    ],
)
def test_what_is_no_part_of_the_article_stays_out(middle: str) -> None:
    plain = markdown("")
    assert markdown(middle) == plain


def test_the_lead_that_the_page_names_is_kept_wherever_it_stands() -> None:
    lead = "Boats waited an hour in the rain before the bridge over the canal at last swung open for them."
    head = f'<meta name="description" content="{lead}">'
    page = f"<html><head><title>Bridge</title>{head}</head><body><header><h1>Bridge</h1><div>{lead}</div></header>"
    page += f"<main><div>{PROSE * 4}</div></main></body></html>"
    article = read_page(RawPage(html=page.encode(), url=URL)).article
    assert article is not None
    assert article.body.startswith(lead)
