"""What a page says to readers without scripts, where that is the page: some hold all their text in ``noscript``."""

from lxml.etree import _Element

from crawler.extract.hidden import text_length
from crawler.extract.query import elements_at

LEAST_CHARACTERS, LEAST_RATIO = 300, 1.0


def open_noscript(root: _Element) -> None:
    """Unwrap each ``noscript`` that holds more text than all of the page outside of it."""
    found = elements_at(root, ".//noscript[.//p or .//div]")
    outside = text_length(root) if found else 0
    for noscript in found:
        inside = sum(text_length(child) for child in noscript)
        if inside >= LEAST_CHARACTERS and inside > LEAST_RATIO * outside:
            noscript.drop_tag()  # type: ignore[attr-defined]  # every element of an HTML parser has it
