"""A news item read back into the neutral record, in any of its variants and spellings. Not for writing one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from storage.article import Article, Image, Provider, Related
from storage.formats.foreign import FOREIGN, foreign_fields
from storage.formats.front_matter import FrontMatter
from storage.formats.given import Given, GivenFields
from storage.formats.given_yaml import read_given
from storage.formats.moment import in_zone
from storage.formats.news_fields import ALWAYS, news_fields
from storage.formats.news_layout import FIELDS
from storage.formats.source_file import SourceFile, required_front_matter

# In the order in which they are written.
IMAGE_FIELDS = ("url", "width", "height", "isCached", "title")
PROVIDER_FIELDS = ("name", "domain", "images")
RELATED_FIELDS = (
    "title",
    "excerpt",
    "publishedDateTime",
    "originalUrl",
    "webUrl",
    "ampWebUrl",
    "cdnAmpWebUrl",
    "type",
    "provider",
    "quality",
    "images",
)
# Stands for the time at which an item without a date would be written.
NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
ORDERS = {"images": IMAGE_FIELDS, "provider": PROVIDER_FIELDS, "related": RELATED_FIELDS}
WHOLES = frozenset({"quality", "heat", "width", "height"})
FLAGS = frozenset({"removed", "published", "isCached"})
LISTS = frozenset({"topics", "images", "related"})


def read_news(file: SourceFile) -> Article:
    """Return the article of a news item.

    Raises:
        UnreadableFile: it has no front matter, or a field holds what it cannot hold.
    """
    given = read_given(required_front_matter(file), path=file.path)
    article = article_of(given)
    kept = as_read(given, article)
    foreign = foreign_fields(file, given, known=FIELDS)
    if foreign:
        kept[FOREIGN] = foreign
    return replace(article, extra={**article.extra, "news": kept}) if kept else article


def article_of(given: GivenFields) -> Article:
    """Return the record; an item without an address, or without a date, has none."""
    secured = given.text("secured")
    return Article(
        url=given.text("originalUrl") or given.text("webUrl"),
        title=given.text("title"),
        excerpt=given.text("excerpt"),
        published_at=given.moment("publishedDateTime"),
        amp_url=given.text("ampWebUrl") or None,
        type=given.text("type") or "article",
        quality=given.whole("quality") or 0,
        provider=provider_of(given.mapping("provider")),
        tags=given.texts("topics"),
        images=images_of(given),
        related=tuple(related_of(each) for each in given.mappings("related")),
        extra={"secured": secured} if secured else {},
    )


def provider_of(given: GivenFields) -> Provider:
    """Return the publisher."""
    return Provider(given.text("name"), given.text("domain"), images_of(given))


def images_of(given: GivenFields) -> tuple[Image, ...]:
    """Return the pictures; those of old items have a title."""
    return tuple(
        Image(
            url=each.text("url"),
            width=each.whole("width"),
            height=each.whole("height"),
            alt=each.text("title"),
            is_cached=each.flag("isCached"),
        )
        for each in given.mappings("images")
    )


def related_of(given: GivenFields) -> Related:
    """Return another member of the item's cluster."""
    return Related(
        title=given.text("title"),
        url=given.text("webUrl") or given.text("originalUrl"),
        excerpt=given.text("excerpt"),
        published_at=given.moment("publishedDateTime"),
        amp_url=given.text("ampWebUrl") or None,
        type=given.text("type") or "article",
        provider=provider_of(given.mapping("provider")),
        quality=given.whole("quality") or 0,
        images=images_of(given),
    )


def as_read(given: GivenFields, article: Article) -> FrontMatter:
    """Return the fields that would be written otherwise than they were given; None for those that were not."""
    fields = {name: typed(given.by_name[name]) for name in FIELDS if name in given}
    ours = news_fields(article, moment=article.published_at or NO_MOMENT, max_images=1)
    if article.published_at is None:
        del ours["publishedDateTime"]
    differing = (name for name in FIELDS if fields.get(name) != ours.get(name))
    return {name: fields.get(name) for name in differing if name in fields or name not in ALWAYS}


def typed(given: Given) -> object:
    """Return a field as the layout takes it: a number, truth value, time or text by its name, mappings in order."""
    name = given.name
    if name in LISTS:
        order = ORDERS.get(name)
        return [ordered(item, order=order) if order else item.text for item in given.items]
    if name == "provider":
        return ordered(given, order=PROVIDER_FIELDS)
    if name in WHOLES:
        return given.whole
    if name in FLAGS:
        return given.flag
    return in_zone(given.moment, UTC) if name == "publishedDateTime" else given.text


def ordered(given: Given, *, order: Sequence[str]) -> FrontMatter:
    """Return a mapping with the fields we know first, in the order in which they are written; no nulls."""
    fields = given.fields
    names = [name for name in order if name in fields] + [name for name in fields if name not in order]
    return {name: typed(fields[name]) for name in names if fields[name].value is not None}
