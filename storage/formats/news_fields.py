"""The fields of a news item, from the neutral record. Not for how they are written."""

from datetime import UTC
from urllib.parse import urlsplit

from storage.article import Article, Image, Moment, Provider, Related
from storage.formats.amp import cdn_amp_url
from storage.formats.characters import cut_at_word, one_line
from storage.formats.cluster import PUBLISHED_FROM, by_quality, heat
from storage.formats.format import fields_as_read
from storage.formats.front_matter import FrontMatter, well_formed_fields
from storage.formats.moment import in_zone
from storage.formats.news_layout import FIELDS
from storage.formats.plain_text import plain_text
from storage.formats.video import iframe, watch_url, youtube_id

EXCERPT_LENGTH = 300
# Characters of a text that certainly hold an excerpt.
ENOUGH = 4000
# Search results give longer excerpts; those of related items are not cut again.
LONGEST_EXCERPT = 480
SMALLEST_SIDE = 200
# Written even when they are empty.
ALWAYS = frozenset({"title", "excerpt"})
MAX_TOPICS = 9
MAX_IMAGES_OF_OTHERS = 2


def news_fields(article: Article, *, moment: Moment, max_images: int) -> FrontMatter:
    """Return every field that has a value, dated by the moment; their order is that of the layout."""
    large = [image for image in article.images if is_large(image)]
    fields: FrontMatter = {
        "category": "news",
        "title": article.title,
        "excerpt": cut_at_word(article.excerpt or beginning(article), EXCERPT_LENGTH),
        "publishedDateTime": in_zone(moment, UTC),
        **addresses(article),
        "quality": max(article.quality, 0),
        "heat": heat(article),
        "provider": provider_entry(article.provider, url=article.best_url, images=article.provider.images),
        "topics": topic_names(article),
        "images": [image_entry(image) for image in large[:max_images]],
        "related": [related_entry(other) for other in by_quality(article.related)],
        "secured": secured(article),
    }
    as_read = fields_as_read(article, format_name="news")
    fields |= {name: as_read[name] for name in FIELDS if name in as_read}
    fields.setdefault("published", is_hot(fields.get("heat")))
    return well_formed_fields({name: value for name, value in fields.items() if name in ALWAYS or has_value(value)})


def beginning(article: Article) -> str:
    """Return how the article begins, on one line; nothing where it has no words."""
    markdown = article.summary or article.body
    return one_line(plain_text(markdown[:ENOUGH]) if markdown else article.text[:ENOUGH])


def has_value(value: object) -> bool:
    """Whether it is worth a field: false and zero are, nothing is not."""
    return value is not None and value not in ("", [], {})


def is_hot(heat_of_item: object) -> bool:
    """Whether an item is warm enough to be published."""
    return isinstance(heat_of_item, int) and heat_of_item >= PUBLISHED_FROM


def addresses(article: Article) -> FrontMatter:
    """Return the addresses and the type. A video without a player of ours is linked to as an article is."""
    url = article.best_url
    video = youtube_id(url) if article.type == "video" else None
    if video:
        return {"originalUrl": watch_url(video), "type": "video", "featuredContent": iframe(video)}
    return {"originalUrl": url, "webUrl": url, **amp_addresses(article.amp_url), "type": "article"}


def amp_addresses(amp_url: str | None) -> FrontMatter:
    """Return the AMP page and its address in the cache: both or neither."""
    cached = cdn_amp_url(amp_url) if amp_url else None
    return {"ampWebUrl": amp_url, "cdnAmpWebUrl": cached} if cached else {}


def provider_entry(provider: Provider, *, url: str, images: tuple[Image, ...] = ()) -> FrontMatter:
    """Return the provider; where its domain is not known it is the URL's host, and its name is its domain."""
    domain = provider.domain or host(url)
    entry: FrontMatter = {"name": provider.name or domain, "domain": domain}
    icons = [image_entry(image) for image in images if image.width and image.height]
    return entry | ({"images": icons} if icons else {})


def host(url: str) -> str:
    """Return the URL's host without ``www.``, or nothing."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def topic_names(article: Article) -> list[str]:
    """Return at least one topic: the article's tags, else its topics, its category, its source's name."""
    topics = [topic.name for topic in article.topics]
    for names in (article.tags, topics, [article.category], [article.source]):
        known = [name for name in names if name.strip()]
        if known:
            return known[:MAX_TOPICS]
    return ["News"]


def is_large(image: Image) -> bool:
    """Whether a picture's size is known and fit to be shown."""
    return min(image.width or 0, image.height or 0) >= SMALLEST_SIDE


def image_entry(image: Image) -> FrontMatter:
    """Return one picture of known size."""
    entry: FrontMatter = {"url": image.url, "width": image.width, "height": image.height}
    return entry | ({"isCached": True} if image.is_cached else {})


def related_entry(other: Related) -> FrontMatter:
    """Return one other member of the cluster."""
    excerpt = other.excerpt if len(other.excerpt) <= LONGEST_EXCERPT else cut_at_word(other.excerpt, EXCERPT_LENGTH)
    entry: FrontMatter = {
        "title": other.title,
        "excerpt": excerpt,
        "publishedDateTime": in_zone(other.published_at, UTC) if other.published_at else None,
        "webUrl": other.url,
        **amp_addresses(other.amp_url),
        "type": "video" if other.type == "video" else "article",
        "provider": provider_entry(other.provider, url=other.url),
        "quality": max(other.quality, 0),
        "images": [image_entry(image) for image in other.images if is_large(image)][:MAX_IMAGES_OF_OTHERS],
    }
    return {name: value for name, value in entry.items() if name in ALWAYS or has_value(value)}


def secured(article: Article) -> str | None:
    """Return the envelope a file was read with; it can be kept, not made."""
    value = article.extra.get("secured")
    return value if isinstance(value, str) else None
