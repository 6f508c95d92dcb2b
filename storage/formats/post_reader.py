"""A post read back into the neutral record, in any of its variants. Not for writing one.

Its body may still be the HTML page that the Markdown is made of: it is then read as that Markdown.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from storage.article import Article
from storage.formats.foreign import FOREIGN, foreign_fields
from storage.formats.front_matter import FrontMatter
from storage.formats.given import GivenFields
from storage.formats.given_yaml import read_given
from storage.formats.moment import CHINA, in_zone
from storage.formats.post_address import article_number, decode_url
from storage.formats.post_body import default_heading, page_as_markdown
from storage.formats.post_layout import FEATURED_URL, FIELDS, IMAGE_URL
from storage.formats.post_words import NO_CATEGORY, NO_TAG, clean_category, clean_tags, clean_title
from storage.formats.source_file import SourceFile, required_front_matter

# What older variants have besides; never written.
FORMER_FIELDS = ("arturl", "cover", "img")
# The blog host's own block, or a whole page; a body of Markdown may well begin with some other tag.
PAGE = re.compile(
    r"\s*(?:</?[a-z][^<>]*>\s*)*?<(?:!doctype html|html|body|div[^<>]+(?:blog-content-box|content_views))\b",
    re.IGNORECASE,
)
HEADING = re.compile(r"# (?P<title>[^\n]*)(?:\n+|$)")
ESCAPED = re.compile(r"\\([*_<])")
DAY_BEFORE_TITLE = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")


@dataclass(frozen=True, slots=True)
class PostBody:
    """heading: the first line and the empty lines after it, as they stand; title: its words."""

    heading: str
    title: str
    markdown: str


def read_post(file: SourceFile) -> Article:
    """Return the article of a post.

    Raises:
        UnreadableFile: it has no front matter, or a field holds what it cannot hold.
    """
    given = read_given(required_front_matter(file), path=file.path)
    body = body_of(file.body)
    named = given.text("title")
    moment = given.moment("date")
    article = Article(
        url=address(given),
        title=body.title or named,
        published_at=in_zone(moment, CHINA) if isinstance(moment, datetime) else moment,
        excerpt=given.text("description"),
        keywords=tuple(word.strip() for word in given.text("keywords").split(",") if word.strip()),
        categories=without(given.texts("categories"), NO_CATEGORY),
        tags=without(given.texts("tags"), NO_TAG),
        body=body.markdown,
    )
    kept = as_read(given, body=body, article=article)
    foreign = foreign_fields(file, given, known=(*FIELDS, *FORMER_FIELDS))
    if foreign:
        kept[FOREIGN] = foreign
    return replace(article, extra={"post": kept}) if kept else article


def body_of(text: str) -> PostBody:
    """Return the heading and what follows it."""
    text = text.strip()
    if PAGE.match(text):
        text = page_as_markdown(text).strip()
    found = HEADING.match(text)
    if not found:
        return PostBody("", "", text)
    return PostBody(found[0], ESCAPED.sub(r"\1", found["title"]).strip(" "), text[found.end() :])


def address(given: GivenFields) -> str:
    """Return the article's URL, decoded; nothing where there is none.

    Raises:
        UnreadableFile: the code is broken.
    """
    code = given.text("arturl_encode")
    try:
        return decode_url(code) if code else given.text("arturl")
    except ValueError as error:
        raise given.by_name["arturl_encode"].wrong(
            "is no coded address; it is hexadecimal, parted by colons"
        ) from error


def without(names: tuple[str, ...], nothing: str) -> tuple[str, ...]:
    """Return the names; none where they only say that there are none."""
    return () if names == (nothing,) else names


def as_read(given: GivenFields, *, body: PostBody, article: Article) -> FrontMatter:
    """Return what would be written otherwise than it was given."""
    kept: FrontMatter = {}
    named = given.text("title")
    if named and clean_title(article.title) not in (named, DAY_BEFORE_TITLE.sub("", named)):
        kept["title"] = named
    if body.heading != default_heading(article.title):
        kept["heading"] = body.heading
    if given.text("keywords") != ",".join(article.keywords):
        kept["keywords"] = given.text("keywords")
    if article.tags and clean_tags(article.tags) != article.tags:
        kept["tags"] = list(article.tags)
    if article.categories and (clean_category(article.categories),) != article.categories:
        kept["categories"] = list(article.categories)
    number = given.text("artid") or article_number(article.url)
    if number != article_number(article.url):
        kept["artid"] = number
    return kept | pictures_as_read(given, number=number)


def pictures_as_read(given: GivenFields, *, number: str) -> FrontMatter:
    """Return the addresses of the decoration, where they are not the usual ones."""
    image = given.by_name.get("image")
    path = GivenFields(image.value).text("path") if image and isinstance(image.value, dict) else ""
    featured = given.text("featuredImage")
    kept: FrontMatter = {}
    if path and path != IMAGE_URL.replace("{artid}", number):
        kept["image_path"] = path
    if featured and featured != FEATURED_URL.replace("{artid}", number):
        kept["featured_image"] = featured
    return kept
