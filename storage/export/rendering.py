"""Turning articles into texts, in other processes where there are many. Not for deciding what becomes of the texts.

Formats are pure, so it does not matter where they run. Starting processes takes about as long as writing a thousand
files: they are started when so many have been rendered and there are more.
"""

import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Self

from storage.article import Article
from storage.export.names import named
from storage.export.naming import article_key
from storage.export.reconcile import Fresh, fresh_from
from storage.export.shared import shared_documents
from storage.formats.errors import FormatError
from storage.formats.format import Document
from storage.formats.registry import find_format

# Articles that one process renders alone before others are started, and those that go to one of them at once.
ALONE = 1000
CHUNK = 100


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the articles of a profile are rendered."""

    format_name: str
    options: Mapping[str, object]
    names: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """An article as a file, its path still to be given: others may have it. failure: why there is no file."""

    key: str
    path: str = ""
    fresh: Fresh | None = None
    shared: tuple[Document, ...] = ()
    failure: str = ""


def render(article: Article, recipe: Recipe) -> Rendered:
    """Return an article as the profile wants it."""
    writer = find_format(recipe.format_name)
    key = article_key(article)
    try:
        document = writer.write(article, recipe.options)
        shared = tuple(shared_documents(writer, article, recipe.options))
    except FormatError as error:
        return Rendered(key, failure=str(error))
    path = named(document.path, article, recipe.names) if recipe.names else document.path
    return Rendered(key, path, fresh_from(document.text), shared)


def render_all(articles: Sequence[Article], recipe: Recipe) -> list[Rendered]:
    """Return several articles as the profile wants them."""
    return [render(article, recipe) for article in articles]


class Renderer:
    """Renders batch after batch; used in a ``with`` statement, which ends the processes."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.begun = 0
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def begin(self, articles: Sequence[Article]) -> Iterator[Rendered]:
        """Begin to render a batch; what is returned gives the results, in the same order, as they are asked for."""
        if self.begun >= ALONE and len(articles) > CHUNK and core_count() > 1 and self.pool is None:
            context = get_context("spawn")
            self.pool = ProcessPoolExecutor(core_count(), mp_context=context, initializer=prepare_helper)
        self.begun += len(articles)
        if self.pool is None:
            return (render(article, self.recipe) for article in articles)
        chunks = [articles[start : start + CHUNK] for start in range(0, len(articles), CHUNK)]
        return chain.from_iterable(
            [Chunk(each, self.recipe, submitted(self.pool, each, self.recipe)) for each in chunks]
        )


@dataclass(frozen=True, slots=True)
class Chunk:
    """Articles that are rendered elsewhere; here after all where the process that did so is gone."""

    articles: Sequence[Article]
    recipe: Recipe
    future: Future[list[Rendered]] | None

    def __iter__(self) -> Iterator[Rendered]:
        if self.future is not None:
            with suppress(BrokenProcessPool):
                return iter(self.future.result())
        return iter(render_all(self.articles, self.recipe))


def submitted(pool: ProcessPoolExecutor, articles: Sequence[Article], recipe: Recipe) -> Future[list[Rendered]] | None:
    """Hand articles over to be rendered; None where there is nobody left to do so."""
    try:
        return pool.submit(render_all, articles, recipe)
    except BrokenProcessPool:
        return None


def core_count() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def prepare_helper() -> None:
    """Let this process end with the one that started it, and not by Ctrl-C: after a kill -9 nobody tells it to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait for the end of the process that started this one, and end at once."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
