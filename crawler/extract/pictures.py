"""The page's own pictures, and where in the main content each belongs.

trafilatura is not asked for pictures: with them it chooses other, worse text (body F1 .02 less on news pages). They
are remembered before the extraction with the text beside them, and put back where that text was kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from crawler.extract.structured import is_web, short_text, urljoin_safely
from crawler.extract.wording import squeezed, xml_safe

ICON = re.compile(r"avatar|icon|logo|emoji|badge|sprite|pixel|tracking|spacer|gravatar", re.IGNORECASE)
LAZY = ("data-src", "data-original", "data-lazy-src", "data-original-src", "data-hi-res-src", "data-url")
SOURCE_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
FRAME = ("nav", "footer", "aside", "form", "button", "noscript")
TEXT_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "li", "blockquote", "pre", "figcaption"})
MAX_PICTURES, SMALLEST_PIXELS, KEY_CHARACTERS, SHORTEST_KEY = 200, 48, 60, 20


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. before and after: keys of the text blocks around it."""

    url: str
    alt: str
    caption: str
    width: str
    height: str
    before: str
    after: str


def read_pictures(tree: _Element, *, base: str) -> list[Picture]:
    """Return the page's pictures in document order, icons and the page's frame left out."""
    found: list[Picture] = []
    waiting: list[_Element] = []
    before = ""
    if next(tree.iter("img"), None) is None:
        return found
    for element in tree.iter("img", *TEXT_BLOCKS):
        if element.tag == "img":
            if len(found) + len(waiting) < MAX_PICTURES and is_content(element):
                waiting.append(element)
        elif key := block_key(element):
            found += [picture for image in waiting if (picture := picture_of(image, base, around=(before, key)))]
            waiting, before = [], key
    return found + [picture for image in waiting if (picture := picture_of(image, base, around=(before, "")))]


def block_key(element: _Element) -> str:
    """What a block of text is recognised by: its beginning. Captions and short blocks have none."""
    if element.tag == "figcaption" or next(element.iterancestors("figure", *FRAME), None) is not None:
        return ""
    key = squeezed(short_text(element))[:KEY_CHARACTERS]
    return key if len(key) >= SHORTEST_KEY else ""


def is_content(image: _Element) -> bool:
    """Whether a picture may belong to the article: no icon, no pixel, not in the page's frame."""
    marks = f"{image.get('class') or ''} {image.get('src') or ''}"
    sizes = [int(v) for v in (image.get("width") or "", image.get("height") or "") if v.isdigit()]
    if any(size < SMALLEST_PIXELS for size in sizes) or ICON.search(marks):
        return False
    return next(image.iterancestors(*FRAME), None) is None


def picture_of(image: _Element, base: str, *, around: tuple[str, str]) -> Picture | None:
    url = best_source(image, base)
    figure = next(image.iterancestors("figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    text = short_text(caption) if caption is not None else ""
    sizes = image.get("width") or "", image.get("height") or ""
    return Picture(url, (image.get("alt") or "").strip(), text, *sizes, *around) if url else None


def best_source(image: _Element, base: str) -> str:
    """The address of the real picture: lazy-loading attributes, then src, then the largest of a srcset."""
    sources = [image.get(name) or "" for name in LAZY] + [image.get("src") or ""]
    sets = [image.get(name) or "" for name in SOURCE_SETS]
    parent = image.getparent()
    if parent is not None and parent.tag == "picture":
        sets += [source.get("srcset") or "" for source in parent.iter("source")]
    sources += [largest(text) for text in sets if text]
    urls = (urljoin_safely(base, url.strip()) for url in sources if url and not url.startswith("data:"))
    return next((url for url in urls if is_web(url)), "")


def largest(source_set: str) -> str:
    """The URL with the largest descriptor of a srcset."""
    entries = [entry.split() for entry in re.split(r",\s+", source_set.strip())]
    sized = [(number_of(entry[1]) if len(entry) > 1 else 1.0, entry[0]) for entry in entries if entry]
    return max(sized, key=lambda pair: pair[0])[1].rstrip(",") if sized else ""


def number_of(descriptor: str) -> float:
    try:
        return float(descriptor.rstrip("wx,"))
    except ValueError:
        return 0.0


def place_pictures(content: _Element, pictures: list[Picture]) -> None:
    """Put each picture beside the text it stood beside, as figures; those whose text was not kept stay out.

    A picture behind the last kept text is most often a teaser's, so it needs a caption to be taken.
    """
    blocks = {key: top_block(e, content) for e, key in keyed_blocks(content)} if pictures else {}
    placed: set[str] = set()
    for picture in pictures:
        behind, ahead = blocks.get(picture.before), blocks.get(picture.after)
        if picture.url in placed:
            continue
        if ahead is not None:
            ahead.addprevious(figure_of(picture))
        elif behind is not None and (picture.caption or not picture.after):
            blocks[picture.before] = insert_behind(behind, figure_of(picture))
        else:
            continue
        placed.add(picture.url)


def keyed_blocks(content: _Element) -> Iterator[tuple[_Element, str]]:
    for element in content.iter(*TEXT_BLOCKS):
        key = block_key(element)
        if key:
            yield element, key


def top_block(element: _Element, content: _Element) -> _Element:
    """The outermost list, quote or other block around an element, so that a figure never splits one."""
    top = element
    for parent in element.iterancestors("ul", "ol", "blockquote", "table", "li"):
        if parent is not content:
            top = parent
    return top


def insert_behind(block: _Element, figure: _Element) -> _Element:
    """The figure, put behind a block and its tail's text."""
    figure.tail, block.tail = block.tail, None
    block.addnext(figure)
    return figure


def figure_of(picture: Picture) -> _Element:
    figure = etree.Element("figure")
    attributes = {"src": picture.url, "alt": picture.alt, "width": picture.width, "height": picture.height}
    etree.SubElement(figure, "img", {name: xml_safe(value) for name, value in attributes.items() if value})
    if picture.caption:
        etree.SubElement(figure, "figcaption").text = xml_safe(picture.caption)
    return figure
