"""An export profile: a format or data set, a folder, options. Not for carrying one out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from storage.errors import StorageError
from storage.export.names import check_names
from storage.formats.registry import check_options, find_dataset

FORMATS = (
    "news, note, text, post, obsidian, jekyll, hugo, zola, astro or template; "
    "jsonl, csv, parquet or warc for a data set"
)

# What they show is an address on the web.
WITHOUT_PICTURES = frozenset({"news", "text"})


class Profile(BaseModel):
    """One entry of the ``export`` section of settings.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="Names the profile on the command line")
    format: str = Field(description=FORMATS)
    folder: Path = Field(description="Where the files go; made when it is not there")
    on: Literal["capture", "manual"] = Field("manual", description="capture: written as soon as an article is stored")
    names: str | None = Field(
        None,
        description="Template of file names, such as {date}-{slug}-{id}; fields: date, slug, title, id, source, year, "
        "month. Without it, the format's own",
    )
    images: Literal["link", "download"] = Field(
        "link", description="download: `bowerbird export` fetches pictures and keeps them beside the files"
    )
    options: Mapping[str, object] = Field(default_factory=dict, description="Options of the format")

    @model_validator(mode="after")
    def refuse_unknown_formats_and_options(self) -> Self:
        """Let the format check its options, so that a mistake shows when the settings are read."""
        try:
            check_options(self.format, self.options)
            if self.names is not None:
                check_names(self.names)
        except StorageError as error:
            raise ValueError(str(error)) from error
        if self.on == "capture" and find_dataset(self.format):
            raise ValueError(f"the data set {self.format} is written as a whole; say on: manual")
        if self.images == "download" and self.shows_no_pictures:
            raise ValueError(f"the format {self.format} shows no pictures; say images: link")
        if self.names is not None and find_dataset(self.format):
            raise ValueError(f"the data set {self.format} is one file; its name is the option file")
        return self

    @property
    def shows_no_pictures(self) -> bool:
        """Whether the format has no place for a picture."""
        return find_dataset(self.format) is not None or self.format in WITHOUT_PICTURES
