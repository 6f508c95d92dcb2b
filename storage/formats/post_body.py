"""The Markdown of a post. Its bytes depend on markdownify 1.1.0, which is pinned; not for any other Markdown."""

import html
from contextlib import suppress
from typing import TYPE_CHECKING

from storage.article import Article
from storage.formats.characters import body_text, one_line
from storage.formats.format import fields_as_read

if TYPE_CHECKING:
    from bs4 import Tag

# The blog host's own page around an article: what is read from the seed was made of this.
SKELETON = (
    '<div class="blog-content-box"><div class="article-header-box"><div class="article-header">'
    '<div class="article-title-box"><h1 class="title-article" id="articleContentId">{title}</h1></div></div></div>'
    '<article class="baidu_pl"><div class="article_content clearfix" id="article_content"><div id="content_views">'
    "{content}</div></div></article></div>"
)
PARSER = "html.parser"
# A line is indented by its depth, so that a deep page grows with its square.
MAX_DEPTH = 400


def post_markdown(article: Article) -> str:
    """Return title and main text, from the article's HTML where there is any, else from its Markdown.

    HTML nested too deep for the converter is not read; the Markdown takes its place.
    """
    if article.html:
        with suppress(RecursionError):
            return body_text(html_as_markdown(article.html, title=article.title)).strip()
    return body_text(heading(article) + (article.body or article.text)).strip()


def heading(article: Article) -> str:
    """Return what stands before the body: a post that was read may have it without an empty line, or in other words."""
    as_read = fields_as_read(article, format_name="post").get("heading")
    if isinstance(as_read, str):
        return as_read
    return default_heading(article.title)


def default_heading(title: str) -> str:
    """Return the heading of a body that has none of its own."""
    return "# " + one_line(title).replace("*", r"\*").replace("<", r"\<") + "\n\n"


def html_as_markdown(content: str, *, title: str) -> str:
    """Return what the mirror made of such a page: indented first, which leaves its traces in the Markdown.

    Raises:
        RecursionError: the page is nested too deep.
    """
    return page_as_markdown(SKELETON.format(title=html.escape(one_line(title), quote=False), content=content))


def page_as_markdown(page: str) -> str:
    """Return what the mirror made of the blog host's own page.

    Raises:
        RecursionError: the page is nested too deep.
    """
    # Here, for they take longer to load than all formats together, and most need neither.
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    soup = BeautifulSoup(page, PARSER)
    if depth(soup) > MAX_DEPTH:
        raise RecursionError
    converter = MarkdownConverter(heading_style="ATX", code_language_callback=code_language)
    return str(converter.convert(soup.prettify()))


def depth(soup: "Tag") -> int:
    """Return how deep the tags are nested."""
    from bs4 import Tag

    levels = 0
    tags = [soup]
    while tags:
        levels += 1
        tags = [child for tag in tags for child in tag.children if isinstance(child, Tag)]
    return levels


def code_language(block: "Tag") -> str:
    """Return the X of the first class ``language-X`` of the code in a ``<pre>``, else nothing."""
    from bs4 import Tag

    code = block.find("code")
    classes = code.get_attribute_list("class") if isinstance(code, Tag) else []
    names = [name.removeprefix("language-") for name in classes if name and name.startswith("language-")]
    return names[0] if names else ""
