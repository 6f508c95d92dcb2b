"""Each field's policy: its sources in order, the first that has a value wins. The documentation is made from this.

Titles, authors, dates and so on are read in the modules named after them; here stands only which comes before which.
"""

from collections.abc import Mapping
from typing import Final

from crawler.extract import authors, dates, language, media, provider, subjects, title
from crawler.extract.policy import Source
from crawler.extract.subjects import Words
from crawler.extract.visible_date import visible_published
from storage.article import Author, Image, Moment

BY_RULE = "what the rule of a known site finds"

TITLE: Final[tuple[Source[str], ...]] = (
    Source("site", BY_RULE, lambda clues: clues.site.title or None),
    Source("html", "an h1 that says what og:title says", title.shared_heading),
    Source("json-ld", "headline of the article; the h1 where that goes on after a cut-off headline", title.headline),
    Source("html", "the first h1 that agrees with the title element or og:title", title.agreeing_heading),
    Source("html", "the one h1 that shares half its words with the title element or og:title", title.kindred_heading),
    Source("opengraph", "og:title", title.opengraph_title),
    Source("microdata", "itemprop headline", title.microdata_title),
    Source("meta", "citation_title, dc.title, twitter:title", title.meta_title),
    Source("html", "the title element", title.title_element),
    Source("html", "any h1", title.any_heading, "guess"),
)
PUBLISHED: Final[tuple[Source[Moment], ...]] = (
    Source("site", BY_RULE, lambda clues: clues.site.published),
    Source("json-ld", "datePublished of the article or the video", dates.jsonld_published),
    Source("meta", "article:published_time and its many other names", dates.meta_published),
    Source("microdata", "itemprop datePublished of the article", dates.item_published),
    Source("html", "a time element near the h1, not in a teaser", dates.time_published),
    Source("url", "a whole date in the address", dates.url_published),
    Source("site", "a later time that a known site gives for it", lambda clues: clues.site.published_late, "guess"),
    Source("json-ld", "datePublished of a page that is not called an article", dates.page_published, "guess"),
    Source("meta", "date, dc.date, created: of the page, it may be", dates.loose_published, "guess"),
    Source("html", "a time element near the h1 of a home page", dates.loose_time, "guess"),
    Source("microdata", "itemprop datePublished of a thread's first post", dates.post_published, "guess"),
    Source(
        "text", "a date next to the headline, in a script, or where a class calls it one", visible_published, "guess"
    ),
    Source("meta", "the time of the last change, where nothing else is known", dates.any_modified, "guess"),
)
MODIFIED: Final[tuple[Source[Moment], ...]] = (
    Source("site", BY_RULE, lambda clues: clues.site.modified),
    Source("json-ld", "dateModified", dates.jsonld_modified),
    Source("meta", "article:modified_time, og:updated_time", dates.meta_modified),
    Source("microdata", "itemprop dateModified", dates.item_modified),
)
AUTHORS: Final[tuple[Source[tuple[Author, ...]], ...]] = (
    Source("site", BY_RULE, authors.site_authors),
    Source("json-ld", "author of the article, where a person is among them", authors.jsonld_people),
    Source("meta", "author, citation_author, dc.creator", authors.meta_people),
    Source("byline", "itemprop author, rel=author, class byline or author", authors.byline_people),
    Source("text", "a line next to the headline that says By NAME", authors.printed_people, "guess"),
)
ORGANISATIONS: Final[tuple[Source[tuple[Author, ...]], ...]] = (
    Source("json-ld", "an organisation, where no person is named at all", authors.organisations),
)
LANGUAGE: Final[tuple[Source[str], ...]] = (
    Source("html", "lang of the html element", language.html_language),
    Source("json-ld", "inLanguage", language.jsonld_language),
    Source("opengraph", "og:locale", language.opengraph_language),
    Source("meta", "content-language, dc.language", language.meta_language),
    Source("text", "guessed from the text", language.guessed_language, "guess"),
)
EXCERPT: Final[tuple[Source[str], ...]] = (
    Source(
        "site", "the meta element as it is, where the rule of a known site says so", lambda c: c.site.excerpt or None
    ),
    Source("opengraph", "og:description", subjects.opengraph_summary),
    Source("json-ld", "description of the article", subjects.jsonld_summary),
    Source("meta", "description", subjects.meta_summary),
    Source("text", "the beginning of the text", subjects.first_sentences, "guess"),
)
PROVIDER: Final[tuple[Source[str], ...]] = (
    Source("opengraph", "og:site_name", provider.opengraph_name),
    Source("json-ld", "publisher, or the site's own node", provider.jsonld_name),
    Source("meta", "application-name, dc.publisher", provider.meta_name),
    Source("url", "the registrable domain", provider.domain_name, "guess"),
)
TAGS: Final[tuple[Source[Words], ...]] = (
    Source("site", f"{BY_RULE}, and nothing else there", lambda clues: clues.site.tags),
    Source("json-ld", "keywords of the article", subjects.jsonld_keywords),
    Source("opengraph", "article:tag", subjects.opengraph_tags),
    Source("meta", "news_keywords, keywords", subjects.meta_keywords),
    Source("html", "links marked rel=tag", subjects.linked_tags),
)
CATEGORIES: Final[tuple[Source[Words], ...]] = (
    Source("site", f"{BY_RULE}, and nothing else there", lambda clues: clues.site.categories),
    Source("json-ld", "articleSection", subjects.jsonld_sections),
    Source("meta", "article:section", subjects.meta_sections),
)
LEAD_IMAGES: Final[tuple[Source[tuple[Image, ...]], ...]] = (
    Source("opengraph", "og:image with its sizes and alt", media.opengraph_images),
    Source("json-ld", "image of the article", media.jsonld_images),
    Source("meta", "twitter:image", media.meta_images),
)
LICENSE: Final[tuple[Source[str], ...]] = (
    Source("html", "license in JSON-LD, meta or a link", subjects.stated_license),
)
AMP_URL: Final[tuple[Source[str], ...]] = (
    Source("html", "link rel=amphtml", lambda clues: clues.first_rel("amphtml") or None),
)
CANONICAL_URL: Final[tuple[Source[str], ...]] = (
    Source("html", "link rel=canonical, where it names the page's own site", provider.canonical_link),
    Source("opengraph", "og:url, where it names the page's own site", provider.canonical_opengraph),
    Source("site", "the part of its address that the rule of a known site matches", lambda c: c.site.address or None),
)

# For docs/extraction.md.
POLICIES: Final[Mapping[str, tuple[Source[object], ...]]] = {
    "title": TITLE,
    "authors": (*AUTHORS, *ORGANISATIONS),
    "published_at": PUBLISHED,
    "modified_at": MODIFIED,
    "language": LANGUAGE,
    "excerpt": EXCERPT,
    "provider": PROVIDER,
    "tags": TAGS,
    "categories": CATEGORIES,
    "images": LEAD_IMAGES,
    "license": LICENSE,
    "amp_url": AMP_URL,
    "canonical_url": CANONICAL_URL,
}
