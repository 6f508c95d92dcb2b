"""The format ``news``: one item of a topic site, front matter only. Its fields and layout have their own modules."""

from collections.abc import Mapping

from storage.article import Article
from storage.formats.errors import MissingField
from storage.formats.file_name import fallback_stem, safe_file_name
from storage.formats.foreign import foreign_as_read
from storage.formats.format import NO_OPTIONS, Document
from storage.formats.front_matter import verify_front_matter
from storage.formats.moment import first_known_moment, utc_day
from storage.formats.news_fields import news_fields
from storage.formats.news_layout import FIELDS, lay_out
from storage.formats.news_reader import read_news
from storage.formats.options import FormatOptions, read_options
from storage.formats.slug import slugify
from storage.formats.source_file import split_file
from storage.formats.yaml_layout import yaml_lines

# A slug ends near 140 characters where the title has spaces; one without is cut so that any file system takes it.
MAX_FILE_NAME_BYTES = 240


class NewsOptions(FormatOptions):
    """folder: where the items lie, relative to the profile's folder. max_images: pictures an item may have."""

    folder: str = "_news"
    max_images: int = 1


class NewsFormat:
    """Writes and reads ``_news/{date}-{slug}.md``."""

    name = "news"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not NewsOptions."""
        read_options(NewsOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as a news item.

        An article without a date is dated by its capture: the format has no item without one.

        Raises:
            MissingField: it has neither date.
        """
        chosen = read_options(NewsOptions, options, format_name=self.name)
        moment = first_known_moment(article)
        if moment is None:
            raise MissingField(self.name, "publishedDateTime", need="published_at or captured_at")
        fields = news_fields(article, moment=moment, max_images=chosen.max_images)
        foreign = foreign_as_read(article, format_name=self.name, known=FIELDS)
        front_matter = lay_out(fields) + (f"\n{yaml_lines(foreign)}" if foreign else "")
        verify_front_matter(front_matter, expected=fields | foreign, format_name=self.name)
        stem = f"{utc_day(moment).isoformat()}-{slugify(article.title) or fallback_stem(article)}"
        name = safe_file_name(stem, suffix=".md", fallback=fallback_stem(article), max_bytes=MAX_FILE_NAME_BYTES)
        return Document(path=f"{chosen.folder}/{name}", text=f"---\n{front_matter}---\n\n")

    def read(self, text: str, *, path: str) -> Article:
        """Return the article of a news item; one without ``publishedDateTime`` has no date.

        Raises:
            UnreadableFile: it has no front matter, or a field that cannot be read.
        """
        return read_news(split_file(text, path=path))
