"""Draws the newsroom's photographs: hills, sea and a sun, from nothing but a name. PNG, no library needed."""

import math
import struct
import zlib
from functools import cache
from hashlib import sha256

WIDTH, HEIGHT = 960, 540
SKY_BANDS = 60
RIDGES = 4
Colour = tuple[int, int, int]


@cache
def picture_png(name: str) -> bytes:
    """Return a landscape; the same name always gives the same bytes."""
    seed = sha256(name.encode()).digest()
    ridges = [_ridge(seed, layer) for layer in range(RIDGES)]
    rows = b"".join(b"\0" + _row(y, ridges, seed) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = b"".join(bytes(colour) for colour in _palette(seed))
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _palette(seed: bytes) -> list[Colour]:
    """Return the sky from top to horizon, the ridges from far to near, and the sun."""
    hue = seed[0] / 255
    top, horizon = _hsl(0.55 + 0.12 * hue, 0.45, 0.45), _hsl(0.06 + 0.08 * hue, 0.65, 0.85)
    land = 0.3 + 0.3 * (seed[1] / 255)
    sky = [_blend(top, horizon, step / (SKY_BANDS - 1)) for step in range(SKY_BANDS)]
    return [*sky, *(_hsl(land, 0.25, 0.6 - 0.13 * layer) for layer in range(RIDGES)), (255, 244, 214)]


def _blend(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _hsl(hue: float, saturation: float, lightness: float) -> Colour:
    reach = saturation * min(lightness, 1 - lightness)
    turns = [(offset + hue * 12) % 12 for offset in (0, 8, 4)]
    red, green, blue = (round(255 * (lightness - reach * max(-1, min(k - 3, 9 - k, 1)))) for k in turns)
    return red, green, blue


def _ridge(seed: bytes, layer: int) -> list[int]:
    """Return the row at which a layer of hills begins, for every column."""
    height = HEIGHT * (0.45 + 0.13 * layer)
    swing, phase, pitch = 18 + seed[4 + layer] / 6, seed[8 + layer] / 20, 1.5 + seed[12 + layer] / 60
    return [
        round(height - swing * math.sin(x / WIDTH * pitch * 6 + phase) - swing / 3 * math.sin(x / 37 + phase * 3))
        for x in range(WIDTH)
    ]


def _row(y: int, ridges: list[list[int]], seed: bytes) -> bytes:
    sky = min(SKY_BANDS - 1, y * SKY_BANDS // round(HEIGHT * 0.6))
    row = bytearray([sky]) * WIDTH
    sun_x, sun_y, radius = 150 + seed[2] * 2, 90 + seed[3] // 3, 38
    if (half := radius**2 - (y - sun_y) ** 2) > 0:
        reach = math.isqrt(half)
        row[sun_x - reach : sun_x + reach] = bytes([SKY_BANDS + RIDGES]) * (2 * reach)
    for layer, ridge in enumerate(ridges):
        if y >= min(ridge):
            row[:] = bytes(SKY_BANDS + layer if y >= ridge[x] else row[x] for x in range(WIDTH))
    return bytes(row)
