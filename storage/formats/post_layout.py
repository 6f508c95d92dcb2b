"""The thirteen fields of a post and how they are laid out. Not for where their values come from."""

from dataclasses import dataclass
from datetime import datetime

from storage.formats.front_matter import FrontMatter
from storage.formats.moment import china_text
from storage.formats.post_words import tag_lines
from storage.formats.scalar import plain, quote, quote_sparingly, single_quote

IMAGE_URL = "https://api.vvhan.com/api/bing?rand=sj&artid={artid}"
FEATURED_URL = "https://bing.ee123.net/img/rand?artid={artid}"
FIELDS = (
    "arturl_encode",
    "layout",
    "title",
    "date",
    "description",
    "keywords",
    "categories",
    "tags",
    "artid",
    "image",
    "render_with_liquid",
    "featuredImage",
    "featuredImagePreview",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFields:
    """What a post's front matter says; the date is in China's zone."""

    arturl_encode: str
    title: str
    date: datetime
    description: str
    keywords: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    artid: str
    image_path: str
    featured_image: str


def as_mapping(fields: PostFields) -> FrontMatter:
    """Return the fields as a reader gets them."""
    return {
        "arturl_encode": fields.arturl_encode,
        "layout": "post",
        "title": fields.title,
        "date": fields.date,
        "description": fields.description,
        "keywords": fields.keywords,
        "categories": list(fields.categories),
        "tags": list(fields.tags),
        "artid": fields.artid,
        "image": {"path": fields.image_path, "alt": fields.title},
        "render_with_liquid": False,
        "featuredImage": fields.featured_image,
        "featuredImagePreview": fields.featured_image,
    }


def lay_out(fields: PostFields) -> str:
    """Return the front matter without its ``---`` lines."""
    return (
        f"arturl_encode: {quote(fields.arturl_encode)}\n"
        "layout: post\n"
        f"title: {quote_sparingly(fields.title)}\n"
        f"date: {china_text(fields.date)}\n"
        f"description: {quote_sparingly(fields.description)}\n"
        f"keywords: {quote_sparingly(fields.keywords)}\n"
        f"categories: [{', '.join(single_quote(category) for category in fields.categories)}]\n"
        f"{tag_lines(fields.tags)}"
        f"artid: {quote(fields.artid)}\n"
        "image:\n"
        f"  path: {plain(fields.image_path)}\n"
        f"  alt: {quote_sparingly(fields.title)}\n"
        "render_with_liquid: false\n"
        f"featuredImage: {plain(fields.featured_image)}\n"
        f"featuredImagePreview: {plain(fields.featured_image)}\n"
    )
