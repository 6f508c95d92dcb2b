"""Takes gzip off a document that is a .gz file. Not for the transfer coding, which is the gate's matter."""

import zlib
from dataclasses import dataclass
from gzip import GzipFile
from io import BytesIO

from crawler.errors import UnreadableDocument

MAGIC = b"\x1f\x8b"
MAX_DECODED_BYTES = 50 * 1024 * 1024  # the limit of the sitemap protocol
CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's bytes without its compression. is_cut: there was more than was taken, or it ends too early."""

    body: bytes
    is_cut: bool = False


def decode_gzip(body: bytes, *, url: str, room: int = MAX_DECODED_BYTES) -> Decoded:
    """Take the gzip coding off, all its members, as far as ``room`` bytes. What is not gzip stays as it is.

    Raises:
        UnreadableDocument: it is broken from the start.
    """
    if not body.startswith(MAGIC):
        return Decoded(body)
    reader, taken = GzipFile(fileobj=BytesIO(body)), bytearray()
    try:
        while len(taken) <= room and (part := reader.read(CHUNK_BYTES)):
            taken += part
    except (zlib.error, OSError, EOFError) as error:
        if not taken:
            raise UnreadableDocument(url, f"its gzip coding is broken ({error})") from error
        return Decoded(bytes(taken[:room]), is_cut=True)
    return Decoded(bytes(taken[:room]), is_cut=len(taken) > room)
