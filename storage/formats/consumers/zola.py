"""The format ``zola``: a page of a Zola site. Not for its shortcodes: they have a module."""

from collections.abc import Mapping

from storage.article import Article
from storage.formats.consumers.dating import page_date, tidy
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
from storage.formats.format import NO_OPTIONS, Document, Format
from storage.formats.front_matter import FrontMatter, well_formed_fields
from storage.formats.options import FormatOptions, read_options
from storage.formats.toml_layout import toml_lines, verify_toml


class ZolaOptions(FormatOptions):
    """folder: of the section. draft: whether pages wait for a person. template: of each page, the section's if empty.

    taxonomies: those that config.toml names; Zola refuses a page with any other.
    """

    folder: str = "content/posts"
    draft: bool = False
    template: str = ""
    taxonomies: tuple[str, ...] = ("tags",)


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
        front_matter = toml_lines(fields)
        verify_toml(front_matter, expected=fields, format_name=self.name)
        body = without_zola_shortcodes(page_body(article))
        return Document(
            path=f"{chosen.folder}/{page_slug(article)}/index.md".lstrip("/"), text=f"+++\n{front_matter}+++\n\n{body}"
        )


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
