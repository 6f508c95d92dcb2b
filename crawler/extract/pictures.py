"""The pictures of a page: which may belong to its article, and where the real one of each lies. Fetches nothing."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.etree import _Element

from crawler.extract.formula import formula_of
from crawler.extract.structured import is_web, urljoin_safely

ICON_NAMES = "avatars?|icons?|logos?|emojis?|smil(?:ey|ies)|badges?|sprites?|pixel|tracking|spacer|gravatars?"
ICON_CLASS = re.compile(rf"(?:^|[\s_-])(?:{ICON_NAMES})(?:$|[\s_-])|(?:avatar|icon|logo|emoji)(?:$|\s)", re.IGNORECASE)
ICON_SOURCE = re.compile(rf"(?:^|[/_.-])(?:{ICON_NAMES}|blank|transparent)(?:[/_.\d-]|$)", re.IGNORECASE)
LAZY = ("data-src", "data-original", "data-lazy-src", "data-original-src", "data-hi-res-src", "data-url")
SOURCE_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s+(\d[\d.]*)[wxh])?\s*(?:,|$)")
FRAME = ("nav", "footer", "aside", "form", "button")
PICTURE_FILE = re.compile(r"^(?:https?:/)?/.{0,1900}\.(?:jpe?g|png|webp|gif|avif|svg)(?:[?#].{0,200})?$", re.IGNORECASE)
SIZE_WORDS = re.compile(
    r"(?:^|(?<=[-_/.]))(?:large|medium|small|thumb(?:nail)?|full|scaled|mobile|desktop|[a-z]?\d{2,4}(?:x\d{2,4})?[wh]?|\d?x|@\dx)"
    r"(?=[-_/.]|$)|@\dx|\.\w{3,4}$",
    re.IGNORECASE,
)
SMALLEST_PIXELS, LARGE_PIXELS = 48, 200


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. source: its absolute address. sizes: width and height, where the page states them."""

    source: str
    alt: str = ""
    width: str = ""
    height: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of an img element for it."""
        values = {"src": self.source, "alt": self.alt, "width": self.width, "height": self.height}
        return {name: value for name, value in values.items() if value}

    @property
    def stem(self) -> str:
        """What is left of its address without what names a size: two pictures with one stem are one picture."""
        return SIZE_WORDS.sub("", urlsplit(self.source).path.lower())


def picture_of(image: _Element, base: str) -> Picture | None:
    """Return the picture that an img element shows, or None for an icon, a formula and one without an address."""
    source = best_source(image, base) if is_content(image) else ""
    if not source or formula_of(image) is not None:
        return None
    sizes = (image.get("width") or "", image.get("height") or "")
    return Picture(source, " ".join((image.get("alt") or "").split()), *sizes)


def pictures_of(block: _Element, base: str) -> list[tuple[_Element, Picture]]:
    """Return the pictures within a block with their elements, each once, be it shown in several sizes."""
    found: dict[str, tuple[_Element, Picture]] = {}
    images = [image for image in block.iter("img") if next(image.iterancestors("noscript"), None) is None]
    for image in images:
        picture = picture_of(image, base)
        if picture is not None:
            found.setdefault(picture.stem, (image, picture))
    for noscript in block.iter("noscript"):
        for picture in scriptless_pictures(noscript, base):
            found.setdefault(picture.stem, (noscript, picture))
    return list(found.values())


def scriptless_pictures(noscript: _Element, base: str) -> list[Picture]:
    """Return the pictures for readers without scripts, unless what they stand in for is beside them."""
    inner = [picture for image in noscript.iter("img") if (picture := picture_of(image, base)) is not None]
    parent = noscript.getparent()
    if not inner or parent is None:
        return []
    others = (image for image in parent.iter("img") if next(image.iterancestors("noscript"), None) is None)
    return [] if any(picture_of(image, base) for image in others) else inner


def is_content(image: _Element) -> bool:
    """Whether a picture may belong to the article: no icon, no pixel, not in the page's frame."""
    sizes = [int(v) for v in (image.get("width") or "", image.get("height") or "") if v.isdecimal()]
    if any(size < SMALLEST_PIXELS for size in sizes):
        return False
    is_named = ICON_CLASS.search(image.get("class") or "") or ICON_SOURCE.search(urlpath(image.get("src") or ""))
    if is_named and not any(size >= LARGE_PIXELS for size in sizes) and not has_caption(image):
        return False
    return next(image.iterancestors(*FRAME), None) is None


def urlpath(url: str) -> str:
    """Return an address without host and query; of data nothing."""
    return "" if url.startswith("data:") else re.sub(r"^(?:https?:)?//[^/?#]*", "", url).partition("?")[0]


def has_caption(image: _Element) -> bool:
    """Whether a picture stands in a figure with a caption."""
    figure = next(image.iterancestors("figure"), None)
    return figure is not None and next(figure.iter("figcaption"), None) is not None


def best_source(image: _Element, base: str) -> str:
    """Return the address of the real picture: what waits for a script, the largest of a set, src, other data."""
    sources = [image.get(name) or "" for name in LAZY]
    sources += [largest(text) for text in source_sets(image) if text]
    sources.append(image.get("src") or "")
    if not sources[-1] or sources[-1].startswith("data:"):
        others = (image.get(str(name)) or "" for name in image.attrib if str(name).startswith("data-"))
        sources += [value for value in others if is_file(value)]
    urls = (urljoin_safely(base, url.strip()) for url in sources if url.strip() and not url.strip().startswith("data:"))
    return next((url for url in urls if is_web(url)), "")


def is_file(value: str) -> bool:
    """Whether an attribute's value is the address of a picture."""
    return PICTURE_FILE.match(value) is not None


def source_sets(image: _Element) -> list[str]:
    """Return the sets of sources for an image; those of its picture element first, as a browser takes them."""
    picture = next(image.iterancestors("picture"), None)
    within = (
        [source.get(name) or "" for source in picture.iter("source") for name in SOURCE_SETS]
        if picture is not None
        else []
    )
    own = [image.get(name) or "" for name in SOURCE_SETS]
    sets = [text for text in (*within, *own) if text and not text.startswith("data:")]
    return sorted(sets, key=lambda text: -size_of_largest(text))


def largest(source_set: str) -> str:
    """Return the address with the largest descriptor of a srcset."""
    entries = CANDIDATE.findall(source_set.strip())
    return str(max(entries, key=lambda entry: number_of(entry[1]))[0]) if entries else ""


def size_of_largest(source_set: str) -> float:
    """Return the largest descriptor of a srcset."""
    return max((number_of(size) for _, size in CANDIDATE.findall(source_set.strip())), default=0.0)


def number_of(descriptor: str) -> float:
    """Return a descriptor's number; 1 where there is none."""
    try:
        return float(descriptor or 1)
    except ValueError:
        return 0.0
