"""Pictures and links: those the metadata names, and those of the main content. Nothing is fetched."""

import re

from lxml.etree import _Element

from crawler.extract.article_node import article_node
from crawler.extract.clues import Clues
from crawler.extract.jsonld import Node, text_of
from crawler.extract.structured import is_web, short_text, urljoin_safely
from storage.article import Image, Link

Images = tuple[Image, ...]
MAX_IMAGES, MAX_LINKS, MAX_SIZE = 50, 500, 20_000
NUMBER = re.compile(r"\d{1,5}")


def web_meta(clues: Clues, *, name: str) -> str | None:
    """The absolute web address that a meta element holds."""
    url = urljoin_safely(clues.base, clues.first_meta(name)) if clues.first_meta(name) else ""
    return url if is_web(url) else None


def pixels(value: object) -> int | None:
    """A width or height in pixels; None for "100%", 0 and nonsense."""
    text = text_of(value).removesuffix("px")
    size = int(text) if NUMBER.fullmatch(text) else 0
    return size if 0 < size <= MAX_SIZE else None


def opengraph_images(clues: Clues) -> Images | None:
    """Every og:image; its sizes and alt are the first one's."""
    names = ("og:image", "og:image:url", "og:image:secure_url")
    urls = [urljoin_safely(clues.base, value) for name in names for value in clues.meta.get(name, ())]
    urls = list(dict.fromkeys(filter(is_web, urls)))[:5]
    width, height = pixels(clues.first_meta("og:image:width")), pixels(clues.first_meta("og:image:height"))
    first = tuple(Image(url=url, width=width, height=height, alt=clues.first_meta("og:image:alt")) for url in urls[:1])
    return (*first, *(Image(url=url) for url in urls[1:])) or None


def jsonld_images(clues: Clues) -> Images | None:
    node = article_node(clues)
    values = clues.graph.values(node, "image", "thumbnailUrl") if node else []
    images = [jsonld_image(value, clues) for value in values[:5]]
    return tuple(image for image in images if image) or None


def jsonld_image(value: object, clues: Clues) -> Image | None:
    node: Node = value if isinstance(value, dict) else {"url": value}
    url = urljoin_safely(clues.base, next((t for n in ("url", "contentUrl", "@id") if (t := text_of(node.get(n)))), ""))
    if not is_web(url):
        return None
    sizes = pixels(node.get("width")), pixels(node.get("height"))
    return Image(
        url=url, width=sizes[0], height=sizes[1], alt=text_of(node.get("alt")), caption=text_of(node.get("caption"))
    )


def meta_images(clues: Clues) -> Images | None:
    url = web_meta(clues, name="twitter:image") or web_meta(clues, name="twitter:image:src")
    return (Image(url=url),) if url else None


def content_images(content: _Element) -> Images:
    """The pictures of the main content, with alt and caption."""
    found = []
    for element in content.iter("img"):
        figure = next(element.iterancestors("figure"), None)
        caption = figure.find(".//figcaption") if figure is not None else None
        found.append(
            Image(
                url=element.get("src") or "",
                width=pixels(element.get("width")),
                height=pixels(element.get("height")),
                alt=element.get("alt") or "",
                caption=short_text(caption) if caption is not None else "",
            )
        )
    return tuple(image for image in found if is_web(image.url))


def merged_images(lead: Images, body: Images) -> Images:
    """Each picture once, the lead ones first; what the body knows of one (alt, caption) is added."""
    known = {image.url: image for image in reversed(body)}
    merged: dict[str, Image] = {}
    for image in (*lead, *body):
        twin = known.get(image.url, image)
        merged.setdefault(
            image.url,
            Image(
                url=image.url,
                width=image.width or twin.width,
                height=image.height or twin.height,
                alt=image.alt or twin.alt,
                caption=image.caption or twin.caption,
            ),
        )
    return tuple(merged.values())[:MAX_IMAGES]


def content_links(content: _Element) -> tuple[Link, ...]:
    """The links of the main content: each target once, with its words and title."""
    found: dict[str, Link] = {}
    for element in content.iter("a"):
        url = element.get("href") or ""
        if is_web(url):
            found.setdefault(url, Link(url=url, title=short_text(element), description=element.get("title") or ""))
    return tuple(found.values())[:MAX_LINKS]
