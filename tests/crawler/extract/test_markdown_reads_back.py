"""Markdown that a reader of CommonMark reads back as what the tree said: its words, its marks, its lists and tables."""

import html as escaping
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from lxml.etree import _Element
from markdown_it import MarkdownIt

from crawler.extract.markdown import write_markdown

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEXT = st.text(st.sampled_from("ab é漢。字1.)#>-+=*_~`[]!<&|:;\"'“”(){}\\/ \n"), max_size=12)
MARKS = ("strong", "em", "del", "cite", "code", "sub", "span", "b", "i")


def element(tag: str, attributes: str = "") -> "st.SearchStrategy[tuple[str, str]]":
    return st.just((f"<{tag}{attributes}>", f"</{tag}>"))


def around(inner: "st.SearchStrategy[str]", tags: tuple[str, ...]) -> "st.SearchStrategy[str]":
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(tags), inner)


def without_tex(fragment: str) -> str:
    r"""Without the beginnings of formulas: ``\[1\]`` in a text is one, and is written as such."""
    return re.sub(r"\\+(?=[\[(])", "", fragment)


PLAIN = TEXT.map(escaping.escape)
LINKS = st.builds(lambda text: f'<a href="https://e.org/a_b?c=d&amp;e*f">{text}</a>', PLAIN)
SPANS = st.recursive(
    PLAIN | LINKS | st.just("<br>"), lambda inner: around(inner, MARKS) | st.builds(str.__add__, inner, inner)
)
RUNS = st.lists(SPANS, max_size=4).map("".join).map(without_tex)
LEAVES = around(RUNS, ("p", "p", "h2", "h3", "p")) | around(PLAIN, ("pre",)) | st.just("<hr>")


def items(inner: "st.SearchStrategy[str]") -> "st.SearchStrategy[str]":
    listed = st.lists(inner.map("<li>{}</li>".format), min_size=1, max_size=3).map("".join)
    return around(listed, ("ul", "ol"))


def several(inner: "st.SearchStrategy[str]") -> "st.SearchStrategy[str]":
    return st.lists(inner, min_size=1, max_size=3).map("".join)


TREES = several(
    st.recursive(
        LEAVES, lambda inner: around(several(inner), ("blockquote", "div")) | items(several(inner) | RUNS), max_leaves=8
    )
)


def tree_of(fragment: str) -> _Element:
    found = html.fragment_fromstring(fragment, create_parent="body")
    assert isinstance(found, _Element)
    return found


def words(text: str) -> str:
    """All but white space: where that falls between blocks is a matter of layout."""
    return re.sub(r"\s+", "", text)


def said(root: _Element) -> str:
    return words("".join(map(str, root.itertext())))


def read(markdown: str) -> _Element:
    return tree_of(READER.render(markdown) or "<p></p>")


@settings(max_examples=150, deadline=None)
@given(TREES)
@example("<p>a<strong>“b”</strong>c</p>")
@example("<p><em>a<strong>b</strong></em><em>c</em></p>")
@example("<ul><li>a</li></ul><ul><li>b</li></ul>")
@example("<ol><li><p>-</p></li></ol>")
@example("<p>a!<a href='https://e.org'>b</a></p>")
@example("<p><strong>1</strong><strong>:__1</strong></p>")
def test_what_is_written_is_read_back_word_for_word(fragment: str) -> None:
    tree = tree_of(fragment)
    assert said(read(write_markdown(tree))) == said(tree)


def shape(root: _Element) -> list[tuple[str, str]]:
    """The blocks of a tree in order, each with its words; paragraphs within items left out: a list may be tight."""
    named = [e for e in root.iter("h2", "h3", "pre", "blockquote", "ul", "ol", "li")]
    return [(str(e.tag), said(e)) for e in named if said(e)]


@settings(max_examples=150, deadline=None)
@given(TREES)
@example("<ul><li>a</li></ul><ul><li>b</li></ul>")
@example("<ul><li>a<ol><li>b</li></ol></li></ul>")
def test_headings_quotes_lists_and_code_are_read_back_as_what_they_are(fragment: str) -> None:
    tree = tree_of(fragment)
    assert shape(read(write_markdown(tree))) == shape(tree)


CELLS = around(RUNS, ("td", "th"))
ROWS = st.integers(2, 3).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=2, max_size=4))


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_a_table_is_read_back_cell_by_cell(rows: list[list[str]]) -> None:
    tree = tree_of("<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>")
    cells = [[said(cell) for cell in row.iter("td", "th")] for row in tree.iter("tr")]
    back = [[said(cell) for cell in row.iter("td", "th")] for row in read(write_markdown(tree)).iter("tr")]
    assert back == cells


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.sampled_from("ab “”!,.漢"), max_size=4), st.text(st.sampled_from("ab “”!,.漢"), min_size=1, max_size=6)
)
def test_emphasis_holds_the_letters_that_it_held(before: str, inside: str) -> None:
    tree = etree.Element("body")
    paragraph = etree.SubElement(tree, "p")
    paragraph.text = before
    strong = etree.SubElement(paragraph, "strong")
    strong.text = inside
    strong.tail = before
    letters = "".join(character for character in inside if character.isalnum())
    found = "".join(said(each) for each in read(write_markdown(tree)).iter("strong"))
    assert "".join(character for character in found if character.isalnum()) == letters
