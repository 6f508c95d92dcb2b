"""From clues and content to the article record: every field by its policy, with its origin."""

from collections.abc import Sequence
from datetime import datetime

from lxml.etree import _Element

from crawler.extract import fields
from crawler.extract.cleanhtml import write_html
from crawler.extract.clues import Clues
from crawler.extract.dates import refined
from crawler.extract.markdown import write_markdown
from crawler.extract.media import content_images, content_links, merged_images
from crawler.extract.offset import in_local_time
from crawler.extract.page_type import page_type
from crawler.extract.policy import Found, Source, first_found
from crawler.extract.provider import provider_of
from crawler.extract.subjects import Words
from crawler.extract.wording import squeezed
from storage.article import Article, Author, Moment

TITLE_RANKS = ("h1", "h2", "h3")


def read_article(clues: Clues, content: _Element) -> Article:
    """Return the article of a page. clues.text: the plain text of content."""
    found = {name: first_found(policy, clues) for name, policy in SIMPLE.items()}
    authors, published = found_authors(clues), found_published(clues)
    modified = first_found(fields.MODIFIED, clues)
    images = first_found(fields.LEAD_IMAGES, clues)
    tags = found_words(fields.TAGS, clues, stated=clues.site.tags)
    categories = found_words(fields.CATEGORIES, clues, stated=clues.site.categories)
    groups = {"authors": authors, "published_at": published, "modified_at": modified, "images": images, "tags": tags}
    origins = {name: f.origin for name, f in {**found, **groups, "categories": categories}.items() if f is not None}
    values = {name: f.value if f is not None else "" for name, f in found.items()}
    return Article(
        url=clues.url,
        title=values["title"],
        canonical_url=values["canonical_url"] or None,
        amp_url=values["amp_url"] or None,
        excerpt=values["excerpt"],
        language=values["language"] or None,
        authors=authors.value if authors else (),
        published_at=published.value if published else None,
        modified_at=modified.value if modified else None,
        provider=provider_of(clues, name=values["provider"]),
        category=categories.value[0] if categories else "",
        categories=categories.value if categories else (),
        keywords=keywords_of(clues, tags),
        tags=tags.value if tags else (),
        type=page_type(clues),
        images=merged_images(images.value if images else (), content_images(content)),
        links=content_links(content),
        license=values["license"] or None,
        body=write_markdown(content),
        html=clues.site.html or write_html(content),
        text=clues.text,
        origins=origins,
    )


SIMPLE = {
    "title": fields.TITLE,
    "canonical_url": fields.CANONICAL_URL,
    "amp_url": fields.AMP_URL,
    "excerpt": fields.EXCERPT,
    "language": fields.LANGUAGE,
    "provider": fields.PROVIDER,
    "license": fields.LICENSE,
}


def found_words(policy: Sequence[Source[Words]], clues: Clues, *, stated: Words | None) -> Found[Words] | None:
    """Words by the policy. stated: what the rule of a known site finds; where it finds none there are none."""
    return first_found(policy, clues) if stated is None or stated else None


def keywords_of(clues: Clues, tags: Found[Words] | None) -> Words:
    """The page's keywords as the rule of a known site keeps them, else its tags."""
    if clues.site.keywords is not None:
        return clues.site.keywords
    return tags.value if tags else ()


def found_authors(clues: Clues) -> Found[tuple[Author, ...]] | None:
    """People by the policy, else an organisation."""
    return first_found(fields.AUTHORS, clues) or first_found(fields.ORGANISATIONS, clues)


def found_published(clues: Clues) -> Found[Moment] | None:
    """The date by the policy; a sure one with its hour, where another source has that, and in its place's offset."""
    found = first_found(fields.PUBLISHED, clues)
    if found is None or found.origin.confidence == "guess":
        return found
    stated = (source.read(clues) for source in fields.PUBLISHED if source.confidence == "sure")
    moment = refined(found.value, stated)
    return Found(in_local_time(moment, clues) if isinstance(moment, datetime) else moment, found.origin)


def drop_title(content: _Element, title: str) -> None:
    """Remove the first heading of a content, if it repeats the title: that is a field of its own."""
    first = next(content.iter(*TITLE_RANKS), None)
    if first is None or not says_title(squeezed("".join(map(str, first.itertext()))), squeezed(title)):
        return
    parent = first.getparent()
    if parent is not None:
        parent.text = (parent.text or "") + (first.tail or "")
        parent.remove(first)


def says_title(heading: str, title: str) -> bool:
    """Whether a squeezed heading is the title, or the title with a label before it or a word behind it."""
    return bool(title) and title in heading and len(heading) < 2 * len(title)
