"""From clues and content to the article record: every field by its policy, with its origin."""

from collections.abc import Sequence

from lxml.etree import _Element

from crawler.extract import fields
from crawler.extract.article_node import is_declared_article, video_node
from crawler.extract.authors import cleaned, organisations
from crawler.extract.body import guess_author, guess_date
from crawler.extract.cleanhtml import write_html
from crawler.extract.clues import Clues
from crawler.extract.dates import refined
from crawler.extract.markdown import write_markdown
from crawler.extract.media import content_images, content_links, merged_images
from crawler.extract.policy import Found, Source, first_found
from crawler.extract.provider import provider_of
from crawler.extract.subjects import Words
from crawler.extract.wording import squeezed
from storage.article import Article, Author, Moment, Origin

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
        type=type_of(clues),
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
    """A person by the policy, else by trafilatura's patterns, else an organisation."""
    found = first_found(fields.AUTHORS, clues)
    if found is not None:
        return found
    stated = organisations(clues)
    guessed = cleaned([(guess_author(clues.tree), False)], clues)
    if any(author.kind == "person" for author in guessed) or not stated:
        return Found(guessed, Origin("trafilatura", "guess")) if guessed else None
    return first_found(fields.ORGANISATIONS, clues)


def found_published(clues: Clues) -> Found[Moment] | None:
    """The date by the policy, with its hour where another source has that; else htmldate's guess."""
    found = first_found(fields.PUBLISHED, clues)
    if found is not None and found.origin.confidence == "sure":
        stated = (source.read(clues) for source in fields.PUBLISHED if source.confidence == "sure")
        return Found(refined(found.value, stated), found.origin)
    guess = None if found else guess_date(clues.tree, url=clues.url, now=clues.now)
    return Found(guess, Origin("htmldate", "guess")) if guess else found


def type_of(clues: Clues) -> str:
    """``video`` for a page whose own mark-up is about a video, else ``article``."""
    is_video = clues.first_meta("og:type").lower().startswith("video")
    return "video" if is_video or (video_node(clues) is not None and not is_declared_article(clues)) else "article"


def drop_title(content: _Element, title: str) -> None:
    """Remove the first heading of a content, if it repeats the title: that is a field of its own."""
    key = squeezed(title)
    first = next(content.iter(*TITLE_RANKS), None)
    if first is None or not key or squeezed("".join(map(str, first.itertext()))) != key:
        return
    parent = first.getparent()
    if parent is not None:
        parent.text = (parent.text or "") + (first.tail or "")
        parent.remove(first)
