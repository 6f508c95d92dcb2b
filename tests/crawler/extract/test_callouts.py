"""Boxes beside the text, as the generators of sites write them."""

import pytest
from lxml import html

from crawler.extract.callouts import callout_of


@pytest.mark.parametrize(
    ("markup", "kind", "title"),
    [
        ('<div class="markdown-alert markdown-alert-tip"><p class="markdown-alert-title">Tip</p></div>', "tip", "Tip"),
        ('<div class="admonition warning"><p class="admonition-title">Mind</p><p>x</p></div>', "warning", "Mind"),
        ('<div class="alert alert-info"><p>x</p></div>', "info", None),
        ('<div class="theme-admonition theme-admonition-note alert alert--secondary"><p>x</p></div>', "note", None),
        ('<div data-callout="faq" class="callout"><p class="callout-title">?</p></div>', "faq", "?"),
        ('<div class="NOTE"><p>Note</p><p>x</p></div>', "note", "Note"),
        ('<aside class="note"><p>x</p></aside>', "note", None),
        ('<details class="admonition tip"><summary>Open me</summary><p>x</p></details>', "tip", "Open me"),
    ],
)  # fmt: skip
def test_a_box_is_known_by_its_classes(markup: str, kind: str, title: str | None) -> None:
    box = callout_of(html.fragment_fromstring(markup))
    assert box is not None
    assert box.kind == kind
    assert (None if box.title is None else "".join(map(str, box.title.itertext()))) == title


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="note"><p>Dear reader</p></div>',
        '<div class="tip-jar"><p>Pay us</p></div>',
        '<div class="alert"><p>Cookies!</p></div>',
        '<span class="alert alert-info">x</span>',
        "<div><p>Note</p></div>",
        '<aside class="quote"><p>A line of the text once more.</p></aside>',
        '<aside class="related"><p>More of them</p></aside>',
    ],
)
def test_other_elements_are_no_boxes(markup: str) -> None:
    assert callout_of(html.fragment_fromstring(markup)) is None
