"""The words of an article as site generators take them: slug, tags, authors, description. Not for its body."""

import re
import unicodedata
from collections.abc import Iterable

from storage.article import Article
from storage.formats.characters import body_text, cut_at_word, one_line, well_formed
from storage.formats.file_name import cut_bytes, fallback_stem, safe_file_name

MAX_SLUG_BYTES = 80
MAX_DESCRIPTION = 300
# Each part of a tag becomes a folder of the site; no file system takes more than 255 bytes.
MAX_TAG_BYTES = 100
# Eleventy keeps pages by tag in an object of JavaScript, and stops at this one.
NO_TAGS = {"__proto__": "proto"}
# Letters, digits, and the marks that belong to them.
KEPT_CATEGORIES = frozenset("LNM")
LINE_END = re.compile(r"\r\n?")
LF = "\n"


def page_slug(article: Article) -> str:
    """Return the last part of a page's address: the words of its title in its own script, joined by hyphens.

    It holds no dot, slash or leading underscore: those mean something to every generator.
    """
    title = unicodedata.normalize("NFC", well_formed(article.title)).lower()
    spaced = "".join(each if unicodedata.category(each)[0] in KEPT_CATEGORIES else " " for each in title)
    words = " ".join(spaced.split())
    name = safe_file_name(words, suffix="", fallback=fallback_stem(article), max_bytes=MAX_SLUG_BYTES)
    return name.replace(" ", "-")


def page_tags(names: Iterable[str]) -> list[str]:
    """Return the names on one line each, without repeats and without those that hold no letter or digit.

    A tag becomes an address: ``..`` between its slashes would lead out of the tags.
    """
    tags: dict[str, str] = {}
    for name in names:
        parts = [part.strip() for part in one_line(name).replace("\\", "/").split("/")]
        tag = "/".join(cut_bytes(part, MAX_TAG_BYTES).rstrip() for part in parts if part.strip("."))
        if any(map(str.isalnum, tag)):
            tags.setdefault(tag.casefold(), NO_TAGS.get(tag, tag))
    return list(tags.values())


def author_names(article: Article) -> list[str]:
    """Return the authors' names, persons and organisations alike."""
    return [name for name in dict.fromkeys(one_line(author.name) for author in article.authors) if name]


def page_title(article: Article) -> str:
    """Return the title as it is, or the address where the page has none."""
    return well_formed(article.title if article.title.strip() else article.best_url)


def page_description(article: Article) -> str:
    """Return the excerpt as it is, else how the text begins."""
    if article.excerpt.strip():
        return well_formed(article.excerpt)
    return cut_at_word(one_line(article.text), MAX_DESCRIPTION)


def page_images(article: Article) -> list[str]:
    """Return the addresses of the pictures, those that were downloaded by their file."""
    return [well_formed(image.file or image.url) for image in article.images if image.file or image.url]


def page_body(article: Article) -> str:
    """Return the article's Markdown, which has no title, else its text; its lines end with LF, the last one too."""
    return f"{LINE_END.sub(LF, body_text(article.body or article.text)).strip()}\n"
