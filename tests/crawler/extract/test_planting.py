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
        (
            "<h2 id='x'><a class='heading-anchor' href='#x'>All in a link</a></h2><p>More of the bridge it was.</p>",
            "\n\n## All in a link\n\n",
        ),
        ("<h3><button>Who pays?</button></h3><p>The fund pays.</p>", "\n\n### Who pays?\n\nThe fund pays.\n\n"),
        ("<h3>Who pays? <button>Copy</button></h3><p>The fund pays.</p>", "\n\n### Who pays?\n\nThe fund pays.\n\n"),
        ("<h2>Later<a class='permalink' href='#later'>¶</a></h2>", "\n\n## Later\n\n"),
        ("<div role='heading' aria-level='4'>By its role</div>", "\n\n#### By its role\n\n"),
        ("<p>One line<br><br>Another paragraph</p>", "\n\nOne line\n\nAnother paragraph\n\n"),
        ("<ul><li><input type='checkbox' checked> Rope</li></ul>", "\n\n- [x] Rope\n\n"),
        ("<ol start='4'><li>Four</li><li>Five</li></ol>", "\n\n4. Four\n5. Five\n\n"),
        ("<p>These are for sale:</p><ul><li><a href='/a'>Ferry</a></li></ul>", "- [Ferry](https://example.org/a)"),
        (
            "<div class='alert alert-warning'><p class='alert-title'>Mind</p><p>The gap is wide.</p></div>",
            "\n\n> [!warning] Mind\n> The gap is wide.\n\n",
        ),
        ("<aside class='admonition tip'><p>Take a rope.</p></aside>", "\n\n> [!tip] Tip\n> Take a rope.\n\n"),
        ("<aside class='note'><p>Take a rope.</p></aside>", "\n\n> [!note] Note\n> Take a rope.\n\n"),
        ("<blockquote><pre>ls -l\nmake</pre></blockquote>", "\n\n```\nls -l\nmake\n```\n\n"),
        (
            "<table><thead><th>Boat</th><th>Time</th></thead><tr><td>Ferry</td><td>12</td></tr></table>",
            "| Boat | Time |\n| --- | --- |\n| Ferry | 12 |",
        ),
        (
            "<table><tr><td>Key</td><td>Value</td></tr><tr><td>Crew</td><td><pre>Ann\nBob</pre></td></tr></table>",
            "\n\nKey\n\nValue\n\nCrew\n\n",
        ),
        (
            "<table><tr><th>Boat</th><td>Ferry</td></tr><tr><td>Crew</td><td><table><tr><td>Ann</td><td>Bob</td></tr>"
            "</table></td></tr></table>",
            "\n\nBoat\n\nFerry\n\nCrew\n\n| Ann | Bob |\n",
        ),
        (
            "<iframe title='The film' src='https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0'></iframe>",
            "\n\n[The film](https://www.youtube.com/watch?v=abcdefghijk)\n\n",
        ),
        ("<iframe src='https://ads.example.net/banner'></iframe>", "late again.\n\nThe swing bridge"),
        ("<p>She said <q>late</q> again.</p>", "She said “late” again."),
        ("<p><ruby>橋<rp>(</rp><rt>はし</rt></ruby> is a bridge.</p>", "橋 is a bridge."),
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


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        ("<p><img src='data:image/gif;base64,R0' data-src='/a.jpg'></p>", "![](https://example.org/a.jpg)"),
        ("<p><img src='/s.jpg' srcset='/s.jpg 320w, /l.jpg 1280w'></p>", "![](https://example.org/l.jpg)"),
        (
            "<figure><picture><source srcset='/a.webp 2x,/b.webp 1x'><img src='data:,'></picture></figure>",
            "![](https://example.org/a.webp)",
        ),
        ("<figure><div></div><noscript><img src='/n.jpg'></noscript></figure>", "![](https://example.org/n.jpg)"),
        (
            "<a href='/page'><img src='/a.jpg' alt='A'></a>",
            "[![A](https://example.org/a.jpg)](https://example.org/page)",
        ),
        ("<a href='/a-large.jpg'><img src='/a.jpg' alt='A'></a>", "![A](https://example.org/a.jpg)"),
        (
            "<p><a href='/big.jpg'><img src='/a.jpg' alt='A'></a></p>",
            "\n\n![A](https://example.org/a.jpg)\n\nThe swing",
        ),
        (
            "<p><a href='/page'><span><img src='/a.jpg' alt='A'></span></a></p>",
            "\n\n[![A](https://example.org/a.jpg)](https://example.org/page)\n\nThe swing",
        ),
        (
            "<figure><img src='/a.jpg'><figcaption><b><img src='/c.jpg'></b>A boat.</figcaption></figure>",
            "![](https://example.org/a.jpg)![](https://example.org/c.jpg)\n\n*A boat.*\n\nThe swing",
        ),
        (
            "<figure><img src='/a-large.jpg'><img src='/a-small.jpg'><img src='/b.jpg'></figure>",
            "![](https://example.org/a-large.jpg)![](https://example.org/b.jpg)",
        ),
        ("<p>Silicon <img src='/silicon-wafer.jpg'> it is.</p>", "![](https://example.org/silicon-wafer.jpg)"),
        ("<br><figure><img src='/a.jpg'></figure><br>", "![](https://example.org/a.jpg)"),
    ],
)
def test_a_picture_is_the_real_one_once_and_in_its_link(middle: str, expected: str) -> None:
    body = markdown(middle)
    assert expected in body
    assert body.count("![") == expected.count("![")


