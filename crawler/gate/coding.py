"""The content coding of a response: its body unpacked within its limits, or why not. Pure. Not for what a body means.

Scrapy's own middleware unpacks as many layers as are named, knows no ratio, and takes a cut body for a whole one.
"""

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import brotli

from crawler.errors import BadCoding, BodyTooLarge, CutBody

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
PIECE_BYTES = 64 * 1024
MAX_WINDOW_LOG = 23  # 8 MiB: RFC 9659 lets no zstd body ask for more
MAX_MEMBERS = 1024  # of a gzip body, each of which costs however small it is
GZIP_MAGIC = b"\x1f\x8b"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """How much a body may unpack to.

    ratio: to its size on the wire, above free_bytes. is_prefix: take max_bytes and leave the rest, for a body of
    which the beginning is wanted.
    """

    max_bytes: int
    ratio: float = 200
    free_bytes: int = MIB
    is_prefix: bool = False


def codings_of(values: Iterable[bytes]) -> tuple[str, ...]:
    """Return the codings that Content-Encoding headers name and we know; others are read as none, as browsers do."""
    names = (name.strip().lower() for value in values for name in value.decode("latin-1").split(","))
    return tuple(name for name in names if name in READERS)


def unpacked(body: bytes, codings: tuple[str, ...], limits: BodyLimits) -> bytes:
    """Return body without its coding.

    Raises:
        BadCoding: it is not packed in the coding it names.
        BodyTooLarge: it is packed more than once, or unpacks to more than its limits let it.
        CutBody: it ends before its coding does.
    """
    if not codings or not body:
        return body
    if len(codings) > 1:
        layers = ", ".join(codings)
        raise BodyTooLarge(f"its body is packed {len(codings)} times over ({layers}); one layer is unpacked")
    taken = bytearray()
    try:
        for piece in READERS[codings[0]](body):
            taken += piece
            if limits.is_prefix and len(taken) >= limits.max_bytes:
                break
            check_size(len(taken), len(body), limits)
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise BadCoding(f"its body is no {codings[0]} ({error})") from error
    except CutBody:
        if not limits.is_prefix:
            raise
    return bytes(taken)


def check_size(size: int, wire_size: int, limits: BodyLimits) -> None:
    """Let size pass, or raise BodyTooLarge."""
    if size > limits.free_bytes and size > limits.ratio * wire_size:
        raise BodyTooLarge(f"its body unpacks to more than {limits.ratio:g} times its size")
    if size > limits.max_bytes:
        raise BodyTooLarge()


def pieces_of_gzip(body: bytes) -> Iterator[bytes]:
    """Yield what one or more gzip members hold; what follows the last one is let go, as browsers do."""
    rest = body
    for _ in range(MAX_MEMBERS):
        reader = zlib.decompressobj(wbits=31)
        yield from pieces_of_zlib(reader, rest)
        rest = reader.unused_data
        if not rest.startswith(GZIP_MAGIC):
            return
    raise BadCoding(f"its body has more than {MAX_MEMBERS} gzip members")


def pieces_of_deflate(body: bytes) -> Iterator[bytes]:
    """Yield what a zlib stream holds, or the bare deflate stream that some servers send instead."""
    try:
        zlib.decompressobj().decompress(body, 1)
    except zlib.error:
        yield from pieces_of_zlib(zlib.decompressobj(wbits=-15), body)
    else:
        yield from pieces_of_zlib(zlib.decompressobj(), body)


def pieces_of_zlib(reader: "zlib._Decompress", body: bytes) -> Iterator[bytes]:
    """Yield what one stream holds. Raises CutBody where body ends before it."""
    yield reader.decompress(body, PIECE_BYTES)
    while not reader.eof:
        piece = reader.decompress(reader.unconsumed_tail, PIECE_BYTES)
        if not piece and not reader.eof:
            raise CutBody
        yield piece


def pieces_of_brotli(body: bytes) -> Iterator[bytes]:
    """Yield what a brotli stream holds. Raises CutBody where body ends before it."""
    reader = brotli.Decompressor()
    piece = reader.process(body, output_buffer_limit=PIECE_BYTES)
    while piece:
        yield piece
        if reader.is_finished():
            return
        piece = reader.process(b"", output_buffer_limit=PIECE_BYTES)
    if not reader.is_finished():
        raise CutBody


def pieces_of_zstd(body: bytes) -> Iterator[bytes]:
    """Yield what the frames of a zstd body hold. Raises CutBody where body ends before them."""
    rest = body
    while rest:
        options = {int(zstd.DecompressionParameter.window_log_max): MAX_WINDOW_LOG}
        reader = zstd.ZstdDecompressor(options=options)
        piece = reader.decompress(rest, PIECE_BYTES)
        while not reader.eof:
            if not piece and reader.needs_input:
                raise CutBody
            yield piece
            piece = reader.decompress(b"", PIECE_BYTES)
        yield piece
        rest = reader.unused_data


READERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": pieces_of_gzip,
    "x-gzip": pieces_of_gzip,
    "deflate": pieces_of_deflate,
    "br": pieces_of_brotli,
    "zstd": pieces_of_zstd,
}
