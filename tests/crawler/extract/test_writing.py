"""One small page's main content, and what the three writers make of it."""

import time

import pytest
from lxml import html
from lxml.etree import _Element

from crawler.extract.cleanhtml import write_html
from crawler.extract.markdown import write_markdown
from crawler.extract.plaintext import text_of_fragment, write_text


def tree(fragment: str) -> _Element:
    element = html.fragment_fromstring(fragment, create_parent="body")
    assert isinstance(element, _Element)
    return element


@pytest.mark.parametrize(
    ("fragment", "markdown"),
    [
        ("<h2>Two <em>words</em></h2><p>A  <strong>bold </strong>move.</p>", "## Two *words*\n\nA **bold** move."),
        ('<p>See <a href="https://e.org/a b(c)">a <b>bower</b></a>.</p>', "See [a **bower**](<https://e.org/a b(c)>)."),
        ('<p>See <a href="javascript:x">this</a>.</p>', "See this."),
        ("<p>2 * 3 [x] snake_case _y_ `z` &lt;b&gt;</p>", r"2 \* 3 \[x\] snake_case \_y\_ \`z\` \<b>"),
        ("<p># no heading</p><p>1. no list</p><p>- nor this</p>", "\\# no heading\n\n1\\. no list\n\n\\- nor this"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol><li><p>a</p><p>more</p></li><li>c</li></ol>", "1. a\n\n   more\n2. c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ('<pre class="language-py">def f():\n    return "```"</pre>', '````py\ndef f():\n    return "```"\n````'),
        ("<p>Run <code>a `b`</code> now</p>", "Run `` a `b` `` now"),
        ("<table><tr><th>A</th><th>B|C</th></tr><tr><td>1</td></tr></table>", "| A | B\\|C |\n| --- | --- |\n| 1 |  |"),
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ol><li value='3'>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ol><li><h3>a</h3><p>12.01.26</p></li></ol>", "1. ### a\n\n   12.01.26"),
        ("<p>a<b>“b”</b>c</p>", "a“**b**”c"),
        ("<p>Look!<a href='https://e.org'>here</a></p>", "Look\\![here](https://e.org)"),
        ("<p>&amp;lt; AT&amp;T</p>", "\\&lt; AT&T"),
        ("<h2><b>All of it</b></h2>", "## All of it"),
        (r"<p>\[x^2\]</p>", "$$\nx^2\n$$"),
        ("<table><caption>Cap</caption><tr><td colspan=2>a</td><td rowspan=2>b</td></tr>"
         "<tr><td>c</td><td>d</td></tr></table>",
         "Cap\n\n| a |  | b |\n| --- | --- | --- |\n| c | d |  |"),
        ("<table><tr><td><ul><li>a</li><li>b</li></ul></td><td>c</td></tr></table>",
         "| - a<br>- b | c |\n| --- | --- |"),
        ("<blockquote data-callout='tip' data-fold='-'><p data-callout='title'>T</p><p>a</p></blockquote>",
         "> [!tip]- T\n> a"),
        ("<dl><dt>Term</dt><dd>What it is</dd></dl>", "**Term**\n\nWhat it is"),
        ('<figure><img src="https://e.org/i.jpg" alt="A [b]"><figcaption>Said so</figcaption></figure>',
         "![A \\[b\\]](https://e.org/i.jpg)\n\n*Said so*"),
        (r"<p>Let \(a_1 * b\) be \[x^2\] at $5 or $6.</p>", "Let $a_1 * b$ be $$x^2$$ at $5 or $6."),
        ("<p><strong><b>x</b></strong> <del>old</del> H<sub>2</sub>O</p>", "**x** ~~old~~ H<sub>2</sub>O"),
        ("loose <div>inner</div> text", "loose\n\ninner\n\ntext"),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_says_what_the_page_said(fragment: str, markdown: str) -> None:
    assert write_markdown(tree(fragment)) == markdown


def test_text_is_paragraphs_and_code_keeps_its_lines() -> None:
    content = tree(
        "<h2>Head</h2><p>One <b>two</b>\n three<br>four</p><ul><li>a</li><li>b</li></ul><pre>x\n  y</pre>"
        "<figure><img src='x'><figcaption>not prose</figcaption></figure><table><tr><td>1</td><td>2</td></tr></table>"
    )
    assert write_text(content) == "Head\n\nOne two three\n\nfour\n\na\nb\n\nx\n  y\n\n1 2"


def test_html_is_safe() -> None:
    content = tree(
        '<p onclick="x()">a <a href="javascript:y">b</a><a href="https://e.org">c</a></p><script>z</script>'
        '<img src="https://e.org/i.jpg" onerror="w()" alt="d"><iframe src="https://e.org"></iframe>'
    )
    assert write_html(content) == (
        '<p>a <a>b</a><a href="https://e.org">c</a></p><img src="https://e.org/i.jpg" alt="d">'
    )


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("a &amp; b", "a & b"),
        ("<p>One</p><p>two <script>x</script></p>", "One two"),
        ("a < b", "a < b"),
        ("", ""),
        ("<!-- only a comment -->", ""),
    ],
)
def test_a_fragment_becomes_one_line(fragment: str, text: str) -> None:
    assert text_of_fragment(fragment) == text


def test_a_table_with_one_long_row_does_not_make_all_rows_as_long() -> None:
    rows = "<tr>" + "<td>a</td>" * 2000 + "</tr>" + "<tr><td>b</td><td>c</td></tr>" * 2000
    assert len(write_markdown(tree(f"<table>{rows}</table>"))) < 60_000


def test_signs_of_formulas_without_an_end_are_words_and_read_in_no_time() -> None:
    begun = time.process_time()
    text = r"\[ " * 60_000 + r"\( " * 60_000
    assert write_markdown(tree(f"<p>{text}</p>")).startswith(r"\\\[ \\\[ ")
    assert time.process_time() - begun < 2
