"""The format ``hugo``: a leaf bundle of a Hugo site. Not for its shortcodes: they have a module."""

from collections.abc import Mapping

from storage.article import Article
from storage.formats.consumers.dating import page_date, tidy
from storage.formats.consumers.page_file import yaml_page
from storage.formats.consumers.prose import without_attributes
from storage.formats.consumers.shortcodes import without_hugo_shortcodes
from storage.formats.consumers.wording import (
    author_names,
    page_body,
    page_description,
    page_images,
    page_slug,
    page_tags,
    page_title,
)
from storage.formats.format import NO_OPTIONS, Document, Format
from storage.formats.front_matter import FrontMatter, well_formed_fields
from storage.formats.options import FormatOptions, read_options


class HugoOptions(FormatOptions):
    """folder: of the section. draft: whether pages wait for a person. type, layout: of each; Hugo's own if empty."""

    folder: str = "content/posts"
    draft: bool = False
    type: str = ""
    layout: str = ""


class HugoFormat(Format):
    """Writes ``content/posts/{slug}/index.md``."""

    name = "hugo"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not HugoOptions."""
        read_options(HugoOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as a page.

        Raises:
            MissingField: it has no date of any kind.
        """
        chosen = read_options(HugoOptions, options, format_name=self.name)
        fields = hugo_fields(article, options=chosen)
        body = without_hugo_shortcodes(without_attributes(page_body(article)))
        path = f"{chosen.folder}/{page_slug(article)}/index.md"
        return yaml_page(fields, body, path=path, format_name=self.name)


def hugo_fields(article: Article, *, options: HugoOptions) -> FrontMatter:
    """Return the fields. ``url``, ``aliases`` and ``slug`` would be routes of the site: an article never sets them."""
    date = page_date(article, format_name="hugo")
    fields: FrontMatter = {
        "title": page_title(article),
        "date": date.shown,
        "lastmod": tidy(article.modified_at) if article.modified_at else None,
        "description": page_description(article),
        "draft": options.draft,
        "type": options.type or None,
        "layout": options.layout or None,
        "tags": page_tags(article.tags),
        "categories": page_tags(article.categories),
        "authors": author_names(article),
        "images": page_images(article),
        "source_url": article.best_url,
        "source_name": article.provider.name or article.provider.domain,
        "source_date": date.said,
        "bowerbird_id": article.id or None,
    }
    return well_formed_fields({name: value for name, value in fields.items() if value not in (None, [], "")})
