"""Takes gzip off a document that is a .gz file. Not for the transfer coding, which is the gate's matter."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.errors import UnreadableDocument

MAGIC = b"\x1f\x8b"
MAX_DECODED_BYTES = 50 * 1024 * 1024  # the limit of the sitemap protocol
GIVEN_BYTES, PIECE_BYTES = 1024, 64 * 1024


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
    taken = bytearray()
    try:
        for piece in decoded_pieces(body):
            taken += piece
            if len(taken) > room:
                return Decoded(bytes(taken[:room]), is_cut=True)
    except (zlib.error, EOFError) as error:
        if not taken:
            raise UnreadableDocument(url, f"its gzip coding is broken ({error})") from error
        return Decoded(bytes(taken), is_cut=True)
    return Decoded(bytes(taken))


def decoded_pieces(body: bytes) -> Iterator[bytes]:
    """The bytes of all members, piece by piece, so that what comes before a mistake is not lost.

    Raises:
        zlib.error: the coding is broken here.
        EOFError: the body ends within a member.
    """
    start = 0
    while body.startswith(MAGIC, start):
        decoder = zlib.decompressobj(wbits=31)
        while not decoder.eof:
            given = body[start : start + GIVEN_BYTES]
            if not given:
                raise EOFError("it ends too early")
            yield decoder.decompress(given, PIECE_BYTES)
            start += len(given) - len(decoder.unconsumed_tail) - len(decoder.unused_data)
