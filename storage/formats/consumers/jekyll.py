"""The format ``jekyll``: a post of a Jekyll site, inert in Hexo and Eleventy too. Not for Liquid: it has a module."""

import html
from collections.abc import Mapping
from typing import Literal

from storage.article import Article
from storage.formats.characters import cut_at_word, one_line
from storage.formats.consumers.dating import page_date, tidy
from storage.formats.consumers.kramdown import without_kramdown_marks
from storage.formats.consumers.liquid import in_raw
from storage.formats.consumers.page_file import yaml_page
from storage.formats.consumers.prose import without_attributes
from storage.formats.consumers.wording import (
    MAX_DESCRIPTION,
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

Generator = Literal["jekyll", "jekyll-3", "hexo", "eleventy"]
# How each is told that a body is no template. Jekyll 3, and so GitHub Pages, cannot be told: in_raw is for it.
INERT: Mapping[str, FrontMatter] = {
    "jekyll": {"render_with_liquid": False},
    "jekyll-3": {},
    "hexo": {"disableNunjucks": True},
    "eleventy": {"templateEngineOverride": "md"},
}


class JekyllOptions(FormatOptions):
    """folder: of the posts. layout: of each. categories: of each, as they are part of its address.

    generator: who builds the site.
    """

    folder: str = "_posts"
    layout: str = "post"
    categories: tuple[str, ...] = ()
    generator: Generator = "jekyll"


class JekyllFormat(Format):
    """Writes ``_posts/{date}-{slug}.md``."""

    name = "jekyll"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not JekyllOptions."""
        read_options(JekyllOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as a post.

        Raises:
            MissingField: it has no date of any kind.
        """
        chosen = read_options(JekyllOptions, options, format_name=self.name)
        fields = jekyll_fields(article, options=chosen)
        body = without_attributes(page_body(article))
        if chosen.generator.startswith("jekyll"):
            body = without_kramdown_marks(body)
        if chosen.generator == "jekyll-3":
            body = in_raw(body)
        day = page_date(article, format_name=self.name).day.isoformat()
        path = f"{chosen.folder}/{day}-{page_slug(article)}.md"
        return yaml_page(fields, body, path=path, format_name=self.name)


def jekyll_fields(article: Article, *, options: JekyllOptions) -> FrontMatter:
    """Return the fields. ``permalink``, ``category`` and ``published`` decide on addresses and on what is shown: no
    article sets them. ``excerpt`` is HTML, and given so that Jekyll does not cut one out of the body.
    """
    date = page_date(article, format_name="jekyll")
    description = page_description(article)
    names = author_names(article)
    fields: FrontMatter = {
        "layout": options.layout,
        "title": page_title(article),
        "date": date.shown,
        "updated" if options.generator == "hexo" else "last_modified_at": tidy(article.modified_at)
        if article.modified_at
        else None,
        "description": description,
        "excerpt": html.escape(cut_at_word(one_line(description), MAX_DESCRIPTION), quote=False),
        "author": names[0] if len(names) == 1 else None,
        "authors": names if len(names) > 1 else None,
        "categories": list(options.categories),
        "tags": page_tags(article.tags),
        "image": next(iter(page_images(article)), None),
        "lang": article.language,
        **INERT[options.generator],
        "source_url": article.best_url,
        "source_name": article.provider.name or article.provider.domain,
        "source_date": date.said,
        "bowerbird_id": article.id or None,
    }
    kept = {name: value for name, value in fields.items() if value not in (None, []) or name == "excerpt"}
    return well_formed_fields(kept)
