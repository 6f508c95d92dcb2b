"""One article as its data file holds it, and the reader of those files. Not how it looks as a page."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from bowerbird.demo.newsroom.errors import UnreadableStory
from bowerbird.demo.newsroom.publication import Publication, publication_of

STORIES = Path(__file__).parent / "stories"
PICTURE = re.compile(r"\(picture:([a-z0-9-]+) ")
Language = Literal["en", "de", "zh", "ar", "he"]


class Record(BaseModel):
    """A part of a data file: unknown keys are refused, values cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Picture(Record):
    """The lead image; name is the file's name under /media/, without its suffix."""

    name: str
    alt: str
    caption: str


class Replacement(Record):
    """A passage of the body and what it becomes."""

    old: str
    new: str


class Correction(Record):
    """What changes after publication: passages, and a note appended to the text. The title stays."""

    modified: AwareDatetime
    replace: tuple[Replacement, ...]
    note: str


class Story(Record):
    """One article; body is Markdown, in which `story:slug` and `picture:name` stand for addresses.

    held_back: its place in the queue of stories that are not published yet; None where it is out from the start.
    former_path: the old address a feed still lists; it redirects here.
    also_listed_with: a query string with which the feed lists the story a second time.
    copy_of: the slug of the story of another publication whose text this one repeats word for word.
    """

    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    publication: str
    title: str
    language: Language
    authors: tuple[str, ...]
    published: AwareDatetime
    modified: AwareDatetime | None = None
    section: str
    tags: tuple[str, ...]
    image: Picture | None = None
    description: str
    body: str = ""
    held_back: int | None = None
    correction: Correction | None = None
    is_paywalled: bool = False
    charset: Literal["utf-8", "windows-1252"] = "utf-8"
    answers_slowly: bool = False
    former_path: str | None = None
    also_listed_with: str | None = None
    copy_of: str | None = None

    @property
    def updated(self) -> AwareDatetime:
        """When its text last changed."""
        return self.modified or self.published

    @property
    def home(self) -> Publication:
        """The publication it appears in."""
        return publication_of(self.publication)

    @property
    def path(self) -> str:
        """Its address on its publication's host."""
        return self.home.story_path(section=self.section, slug=self.slug)

    @property
    def picture_names(self) -> set[str]:
        """The names of its pictures, the lead image's and those within the text."""
        lead = set() if self.image is None else {self.image.name}
        return lead | set(PICTURE.findall(self.body))

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction its language is written in."""
        return "rtl" if self.language in ("ar", "he") else "ltr"


def corrected(story: Story, correction: Correction) -> Story:
    """Return the story with its correction made; it has none left then."""
    body = story.body
    for replacement in correction.replace:
        body = body.replace(replacement.old, replacement.new)
    body = f"{body.rstrip()}\n\n{correction.note}\n"
    return story.model_copy(update={"body": body, "modified": correction.modified, "correction": None})


def read_story(path: Path) -> Story:
    """Return the story of one file: YAML front matter between two lines of `---`, then Markdown.

    Raises:
        UnreadableStory: the front matter is missing, is not YAML, or a field does not fit.
    """
    opening, _, rest = path.read_text(encoding="utf-8").partition("---\n")
    head, mark, body = rest.partition("\n---\n")
    if opening or not mark:
        raise UnreadableStory(path, reason="no front matter between two lines of ---")
    try:
        return Story.model_validate({**yaml.safe_load(head), "body": body.strip() + "\n"})
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise UnreadableStory(path, reason=" ".join(str(error).split())) from error


@cache
def load_stories() -> tuple[Story, ...]:
    """Return every bundled story, copies filled in with the text they repeat, oldest first."""
    stories = {story.slug: story for story in map(read_story, sorted(STORIES.glob("*/*.md")))}
    filled = [_with_copied_text(story, stories) for story in stories.values()]
    return tuple(sorted(filled, key=lambda story: (story.published, story.slug)))


def _with_copied_text(story: Story, stories: dict[str, Story]) -> Story:
    if story.copy_of is None:
        return story
    return story.model_copy(update={"body": stories[story.copy_of].body})
