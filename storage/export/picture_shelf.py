"""The pictures that a profile has: fetched once, kept below its folder, copied to where its documents show them.

The list of them is a cache: where it is lost or broken, the pictures are fetched again, and nothing else happens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from storage.article import Article
from storage.export.picture_place import NAME, picture_name, picture_place
from storage.export.pictures import pictures_of, placed

KEPT_IN = ".bowerbird/pictures"


class Files(Protocol):
    """What a shelf needs of a folder; storage.export.folder.Folder is one."""

    def read(self, path: str) -> bytes | None:
        """Return what a file holds, or None where there is none."""

    def publish(self, path: str, content: bytes) -> None:
        """Put a file in its place, whole."""


class Listing(BaseModel):
    """The list's own file. names: of the files, by URL. refused: why there is none, by URL."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: Literal[1] = 1
    names: Mapping[str, str] = {}
    refused: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Shown:
    """An article that shows its pictures as files. names: of the kept pictures that it shows."""

    article: Article
    names: tuple[str, ...]


class PictureShelf:
    """Knows which pictures of a profile are there."""

    def __init__(self, folder: Files, listing: Listing, *, path: str) -> None:
        self._folder = folder
        self._path = path
        self._names = {url: name for url, name in listing.names.items() if NAME.fullmatch(name)}
        self._refused = dict(listing.refused)
        self._kept = set(self._names.values())
        self._is_changed = False

    def missing(self, articles: Iterable[Article]) -> list[str]:
        """Return the URLs of pictures that are still to be fetched; not those that were refused."""
        urls = dict.fromkeys(url for article in articles for url in pictures_of(article))
        return [url for url in urls if url not in self._names and url not in self._refused]

    def put(self, url: str, content: bytes) -> bool:
        """Keep a picture; return whether the bytes are one. What is none is refused for good.

        Raises:
            FolderUnusable, UnsafePath: as publish does.
        """
        name = picture_name(content)
        if name is None:
            self.refuse(url, "it is not a picture")
            return False
        if name not in self._kept:
            self._folder.publish(f"{KEPT_IN}/{name}", content)
            self._kept.add(name)
        self._names[url] = name
        self._refused.pop(url, None)
        self._is_changed = True
        return True

    def refuse(self, url: str, reason: str) -> None:
        """Remember that a picture cannot be had, so that it is not asked for at each export."""
        self._refused[url] = reason
        self._is_changed = True

    def show(self, article: Article, *, document: str, format_name: str) -> Shown:
        """Return the article as a document at that path shows it; pictures that are not there stay links."""
        names = {url: self._names[url] for url in pictures_of(article) if url in self._names}
        files = {
            url: picture_place(name, document=document, format_name=format_name).address for url, name in names.items()
        }
        return Shown(placed(article, files), tuple(dict.fromkeys(names.values())))

    def lay_out(self, names: Iterable[str], *, document: str, format_name: str) -> dict[str, bytes]:
        """Copy kept pictures to where a document shows them; return what stands there, by path.

        document: where it lies in the end. A kept picture that somebody removed is fetched again by the next export.

        Raises:
            FolderUnusable, UnsafePath: as publish does.
        """
        copies: dict[str, bytes] = {}
        for name in names:
            path = picture_place(name, document=document, format_name=format_name).path
            content = self._folder.read(f"{KEPT_IN}/{name}")
            if content is None:
                self._forget(name)
                continue
            if self._folder.read(path) is None:
                self._folder.publish(path, content)
            copies[path] = content
        return copies

    def save(self) -> None:
        """Write the list where it has changed.

        Raises:
            FolderUnusable, UnsafePath: as publish does.
        """
        if self._is_changed:
            listing = Listing(names=self._names, refused=self._refused)
            self._folder.publish(self._path, f"{listing.model_dump_json(indent=1)}\n".encode())
            self._is_changed = False

    def _forget(self, name: str) -> None:
        self._names = {url: known for url, known in self._names.items() if known != name}
        self._kept.discard(name)
        self._is_changed = True


def open_shelf(folder: Files, *, profile_name: str) -> PictureShelf:
    """Return the shelf of a profile.

    Raises:
        UnsafePath, FolderUnusable: as reading does.
    """
    path = f".bowerbird/{profile_name}.pictures.json"
    content = folder.read(path)
    try:
        listing = Listing.model_validate_json(content) if content is not None else Listing()
    except ValidationError:
        listing = Listing()
    return PictureShelf(folder, listing, path=path)
