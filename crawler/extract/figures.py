"""Pictures that stand as a block of their own, with their caption."""

import re

from lxml import etree
from lxml.etree import _Element

from crawler.extract.embeds import TAGS, copy_embed, is_embed
from crawler.extract.inline import copy_words
from crawler.extract.pictures import Picture, pictures_of
from crawler.extract.structured import is_web, urljoin_safely
from crawler.extract.weights import Weights
from crawler.extract.wording import xml_safe

LITTLE_TEXT, MOST_DENSITY = 200, 0.5
PICTURE_PAGE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg)(?:[?#]|$)", re.IGNORECASE)


def is_picture(block: _Element, weights: Weights, base: str) -> bool:
    """Whether a block is a picture, or a video, with little more than its caption."""
    if next(block.iter("img", *TAGS), None) is None:
        return False
    weight = weights[block]
    captions = sum(weights[caption].total for caption in block.iter("figcaption"))
    is_small = weight.total - captions <= LITTLE_TEXT and weight.density < MOST_DENSITY
    if not is_small or next(block.iter("pre", "table", "blockquote"), None) is not None:
        return False
    return bool(pictures_of(block, base)) or any(is_embed(element) for element in block.iter(*TAGS))


def plant_figure(block: _Element, target: _Element, weights: Weights, base: str) -> None:
    """Add the pictures of a block, with its words as their caption; one figure for each that it has within."""
    inner = [
        figure for figure in block.iterdescendants("figure") if next(figure.iterdescendants("figure"), None) is None
    ]
    if inner and block.tag == "figure":
        for figure in inner:
            plant_figure(figure, target, weights, base)
        return
    figure = etree.SubElement(target, "figure")
    for element, picture in pictures_of(block, base):
        add_picture(element, picture, figure, base)
    for element in block.iter(*TAGS):
        if is_embed(element):
            copy_embed(element, target, base=base)
    if not len(figure):
        target.remove(figure)
        return
    add_caption(block, figure, weights, base)


def add_picture(element: _Element, picture: Picture, figure: _Element, base: str) -> None:
    """Add one picture, in the link that it is on the page; not in one to itself in another size."""
    link = next((parent for parent in element.iterancestors("a")), None)
    address = urljoin_safely(base, link.get("href") or "") if link is not None else ""
    is_link = is_web(address) and not PICTURE_PAGE.search(address)
    holder = etree.SubElement(figure, "a", {"href": xml_safe(address)}) if is_link else figure
    etree.SubElement(holder, "img", {name: xml_safe(value) for name, value in picture.attributes.items()})


def add_caption(block: _Element, figure: _Element, weights: Weights, base: str) -> None:
    """Add the caption; words around a picture that lead elsewhere are none."""
    caption = next(block.iter("figcaption"), block)
    if caption is block and weights[block].linked:
        return
    holder = etree.SubElement(figure, "figcaption")
    copy_words(caption, holder, base=base)
    if not "".join(map(str, holder.itertext())).strip():
        figure.remove(holder)
