"""The main content as HTML that is safe to show. Sanitised by nh3, never by rules of our own."""

import re

import nh3
from lxml import etree
from lxml.etree import _Element

TAGS = frozenset(
    (
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt", "em",
        "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "mark", "ol",
        "p", "pre", "q", "s", "section", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "u", "ul",
    )
)  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "pre": {"class"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
BODY = re.compile(r"^<body[^>]*>|</body>$|^<body/>$")


def write_html(content: _Element) -> str:
    """Return the content's clean HTML, without a wrapper around it."""
    text = etree.tostring(content, encoding="unicode", method="html", with_tail=False)
    return nh3.clean(
        CONTROL.sub("", BODY.sub("", text.strip())),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel=None,
    ).strip()
