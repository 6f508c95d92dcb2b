"""The format ``astro``: an entry of an Astro content collection, of the shape that Astro's own blog has."""

from collections.abc import Mapping

from storage.article import Article
from storage.formats.consumers.astro_pictures import with_buildable_pictures
from storage.formats.consumers.dating import page_date, tidy
from storage.formats.consumers.page_file import yaml_page
from storage.formats.consumers.wording import (
    author_names,
    page_body,
    page_description,
    page_slug,
    page_tags,
    page_title,
)
from storage.formats.file_name import fallback_stem
from storage.formats.format import NO_OPTIONS, Document, Format
from storage.formats.front_matter import FrontMatter, well_formed_fields
from storage.formats.options import FormatOptions, read_options


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
        files = {image.file for image in article.images if image.file}
        body = with_buildable_pictures(page_body(article), url=article.best_url, files=files)
        path = f"{chosen.folder}/{entry_name(article)}.md"
        return yaml_page(fields, body, path=path, format_name=self.name)


def entry_name(article: Article) -> str:
    """Return the slug; an entry named ``index`` would be the page its folder is named for."""
    slug = page_slug(article)
    return slug if slug != "index" else fallback_stem(article)


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
