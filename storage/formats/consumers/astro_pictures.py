"""Pictures in a body that Astro can build. Not for downloading them.

Astro takes a picture without a scheme for a file of the site, and stops where there is none. It leaves a page empty
that has an address whose percent signs are not those of UTF-8, as old sites have them (``caf%E9.jpg``).
"""

import re
from collections.abc import Set as AbstractSet
from functools import cache
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from markdown_it import MarkdownIt

from storage.formats.consumers.prose import in_paragraphs, outside_code, prose_lines

TARGET = r"(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)"
PICTURE = re.compile(rf"!(?P<label>\[(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*\])\(\s*(?P<target>{TARGET})", re.DOTALL)
OPENING = re.compile(r"!(?=\[)")
LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
NAMED_HOST = re.compile(r"(?:[\w-]+\.)*[^\W\d_][\w-]*\.?")
NUMBERED_HOST = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}", re.ASCII)


def with_buildable_pictures(body: str, *, url: str, files: AbstractSet[str]) -> str:
    """Return a body whose pictures Astro can build: absolute ones, those of ``files``, and links for all others.

    url: what relative addresses are resolved against. files: pictures that lie beside the page.
    """
    if "![" not in body:
        return body

    def buildable(found: re.Match[str]) -> str:
        target = found["target"].strip("<>")
        if target in files or is_buildable(target):
            return found[0]
        absolute = joined(url, target)
        if is_buildable(absolute):
            return f"!{found['label']}(<{absolute}>"
        return f"{found['label'] if found['label'] != '[]' else '[image]'}(<{absolute}>"

    lines = prose_lines(body)
    changed = in_paragraphs(body, lambda text: outside_code(text, PICTURE, buildable), lines=lines)
    if all(source in files or is_buildable(source) for source in sources_of(changed)):
        return changed
    return in_paragraphs(body, lambda text: outside_code(text, OPENING, "\\!"), lines=lines)


def joined(url: str, target: str) -> str:
    """Return the target as an absolute address, or as it is where it cannot be joined."""
    try:
        absolute = urljoin(url, target)
    except ValueError:
        return target
    return absolute.replace(" ", "%20")


def is_buildable(source: str) -> bool:
    """Whether Astro leaves the address alone: one of the web, or of the site's public folder."""
    if LONE_PERCENT.search(source):
        return False
    try:
        decoded = unquote_to_bytes(source).decode()
        parts = urlsplit(decoded)
        host = (parts.hostname or "") if parts.port is None or parts.port else ""
        host.encode("idna").decode("idna")
    except ValueError:
        return False
    if decoded.startswith("/"):
        return True
    is_host = NAMED_HOST.fullmatch(host) or NUMBERED_HOST.fullmatch(host)
    is_of_the_web = parts.scheme in ("http", "https") and is_host is not None and "@" not in parts.netloc
    return is_of_the_web or parts.scheme == "data"


def any_link(url: str) -> bool:
    """Say that a link is one, whatever its scheme."""
    return True


@cache
def reader() -> MarkdownIt:
    """Return a parser that sees every picture, whatever its scheme."""
    made = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    made.validateLink = any_link  # type: ignore[method-assign]
    return made


def sources_of(body: str) -> list[str]:
    """Return the addresses of all pictures of a body."""
    return [
        str(child.attrs["src"])
        for token in reader().parse(body)
        for child in token.children or ()
        if child.type == "image"
    ]
