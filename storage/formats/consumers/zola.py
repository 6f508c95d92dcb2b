"""The format ``zola``: a page of a Zola site. Not for its shortcodes: they have a module."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from storage.article import Article
from storage.formats.consumers.dating import page_date, tidy
from storage.formats.consumers.page_file import toml_page
from storage.formats.consumers.prose import in_paragraphs, outside_code, prose_lines, without_attributes
from storage.formats.consumers.shortcodes import without_zola_shortcodes
from storage.formats.consumers.wording import (
    author_names,
    page_body,
    page_description,
    page_images,
    page_slug,
    page_tags,
    page_title,
)
from storage.formats.file_name import fallback_stem
from storage.formats.format import NO_OPTIONS, Document, Format
from storage.formats.front_matter import FrontMatter, well_formed_fields
from storage.formats.options import FormatOptions, read_options
from storage.formats.slug import slugify

# What Zola takes for a date: https://www.getzola.org/documentation/content/page/
DATE_AT_START = re.compile(r"^(\d{4})-(\d\d)-(\d\d)(?=-)")
# The target of a link, in a link or in a definition of one.
INTERNAL_LINK = re.compile(r"(?:(?<=\]\()|(?<=\]\(<)|(?<=\]: )|(?<=\]: <))@/")


class ZolaOptions(FormatOptions):
    """folder: of the section. draft: whether pages wait for a person. template: of each page, the section's if empty.

    taxonomies: those that config.toml names; Zola refuses a page with any other.
    """

    folder: str = "content/posts"
    draft: bool = False
    template: str = ""
    taxonomies: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")], ...] = ("tags",)


class ZolaFormat(Format):
    """Writes ``content/posts/{slug}/index.md``."""

    name = "zola"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not ZolaOptions."""
        read_options(ZolaOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as a page.

        Raises:
            MissingField: it has no date of any kind.
        """
        chosen = read_options(ZolaOptions, options, format_name=self.name)
        fields = zola_fields(article, options=chosen)
        body = without_zola_shortcodes(without_internal_links(without_attributes(page_body(article))))
        return toml_page(fields, body, path=f"{chosen.folder}/{zola_slug(article)}/index.md", format_name=self.name)


def zola_slug(article: Article) -> str:
    """Return a slug that Zola keeps as it is, so that no two pages come to have one address, at which it stops.

    It writes every path in ASCII (``slugify.paths``) and takes a date at its start away.
    """
    slug = page_slug(article)
    letters = "".join(each for each in unicodedata.normalize("NFD", slug) if not unicodedata.combining(each))
    ending = "" if letters.isascii() else fallback_stem(article)
    words = "-".join(part for part in (slugify(slug), ending) if part)
    return DATE_AT_START.sub(r"\1\2\3", words)


def without_internal_links(body: str) -> str:
    """Return a body in which no link is to a page of the site: Zola stops at ``@/x.md`` where there is no such page."""
    if "@/" not in body:
        return body
    return in_paragraphs(body, lambda text: outside_code(text, INTERNAL_LINK, "./@/"), lines=prose_lines(body))


def zola_fields(article: Article, *, options: ZolaOptions) -> FrontMatter:
    """Return the fields. ``path``, ``slug`` and ``aliases`` would be routes of the site: an article never sets them;
    all that Zola does not know stands under ``extra``, as it refuses a page with a field of its own.
    """
    date = page_date(article, format_name="zola")
    known = {"tags": article.tags, "categories": article.categories, "authors": author_names(article)}
    terms = {name: page_tags(known.get(name, ())) for name in options.taxonomies}
    extra: FrontMatter = {
        "authors": author_names(article),
        "images": page_images(article),
        "source_url": article.best_url,
        "source_name": article.provider.name or article.provider.domain,
        "source_date": date.said,
        "bowerbird_id": article.id,
    }
    fields: FrontMatter = {
        "title": page_title(article),
        "description": page_description(article),
        "date": date.shown,
        "updated": tidy(article.modified_at) if article.modified_at else None,
        "draft": options.draft,
        "template": options.template or None,
        "taxonomies": {name: names for name, names in terms.items() if names},
        "extra": {name: value for name, value in extra.items() if value not in (None, [], "")},
    }
    return well_formed_fields(fields)
