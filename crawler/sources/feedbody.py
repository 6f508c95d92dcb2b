"""A feed's bytes, made fit for feedparser: what it fails at, or takes hours over, is mended first. Parses no feed."""

import re
from dataclasses import dataclass

from crawler.sources.prolog import encoding_of

MAX_ENTRIES = 5000  # feedparser needs half a millisecond an entry, a whole one where the XML is broken
MAX_NAME_BYTES = 500
ENTRY_END = re.compile(
    rb"</(?:[\w-]{1,20}:)?(?:item|entry)\s{0,20}>|<(?:[\w-]{1,20}:)?(?:item|entry)(?:\s[^<>]{0,200})?/>", re.IGNORECASE
)
# One with a picture in its attribute may be as long; one with a thousand attributes is no tag of anybody's.
GIANT_TAG = re.compile(rb"<(?![!?])[^<>]{16384,}")
MAX_ATTRIBUTES = 1000
# feedparser looks for an e-mail address in these with an expression whose time grows with the square of the length.
LONG_NAME = re.compile(
    rb"(<(?:\w{1,20}:)?(?:author|creator|managingeditor|webmaster|publisher|contributor|name|email)\b[^<>]{0,200}>"
    rb"\s{0,100}(?:<!\[CDATA\[)?[^<]{%d})[^<]+" % MAX_NAME_BYTES,
    re.IGNORECASE,
)
REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
SURROGATES = re.compile(
    rb"&#(?:[xX](d[89ab][0-9a-f]{2})|(55[2-9]\d\d|56[0-2]\d\d|563[01]\d));"
    rb"&#(?:[xX](d[c-f][0-9a-f]{2})|(5[67]\d\d\d));",
    re.IGNORECASE,
)
REPLACEMENT = b"&#65533;"
FIRST_TAG = re.compile(rb"<\w")
SPACES = re.compile(rb"[ \t\r\n]{2,}")
FEWEST_GOOD_TO_BAD = 10


@dataclass(frozen=True, slots=True)
class FeedBody:
    """The bytes to parse. is_cut: it held more entries than are read."""

    data: bytes
    is_cut: bool = False


def fit_body(body: bytes) -> FeedBody:
    """Return a feed's body with the same meaning; in UTF-16, UTF-32 and EBCDIC only its entities are looked to."""
    encoding = encoding_of(body)
    if encoding not in ("latin-1", "utf-8"):
        return FeedBody(with_entities_apart(body, encoding))
    kept = without_late_entries(mended_utf8(body.lstrip()))
    data = LONG_NAME.sub(rb"\1", GIANT_TAG.sub(shortened_tag, squeezed_head(kept.data)))
    if b"&#" in data:
        data = REFERENCE.sub(mended_reference, SURROGATES.sub(joined_surrogates, data))
    return FeedBody(data, kept.is_cut)


def without_late_entries(body: bytes) -> FeedBody:
    """Cut out the entries after MAX_ENTRIES; what closes the feed stays."""
    ends = [found.end() for found in ENTRY_END.finditer(body)]
    if len(ends) <= MAX_ENTRIES:
        return FeedBody(body)
    return FeedBody(body[: ends[MAX_ENTRIES - 1]] + body[ends[-1] :], is_cut=True)


def squeezed_head(body: bytes) -> bytes:
    """Shorten runs of white space before the first element, over which feedparser takes the square of their length."""
    first = FIRST_TAG.search(body)
    start = first.start() if first else len(body)
    return SPACES.sub(b"\n", with_entities_apart(body[:start], "ascii")) + body[start:]


def with_entities_apart(body: bytes, encoding: str) -> bytes:
    """Begin a line with each entity: feedparser takes out dangerous ones, but only at the start of a line."""
    mark = "<!ENTITY".encode(encoding)
    return without_comments(body, encoding).replace(mark, "\n".encode(encoding) + mark) if mark in body else body


def without_comments(body: bytes, encoding: str) -> bytes:
    """The body without comments, in which feedparser would find entities too and take the end of one with them."""
    opening, closing = "<!--".encode(encoding), "-->".encode(encoding)
    parts: list[bytes] = []
    start = 0
    while (begin := body.find(opening, start)) >= 0 and (end := body.find(closing, begin)) >= 0:
        parts.append(body[start:begin])
        start = end + len(closing)
    return b"".join((*parts, body[start:]))


def mended_utf8(body: bytes) -> bytes:
    """Replace the few bad bytes of a text that is UTF-8 for the rest; feedparser would take all of it for another."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        bad = text.count("\ufffd")
        good = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", text)))
        return text.encode("utf-8") if good >= FEWEST_GOOD_TO_BAD * bad else body
    return body


def shortened_tag(found: re.Match[bytes]) -> bytes:
    """A tag with its attributes, without them where they are too many."""
    return found[0] if found[0].count(b"=") <= MAX_ATTRIBUTES else found[0].split(maxsplit=1)[0]


def joined_surrogates(found: re.Match[bytes]) -> bytes:
    """One character written as the two halves that UTF-16 needs for it."""
    high = int(found[1], 16) if found[1] else int(found[2])
    low = int(found[3], 16) if found[3] else int(found[4])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return found[0]
    return b"&#%d;" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def mended_reference(found: re.Match[bytes]) -> bytes:
    """A character reference as it is, or the replacement character for one that XML has no character for."""
    digits = (found[1] or found[2]).lstrip(b"0") or b"0"
    number = int(digits, 16 if found[1] else 10) if len(digits) < 12 else 0x110000
    is_character = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return found[0] if is_character and number not in (0xFFFE, 0xFFFF) else REPLACEMENT