@pytest.mark.parametrize(
    "each",
    [
        "<figure><img src='/{0}.jpg'><figcaption>Boat {0}</figcaption></figure>",
        "<p><img src='/{0}.jpg'></p>",
        "<img src='/{0}.jpg'><hr>",
    ],
    ids=["figures", "paragraphs", "bare"],
)
@pytest.mark.parametrize("count", [4, 2000])
def test_all_pictures_in_a_row_between_paragraphs_are_kept(each: str, count: int) -> None:
    names = [f"b{number}" for number in range(count)]
    body = markdown("".join(each.format(name) for name in names))
    assert [name for name in names if f"/{name}.jpg)" not in body] == []


def test_pictures_in_a_row_away_from_the_text_stay_out() -> None:
    row = "".join(f"<figure><img src='/{name}.jpg'></figure>" for name in "abcd")
    assert "![" not in markdown("", after=f"<div><p><a href='/more'>More of them</a></p>{row}</div>")


@pytest.mark.parametrize(
    "middle",
    [
        "<p><img src='/user-avatar.png'></p>",
        "<p><img class='emoji' src='/1f600.png'></p>",
        "<p><img src='/pixel.gif' width='1' height='1'></p>",
        "<p><img src='data:image/gif;base64,R0'></p>",
    ],
)
def test_icons_and_placeholders_are_no_pictures(middle: str) -> None:
    assert "![" not in markdown(middle)


def test_a_text_in_noscript_keeps_its_structure() -> None:
    inner = (
        f"{PROSE * 4}<ol><li>First of them all</li><li>Second of them all</li></ol>{PROSE.replace('noon', 'dusk') * 3}"
    )
    page = f"<html><body><div id='app'></div><noscript><div>{inner}</div></noscript></body></html>"
    article = read_page(RawPage(html=page.encode(), url=URL)).article
    assert article is not None
    assert "1. First of them all\n2. Second of them all" in article.body


def test_the_lead_that_the_page_names_is_kept_wherever_it_stands() -> None:
    lead = "Boats waited an hour in the rain before the bridge over the canal at last swung open for them."
    head = f'<meta name="description" content="{lead}">'
    page = f"<html><head><title>Bridge</title>{head}</head><body><header><h1>Bridge</h1><div>{lead}</div></header>"
    page += f"<main><div>{PROSE * 4}</div></main></body></html>"
    article = read_page(RawPage(html=page.encode(), url=URL)).article
    assert article is not None
    assert article.body.startswith(lead)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<blockquote>" * 190 + PROSE + "</blockquote>" * 190, id="quotes"),
        pytest.param("<ul><li>" * 95 + PROSE + "</li></ul>" * 95, id="lists"),
        pytest.param("<div class='admonition note'>" * 190 + PROSE + "</div>" * 190, id="boxes"),
        pytest.param("<p>" + "<b><i>" * 90 + "ferry" + "</i></b>" * 90 + "</p>", id="marks"),
        pytest.param("<table><tr><td>" * 60 + PROSE + "</td></tr></table>" * 60, id="tables"),
    ],
)
def test_what_is_nested_as_deep_as_a_page_may_be_is_read(markup: str) -> None:
    assert "ferry" in markdown(markup)
