"""Blocks of code in the shapes that highlighters, editors and forges give them."""

import pytest
from lxml import html
from lxml.etree import _Element

from crawler.extract.codeblock import code_text, is_code, is_code_block
from crawler.extract.codelanguage import code_language


def block(markup: str) -> _Element:
    found = html.fragment_fromstring(markup)
    assert isinstance(found, _Element)
    return found


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        pytest.param("<pre>a\n  b</pre>", "a\n  b", id="plain"),
        pytest.param("<pre><code>a<br>b</code></pre>", "a\nb", id="line breaks"),
        pytest.param("<pre><div>a</div><div></div><div>b</div></pre>", "a\n\nb", id="lines that are divs, one empty"),
        pytest.param(
            '<pre><span class="line">a\n</span><span class="line">\n</span><span class="line">b</span></pre>',
            "a\n\nb",
            id="lines with their ends",
        ),
        pytest.param(
            '<pre><span class="line">a</span>\n<span class="line">b</span></pre>', "a\nb", id="line ends between lines"
        ),
        pytest.param(
            '<pre><span class="ln">1</span>a\n<span class="ln">2</span>b</pre>', "a\nb", id="numbers by their class"
        ),
        pytest.param(
            "<pre><code><span><span>1</span><span>a\n</span></span><span><span>2</span><span>b</span></span></code></pre>",
            "a\nb",
            id="numbers that count up",
        ),
        pytest.param(
            '<pre><span style="user-select: none">$ </span>make</pre>', "make", id="a prompt that cannot be selected"
        ),
        pytest.param("<pre>1\n2\n3</pre>", "1\n2\n3", id="numbers are code where they are all"),
        pytest.param(
            '<table class="highlight"><tr><td class="gutter"><pre>1\n2</pre></td>'
            '<td class="code"><pre>a\nb</pre></td></tr></table>',
            "a\nb",
            id="a table of two columns",
        ),
        pytest.param(
            '<table><tr><td class="blob-num" data-line-number="7"></td><td class="blob-code">a</td></tr>'
            '<tr><td class="blob-num" data-line-number="8"></td><td class="blob-code"> b</td></tr></table>',
            "a\n b",
            id="a table of lines",
        ),
        pytest.param(
            '<div class="cm-editor"><div class="cm-gutters">1</div><div class="cm-content"><div class="cm-line">a</div>'
            '<div class="cm-line">b</div></div></div>',
            "a\nb",
            id="an editor",
        ),
        pytest.param('<div class="code-block" data-lang="http">GET /\n\n&gt; 200</div>', "GET /\n\n> 200", id="a box"),
    ],
)
def test_code_is_read_line_by_line_without_what_stands_beside_it(markup: str, code: str) -> None:
    element = block(markup)
    assert is_code(element) if element.tag == "pre" else is_code_block(element)
    assert code_text(element).strip("\n") == code


PROSE = "The boat came late, and nobody who waited for it was surprised. It had been late all week, they said."


@pytest.mark.parametrize(
    ("markup", "is_one"),
    [
        ("<pre>make install\nmake clean</pre>", True),
        (f"<pre>{PROSE}</pre>", False),
        (f'<pre class="highlight">{PROSE}</pre>', True),
    ],
)
def test_prose_that_was_set_with_line_breaks_is_no_code(markup: str, is_one: bool) -> None:
    assert is_code(block(markup)) is is_one


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ('<pre><code class="language-Python">x</code></pre>', "python"),
        ('<pre class="hljs rust">x</pre>', "rust"),
        ('<div class="highlight-source-shell"><pre>x</pre></div>', "shell"),
        ('<pre data-lang="go">x</pre>', "go"),
        ('<pre class="wp-block-code">x</pre>', ""),
        ('<pre class="language-plaintext">x</pre>', ""),
    ],
)
def test_the_language_is_the_one_that_the_markup_names(markup: str, language: str) -> None:
    element = block(markup)
    assert code_language(next(element.iter("pre"))) == language
