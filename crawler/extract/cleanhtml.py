"""The main content as HTML that is safe to show. Sanitised by nh3, never by rules of our own."""

import re

import nh3
from lxml import etree
from lxml.etree import _Element

TAGS = frozenset(
    (
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
        "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
        "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li",
        "main", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike",
        "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u",
        "ul", "var", "wbr",
    )
)  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "pre": {"class"},
    "code": {"class"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
LANGUAGE = re.compile(r"language-[\w+#.-]{1,20}", re.ASCII)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
BODY = re.compile(r"^<body[^>]*>|</body>$|^<body/>$")


def write_html(content: _Element) -> str:
    """Return the content's clean HTML, without a wrapper around it."""
    text = etree.tostring(content, encoding="unicode", method="html", with_tail=False)
    return nh3.clean(
        CONTROL.sub("", BODY.sub("", text.strip())),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=kept_value,
        url_schemes=set(SCHEMES),
        link_rel=None,
    ).strip()


def kept_value(_tag: str, attribute: str, value: str) -> str | None:
    """Return an attribute's value; of classes only the language of code, and the attribute goes where there is none."""
    if attribute != "class":
        return value
    return next((name for name in value.split() if LANGUAGE.fullmatch(name)), None)
