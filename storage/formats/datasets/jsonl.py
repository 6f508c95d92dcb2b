"""The data set ``jsonl``: one JSON object a line, an article each, with the fields of ArticleRow in their order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from storage.article import Article
from storage.formats.datasets.dataset import DatasetOptions, LeftOut, PageOf, no_page
from storage.formats.datasets.row import article_row
from storage.formats.format import NO_OPTIONS
from storage.formats.options import read_options


class JsonLines:
    """Writes ``articles.jsonl``."""

    name = "jsonl"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not DatasetOptions."""
        read_options(DatasetOptions, options, format_name=self.name)

    def file_name(self, options: Mapping[str, object] = NO_OPTIONS) -> str:
        """Return the file's path."""
        return read_options(DatasetOptions, options, format_name=self.name).file or "articles.jsonl"

    def write(
        self, articles: Iterable[Article], target: BinaryIO, *, options: Mapping[str, object], page_of: PageOf = no_page
    ) -> Sequence[LeftOut]:
        """Write a line for each article; none is left out."""
        for article in articles:
            target.write(f"{article_row(article).model_dump_json()}\n".encode())
        return ()
