"""Articles are rendered alike, wherever that happens and whoever dies over it."""

import os
import signal
from collections.abc import Sequence
from dataclasses import replace

import pytest

from storage.article import Article
from storage.export.rendering import ALONE, CHUNK, Recipe, Rendered, Renderer, core_count, render_all
from tests.storage.export.articles import an_article

RECIPE = Recipe("note", {}, "{title}-{id}")


def some(count: int) -> list[Article]:
    """Articles, the second of which cannot be rendered."""
    articles = [an_article(f"a{number}", title=f"Title {number}") for number in range(count)]
    return [replace(article, captured_at=None) if number == 1 else article for number, article in enumerate(articles)]


def rendered(renderer: Renderer, articles: Sequence[Article]) -> list[Rendered]:
    return list(renderer.begin(articles))


def test_what_other_processes_render_is_the_same_in_the_same_order() -> None:
    articles = some(CHUNK * 3 + 1)
    expected = render_all(articles, RECIPE)
    with Renderer(RECIPE) as renderer:
        renderer.begun = ALONE
        assert rendered(renderer, articles) == expected
        assert (renderer.pool is not None) == (core_count() > 1)
    assert expected[0].path == "contents/Blog post/Title 0-a0.md"
    assert (expected[1].fresh, expected[1].path) == (None, "")
    assert "upload_date" in expected[1].failure


def test_few_are_rendered_here() -> None:
    with Renderer(RECIPE) as renderer:
        assert len(rendered(renderer, some(ALONE))) == ALONE
        assert len(rendered(renderer, some(CHUNK))) == CHUNK
        assert renderer.pool is None


@pytest.mark.skipif(core_count() < 2, reason="one core has no helpers")
def test_what_a_killed_process_did_not_render_is_rendered_here() -> None:
    articles = some(CHUNK * 4)
    with Renderer(RECIPE) as renderer:
        renderer.begun = ALONE
        results = renderer.begin(articles)
        assert renderer.pool is not None
        first = [next(results) for _ in range(CHUNK)]
        killed = renderer.pool.submit(os.kill, renderer.pool.submit(os.getpid).result(), signal.SIGKILL)
        assert first + list(results) == render_all(articles, RECIPE)
        assert killed.exception() is not None
        assert rendered(renderer, articles) == render_all(articles, RECIPE)
