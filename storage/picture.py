"""What kind of picture some bytes are, by their own first bytes and never by what anybody says of them."""

from collections.abc import Mapping
from typing import Literal

PictureKind = Literal["png", "jpeg", "gif", "webp", "avif"]
EXTENSIONS: Mapping[PictureKind, str] = {"png": "png", "jpeg": "jpg", "gif": "gif", "webp": "webp", "avif": "avif"}
SIGNATURES: tuple[tuple[bytes, PictureKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
LONGEST_BRANDS = 256


def kind_of(content: bytes) -> PictureKind | None:
    """Return the kind of a picture that is safe to keep and show, else None.

    SVG is none: it can hold scripts.
    """
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return "avif" if is_avif(content) else None


def is_avif(content: bytes) -> bool:
    """Whether the file type box that the bytes begin with names an AVIF brand (ISO/IEC 14496-12, 4.3)."""
    if content[4:8] != b"ftyp":
        return False
    box = content[8 : min(int.from_bytes(content[:4], "big"), LONGEST_BRANDS)]
    brands = [box[:4], *(box[start : start + 4] for start in range(8, len(box), 4))]
    return b"avif" in brands or b"avis" in brands
