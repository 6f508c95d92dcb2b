"""The pictures of a page: which may belong to its article, and where the real one of each lies. Fetches nothing."""

import re

from lxml.etree import _Element

from crawler.extract.structured import is_web, urljoin_safely

ICON = re.compile(r"avatar|icon|logo|emoji|badge|sprite|pixel|tracking|spacer|gravatar", re.IGNORECASE)
LAZY = ("data-src", "data-original", "data-lazy-src", "data-original-src", "data-hi-res-src", "data-url")
SOURCE_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
FRAME = ("nav", "footer", "aside", "form", "button", "noscript")
SMALLEST_PIXELS = 48


def is_content(image: _Element) -> bool:
    """Whether a picture may belong to the article: no icon, no pixel, not in the page's frame."""
    marks = f"{image.get('class') or ''} {image.get('src') or ''}"
    sizes = [int(v) for v in (image.get("width") or "", image.get("height") or "") if v.isdigit()]
    if any(size < SMALLEST_PIXELS for size in sizes) or ICON.search(marks):
        return False
    return next(image.iterancestors(*FRAME), None) is None


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
