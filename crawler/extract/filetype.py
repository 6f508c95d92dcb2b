"""What a body is that is not HTML, by its first bytes. Not for deciding between feed, sitemap and section."""

import codecs
import re

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"\x1aE\xdf\xa3", "a WebM or Matroska video"),
    (b"wOF", "a font"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
XML_ROOT = re.compile(rb"<(rss|feed|rdf:RDF|urlset|sitemapindex|opml|svg)[\s>]", re.IGNORECASE)
TAG = re.compile(rb"<\s*/?\s*[a-zA-Z!?]")
HEAD_BYTES = 4096
# One control character in so many bytes is no text. Random bytes have one in ten, and text in an 8-bit encoding none.
BYTES_PER_CONTROL, BYTES_PER_CONTROL_IN_8_BIT = 10, 50
CONTROLS = bytes((*range(9), 11, *range(14, 27), *range(28, 32)))
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def name_of_non_html(body: bytes) -> str | None:
    """Return what the body is, as a noun with its article, or None where it may be HTML."""
    start = body[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n\x0c")
    return binary_name(start) or (text_name(start, body) if is_texty(body) else "binary data")


def binary_name(start: bytes) -> str | None:
    """The name of a file type with a signature, or of bytes that are no text at all."""
    for signature, name in SIGNATURES:
        if start.startswith(signature) and not (signature.isalnum() and is_texty(start)):
            return name
    if start[:4] == b"RIFF":
        return "a WebP image" if start[8:12] == b"WEBP" else "a RIFF file"
    if start[4:8] == b"ftyp":
        return "an MP4 video or HEIC image"
    return None if is_texty(start) else "binary data"


def is_texty(start: bytes) -> bool:
    """Whether bytes may be text: few control characters, or the NULs that ASCII has in UTF-16."""
    if start.startswith(UTF16_BOMS) or abs(start[:200:2].count(0) - start[1:200:2].count(0)) > 30:
        return True
    controls = len(start) - len(start.translate(None, CONTROLS))
    if controls * BYTES_PER_CONTROL_IN_8_BIT <= len(start):
        return True
    return controls * BYTES_PER_CONTROL <= len(start) and is_utf8(start)


def is_utf8(start: bytes) -> bool:
    """Whether bytes are UTF-8, perhaps cut within a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def text_name(start: bytes, body: bytes) -> str | None:
    """The name of a text format that is not HTML."""
    if b"\x00" in start:
        return None
    root = XML_ROOT.search(start[:1024])
    if root and b"<html" not in start[: root.start()].lower():
        return f"an XML document ({root[1].decode('ascii')})"
    if start[:1] in (b"{", b"[") and not TAG.match(body.lstrip()) and b"<html" not in start.lower():
        return "JSON"
    if start and not TAG.search(body):
        return "plain text"
    return None
