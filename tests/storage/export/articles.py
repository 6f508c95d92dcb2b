"""What the tests of the mirror lay out: articles, profiles, and a store that notes what is asked of it. Not a test."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.article import Article
from storage.export.profile import Profile
from storage.stamp import Stamp

AT = datetime(2024, 1, 31, 13, 57, tzinfo=UTC)


def a_profile(folder: Path, *, name: str = "p", format_name: str = "text", **fields: Any) -> Profile:
    return Profile(name=name, format=format_name, folder=folder, **fields)


def an_article(article_id: str = "a1", *, title: str = "Title", text: str = "Text.", days: int = 0) -> Article:
    url = f"https://example.org/{article_id}"
    return Article(id=article_id, url=url, title=title, text=text, captured_at=AT + timedelta(days=days))


def names(folder: Path) -> list[str]:
    """Return the names in a folder that are not hidden."""
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))


class Shelf:
    """A selection of articles that counts its versions and remembers which were loaded."""

    def __init__(self, *articles: Article) -> None:
        self.articles = {article.id: article for article in articles}
        self.versions = dict.fromkeys(self.articles, 1)
        self.loaded: list[str] = []

    def change(self, article_id: str, **fields: Any) -> None:
        """Change an article, as a new revision does."""
        self.articles[article_id] = replace(self.articles[article_id], **fields)
        self.versions[article_id] += 1

    def stamps(self) -> Iterator[Stamp]:
        """Yield a stamp for each article."""
        for article_id in self.articles:
            yield Stamp(article_id, str(self.versions[article_id]))

    def load(self, ids: Sequence[str]) -> Iterator[Article]:
        """Yield articles, and remember that they were asked for."""
        self.loaded += ids
        for article_id in ids:
            yield self.articles[article_id]
