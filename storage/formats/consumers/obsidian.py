"""The format ``obsidian``: a note with the properties that Obsidian's Web Clipper gives one. Not for ``note``."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from storage.article import Article, Moment
from storage.formats.characters import one_line
from storage.formats.consumers.plugins import without_plugin_code, without_templater
from storage.formats.consumers.wording import author_names, page_body, page_title
from storage.formats.file_name import fallback_stem, safe_file_name
from storage.formats.format import NO_OPTIONS, Document, Format
from storage.formats.front_matter import FrontMatter, verify_front_matter, well_formed_fields
from storage.formats.moment import utc_day
from storage.formats.options import FormatOptions, read_options
from storage.formats.yaml_layout import yaml_lines

# What ends a link's target or begins something else in it.
NOT_IN_LINKS = re.compile(r"[\[\]|#^]")
# A tag holds letters, digits, _, - and /: https://help.obsidian.md/tags
NOT_IN_TAGS = re.compile(r"[^\w/-]+")


class ObsidianOptions(FormatOptions):
    """folder: where the notes lie. tags: that each has besides its own."""

    folder: str = "Clippings"
    tags: tuple[str, ...] = ("clippings",)


class ObsidianFormat(Format):
    """Writes ``Clippings/{title}.md``."""

    name = "obsidian"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not ObsidianOptions."""
        read_options(ObsidianOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as a note."""
        chosen = read_options(ObsidianOptions, options, format_name=self.name)
        fields = obsidian_fields(article, options=chosen)
        front_matter = without_templater(yaml_lines(fields))
        verify_front_matter(front_matter, expected=fields, format_name=self.name)
        body = without_plugin_code(page_body(article))
        path = f"{chosen.folder}/{note_name(article)}".lstrip("/")
        return Document(path, f"---\n{front_matter}---\n{body}")


def note_name(article: Article) -> str:
    """Return the name of the file, to which any note can link; ``index`` would be the page its folder is named for."""
    title = NOT_IN_LINKS.sub(" ", article.title)
    return safe_file_name("Index" if title == "index" else title, suffix=".md", fallback=fallback_stem(article))


def obsidian_fields(article: Article, *, options: ObsidianOptions) -> FrontMatter:
    """Return the seven properties; one that is not known stands there without a value, as the Web Clipper has it."""
    authors = [NOT_IN_LINKS.sub(" ", name) for name in author_names(article)]
    return well_formed_fields(
        {
            "title": page_title(article),
            "source": article.best_url,
            "author": [f"[[{one_line(name)}]]" for name in authors if name.strip()] or None,
            "published": own_day(article.published_at) if article.published_at else None,
            "created": utc_day(article.captured_at) if article.captured_at else None,
            "description": article.excerpt or None,
            "tags": obsidian_tags([*options.tags, *article.tags]) or None,
        }
    )


def own_day(moment: Moment) -> date:
    """Return the day as the publisher counts it."""
    return moment.date() if isinstance(moment, datetime) else moment


def obsidian_tags(names: Iterable[str]) -> list[str]:
    """Return the names as tags, without repeats; one of digits alone gets a ``_``, without which it is none."""
    tags: dict[str, str] = {}
    for name in names:
        tag = NOT_IN_TAGS.sub("-", one_line(name)).strip("-/")
        if tag:
            tags.setdefault(tag.casefold(), f"{tag}_" if tag.isdigit() else tag)
    return list(tags.values())
