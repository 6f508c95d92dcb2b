"""Plain text of a content tree: paragraphs separated by an empty line. Figures and their
captions are left out (they are no prose)."""

from lxml import etree, html
from lxml.etree import _Element

from crawler.extract.elements import BLOCKS
from crawler.extract.notemarks import ASIDE

SILENT = frozenset(
    {"figure", "figcaption", "script", "style", "noscript", "template", "iframe", "svg", "rt", "rp", "img", "head"}
)
TIGHT = frozenset({"li", "tr", "dt", "dd"})
MAX_FRAGMENT_CHARACTERS = 200_000


def write_text(content: _Element) -> str:
    """Return the text of a content tree; code keeps its lines, list items and table rows follow line by line."""
    blocks: list[tuple[str, bool]] = []
    line: list[str] = []
    collect(content, blocks, line, is_tight=False)
    end_line(blocks, line, is_tight=False)
    parts: list[str] = []
    for index, (text, is_tight) in enumerate(blocks):
        if index:
            parts.append("\n" if is_tight and blocks[index - 1][1] else "\n\n")
        parts.append(text)
    return "".join(parts)


def collect(element: _Element, blocks: list[tuple[str, bool]], line: list[str], *, is_tight: bool) -> None:
    """Add the element's text to the current line, its blocks to the list; a block begins and ends a line."""
    if not isinstance(element.tag, str) or element.tag in SILENT or element.get(ASIDE) is not None:
        return
    if element.tag == "pre":
        end_line(blocks, line, is_tight=is_tight)
        blocks.append((all_text(element).strip("\n"), False))
        return
    is_block = element.tag in BLOCKS
    inner = element.tag in TIGHT if is_block else is_tight
    if is_block:
        end_line(blocks, line, is_tight=is_tight)
    line.append(element.text or "")
    for child in element:
        if child.tag == "br":
            end_line(blocks, line, is_tight=True)
        collect(child, blocks, line, is_tight=inner)
        line.append(child.tail or "")
    if element.tag in ("td", "th"):
        line.append(" ")
    if is_block:
        end_line(blocks, line, is_tight=inner)


def end_line(blocks: list[tuple[str, bool]], line: list[str], *, is_tight: bool) -> None:
    text = " ".join("".join(line).split())
    if text:
        blocks.append((text, is_tight))
    line.clear()


def all_text(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext())


def text_of_fragment(fragment: str) -> str:
    """The plain text of a piece of HTML, such as a feed's summary, on one line."""
    if "<" not in fragment and "&" not in fragment:
        return " ".join(fragment.split())
    try:
        tree = html.fragment_fromstring(fragment[:MAX_FRAGMENT_CHARACTERS].replace("\x00", ""), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return " ".join(fragment.split())
    return " ".join(write_text(tree).split())
