"""A coded body is unpacked whole, or it is told what is wrong with it."""

import gzip
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import BadCoding, BodyTooLarge, CutBody, GateError
from crawler.gate.coding import MAX_MEMBERS, BodyLimits, codings_of, unpacked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MIB = 1024 * 1024
LIMITS = BodyLimits(max_bytes=4 * MIB)
TEXT = b"".join(b"The ferry left the harbour at %d.\n" % number for number in range(9000))


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", raw_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
}
packings = pytest.mark.parametrize(("coding", "pack"), PACKERS.values(), ids=PACKERS)


@packings
@pytest.mark.parametrize("body", [b"x", TEXT, bytes(range(256)) * 4000], ids=["a byte", "text", "bytes"])
def test_a_coded_body_is_unpacked(coding: str, pack: Callable[[bytes], bytes], body: bytes) -> None:
    assert unpacked(pack(body), (coding,), LIMITS) == body


@packings
def test_a_packed_nothing_is_nothing(coding: str, pack: Callable[[bytes], bytes]) -> None:
    assert unpacked(pack(b""), (coding,), LIMITS) == b""
    assert unpacked(b"", (coding,), LIMITS) == b""


@packings
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.9999])
def test_a_cut_body_is_noticed_wherever_it_is_cut(coding: str, pack: Callable[[bytes], bytes], share: float) -> None:
    whole = pack(TEXT)
    with pytest.raises(CutBody):
        unpacked(whole[: max(1, int(len(whole) * share))], (coding,), LIMITS)


@packings
def test_a_body_past_its_limit_is_too_large(coding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(TEXT)
    assert unpacked(packed, (coding,), BodyLimits(max_bytes=len(TEXT))) == TEXT
    with pytest.raises(BodyTooLarge) as caught:
        unpacked(packed, (coding,), BodyLimits(max_bytes=len(TEXT) - 1))
    assert caught.value.why == ""


@packings
def test_a_bomb_is_known_by_its_ratio_in_bounded_memory(coding: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(bytes(16 * MIB))
    tracemalloc.start()
    try:
        with pytest.raises(BodyTooLarge, match="more than 200 times its size"):
            unpacked(bomb, (coding,), BodyLimits(max_bytes=16 * MIB))
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()


@packings
def test_below_a_mebibyte_no_ratio_is_too_high(coding: str, pack: Callable[[bytes], bytes]) -> None:
    assert unpacked(pack(bytes(MIB)), (coding,), LIMITS) == bytes(MIB)


@packings
def test_of_a_beginning_the_rest_is_left(coding: str, pack: Callable[[bytes], bytes]) -> None:
    limits = BodyLimits(max_bytes=1000, is_prefix=True)
    assert unpacked(pack(TEXT), (coding,), limits).startswith(TEXT[:1000])
    assert len(unpacked(pack(bytes(4 * MIB)), (coding,), limits)) < 128 * 1024
    whole = pack(TEXT)
    start = unpacked(whole[: len(whole) // 2], (coding,), BodyLimits(max_bytes=len(TEXT), is_prefix=True))
    assert TEXT.startswith(start)


@pytest.mark.parametrize("codings", [("gzip", "gzip"), ("gzip", "br"), ("zstd",) * 9])
def test_a_second_layer_is_refused(codings: tuple[str, ...]) -> None:
    with pytest.raises(BodyTooLarge, match=f"packed {len(codings)} times over"):
        unpacked(gzip.compress(gzip.compress(TEXT)), codings, LIMITS)


@packings
def test_what_is_not_packed_as_it_says_is_told(coding: str, pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises((BadCoding, CutBody)):
        unpacked(b"<html><p>hello</p></html>", (coding,), LIMITS)


@packings
@settings(deadline=None)
@given(noise=st.binary(min_size=1, max_size=400))
def test_noise_ends_in_an_answer_or_an_error_of_ours(coding: str, pack: Callable[[bytes], bytes], noise: bytes) -> None:
    for body in (noise, pack(TEXT[:500]) + noise, pack(TEXT[:500])[:40] + noise):
        with suppress(GateError):
            assert isinstance(unpacked(body, (coding,), LIMITS), bytes)


def test_many_members_are_one_body_and_too_many_are_not() -> None:
    assert unpacked(gzip.compress(b"a") + gzip.compress(b"b"), ("gzip",), LIMITS) == b"ab"
    assert unpacked(gzip.compress(b"a") + b"and more", ("gzip",), LIMITS) == b"a"
    with pytest.raises(BadCoding, match="members"):
        unpacked(gzip.compress(b"") * (MAX_MEMBERS + 1), ("gzip",), LIMITS)


def test_many_frames_are_one_body_and_a_window_has_a_limit() -> None:
    assert unpacked(zstd.compress(b"a") + zstd.compress(b"b"), ("zstd",), LIMITS) == b"ab"
    wide = zstd.compress(
        TEXT * 40, options={zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.content_size_flag: 0}
    )
    with pytest.raises(BadCoding, match="zstd"):
        unpacked(wide, ("zstd",), BodyLimits(max_bytes=64 * MIB))


@pytest.mark.parametrize(
    ("values", "codings"),
    [
        ([b"gzip"], ("gzip",)),
        ([b" GZip "], ("gzip",)),
        ([b"gzip, br"], ("gzip", "br")),
        ([b"gzip", b"br"], ("gzip", "br")),
        ([b"identity"], ()),
        ([b"utf-8"], ()),
        ([b"rot13, gzip"], ("gzip",)),
        ([b""], ()),
        ([b"\xff"], ()),
        ([], ()),
    ],
)
def test_codings_are_those_we_know(values: list[bytes], codings: tuple[str, ...]) -> None:
    assert codings_of(values) == codings
