"""The text of a page that is drawn by a script: it lies in the page's own scripts as data, a string among others.

Source: what Next.js (``__NEXT_DATA__``, ``self.__next_f.push``), Nuxt and others write, which is JSON, or near it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from lxml.etree import _Element

from crawler.extract.wording import count_words, xml_safe

LITERAL = re.compile(r'"((?:[^"\\]|\\.){300,})"', re.DOTALL)
BLOCK = re.compile(r"<(?:p|div|br|h[1-6]|li|section|article|blockquote)[\s/>]", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
ROW = re.compile(r"^\s*[0-9a-f]{1,6}:(?:T[0-9a-f]+,)?")
CODE = re.compile(r"[{}=\[\]\\|_^]|function|https?:")
MOST_SCRIPT_CHARACTERS, MOST_STRINGS, LEVELS = 3_000_000, 2_000, 2
LEAST_WORDS, LEAST_BLOCKS, MOST_CODE, BEGINNING = 60, 2, 0.15, 1000
CONSENT = re.compile(r"cookies?\b|consent|gdpr|privacy policy", re.IGNORECASE)


def embedded_text(scripts: Iterable[_Element]) -> str:
    """Return the longest text that a page's scripts hold, as HTML, or an empty string."""
    texts = [text for script in scripts for text in strings_of(script.text or "")]
    chosen = max(filter(is_prose, texts[:MOST_STRINGS]), key=words_of, default="")
    return xml_safe(as_html(chosen)) if words_of(chosen) >= LEAST_WORDS else ""


def strings_of(source: str, level: int = 1) -> Iterator[str]:
    """Give the long strings of a script; of one that holds data itself, the strings within that."""
    for found in LITERAL.finditer(source[:MOST_SCRIPT_CHARACTERS]):
        text = ROW.sub("", decoded(found[1]))
        if not text.startswith(("[", "{")):
            yield text
        elif level < LEVELS:
            yield from strings_of(text, level + 1)


def decoded(literal: str) -> str:
    """Return what the inside of a string literal means, or nothing where it is none of JSON's."""
    try:
        return str(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        return ""


def is_prose(text: str) -> bool:
    """Whether a string is a text in paragraphs, written for people; what a page says of cookies is none."""
    if len(BLOCK.findall(text)) < LEAST_BLOCKS and text.count("\n") < LEAST_BLOCKS:
        return False
    plain = TAG.sub(" ", text)
    if CONSENT.search(plain[:BEGINNING]):
        return False
    return len(CODE.findall(plain)) < MOST_CODE * max(1, count_words(plain))


def words_of(text: str) -> int:
    """Return how many words of a string a reader would see."""
    return count_words(TAG.sub(" ", text))


def as_html(text: str) -> str:
    """Return a string as HTML: plain text has a paragraph a line."""
    if BLOCK.search(text):
        return text
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
