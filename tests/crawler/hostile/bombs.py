"""Bodies of a few megabytes that unpack to gigabytes, made without holding what they unpack to."""

import sys
import zlib
from collections.abc import Callable
from functools import cache

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MIB = 1024 * 1024
PIECE = bytes(16 * MIB)


@cache
def deflate_bomb(mebibytes: int, window_bits: int) -> bytes:
    """Return a bomb. window_bits: 31 for gzip, 15 for zlib, -15 for bare deflate; its check sum is wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window_bits)
    start = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(PIECE) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + piece * (mebibytes // 16) + packer.flush()


@cache
def brotli_bomb(mebibytes: int) -> bytes:
    packer = brotli.Compressor(quality=1)
    return repeated(packer.process, mebibytes) + bytes(packer.finish())


@cache
def zstd_bomb(mebibytes: int) -> bytes:
    packer = zstd.ZstdCompressor(level=1)
    return repeated(packer.compress, mebibytes) + packer.flush()


def repeated(pack: Callable[[bytes], bytes], mebibytes: int) -> bytes:
    return b"".join(pack(PIECE) for _ in range(mebibytes // 16))


@cache
def nested_bomb(mebibytes: int, layers: int) -> bytes:
    """Return a gzip bomb packed again and again."""
    body = deflate_bomb(mebibytes, 31)
    for _ in range(layers - 1):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = packer.compress(body) + packer.flush()
    return body
