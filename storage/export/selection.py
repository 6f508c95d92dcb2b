"""Which articles an export is about: first their stamps, then those that are needed. Not for where they are kept."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from storage.article import Article
from storage.export.naming import article_key
from storage.stamp import Stamp


@runtime_checkable
class Selection(Protocol):
    """Articles that need not all be loaded."""

    def stamps(self) -> Iterable[Stamp]:
        """Return a stamp for each article, in the order of their capture."""

    def load(self, ids: Sequence[str]) -> Iterable[Article]:
        """Return the articles of these ids, in any order, without those that are gone."""


class Given:
    """Articles that somebody has at hand: none is known to be unchanged. Of one that is given twice the first counts.

    They are taken one at a time, and forgotten when they are loaded.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = articles
        self.waiting: dict[str, Article] = {}

    def stamps(self) -> Iterator[Stamp]:
        """Yield a stamp for each."""
        seen: set[str] = set()
        for article in self.articles:
            key = article_key(article)
            if key not in seen:
                seen.add(key)
                self.waiting[key] = article
                yield Stamp(key, "")

    def load(self, ids: Sequence[str]) -> Iterator[Article]:
        """Yield the articles of these ids."""
        for key in ids:
            if key in self.waiting:
                yield self.waiting.pop(key)
