"""What of a page has no words for its reader: scripts, styles, drawings. Taken out before anyone walks the tree.

On the open web they are a tenth of all elements, with long texts, and every walk and copy pays for them.
"""

from lxml.etree import _Element

from crawler.extract.hidden import drop

SILENT = ("script", "style", "svg")
STAYING = ("ld+json", "math/tex", "math/asciimath", "math/mml")


def take_out_silent(tree: _Element) -> None:
    """Take the silent elements out of a page. JSON-LD and formulas stay where they are."""
    drop([element for element in tree.iter(*SILENT) if not stays(element)])


def stays(element: _Element) -> bool:
    """Whether an element is data, or a formula, be it drawn."""
    if element.tag == "svg":
        parent = element.getparent()
        return parent is not None and parent.tag == "mjx-container"
    kind = element.get("type") if element.tag == "script" else None
    return kind is not None and any(name in kind.lower() for name in STAYING)
