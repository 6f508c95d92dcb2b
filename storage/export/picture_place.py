"""Where a picture of a document lies, and how the document speaks of it. Pure: no disk."""

import hashlib
import posixpath
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from storage.picture import EXTENSIONS, kind_of

NAME = re.compile(r"[0-9a-f]{16}\.(?:png|jpg|gif|webp|avif)")
HASH_DIGITS = 16


@dataclass(frozen=True, slots=True)
class PicturePlace:
    """path: below the profile's folder. address: what the document writes to show it."""

    path: str
    address: str


def picture_name(content: bytes) -> str | None:
    """Return the file name of a picture, the same for the same bytes for ever; None for what is no picture."""
    kind = kind_of(content)
    return f"{hashlib.sha256(content).hexdigest()[:HASH_DIGITS]}.{EXTENSIONS[kind]}" if kind else None


def picture_place(name: str, *, document: str, format_name: str) -> PicturePlace:
    """Return the place of a picture.

    document: the path of the file that shows it, below the profile's folder. Beside an ``index`` file, which is a
    bundle to Hugo and Zola; in ``assets/images`` for Jekyll, which addresses from the site's root; in ``images``
    beside the entries of an Astro collection; in ``attachments`` for all others.
    """
    page = PurePosixPath(document)
    folder = str(page.parent)
    if page.stem == "index":
        return PicturePlace(str(page.parent / name), name)
    if format_name == "jekyll":
        return PicturePlace(f"assets/images/{name}", f"/assets/images/{name}")
    if format_name == "astro":
        return PicturePlace(str(page.parent / "images" / name), f"./images/{name}")
    path = f"attachments/{name}"
    return PicturePlace(path, posixpath.relpath(path, folder))
