"""The format ``astro``: an entry of an Astro content collection, of the shape that Astro's own blog has."""

from collections.abc import Mapping

from storage.article import Article
from storage.formats.consumers.dating import page_date, tidy
from storage.formats.consumers.wording import (
    author_names,
    page_body,
    page_description,
    page_slug,
    page_tags,
    page_title,
)
from storage.formats.format import NO_OPTIONS, Document, Format
from storage.formats.front_matter import FrontMatter, verify_front_matter, well_formed_fields
from storage.formats.options import FormatOptions, read_options
from storage.formats.yaml_layout import yaml_lines


class AstroOptions(FormatOptions):
    """folder: of the collection. draft: whether entries wait for a person."""

    folder: str = "src/content/blog"
    draft: bool = False


class AstroFormat(Format):
    """Writes ``src/content/blog/{slug}.md``; Markdown, as in MDX braces are code."""

    name = "astro"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not AstroOptions."""
        read_options(AstroOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as an entry.

        Raises:
            MissingField: it has no date of any kind.
        """
        chosen = read_options(AstroOptions, options, format_name=self.name)
        fields = astro_fields(article, options=chosen)
        front_matter = yaml_lines(fields)
        verify_front_matter(front_matter, expected=fields, format_name=self.name)
        return Document(
            path=f"{chosen.folder}/{page_slug(article)}.md".lstrip("/"),
            text=f"---\n{front_matter}---\n\n{page_body(article)}",
        )


def astro_fields(article: Article, *, options: AstroOptions) -> FrontMatter:
    """Return the fields. ``slug`` and ``layout`` decide on addresses and templates: an article never sets them; nor
    ``heroImage``, which is a file of the site.
    """
    date = page_date(article, format_name="astro")
    picture = next((image for image in article.images if image.url), None)
    fields: FrontMatter = {
        "title": page_title(article),
        "description": page_description(article),
        "pubDate": date.shown,
        "updatedDate": tidy(article.modified_at) if article.modified_at else None,
        "draft": options.draft,
        "author": ", ".join(author_names(article)) or None,
        "tags": page_tags(article.tags),
        "image": {"url": picture.file or picture.url, "alt": picture.alt} if picture else None,
        "lang": article.language,
        "sourceUrl": article.best_url,
        "sourceName": article.provider.name or article.provider.domain or None,
        "sourceDate": date.said,
        "bowerbirdId": article.id or None,
    }
    return well_formed_fields({name: value for name, value in fields.items() if value is not None})
