"""What can go wrong in the newsroom.

NewsroomError
├── UnreadableStory    a data file of the package is not a story
├── UnknownStory       no story has that slug
├── NoCorrection       the story has no stored correction, or had it already
└── NotStarted         the servers did not answer in time
"""

from pathlib import Path


class NewsroomError(Exception):
    """The base of every error of the newsroom."""


class UnreadableStory(NewsroomError):
    """A story file without front matter, or with a field that does not fit."""

    def __init__(self, path: Path, *, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path.name}: {reason}; correct the file's front matter")


class UnknownStory(NewsroomError):
    """A slug that no story has."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(f"no story is called {slug!r}; its slug is the `slug` in its front matter")


class NoCorrection(NewsroomError):
    """A story that cannot be corrected (again)."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(f"{slug}: there is no correction left to apply; choose a story with a `correction`")


class NotStarted(NewsroomError):
    """The servers were not ready in time."""

    def __init__(self, *, timeout_seconds: float) -> None:
        self.timeout_seconds = timeout_seconds
        super().__init__(f"the newsroom did not start within {timeout_seconds:g} s; try again on a less busy machine")
