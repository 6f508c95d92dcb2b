import pytest

from storage.picture import PictureKind, kind_of


def box(*brands: bytes, size: int | None = None) -> bytes:
    body = b"ftyp" + brands[0] + b"\0\0\0\0" + b"".join(brands[1:])
    return (size or len(body) + 4).to_bytes(4, "big") + body + b"\0" * 32


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff\xe0...", "jpeg"),
        (b"GIF87a...", "gif"),
        (b"GIF89a...", "gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (box(b"avif"), "avif"),
        (box(b"avis", b"msf1"), "avif"),
        (box(b"mif1", b"miaf", b"avif"), "avif"),
        (box(b"isom", b"mp42"), None),
        (box(b"mif1", b"heic"), None),
        (box(b"isom", b"mp42") + b"avif", None),
        (box(b"isom", size=0xFFFFFFFF) + b"x" * 400 + b"avif", None),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<html>", None),
        (b"\x89PNG", None),
        (b"GIF8", None),
        (b" GIF89a", None),
        (b"BM......", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(content: bytes, kind: PictureKind | None) -> None:
    assert kind_of(content) == kind
