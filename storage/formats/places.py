"""What of an article each format has a place for. Not for how it is written there.

A conversion says what is lost with it; an export need not, for the store keeps all.
"""

from collections.abc import Iterator, Mapping

from storage.article import Article, ReaderState

# In the words of a message, what may be lost, and the formats that keep it.
ALL = frozenset({"news", "note", "text", "post", "obsidian", "jekyll", "hugo", "zola", "astro"})
SITES = frozenset({"jekyll", "hugo", "zola", "astro"})
KEPT_BY: Mapping[str, frozenset[str]] = {
    "an address": ALL - {"text"},
    "a date of publication": ALL - {"text"},
    "tags": ALL - {"text"},
    "a text": ALL - {"news"},
    "links of a note": frozenset({"note"}),
    "topics": frozenset({"note"}),
    "keywords": frozenset({"post"}),
    "pictures": frozenset({"news"}) | SITES,
    "related articles": frozenset({"news"}),
    "what a person has read and rated": frozenset({"note"}),
    "front matter of a person's own": frozenset(),
}


def losses(article: Article, *, read_as: str, written_as: str) -> Iterator[str]:
    """Yield what the article has and the format has no place for; nothing where a format is written as itself."""
    if read_as == written_as or written_as not in ALL:
        return
    own = article.extra.get(read_as)
    has: Mapping[str, object] = {
        "an address": article.best_url,
        "a date of publication": article.published_at,
        "tags": article.tags,
        "a text": article.body or article.text,
        "links of a note": article.links,
        "topics": article.topics,
        "keywords": article.keywords,
        "pictures": article.images,
        "related articles": article.related,
        "what a person has read and rated": article.reader != ReaderState(),
        "front matter of a person's own": isinstance(own, Mapping) and own.get("foreign"),
    }
    yield from (name for name, value in has.items() if value and written_as not in KEPT_BY[name])
