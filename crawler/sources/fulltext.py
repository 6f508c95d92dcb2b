"""Whether what a feed carries of an entry is the whole article, and that text as a page. Reads no article itself."""

import re
from dataclasses import dataclass
from html import escape

from crawler.candidate import Candidate
from crawler.extract.plaintext import text_of_fragment
from crawler.extract.wording import count_words

MAX_CONTENT_CHARACTERS = 10 * 1024 * 1024
MAX_FRAGMENT_CHARACTERS = 200_000  # more than that is no summary
# Fewer words are a summary, or a note so short that its page costs little.
FEWEST_WORDS = 100
# How a text ends that goes on elsewhere. The rest of the line is what a button says.
GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\]|»|→)\W{0,5}$"
    r"|\b(?:read|view|see|learn) (?:more|on|the (?:full|whole|rest|original))\b.{0,60}$"
    r"|\b(?:(?:continue|keep) reading|mehr lesen|weiterlesen|lire (?:la suite|plus)|leer más|seguir leyendo|ler mais"
    r"|leggi (?:tutto|di più)|lees (?:meer|verder))\b.{0,80}$",
    re.IGNORECASE,
)
# What WordPress puts under every entry of its feeds.
APPEARED = re.compile(
    r"<p>\s*The post <a [^<>]{1,2000}>[^<]{0,500}</a> (?:appeared first on|first appeared on) "
    r"<a [^<>]{1,500}>[^<]{0,200}</a>\.?\s*</p>\s*$"
)


@dataclass(frozen=True, slots=True)
class Told:
    """How much of an article a feed carries. is_whole: it is long enough, and does not end where a page goes on."""

    words: int = 0
    is_whole: bool = False


def told_of(content_html: str) -> Told:
    """Return how much of an article a feed's HTML is. Of what is too long to be looked at, only that it is whole."""
    if len(content_html) > MAX_FRAGMENT_CHARACTERS:
        return Told(is_whole=True)
    if not content_html:
        return Told()
    text = text_of_fragment(without_footer(content_html))
    words = count_words(text)
    return Told(words, words >= FEWEST_WORDS and not GOES_ON.search(text[-120:]))


def without_footer(content_html: str) -> str:
    """The text without the line that says where it first appeared."""
    start = max(0, len(content_html) - 4000)
    return content_html[:start] + APPEARED.sub("", content_html[start:].rstrip())


def entry_page(candidate: Candidate) -> bytes:
    """An entry's text as an HTML page in UTF-8, with its title; relative links lead where they would on its page.

    All of its body is the article: nothing else stands there.
    """
    head = f'<meta charset="utf-8"><title>{escape(candidate.title)}</title><base href="{escape(candidate.url)}">'
    head += '<meta property="og:type" content="article">'
    body = without_footer(candidate.content_html)
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "replace")


def html_of_text(text: str) -> str:
    """Plain text as HTML, with a paragraph for each block of lines."""
    return "".join(f"<p>{escape(block)}</p>" for block in text.replace("\r\n", "\n").split("\n\n") if block.strip())
