"""The pictures of an export, fetched before it. Not for where they are shown: the mirror settles that."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bowerbird.cli.context import App
from bowerbird.cli.progress import progress
from storage.export.choices import Choices
from storage.export.folder import Folder
from storage.export.mirror import due_articles
from storage.export.picture_shelf import PictureShelf, open_shelf
from storage.export.profile import Profile
from storage.export.selection import Selection

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class PicturedExport:
    """A profile whose files show pictures, and the articles it is about."""

    profile: Profile
    selection: Selection


@dataclass(frozen=True, slots=True)
class Visited:
    """A folder that is opened, and so locked, for each file alone: a fetch takes its time."""

    path: Path

    def read(self, path: str) -> bytes | None:
        """Return what a file holds, or None where there is none."""
        with Folder(self.path, is_read_only=True) as folder:
            return folder.read(path)

    def publish(self, path: str, content: bytes) -> None:
        """Put a file in its place, whole."""
        with Folder(self.path) as folder:
            folder.publish(path, content)


def fetch_missing_pictures(app: App, exports: Iterable[PicturedExport], *, choices: Choices) -> None:
    """Fetch the pictures of all articles that are about to be written; those that do not come stay links.

    Raises:
        FolderUnusable, UnsafePath, BadLedger: a folder cannot be used.
    """
    wanted: dict[str, list[PictureShelf]] = defaultdict(list)
    shelves: list[PictureShelf] = []
    for each in exports:
        shelf = open_shelf(Visited(each.profile.folder), profile_name=each.profile.name)
        shelves.append(shelf)
        due = due_articles(each.selection, each.profile, choices=choices)
        for url in shelf.missing(each.selection.load(due)):
            wanted[url].append(shelf)
    if not wanted:
        return
    try:
        fetch_into(app, wanted)
    finally:
        for shelf in shelves:
            shelf.save()


def fetch_into(app: App, wanted: dict[str, list[PictureShelf]]) -> None:
    """Fetch pictures into the shelves that want them, and say which did not come."""
    # Here, for a crawler takes over a second to import and most exports need none.
    import asyncio

    from crawler.pictures import FetchedPicture, MissingPicture, fetch_pictures
    from crawler.reactor import run_in_reactor

    missing: list[str] = []
    with progress(app, "fetching pictures", total=len(wanted)) as advance:

        def take(answer: FetchedPicture | MissingPicture) -> None:
            for shelf in wanted[answer.url]:
                if isinstance(answer, FetchedPicture):
                    shelf.put(answer.url, answer.content)
                elif answer.is_final:
                    shelf.refuse(answer.url, answer.reason)
            if isinstance(answer, MissingPicture):
                missing.append(f"{answer.url}: {answer.reason}")
            advance()

        async def fetch(stop: asyncio.Event) -> None:
            fetching = asyncio.ensure_future(fetch_pictures(wanted, settings=app.settings.crawler, take=take))
            stopping = asyncio.ensure_future(stop.wait())
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for task in (stopping, fetching):
                if not task.done():
                    task.cancel()
            await fetching

        run_in_reactor(fetch)
    for line in missing_lines(missing):
        app.note(line)


def missing_lines(missing: Sequence[str]) -> list[str]:
    """Return a line for each picture that did not come, at most MOST_NAMED, and one for the rest."""
    lines = [f"no picture, so the link stays: {each}" for each in missing[:MOST_NAMED]]
    rest = len(missing) - MOST_NAMED
    return [*lines, f"no picture for {rest} more links"] if rest > 0 else lines
