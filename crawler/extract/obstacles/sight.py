"""What an answer shows at a glance: its head, its title, the text a visitor would see. Not for what it means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from crawler.extract.wording import count_words, one_line

# Whoever puts a wall before a page puts it first: more than this is not looked at.
MARKUP_BYTES = 64 * 1024
TEXT_CHARACTERS = 12_000
QUOTED_CHARACTERS = 80
TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
HEADING = re.compile(r"<h1[^<>]{0,500}>([^<]{0,500})", re.IGNORECASE)
# No backtracking: each tag, and each script to its end, is passed once.
SCRIPTS = re.compile(r"<(script|style|noscript|template)\b", re.IGNORECASE)
TAGS = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """An answer as it is looked at. Names of headers and the mark-up are in lower case.

    asked: the URL before redirects, empty where nobody knows it. text: what a visitor sees, the beginning of it.
    words: in text. main_words: of the main text, as far as one was found. is_declared: its mark-up says that it is an
    article. has_password_field: a form asks for one.
    """

    url: str = ""
    asked: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    heading: str = ""
    text: str = ""
    words: int = 0
    main_text: str = ""
    main_words: int = 0
    markup: str = ""
    is_declared: bool = False
    has_password_field: bool = False

    @property
    def is_error(self) -> bool:
        """Whether the server itself says that this is not what was asked for."""
        return self.status is not None and self.status >= 400

    @property
    def is_redirected(self) -> bool:
        """Whether it was read at another address than was asked for."""
        return bool(self.asked) and address(self.asked) != address(self.url)


def sight_of_answer(body: bytes, *, url: str, asked: str, status: int, headers: Mapping[str, str]) -> Sight:
    """Return what an error answer shows, by its first bytes alone: it is not worth a worker."""
    markup = markup_of(body)
    text = visible_text(markup)
    return Sight(
        url=url,
        asked=asked,
        status=status,
        headers=headers,
        title=first_of(TITLE, markup),
        heading=first_of(HEADING, markup),
        text=text,
        words=count_words(text),
        markup=markup.lower(),
    )


def markup_of(body: bytes) -> str:
    """Return the beginning of a body as text; what is not UTF-8 is legible as far as it is ASCII."""
    return body[:MARKUP_BYTES].decode("utf-8", "replace")


def visible_text(markup: str) -> str:
    """Return about what a visitor sees of a page, without parsing it."""
    parts = SCRIPTS.split(markup)
    shown = [parts[0]]
    for name, rest in zip(parts[1::2], parts[2::2], strict=True):
        end = rest.lower().find(f"</{name.lower()}")
        shown.append(rest[end:] if end >= 0 else "")
    return one_line(unescape(TAGS.sub(" ", " ".join(shown))))[:TEXT_CHARACTERS]


def first_of(pattern: re.Pattern[str], markup: str) -> str:
    found = pattern.search(markup)
    return one_line(unescape(found[1])) if found else ""


def address(url: str) -> str:
    """Return a URL without what makes no difference to where it leads: scheme, www, final slash, fragment."""
    bare = url.partition("#")[0].rpartition("://")[2].lower()
    return bare.removeprefix("www.").rstrip("/")


def host_of(url: str) -> str:
    """Return the host of a URL, or nothing for one that cannot be read."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """Return the path of a URL in lower case, or nothing for one that cannot be read."""
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


def quoted(text: str) -> str:
    """Return text as a reason quotes it."""
    text = one_line(text)
    return repr(text if len(text) <= QUOTED_CHARACTERS else f"{text[:QUOTED_CHARACTERS]}…")
