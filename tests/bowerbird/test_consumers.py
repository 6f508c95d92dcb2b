"""Real generators build the newsroom's articles, and some that are full of what they would evaluate."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.article import Article
from storage.database.store import open_store
from storage.export.mirror import export
from storage.export.profile import Profile
from storage.settings import StorageSettings
from tests.bowerbird.conftest import Crawled
from tests.bowerbird.node_sites import ASTRO, ELEVENTY, HEXO, NodeSite, install
from tests.bowerbird.sites import HUGO, JEKYLL, Page, build, lay, needs, pages, shown
from tests.storage.formats.consumers.articles import PLAIN, evil_articles

pytestmark = pytest.mark.consumers


@pytest.fixture(scope="session")
def articles(crawled: Crawled) -> list[Article]:
    """The newsroom's articles, the evil ones, one of the future, one without a date, two of one title."""
    with open_store(StorageSettings(database=f"sqlite:///{crawled.shell.folder / 'data' / 'bowerbird.db'}")) as store:
        captured = list(store.articles.iterate())
    assert len(captured) > 20
    at = captured[0].captured_at
    assert at is not None
    future = replace(PLAIN, id="future", title="Tomorrow", published_at=at + timedelta(days=400), captured_at=at)
    today = replace(PLAIN, id="today", title="Today", published_at=at.date(), captured_at=at)
    undated = replace(PLAIN, id="undated", title="Some day", published_at=None, captured_at=at)
    return [*captured, *evil_articles(), future, today, undated, PLAIN, replace(PLAIN, id="twin")]


def exported(articles: Sequence[Article], folder: Path, profile: Mapping[str, object]) -> None:
    options = {name: value for name, value in profile.items() if name != "format"}
    report = export(articles, Profile(name="site", format=str(profile["format"]), folder=folder, options=options))
    assert (report.failures, report.written) == ((), len(articles))


def assert_whole(found: dict[str, Page], articles: Sequence[Article]) -> None:
    """Every article has its page, and the page says what the article says."""
    assert sorted(found) == sorted(article.id for article in articles)
    differing = {
        article.url: (found[article.id].text, shown(article.body))
        for article in articles
        if found[article.id].text != shown(article.body)
    }
    assert differing == {}
    assert [article.id for article in articles if found[article.id].title.strip() != article.title.strip()] == []


def test_hugo_builds_every_article_and_evaluates_nothing(articles: list[Article], tmp_path: Path) -> None:
    needs("hugo")
    lay(tmp_path, HUGO)
    exported(articles, tmp_path, {"format": "hugo"})
    said = build("hugo", "--panicOnWarning", folder=tmp_path)
    assert "ERROR" not in said
    assert_whole(pages(tmp_path / "public"), articles)
    assert {path.name for path in (tmp_path / "public").iterdir()} >= {"posts", "tags", "index.html"}


def test_jekyll_builds_every_article_and_evaluates_nothing(articles: list[Article], tmp_path: Path) -> None:
    needs("jekyll")
    lay(tmp_path, JEKYLL)
    exported(articles, tmp_path, {"format": "jekyll"})
    said = build("jekyll", "build", "--strict_front_matter", folder=tmp_path)
    assert "Error" not in said
    assert "Warning" not in said
    assert_whole(pages(tmp_path / "_site"), articles)
    assert "SECRET" not in (tmp_path / "_site" / "index.html").read_text(encoding="utf-8")


def test_a_generator_that_cannot_be_told_gets_a_raw_block(articles: list[Article], tmp_path: Path) -> None:
    needs("jekyll")
    lay(tmp_path, JEKYLL)
    exported(articles, tmp_path, {"format": "jekyll", "generator": "jekyll-3"})
    build("jekyll", "build", "--strict_front_matter", folder=tmp_path)
    assert_whole(pages(tmp_path / "_site"), articles)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("site", "profile"),
    [
        (ASTRO, {"format": "astro"}),
        (ELEVENTY, {"format": "jekyll", "generator": "eleventy", "layout": "post.njk"}),
        (HEXO, {"format": "jekyll", "generator": "hexo", "folder": "source/_posts"}),
    ],
    ids=["astro", "eleventy", "hexo"],
)
def test_generators_of_node_build_every_article_and_evaluate_nothing(
    articles: list[Article], tmp_path: Path, site: NodeSite, profile: Mapping[str, object]
) -> None:
    install(site, tmp_path)
    body = "Words. ![a](./missing.png) ![b](caf%E9.jpg) ![c][d] ![e](@/f.png)\n\n[d]: missing.svg"
    pictures = replace(PLAIN, id="pictures", title="index", body=body)
    exported([*articles, pictures], tmp_path, profile)
    said = build(*site.command, folder=tmp_path)
    assert "ERROR" not in said
    found = pages(tmp_path / site.built)
    last = found.pop("pictures")
    assert (last.title, last.text[:6]) == ("index", "Words.")
    assert_whole(found, articles)
